"""What people decided about being profiled, as releases remember it."""

from user_segmentation.release.files import attached, identifier, tables_of
from user_segmentation.release.folder import ReleaseFolderError
from user_segmentation.release.history import MEMORY, listed_files

# Found by its name, in whatever schema.
TABLE = "stg_recorded_consents"


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
            select count(*)
            from ({newest_decisions(f"{memory}.{identifier(*known)}")}) as past
            left join ({newest_decisions(own)}) as own
                on past.user_id = own.user_id and not own.is_sample
            where
                not past.is_profiling_allowed
                and not past.is_sample
                and (
                    own.user_id is null
                    or (own.is_profiling_allowed and own.decided_at <= past.decided_at)
                )
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


def newest_decisions(table):
    """Query of the decision that holds for each identifier, of the sample or not.

    Parameters
    ----------
    table : str
        All decisions, quoted.

    Returns
    -------
    str
    """
    # Of two at the same time the one that protects the user.
    return f"""
        select * from {table}
        qualify row_number() over (
            partition by user_id, is_sample
            order by decided_at desc, is_profiling_allowed asc
        ) = 1
    """
