"""Step back to the release before the current one, and bring nobody back who objected.

A release is never changed. Where people decided about being profiled since, the release
to step back to is written again, under a new name, with the decisions of today: lists
without those who objected, no sizes of these, and what `make restore` goes on from.
"""

import sys
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import NamedTuple

import duckdb

from decisions import decisions_in, has_memory, newest_decisions
from file_access import UnknownReadersError, keep_new_files_private
from publishing import reason
from release_files import (
    LISTS,
    attached,
    files_of,
    identifier,
    literal,
    tables_of,
    write_marts,
    write_memory,
)
from release_folder import (
    ReleaseFolderError,
    held,
    publish_folder,
    releases_in,
    shown,
)
from release_history import (
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

# As release_id in macros/hooks/publish.sql.
RELEASE_ID = "%Y-%m-%dT%H-%M-%S.%fZ"
# Names of the databases in queries.
MARTS, OLD, NEW = "marts of release", "memory of release", "memory since"


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
        decisions = _changed_decisions(connection, left, stack)
        release_id = reached.name
        if decisions:
            release_id = datetime.now(UTC).strftime(RELEASE_ID)
            with new_release(releases, release_id, files, previous=before) as release:
                _write_again(connection, marts, decisions, release, release_id)
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
    for file in listed_files(release) or [DATABASE]:
        if not is_plain_file(release / file) or not (release / file).stat().st_size:
            raise ReleaseFolderError(
                f"{not_whole}: {file} is missing or empty. Build again."
            )
    try:
        stack.enter_context(attached(connection, release / DATABASE, MARTS))
        if has_memory(release):
            stack.enter_context(attached(connection, release / MEMORY, OLD))
        tables = [table for _, table in tables_of(connection, MARTS)]
        ids = _rows(connection, "release", "release_id") if "release" in tables else []
        if ids != [(release.name,)]:
            raise ReleaseFolderError(
                f"{not_whole}: its marts are of another release. Build again."
            )
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


def _rows(connection, table, columns):
    return connection.execute(
        f"select {columns} from {identifier(MARTS, 'main', table)}"
    ).fetchall()


def _changed_decisions(connection, left, stack):
    """Make a table of all decisions, if there are some beside those of the old memory.

    Returns
    -------
    tuple of str, or None
        Schema and name of the table in a memory.
    """
    if not has_memory(left):
        return None
    try:
        stack.enter_context(attached(connection, left / MEMORY, NEW))
    except (OSError, duckdb.Error) as error:
        raise ReleaseFolderError(
            f"who has objected since is not known, as {shown(left / MEMORY)} cannot be "
            f"read ({reason(error)}). Build again."
        ) from error
    newer, older = decisions_in(connection, NEW), decisions_in(connection, OLD)
    if not newer:
        return None
    tables = [identifier(NEW, *newer), *([identifier(OLD, *older)] if older else [])]
    both = " union by name ".join(f"from {table}" for table in tables)
    connection.execute(f"create table decisions as from ({both}) order by all")
    columns = "user_id, is_profiling_allowed, decided_at, is_sample"
    changes = " except ".join(f"select {columns} from {table}" for table in tables)
    changed = connection.execute(f"{changes} limit 1").fetchall()
    return newer if changed else None


def _write_again(connection, marts, decisions, release, release_id):
    """Write the tables of a release with the decisions of today."""
    connection.execute(
        f"""
        create table objections as
        select distinct user_id from ({newest_decisions("decisions")})
        where not is_profiling_allowed and {_is_own(connection)}
        """
    )
    queries = {table: f"from {identifier(MARTS, 'main', table)}" for table in marts}
    queries["release"] = (
        f"select * replace ({literal(release_id)} as release_id) " + queries["release"]
    )
    for table in LISTS & set(marts):
        queries[table] = f"""
            select listed.* from {identifier(MARTS, "main", table)} as listed
            anti join objections on listed.user_id = objections.user_id
            order by listed.rowid
        """
    if {"audiences", "audience_sizes"} <= set(marts):
        queries["audience_sizes"] = _sizes(queries["audiences"])
    write_marts(connection, queries, release)
    memory = {
        f"{schema}.{table}": f"from {identifier(OLD, schema, table)}"
        for schema, table in tables_of(connection, OLD)
        if table != decisions[1]
    }
    memory[".".join(decisions)] = "from decisions"
    write_memory(connection, memory, release)


def _is_own(connection):
    """Condition of the decisions that count for a release: the sample's for its own."""
    for schema, table in tables_of(connection, OLD):
        inputs = identifier(OLD, schema, table)
        if (
            table == "last_inputs"
            and connection.execute(f"select 1 from {inputs} limit 1").fetchall()
        ):
            return f"is_sample in (select is_sample from {inputs})"
    # It is not known: rather one list too short than one too long.
    return "true"


def _sizes(audiences):
    """Query of the sizes of lists: none of a list that has become shorter.

    Beside the sizes of the release before they would tell how few objected.
    """
    return f"""
        with old_lists as (
            select segment_key, count(*) as user_count
            from {identifier(MARTS, "main", "audiences")} group by all
        ),

        new_lists as (
            select segment_key, count(*) as user_count from ({audiences}) group by all
        ),

        shorter_lists as (
            select old_lists.segment_key
            from old_lists
            left join new_lists using (segment_key)
            where old_lists.user_count > coalesce(new_lists.user_count, 0)
        )

        select sizes.* replace (
            sizes.is_suppressed or shorter_lists.segment_key is not null
                as is_suppressed,
            case when shorter_lists.segment_key is null then sizes.objection_count end
                as objection_count,
            case when shorter_lists.segment_key is null then sizes.held_out_count end
                as held_out_count,
            case when shorter_lists.segment_key is null then sizes.list_count end
                as list_count,
            case when shorter_lists.segment_key is null then sizes.is_large_enough end
                as is_large_enough
        )
        from {identifier(MARTS, "main", "audience_sizes")} as sizes
        left join shorter_lists on sizes.segment_key = shorter_lists.segment_key
        order by sizes.rowid
    """


if __name__ == "__main__":
    keep_new_files_private()
    try:
        step = roll_back(publish_folder())
    except (NotRolledBackError, OSError) as problem:
        sys.exit(str(problem))
    print(f"Stepped back from release {step.left} to {step.reached}.")
    if step.current != step.reached:
        print(
            f"It is release {step.current} now: people decided about being profiled "
            "since, and who objected is in none of its lists."
        )
