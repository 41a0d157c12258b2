"""Publish the marts: a new release beside the old ones, then one atomic switch.

A release is a folder with one DuckDB file and a Parquet file for each mart, a CSV file
of what is sent on, the report made from them, and a DuckDB file of what cannot be built
again (`restoring`). Readers follow the link `current`, which is replaced in one step:
they see the old release or the new one, whole (`release_history`).
"""

from collections.abc import Mapping
from contextlib import closing, suppress
from types import MappingProxyType
from typing import NamedTuple

import duckdb

from user_segmentation.release.access import UnknownReadersError
from user_segmentation.release.decisions import TABLE, has_memory, objections_lost
from user_segmentation.release.files import (
    files_of,
    identifier,
    write_marts,
    write_memory,
)
from user_segmentation.release.folder import (
    ReleaseFolderError,
    held,
    releases_in,
    shown,
)
from user_segmentation.release.history import (
    DATABASE,
    MEMORY,
    RELEASES_KEPT,
    REPORT,
    UNFINISHED,
    check_links,
    flush,
    history,
    links_of,
    listed_files,
    new_release,
    remove_all_but,
    switch,
)

NOTHING_IS_PUBLISHED = "Nothing is published, and what was published stays"


class NotPublishedError(Exception):
    """Why nothing was published, in one plain line."""


class Tables(NamedTuple):
    """What a release is made of: names with schemas, and what orders the rows.

    An order is the columns of a key, or ``all``, which sorts by every column and takes
    twice the time on long tables: in both the same rows are the same bytes.

    Attributes
    ----------
    marts : mapping of str to str
        Tables that are published.
    memory : mapping of str to str
        Tables that go on from build to build.
    """

    marts: Mapping[str, str]
    memory: Mapping[str, str] = MappingProxyType({})


def publish(connection, tables, release_id, folder, *, make_report=None):
    """Copy tables to a new release and make it the current one.

    Parameters
    ----------
    connection : DuckDBPyConnection
        To the database of the build.
    tables : Tables
    release_id : str
        Name of the new release.
    folder : Path
        Where the releases are; made where it is missing.
    make_report : callable, optional
        Returns the report as text, given the path of the published database: made
        before readers see the release, so that both are always of one build.

    Raises
    ------
    NotPublishedError
        If anything fails; the release that was current then still is.
    """
    marts = [_name(mart) for mart in tables.marts]
    files = files_of(marts, has_report=make_report is not None)
    try:
        with held(folder, is_made=True):
            links = links_of(files)
            check_links(folder, links)
            releases = releases_in(folder)
            past, _ = history(folder)
            _check_decisions(connection, tables.memory, past[:1] or _all_of(releases))
            # Without a current release, any of the others may be what somebody needs.
            if past:
                remove_all_but(releases, past)
            previous = past[0] if past else None
            with new_release(releases, release_id, files, previous=previous) as release:
                queries = _queries(connection, tables.marts).values()
                write_marts(connection, dict(zip(marts, queries, strict=True)), release)
                write_memory(connection, _queries(connection, tables.memory), release)
                if make_report:
                    _write_report(make_report, release)
            switch(folder, release_id, links)
            # The new release is what readers see from here on, whatever happens.
            with suppress(OSError):
                flush(folder)
                remove_all_but(releases, history(folder)[0][:RELEASES_KEPT])
    except (ReleaseFolderError, UnknownReadersError) as error:
        raise NotPublishedError(f"{NOTHING_IS_PUBLISHED}: {error}") from error
    except (OSError, duckdb.Error) as error:
        raise NotPublishedError(
            f"{NOTHING_IS_PUBLISHED}: {reason(error)}. Mend this and build again."
        ) from error


def reason(error):
    """What an error of the system or of DuckDB says, on one line."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {shown(error.filename)}"
    # DuckDB says much of its own state before what happened.
    return " ".join(str(error).rpartition("Original error: ")[2].split()).rstrip(".!")


def _name(table):
    return table.rpartition(".")[2]


def _own(connection, table):
    """A table of the build, quoted; another database may have a name of a schema."""
    with closing(connection.cursor()) as cursor:
        ((database,),) = cursor.execute("select current_database()").fetchall()
    return identifier(database, *table.split("."))


def _queries(connection, tables):
    return {
        table: f"from {_own(connection, table)} order by {order}"
        for table, order in tables.items()
    }


def _all_of(releases):
    return [
        release
        for release in releases.iterdir()
        if listed_files(release) and not release.name.endswith(UNFINISHED)
    ]


def _check_decisions(connection, memory, releases):
    """Refuse to publish what has forgotten who objected, after a lost database."""
    own = next((table for table in memory if _name(table) == TABLE), None)
    if not own:
        return
    for release in filter(has_memory, releases):
        with closing(connection.cursor()) as cursor:
            try:
                count = objections_lost(cursor, _own(connection, own), release)
            except (OSError, duckdb.Error) as error:
                raise ReleaseFolderError(
                    f"who has objected is not known, as {shown(release / MEMORY)} "
                    f"cannot be read ({reason(error)}). Bring that file back from a "
                    f"backup, or move {shown(release)} away, and build again."
                ) from error
        if count:
            raise ReleaseFolderError(
                f"release {release.name} remembers objections that this database does "
                f"not know (identifiers: {count}). Move the database away, run make "
                "restore, and build again; or publish elsewhere (PUBLISH_PATH)."
            )


def _write_report(make_report, release):
    try:
        report = make_report(release / DATABASE)
    # Whatever it is, it must neither hide the marts' own state nor publish half.
    except Exception as error:
        raise NotPublishedError(
            f"{NOTHING_IS_PUBLISHED}: the report failed with {type(error).__name__}: "
            f"{reason(error)}. Mend this and build again."
        ) from error
    (release / REPORT).write_text(report, encoding="utf-8", newline="\n")
