"""`user-segmentation draft FILE`: write a declaration, and say what was decided."""

import shlex
from pathlib import Path

from user_segmentation.draft.draft import draft
from user_segmentation.draft.folder import check_free, declaration_path, write_draft
from user_segmentation.draft.table import table_lines
from user_segmentation.files.refusal import printable

LOG = (
    "This is a log, and no table of users: several rows for a user, with times and "
    "amounts."
)


def run_draft(file, *, id_name=None, to=None):
    """Write the declaration of a file.

    Parameters
    ----------
    file : str
        Path or glob.
    id_name : str, optional
        Header of the column that identifies a user.
    to : str, optional
        Where the declaration goes.

    Returns
    -------
    list of str
        Lines for the terminal.

    Raises
    ------
    DraftRefusedError
    """
    path = Path(to) if to else declaration_path(file)
    check_free(path, file)
    drafted = draft(file, id_name)
    write_draft(path, drafted.text)
    return [
        *table_lines(drafted.guesses),
        "",
        *([LOG] if drafted.is_log else []),
        f"The declaration is {path}: read it, and correct what is wrong. Then:",
        printable(f"make build FILE={shlex.quote(file)}"),
    ]
