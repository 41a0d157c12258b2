"""Where declarations are kept; what somebody edited is never written over."""

import hashlib
import re
from pathlib import Path

import yaml

from user_segmentation.declaration.names import plain_name
from user_segmentation.draft.refusal import DraftRefusedError

INPUTS = Path("models/inputs")
ENDINGS = re.compile(r"(\.(csv|tsv|txt|dat|tab|psv|parquet|pq))?(\.gz)?$", re.I)
MARK = "# Drafted by make draft. Fingerprint of what follows: "


def declared_name(file):
    """Name of the declaration of a file.

    Parameters
    ----------
    file : str
        Path or glob.

    Returns
    -------
    str
    """
    stem = ENDINGS.sub("", file.replace("\\", "/").rsplit("/", maxsplit=1)[-1])
    return plain_name(stem, fallback="users")


def declaration_path(file):
    """Where the declaration of a file stands, in the project's folder.

    Parameters
    ----------
    file : str

    Returns
    -------
    Path
    """
    return INPUTS / f"{declared_name(file)}.yml"


def check_free(path, file):
    """Refuse to write where something stands that nobody should lose.

    Parameters
    ----------
    path : Path
    file : str
        The one that is drafted from.

    Raises
    ------
    DraftRefusedError
    """
    if not path.exists():
        return
    content = path.read_bytes().decode("utf-8", errors="replace")
    first, _, rest = content.partition("\n")
    aside = f"To draft anew beside it: make draft FILE={file} TO={path.stem}_draft.yml"
    if first != MARK + _fingerprint(rest):
        raise DraftRefusedError(
            path, f"it was edited since it was drafted, and stays as it is. {aside}"
        )
    drafted_from = _file_of(rest)
    if drafted_from != file:
        raise DraftRefusedError(
            path,
            f"it is the declaration of {drafted_from}, and stays as it is. {aside}",
        )


def write_draft(path, text):
    """Write a declaration, with its fingerprint above it.

    Parameters
    ----------
    path : Path
    text : str
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(f"{MARK}{_fingerprint(text)}\n{text}".encode())


def _file_of(text):
    (table,) = yaml.safe_load(text)["sources"][0]["tables"]
    return table["config"]["meta"]["file"]


def _fingerprint(text):
    # Half of it: enough to tell an edit, and short enough for a line.
    return hashlib.sha256(text.encode()).hexdigest()[:32]
