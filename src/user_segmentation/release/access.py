"""Who may read the files that a build and its releases write."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

# What others may do with a file.
OTHERS = 0o007
# Of new files; what a stricter umask takes away stays away.
UMASK = 0o027


class Modes(NamedTuple):
    """Modes of the files and of the folders of a release.

    Attributes
    ----------
    file, folder : int
    """

    file: int
    folder: int


# Files are read-only: a BI tool that opens one to write would lock others out.
MODES = {
    "owner": Modes(0o400, 0o700),
    "group": Modes(0o440, 0o750),
    "everyone": Modes(0o444, 0o755),
}


class UnknownReadersError(Exception):
    """A value of PUBLISH_READERS that says nothing."""


def release_modes():
    """Modes of releases: for owner and group, or as `PUBLISH_READERS` says.

    Returns
    -------
    Modes

    Raises
    ------
    UnknownReadersError
    """
    readers = os.environ.get("PUBLISH_READERS") or "group"
    if readers not in MODES:
        raise UnknownReadersError(
            f"PUBLISH_READERS is {readers!r}; it can be owner, group or everyone."
        )
    return MODES[readers]


def keep_new_files_private():
    """From here on, this process makes no file that others can read."""
    os.umask(os.umask(UMASK) | UMASK)


def keep_run_private(flags):
    """Make private what a command of dbt writes, and its log and its results of before.

    Messages of rows that are refused may have identifiers of people in them.

    Parameters
    ----------
    flags : Flags
        Of dbt.
    """
    keep_new_files_private()
    target = Path(flags.PROJECT_DIR) / (flags.TARGET_PATH or "target")
    # dbt has opened the log before.
    keep_private(target / "run_results.json", *Path(flags.LOG_PATH).glob("dbt.log*"))


def keep_private(*paths):
    """Take files from others who could read them; what is missing stays missing.

    Parameters
    ----------
    paths : sequence of Path or str
    """
    for path in map(Path, paths):
        # What belongs to somebody else is theirs to decide on.
        with suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & OTHERS:
                path.chmod(mode & ~OTHERS)
