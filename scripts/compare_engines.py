"""Compare what DuckDB and Spark made of the same input.

.venv-spark/bin/python scripts/compare_engines.py target/spark/test.duckdb \
    target/spark/warehouse

One line for each table, and after it the first differences. The warehouse is read as
the Parquet files that it consists of: no Spark is needed.
"""

import argparse
import sys
from pathlib import Path

import duckdb

MOST_SHOWN = 5
# A user who is as near to two segments may be in either.
TIE = 1e-9
SEGMENTS = "segmentation.user_segments"
# Keys of the tables, by the largest difference of numbers of 1 or less; of larger ones
# it is in proportion.
TABLES = {
    1e-9: {
        "staging.stg_user_profiles": "row_number",
        "staging.stg_events": "event_id",
        "staging.stg_checked_transactions": "row_number",
        "staging.stg_rejected_events": "row_number",
        "features.user_features": "user_id",
    },
    1e-6: {
        SEGMENTS: "objective, user_id",
        "marts.audience_sizes": "segment_key, platform",
        "marts.audiences": "objective, user_id",
        "marts.customer_segments": "purchase_segment",
        "marts.customers": "user_id",
        "marts.feature_drift": "objective, model_version, feature",
        "marts.model_versions": "objective, model_version",
        "marts.protected_attribute_audit": "objective, attribute",
        "marts.rejection_counts": "source, reason",
        "marts.release": "input",
        "marts.segment_answers": "segment_key, attribute, answer",
        "marts.segment_claims": "segment_key, claim_number",
        "marts.segment_counts": "objective, segment_count",
        "marts.segment_drift": "segment_key",
        "marts.segment_history": "objective, user_id",
        "marts.segment_interests": "segment_key, interest",
        "marts.segment_lineage": (
            "objective, model_version, last_segment_key, segment_key"
        ),
        "marts.segment_map": "objective, point_kind, point_number",
        "marts.segment_migrations": "objective, from_segment_key, to_segment_key",
        "marts.segment_outcomes": "objective, outcome, grouping",
        "marts.segment_rules": "segment_key",
        "marts.segment_traits": "segment_key, feature",
        "marts.segmentations": "objective",
        "marts.segments": "segment_key",
        "marts.sources": "source",
        "marts.technique_scores": "objective, technique",
        "marts.users": "user_id",
    },
}
# The time of a build, which no other has.
TIMED = {
    "marts.model_versions": {"trained_at"},
    "marts.release": {"release_id", "built_at"},
    "marts.segment_history": {"valid_from", "valid_to"},
    "marts.segment_migrations": {"moved_at"},
}


def main(arguments=None):
    """Print what differs; exit with 1 where anything does.

    Parameters
    ----------
    arguments : list of str, optional
        In place of those of the command line.
    """
    parser = argparse.ArgumentParser(description="Compare what two engines made.")
    parser.add_argument("database", type=Path, help="file of DuckDB")
    parser.add_argument("warehouse", type=Path, help="folder of Spark")
    asked = parser.parse_args(arguments)
    with open_engines(asked.database, asked.warehouse) as connection:
        unknown = marts_without_key(connection)
        if unknown:
            sys.exit(f"scripts/compare_engines.py has no key of {', '.join(unknown)}.")
        tied = tied_users(connection)
        count = sum(
            tell_table(connection, table, key, tolerance, tied)
            for tolerance, tables in TABLES.items()
            for table, key in tables.items()
        )
    print(f"{len(tied)} ties between segments.")
    if count:
        sys.exit(f"DuckDB and Spark differ in {count} values.")
    print("DuckDB and Spark agree.")


def open_engines(database, warehouse):
    """A connection with the tables of both, as duck.… and spark.….

    Parameters
    ----------
    database, warehouse : pathlib.Path

    Returns
    -------
    duckdb.DuckDBPyConnection
    """
    connection = duckdb.connect()
    connection.execute(f"attach '{database}' as duck (read_only)")
    connection.execute("attach ':memory:' as spark")
    for folder in sorted(warehouse.glob("*.db/*")):
        if any(folder.glob("*.parquet")):
            schema = folder.parent.name.removesuffix(".db")
            connection.execute(f"create schema if not exists spark.{schema}")
            connection.execute(
                f"create view spark.{schema}.{folder.name} as "
                f"from read_parquet('{folder}/*.parquet', union_by_name = true)"
            )
    return connection


