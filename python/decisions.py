"""What people decided about being profiled, as releases remember it."""

from release_files import attached, identifier, tables_of
from release_folder import ReleaseFolderError
from release_history import MEMORY, listed_files

# Found by its name, in whatever schema.
TABLE = "stg_recorded_consents"
# Of two at the same time the objection; one of an unknown time may be the last word.
NEWEST_FIRST = "decided_at desc nulls first, is_profiling_allowed asc nulls first"


def decisions_in(cursor, name):
    """The table of decisions of a database that is attached.

    Parameters
    ----------
    cursor : DuckDBPyConnection
    name : str

    Returns
    -------
    tuple of str, or None
        Its schema and its name; nothing in a release of an older version.
    """
    found = [table for table in tables_of(cursor, name) if table[1] == TABLE]
    if len(found) > 1:
        raise ReleaseFolderError(f"{MEMORY} has several tables {TABLE}.")
    return found[0] if found else None


def objections_lost(cursor, own, release):
    """Count the objections of a release that a build knows nothing of, nor newer.

    Parameters
    ----------
    cursor : DuckDBPyConnection
        To the database of the build.
    own : str
        The table of decisions of the build, quoted.
    release : Path

    Returns
    -------
    int
        Number of identifiers; those of the sample are nobody's.
    """
    with attached(cursor, release / MEMORY, "memory of the release") as memory:
        known = decisions_in(cursor, "memory of the release")
        if not known:
            return 0
        ((count,),) = cursor.execute(
            f"""
            select count(distinct user_id)
            from {memory}.{identifier(*known)} as past
            anti join {own} as own
                on
                    past.user_id = own.user_id
                    and own.is_sample is distinct from true
                    and (
                        not own.is_profiling_allowed
                        or own.decided_at > past.decided_at
                    )
            where
                past.is_profiling_allowed is distinct from true
                and past.is_sample is distinct from true
            """
        ).fetchall()
    return count


def has_memory(release):
    """Whether a release remembers anything: older versions of the project did not."""
    return (
        MEMORY in (listed_files(release) or [])
        or (release / MEMORY).exists()
        or (release / MEMORY).is_symlink()
    )


def newest_decisions(tables):
    """Query of the newest decision of each identifier, of the sample or not.

    Parameters
    ----------
    tables : list of str
        Tables of decisions, quoted.

    Returns
    -------
    str
    """
    all_decisions = " union all by name ".join(f"(from {table})" for table in tables)
    return f"""
        select * from ({all_decisions})
        qualify row_number() over (
            partition by user_id, is_sample order by {NEWEST_FIRST}
        ) = 1
        order by user_id, is_sample
    """
