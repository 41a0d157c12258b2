"""A release written again: the same tables, and the decisions of today.

Lists lose who objected, and their sizes; what `make restore` goes on from has all
decisions. Files are new, so that no unused part of one keeps who was on a list.
"""

from user_segmentation.release.decisions import newest_decisions
from user_segmentation.release.files import (
    LISTS,
    identifier,
    literal,
    tables_of,
    write_marts,
    write_memory,
)

# Names of the databases of the release in queries.
MARTS, OLD = "marts of release", "memory of release"

# What `audience_sizes` says of a list.
LIST_SIZES = ["objection_count", "held_out_count", "list_count", "is_large_enough"]


def write_again(connection, marts, decisions, release, release_id):
    """Write the tables of a release with the decisions of today.

    Parameters
    ----------
    connection : DuckDBPyConnection
        With both databases of the release attached, and a table `decisions`.
    marts : list of str
        Names of the tables that are published.
    decisions : tuple of str
        Schema and name of the table of decisions in a memory.
    release : Path
        Folder to write in.
    release_id : str
        Its name.
    """
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
        queries["audience_sizes"] = _sizes(connection, queries["audiences"])
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


def _sizes(connection, audiences):
    """Query of the sizes of lists: null of a list that has become shorter.

    Beside those of the release before they would tell how few objected.
    """
    sizes = identifier(MARTS, "main", "audience_sizes")
    columns = [name for name, *_ in connection.execute(f"describe {sizes}").fetchall()]
    is_shorter = "shorter_lists.segment_key is not null"
    replaced = [
        f"case when not ({is_shorter}) then sizes.{column} end as {column}"
        for column in LIST_SIZES
        if column in columns
    ]
    # Releases of an older version do not have it.
    if "is_suppressed" in columns:
        replaced.append(f"sizes.is_suppressed or {is_shorter} as is_suppressed")
    return f"""
        with old_lists as (
            select segment_key, count(*) as user_count
            from {identifier(MARTS, "main", "audiences")}
            group by all
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

        select sizes.* replace ({", ".join(replaced)})
        from {sizes} as sizes
        left join shorter_lists on sizes.segment_key = shorter_lists.segment_key
        order by sizes.rowid
    """