def marts_without_key(connection):
    """Marts that are not compared, for want of a key.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection

    Returns
    -------
    list of str
    """
    marts = connection.execute(
        """
        select schema_name || '.' || table_name from duckdb_tables()
        where database_name = 'duck' and schema_name = 'marts'
        order by all
        """
    ).fetchall()
    known = {table for tables in TABLES.values() for table in tables}
    return [mart for (mart,) in marts if mart not in known]


def tied_users(connection):
    """Users who are in different segments, and as near to both.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection

    Returns
    -------
    list of str
    """
    rows = connection.execute(
        f"""
        select distinct user_id
        from duck.{SEGMENTS} as duck_users
        inner join spark.{SEGMENTS} as spark_users using (objective, user_id)
        where
            duck_users.segment_number <> spark_users.segment_number
            and greatest(duck_users.margin, spark_users.margin) <= {TIE}
        """
    ).fetchall()
    return [user_id for (user_id,) in rows]


def tell_table(connection, table, key, tolerance, tied):
    """Print how a table of Spark differs from that of DuckDB.

    Returns
    -------
    int
        In how many values.
    """
    try:
        row_count, found = differences(connection, table, key, tolerance, tied)
    except duckdb.CatalogException as error:
        print(f"{table}: missing ({str(error).splitlines()[0]})")
        return 1
    print(
        f"{table}: {row_count} rows, "
        + (f"{len(found)} values differ" if found else "the same")
    )
    for place, column, duck_value, spark_value in found[:MOST_SHOWN]:
        print(f"  {key} = {place}: {column} is {duck_value} and {spark_value}")
    return len(found)


def differences(connection, table, key, tolerance, tied=()):
    """Values of a table that the engines differ in.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With duck.… and spark.…
    table : str
        Its schema and name.
    key : str
        Columns that identify a row, with commas between them.
    tolerance : float
        Largest difference of numbers of 1 or less; of larger ones, in proportion.
    tied : sequence of str
        Users whose rows are passed over.

    Returns
    -------
    row_count : int
    found : list of tuple
        Key, column, value of DuckDB and value of Spark.
    """
    duck = connection.table(f"duck.{table}")
    spark = connection.table(f"spark.{table}")
    keys = key.split(", ")
    row_count = len(duck)
    found = []
    for name in set(duck.columns) ^ set(spark.columns):
        found.append(("", name, name in duck.columns, name in spark.columns))
    kinds = dict(zip(duck.columns, map(str, duck.types), strict=True))
    on = " and ".join(f'd."{name}" is not distinct from s."{name}"' for name in keys)
    place = "concat_ws(', ', " + ", ".join(
        f"coalesce(cast(coalesce(d.\"{name}\", s.\"{name}\") as varchar), 'null')"
        for name in keys
    ) + ")"  # fmt: skip
    joined = f"""
        from (select true as is_there, * from duck.{table}) as d
        full join (select true as is_there, * from spark.{table}) as s on {on}
    """
    if "user_id" in kinds and tied:
        names = ", ".join(f"'{user_id}'" for user_id in tied)
        joined += f" where coalesce(d.user_id, s.user_id) not in ({names})"
    found += connection.execute(
        f"""
        with pairs as (
            select {place} as place, d.is_there as is_duck, s.is_there as is_spark
            {joined}
        )
        select place, 'row', coalesce(is_duck, false), coalesce(is_spark, false)
        from pairs
        where is_duck is null or is_spark is null
        order by all
        """
    ).fetchall()
    shared = [name for name in duck.columns if name in spark.columns]
    for name in shared:
        if name in keys or name in TIMED.get(table, ()):
            continue
        if kinds[name] == "DOUBLE" or kinds[name].startswith("DECIMAL"):
            unlike = f"""
                duck_value is distinct from spark_value
                and coalesce(
                    not abs(
                        cast(duck_value as double) - cast(spark_value as double)
                    ) <= {tolerance} * greatest(1, abs(cast(duck_value as double))),
                    true
                )
            """
        else:
            unlike = "duck_value is distinct from spark_value"
        found += connection.execute(
            f"""
            with pairs as (
                select
                    {place} as place,
                    d."{name}" as duck_value,
                    s."{name}" as spark_value,
                    d.is_there and s.is_there as is_pair
                {joined}
            )
            select place, '{name}', duck_value, spark_value
            from pairs
            where is_pair and {unlike}
            order by place
            """
        ).fetchall()
    return row_count, found


if __name__ == "__main__":
    main()
