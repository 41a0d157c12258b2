"""The folder of the releases, which must be ours before anything in it is changed.

Its file `.lock` says so in a line of text, and keeps other processes out meanwhile.
"""

import fcntl
import os
import re
import stat
import sys
from contextlib import contextmanager
from pathlib import Path

from user_segmentation.files.refusal import printable, quoted
from user_segmentation.release.access import release_modes

LOCK = ".lock"
MARKER = b"Releases of user_segmentation are in this folder.\n"
# Names of foreign files that a message shows.
NAMES_SHOWN = 3

NAME = r"\w[\w.-]*"
RELEASE_ID = r"\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{6}Z"


class ReleaseFolderError(Exception):
    """What is wrong with a folder of releases, and what to do, as plain sentences."""


def publish_folder():
    """Where the releases are: `PUBLISH_PATH`, or `published` in the working directory.

    Returns
    -------
    Path
    """
    return Path(os.environ.get("PUBLISH_PATH") or "published")


@contextmanager
def held(folder, *, is_made=False):
    """Keep other processes out of the folder of the releases.

    Parameters
    ----------
    folder : Path
    is_made : bool
        Whether a missing or empty folder becomes one of releases.

    Raises
    ------
    ReleaseFolderError
        If the folder is somebody else's: nothing in it is changed then.
    """
    if is_made and not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # It holds nothing but names; who may look further, `releases_in` decides.
        folder.chmod(0o755)
    descriptor = _open_lock(folder, is_made=is_made)
    try:
        _lock(descriptor, folder)
        _mark(descriptor, folder)
        releases = folder / "releases"
        if os.path.lexists(releases) and not is_folder(releases):
            raise ReleaseFolderError(
                f"{shown(releases)} is a link or a file. Move it away."
            )
        yield
    finally:
        os.close(descriptor)


def releases_in(folder):
    """The folder with a folder for each release, made where it is missing.

    Parameters
    ----------
    folder : Path
        One that is held.

    Returns
    -------
    Path
    """
    releases = folder / "releases"
    modes = release_modes()
    releases.mkdir(mode=modes.folder, exist_ok=True)
    details = releases.stat()
    # That a group may write to it, say, is left as it is.
    mode = modes.folder | stat.S_IMODE(details.st_mode) & 0o2020
    if details.st_uid == os.geteuid() and mode != stat.S_IMODE(details.st_mode):
        releases.chmod(mode)
    return releases


def is_folder(path):
    """Whether a path is a folder, and no link to one."""
    return path.is_dir() and not path.is_symlink()


def is_link_to(link, target):
    """Whether something is a link to what a pattern describes, whatever is there.

    Parameters
    ----------
    link : Path
    target : str
        Regular expression.

    Returns
    -------
    bool
    """
    return link.is_symlink() and bool(re.fullmatch(target, os.readlink(link)))


def shown(path):
    """A path as a message has it, on one line."""
    return printable(str(path))


def _open_lock(folder, *, is_made):
    names = os.listdir(folder)
    if LOCK not in names and (names or not is_made):
        raise _somebody_elses(folder, names)
    path = folder / LOCK
    if path.is_symlink():
        raise ReleaseFolderError(f"{shown(path)} is a link. Move it away.")
    # A pipe would wait for somebody to write to it.
    flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags | (0 if names else os.O_CREAT), mode=0o640)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise ReleaseFolderError(f"{shown(path)} is not a file. Move it away.")
    return descriptor


def _lock(descriptor, folder):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(
            f"{shown(folder)} is in use by another publication or rollback: waiting "
            "for it to end.",
            file=sys.stderr,
            flush=True,
        )
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _mark(descriptor, folder):
    text = os.pread(descriptor, len(MARKER) + 1, 0)
    if text == MARKER:
        return
    names = os.listdir(folder)
    # A kill may have come between the file and its text.
    is_begun = MARKER.startswith(text) and names == [LOCK]
    # As older versions of the project left it.
    is_older = not text and is_link_to(folder / "current", f"releases/{RELEASE_ID}")
    if not (is_begun or is_older):
        raise _somebody_elses(folder, names)
    os.pwrite(descriptor, MARKER, 0)
    os.fsync(descriptor)


def _somebody_elses(folder, names):
    if not names:
        return ReleaseFolderError(f"{shown(folder)} holds no release.")
    some = ", ".join(map(quoted, sorted(names)[:NAMES_SHOWN]))
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return ReleaseFolderError(
        f"{shown(folder)} is not a folder of releases of this project: it holds {some}"
        f"{more}. Have PUBLISH_PATH name an empty folder, or a new one."
    )
