"""Step back to the release before the current one, and bring nobody back who objected.

A release is never changed. Where people decided about being profiled since, the release
to step back to is written again, under a new name (`rewriting`).
"""

import re
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import NamedTuple

import duckdb

from user_segmentation.files.refusal import quoted
from user_segmentation.release.access import UnknownReadersError
from user_segmentation.release.decisions import decisions_in, has_memory
from user_segmentation.release.files import (
    LISTS,
    attached,
    files_of,
    identifier,
    literal,
    tables_of,
)
from user_segmentation.release.folder import (
    NAME,
    ReleaseFolderError,
    held,
    releases_in,
    shown,
)
from user_segmentation.release.history import (
    DATABASE,
    MEMORY,
    REPORT,
    check_links,
    flush,
    history,
    is_plain_file,
    links_of,
    listed_files,
    new_release,
    switch,
)
from user_segmentation.release.publishing import reason
from user_segmentation.release.rewriting import MARTS, OLD, write_again

# As release_id in macros/hooks/publish.sql.
RELEASE_ID = "%Y-%m-%dT%H-%M-%S.%fZ"
# Name of a database in queries.
NEW = "memory since"


class NotRolledBackError(Exception):
    """Why the current release stays, in one plain line."""


class Step(NamedTuple):
    """A step back.

    Attributes
    ----------
    left : str
        The release that was current.
    reached : str
        The one that it had replaced.
    current : str
        The release that readers see now: that one, or the same written again.
    """

    left: str
    reached: str
    current: str


def roll_back(folder):
    """Make the release that the current one replaced current again.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    Step

    Raises
    ------
    NotRolledBackError
        If there is no such release, it is not whole, or who objected is not known.
    """
    if not folder.is_dir():
        raise NotRolledBackError(
            f"There is no release to step back to: {shown(folder)} does not exist. "
            "PUBLISH_PATH can say where the releases are."
        )
    try:
        with held(folder):
            left, reached, before = _last_releases(folder)
            current = _current_again(folder, left, reached, before)
            # It is what readers see from here on, whatever happens.
            with suppress(OSError):
                flush(folder)
    except (ReleaseFolderError, UnknownReadersError) as error:
        raise NotRolledBackError(f"Nothing is rolled back: {error}") from error
    except (OSError, duckdb.Error) as error:
        raise NotRolledBackError(f"Nothing is rolled back: {reason(error)}.") from error
    return Step(left.name, reached.name, current)


def _last_releases(folder):
    """The current release and the two before it; nothing where there is no third."""
    releases, broken = history(folder)
    if len(releases) > 1:
        return [*releases, None][:3]
    if broken:
        raise ReleaseFolderError(
            f"{shown(broken)} does not lead to another release of {shown(folder)}."
        )
    raise ReleaseFolderError(
        f"there is no release in {shown(folder)} to step back to: it holds "
        + (f"{releases[0].name} only." if releases else "none.")
    )


def _current_again(folder, left, reached, before):
    """Switch to a release, or to what it is with the decisions of today; its name."""
    releases = releases_in(folder)
    has_report = is_plain_file(reached / REPORT)
    with duckdb.connect() as connection, ExitStack() as stack:
        marts = _opened(connection, reached, stack)
        files = files_of(marts, has_report=has_report)
        check_links(folder, links_of(files))
        newer = _newer_decisions(connection, left, stack)
        if not newer and LISTS & set(marts):
            raise ReleaseFolderError(
                f"who has objected since release {reached.name} is not known, as "
                f"release {left.name} does not remember it. Build again, then step "
                "back."
            )
        decisions = newer if newer and _is_changed(connection, newer) else None
        release_id = reached.name
        if decisions:
            release_id = datetime.now(UTC).strftime(RELEASE_ID)
            with new_release(releases, release_id, files, previous=before) as release:
                write_again(connection, marts, decisions, release, release_id)
                if has_report:
                    # It shows nothing of lists.
                    report = (reached / REPORT).read_text(encoding="utf-8")
                    (release / REPORT).write_text(
                        report.replace(reached.name, release_id),
                        encoding="utf-8",
                        newline="\n",
                    )
    switch(folder, release_id, links_of(files))
    return release_id


def _opened(connection, release, stack):
    """Open both databases of a release that is whole; the names of its marts."""
    not_whole = f"release {release.name} is not whole"
    _check_files(release, listed_files(release) or [DATABASE])
    try:
        stack.enter_context(attached(connection, release / DATABASE, MARTS))
        if has_memory(release):
            stack.enter_context(attached(connection, release / MEMORY, OLD))
        tables = _names(tables_of(connection, MARTS))
        ids = _rows(connection, "release", "release_id") if "release" in tables else []
        if ids != [(release.name,)]:
            raise ReleaseFolderError(
                f"{not_whole}: its marts are of another release. Build again."
            )
        _check_files(release, [f"{table}.parquet" for table in tables])
        for table in tables:
            file = release / f"{table}.parquet"
            ((count,),) = connection.execute(
                f"select count(*) from read_parquet({literal(file)})"
            ).fetchall()
            if [(count,)] != _rows(connection, table, "count(*)"):
                raise ReleaseFolderError(
                    f"{not_whole}: {file.name} has other rows than {DATABASE}. "
                    "Build again."
                )
    except (OSError, duckdb.Error) as error:
        raise ReleaseFolderError(f"{not_whole}: {reason(error)}.") from error
    return tables


def _check_files(release, names):
    for name in names:
        # Neither a link elsewhere nor a pipe, which would wait for somebody to write.
        if not is_plain_file(release / name) or not (release / name).stat().st_size:
            raise ReleaseFolderError(
                f"release {release.name} is not whole: {name} is missing, empty "
                "or no file. Build again."
            )


def _names(tables):
    """Names of marts, each of which becomes that of a file."""
    for schema, table in tables:
        if schema != "main" or not re.fullmatch(NAME, table):
            raise ReleaseFolderError(
                f"{DATABASE} holds {quoted(f'{schema}.{table}')}, which this project "
                "does not publish. Do not trust the file, and build again."
            )
    return [table for _, table in tables]


def _rows(connection, table, columns):
    return connection.execute(
        f"select {columns} from {identifier(MARTS, 'main', table)}"
    ).fetchall()


def _newer_decisions(connection, left, stack):
    """Open the memory of the current release; its table of decisions, if it has one."""
    if not has_memory(left):
        return None
    try:
        stack.enter_context(attached(connection, left / MEMORY, NEW))
    except (OSError, duckdb.Error) as error:
        raise ReleaseFolderError(
            f"who has objected since is not known, as {shown(left / MEMORY)} cannot be "
            f"read ({reason(error)}). Build again."
        ) from error
    return decisions_in(connection, NEW)


def _is_changed(connection, newer):
    """Make a table of all decisions; whether some are not in the old memory."""
    older = decisions_in(connection, OLD)
    tables = [identifier(NEW, *newer), *([identifier(OLD, *older)] if older else [])]
    both = " union by name ".join(f"from {table}" for table in tables)
    connection.execute(f"create table decisions as from ({both}) order by all")
    columns = "user_id, is_profiling_allowed, decided_at, is_sample"
    changes = " except ".join(f"select {columns} from {table}" for table in tables)
    return bool(connection.execute(f"{changes} limit 1").fetchall())
