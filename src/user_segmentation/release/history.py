"""Releases on disk: what is written in each, how they follow each other, what goes.

    published/marts.duckdb -> current/marts.duckdb
    published/report.html  -> current/report.html
    published/current      -> releases/<release id>
    published/releases/<release id>/
        {files.txt, marts.duckdb, report.html, users.parquet, …, memory.duckdb,
        previous}

A release is never changed. What is removed is on the list of its folder, files.txt.
"""

import os
import re
import stat
from contextlib import contextmanager, suppress
from pathlib import Path

from user_segmentation.files.refusal import quoted
from user_segmentation.release.access import release_modes
from user_segmentation.release.folder import (
    NAME,
    ReleaseFolderError,
    is_folder,
    is_link_to,
    shown,
)

RELEASES_KEPT = 3
DATABASE = "marts.duckdb"
MEMORY = "memory.duckdb"
REPORT = "report.html"
LIST = "files.txt"
PREVIOUS = "previous"
UNFINISHED = ".unfinished"
# What DuckDB writes beside a file, and removes unless it is killed.
BESIDE_DATABASES = [".wal", ".wal.checkpoint", ".wal.recovery"]
LONGEST_LIST = 1_000_000


def history(folder):
    """The current release and those before it.

    Parameters
    ----------
    folder : Path
        One that is held.

    Returns
    -------
    releases : list of Path
        Newest first; each is a folder beside the others, and there once.
    broken : Path or None
        The link that leads to none of these, if one ends the history.
    """
    releases = []
    link, start = folder / "current", "releases"
    while os.path.lexists(link):
        release = folder / "releases" / os.path.basename(_target(link))
        is_release = (
            is_link_to(link, rf"{re.escape(start)}/{NAME}")
            and not release.name.endswith(UNFINISHED)
            and is_folder(release)
        )
        if not is_release or release in releases:
            return releases, link
        releases.append(release)
        link, start = release / PREVIOUS, ".."
    return releases, None


def listed_files(release):
    """Names of the files that the project wrote, or was to write, in a release.

    Parameters
    ----------
    release : Path

    Returns
    -------
    list of str or None
        Nothing where the folder has no list that is its own.
    """
    if not is_folder(release) or not is_plain_file(release / LIST):
        return None
    with (release / LIST).open(encoding="utf-8", errors="replace") as file:
        heading, *names = file.read(LONGEST_LIST).split("\n")[:-1] or [""]
    # A copy under another name is somebody's own.
    if heading != _heading(release.name.removesuffix(UNFINISHED)):
        return None
    return names if all(re.fullmatch(NAME, name) for name in names) else None


@contextmanager
def new_release(releases, release_id, files, *, previous=None):
    """A folder to write a release in: whole at the end of the block, or gone.

    Parameters
    ----------
    releases : Path
        Folder of the releases.
    release_id : str
    files : list of str
        All that will be written.
    previous : Path, optional
        The release that is to be stepped back to from this one.

    Yields
    ------
    Path
    """
    release = releases / release_id
    unfinished = releases / f"{release_id}{UNFINISHED}"
    for name in files:
        if not re.fullmatch(NAME, name):
            raise ReleaseFolderError(f"{quoted(name)} is no name of a file of ours.")
    if os.path.lexists(release):
        raise ReleaseFolderError(f"{shown(release)} is there already. Move it away.")
    modes = release_modes()
    unfinished.mkdir()
    try:
        unfinished.chmod(0o700)
        text = "".join(f"{line}\n" for line in (_heading(release_id), *files))
        (unfinished / LIST).write_text(text, encoding="utf-8", newline="\n")
        yield unfinished
        for file in (LIST, *files):
            (unfinished / file).chmod(modes.file)
            flush(unfinished / file)
        if previous:
            (unfinished / PREVIOUS).symlink_to(Path("..") / previous.name)
        unfinished.chmod(modes.folder)
        flush(unfinished)
        unfinished.rename(release)
    except BaseException:
        with suppress(OSError):
            _remove(unfinished, files)
        raise


def check_links(folder, names):
    """Refuse to replace what is no link of ours.

    Parameters
    ----------
    folder : Path
    names : list of str
        Of `switch`.

    Raises
    ------
    ReleaseFolderError
    """
    for name in names:
        for link in (folder / name, _new(folder / name)):
            target = rf"releases/{NAME}" if name == "current" else f"current/{name}"
            if os.path.lexists(link) and not is_link_to(link, target):
                raise ReleaseFolderError(
                    f"{shown(link)} is not the link that this project makes of that "
                    "name. Move it away."
                )


def switch(folder, release_id, names):
    """Make a release the current one, in one step.

    Parameters
    ----------
    folder : Path
    release_id : str
    names : list of str
        Files of the release that are reached in the folder itself, and `current`.
    """
    check_links(folder, names)
    for name in names:
        target = f"releases/{release_id}" if name == "current" else f"current/{name}"
        new = _new(folder / name)
        new.unlink(missing_ok=True)
        new.symlink_to(target)
        new.replace(folder / name)


def links_of(files):
    """Names of the links that lead to a release with such files, the switch last."""
    return [name for name in (DATABASE, REPORT) if name in files] + ["current"]


def remove_all_but(releases, kept):
    """Remove what the project wrote in other releases, and what a kill left of some.

    Parameters
    ----------
    releases : Path
        Folder of the releases.
    kept : list of Path
    """
    for release in sorted(releases.iterdir()):
        if release not in kept and (files := _removable(release)) is not None:
            _remove(release, files)


def is_plain_file(path):
    """Whether a path is a file, and no link to one."""
    return os.path.lexists(path) and stat.S_ISREG(path.lstat().st_mode)


def beside(database):
    """Where DuckDB keeps what is not in a database yet.

    Parameters
    ----------
    database : Path

    Returns
    -------
    list of Path
    """
    return [database.with_name(f"{database.name}{end}") for end in BESIDE_DATABASES]


def flush(path):
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _heading(release_id):
    return f"Files of release {release_id} of user_segmentation:"


def _target(link):
    return os.readlink(link) if link.is_symlink() else ""


def _new(link):
    return link.with_name(f".{link.name}.new")


def _removable(release):
    files = listed_files(release)
    if files is None and release.name.endswith(UNFINISHED) and is_folder(release):
        # A kill may have come between the folder and its list.
        names = os.listdir(release)
        return [] if not names or (names == [LIST] and _is_begun(release)) else None
    return files


def _is_begun(release):
    """Whether the list of a folder begins as ours does, or is cut off before that."""
    heading = f"{_heading(release.name.removesuffix(UNFINISHED))}\n".encode()
    if not is_plain_file(release / LIST):
        return False
    with (release / LIST).open("rb") as file:
        return heading.startswith(file.read(len(heading)))


def _remove(release, files):
    for file in files:
        _unlink(release / file)
        _unlink(release / f"tmp_{file}")
        for path in beside(release / file) if file.endswith(".duckdb") else []:
            _unlink(path)
    _unlink(release / PREVIOUS)
    # With files of somebody else the folder stays, and its list.
    if set(os.listdir(release)) <= {LIST}:
        # Without its list it would never go, were this cut short.
        name = f"{release.name.removesuffix(UNFINISHED)}{UNFINISHED}"
        empty = release.rename(release.with_name(name))
        _unlink(empty / LIST)
        empty.rmdir()


def _unlink(path):
    if path.is_symlink() or is_plain_file(path):
        path.unlink()
