"""A release written again: the same tables, and the decisions of today.

Lists lose who objected, their sizes agree, and what `make restore` goes on from has all
decisions. Files are new, so that no unused part of one keeps who was on a list.
"""

from decisions import newest_decisions
from release_files import (
    LISTS,
    identifier,
    literal,
    tables_of,
    write_marts,
    write_memory,
)

# Names of the databases of the release in queries.
MARTS, OLD = "marts of release", "memory of release"


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
    """Query of the sizes of lists, as models/marts/audience_sizes.sql counts them."""
    return f"""
        with audience_counts as (
            select
                segment_key,
                count(*) as allowed_count,
                count(*) filter (where is_held_out) as held_out_count,
                count(*) filter (where not is_held_out) as list_count
            from ({audiences})
            group by all
        )
        select sizes.* replace (
            sizes.user_count - coalesce(audience_counts.allowed_count, 0)
                as objection_count,
            coalesce(audience_counts.held_out_count, 0) as held_out_count,
            coalesce(audience_counts.list_count, 0) as list_count,
            coalesce(audience_counts.list_count, 0) >= sizes.min_user_count
                as is_large_enough
        )
        from {identifier(MARTS, "main", "audience_sizes")} as sizes
        left join audience_counts on sizes.segment_key = audience_counts.segment_key
        order by sizes.rowid
    """
