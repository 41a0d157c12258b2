"""`user-segmentation build FILE`: dbt build from a declared file, apart from others."""

import os
import sys
from pathlib import Path

import yaml

from user_segmentation.draft.folder import declaration_path, declared_name
from user_segmentation.draft.refusal import DraftRefusedError

WILDCARDS = "*?["


def build_command(file, environment):
    """The command that builds from a file, and what is set for it.

    Parameters
    ----------
    file : str
        Path or glob, as it was drafted from.
    environment : mapping of str to str

    Returns
    -------
    command : list of str
    settings : dict of str to str
        Places of the database and of the releases.

    Raises
    ------
    DraftRefusedError
        If nothing is declared for the file, or another file is.
    """
    path = declaration_path(file)
    if not path.exists():
        raise DraftRefusedError(
            path, f"there is no such file. make draft FILE={file} first."
        )
    try:
        (table,) = yaml.safe_load(path.read_text(encoding="utf-8"))["sources"][0][
            "tables"
        ]
        meta = table["config"]["meta"]
        declared = meta["file"]
    except (yaml.YAMLError, KeyError, TypeError, ValueError, IndexError) as error:
        raise DraftRefusedError(
            path, "it declares no table with a file; see what make draft writes."
        ) from error
    if Path(declared).absolute() != Path(file).absolute():
        raise DraftRefusedError(
            path,
            f"it declares the file {declared}, and not {file}. Name that one, or give "
            "yours another name.",
        )
    name = declared_name(file)
    variable = "user_profiles" if meta.get("log", "users") == "users" else meta["log"]
    folder = _folder(file) / f"{name}_segments"
    settings = {
        "DUCKDB_PATH": environment.get("DUCKDB_PATH")
        or str(folder / "warehouse.duckdb"),
        "PUBLISH_PATH": environment.get("PUBLISH_PATH") or str(folder / "published"),
    }
    command = ["build", "--exclude-resource-type", "unit_test"]
    return [*command, "--vars", f"{{{variable}: {name}}}"], settings


def run_build(file):
    """Become dbt, which builds from a file.

    Parameters
    ----------
    file : str
    """
    command, settings = build_command(file, os.environ)
    Path(settings["DUCKDB_PATH"]).parent.mkdir(parents=True, exist_ok=True)
    places = " ".join(f"{name}='{place}'" for name, place in settings.items())
    print(f"{places} dbt {' '.join(command[:-1])} '{command[-1]}'", flush=True)
    dbt = Path(sys.executable).parent / "dbt"
    os.execve(dbt, [str(dbt), *command], os.environ | settings)


def _folder(file):
    """The folder of a file; of a glob, the last one without wildcards."""
    folder = Path(file).parent
    while any(sign in str(folder) for sign in WILDCARDS):
        folder = folder.parent
    return folder
