"""Whether a build on Spark made the tables that a build on DuckDB made."""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

# Marts agree to this share of a number, or to this much where it is less than 1.
TOLERANCE = 1e-6
# What else has to agree, and how well: rows accepted, rejected and counted, features,
# segments.
OTHER_TABLES = {
    "staging.stg_user_profiles": TOLERANCE,
    "staging.stg_rejected_events": TOLERANCE,
    "staging.stg_read_counts": TOLERANCE,
    "staging.stg_events": TOLERANCE,
    "features.user_features": 1e-9,
    "segmentation.scored_users": TOLERANCE,
}
# Between two centroids that are equally near, the last digit decides: what is said of a
# user and an objective is passed over where the column of this ending says so.
TIE_ENDING = "_margin"
TIE = 1e-9
# Each build has its own; times are those of builds, too.
BUILD_COLUMNS = {"release_id"}
# Contracts tell the types of marts; elsewhere Spark has a short integer, and no JSON.
ALIKE = {"INTEGER": "BIGINT", "JSON": "VARCHAR"}
MOST_SHOWN = 3


@dataclass(frozen=True)
class Table:
    """A table that both engines built.

    Parameters
    ----------
    name : str
        Schema and name.
    keys : tuple of str
        Columns that tell rows apart; none where no test says so.
    tolerance : float
    """

    name: str
    keys: tuple[str, ...]
    tolerance: float


def compared_tables(manifest):
    """All marts, by name, and what they are made of.

    Parameters
    ----------
    manifest : dict
        What dbt writes in manifest.json.

    Returns
    -------
    list of Table
    """
    keys = {}
    for node in manifest["nodes"].values():
        test = node.get("test_metadata") or {}
        if test.get("name") in {"unique", "is_unique_together"}:
            columns = test["kwargs"].get("columns") or [node["column_name"]]
            keys[node["attached_node"]] = tuple(columns)
    tables = []
    for unique_id, node in manifest["nodes"].items():
        name = f"{node['schema']}.{node['alias']}"
        if node["resource_type"] != "model":
            continue
        if node["schema"] == "marts" or name in OTHER_TABLES:
            tolerance = OTHER_TABLES.get(name, TOLERANCE)
            tables.append(Table(name, keys.get(unique_id, ()), tolerance))
    return sorted(tables, key=lambda table: table.name)


def compare(connection, table, other):
    """What differs between a table and the one on Spark.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    table : Table
    other : Path
        Folder of Parquet files.

    Returns
    -------
    list of str
        Nothing where they agree.
    """
    files = str(other / "*.parquet")
    if not list(other.glob("*.parquet")):
        return ["is not on Spark"]
    connection.execute(f"create or replace temp view ours as from {table.name}")
    connection.execute(
        "create or replace temp view theirs as from read_parquet("
        f"'{files}', hive_partitioning = false)"
    )
    types, other_types = (_types(connection, name) for name in ("ours", "theirs"))
    if types != other_types:
        only = [f"{name} {kind}" for name, kind in types.items() - other_types.items()]
        there = [f"{name} {kind}" for name, kind in other_types.items() - types.items()]
        return [
            f"columns on DuckDB only: {', '.join(sorted(only)) or 'none'}; "
            f"on Spark only: {', '.join(sorted(there)) or 'none'}"
        ]
    return _different_rows(connection, table, types)


def _types(connection, name):
    described = connection.execute(f"describe {name}").fetchall()
    return {column: ALIKE.get(kind, kind) for column, kind, *_ in described}


def _different_rows(connection, table, types):
    keys = table.keys
    # A key may be an expression; then, as without a key, all but numbers tell rows
    # apart.
    if not keys or set(keys) - set(types):
        keys = [column for column, kind in types.items() if kind != "DOUBLE"]
    keys = [column for column in keys if not _is_of_build(column, types[column])]
    # Rows without a key of their own are told apart by their number.
    number = (
        f"row_number() over (partition by {_quoted(keys) or 'null'} "
        f"order by {_quoted(types)}) as occurrence"
    )
    condition = " and ".join(
        f'ours."{key}" is not distinct from theirs."{key}"'
        for key in [*keys, "occurrence"]
    )
    connection.execute(f"""
        create or replace temp table pairs as
        select ours, theirs
        from (select *, {number} from ours) as ours
        full join (select *, {number} from theirs) as theirs on {condition}
    """)
    differences = []
    for side, engine in (("ours", "DuckDB"), ("theirs", "Spark")):
        other = "theirs" if side == "ours" else "ours"
        missing = _rows(
            connection, keys, side, f"{other}.occurrence is null", "null, null"
        )
        differences += [f"{row}: on {engine} only" for row, *_ in missing]
    is_pair = "ours.occurrence is not null and theirs.occurrence is not null"
    for column, kind in types.items():
        if column in keys or column in BUILD_COLUMNS:
            continue
        values = f'ours."{column}"', f'theirs."{column}"'
        condition = f"{is_pair} and not {_is_same(*values, kind, table.tolerance)}"
        for margin in types:
            beginning = margin.removesuffix(TIE_ENDING)
            if beginning != margin and column.startswith(f"{beginning}_"):
                condition += f" and ours.{margin} > {TIE}"
        different = _rows(connection, keys, "ours", condition, ", ".join(values))
        differences += [
            f"{row}, {column}: {value!r} on DuckDB, {other_value!r} on Spark"
            for row, value, other_value in different
        ]
    return differences


def _quoted(columns):
    return ", ".join(f'"{column}"' for column in columns)


def _is_of_build(column, kind):
    return column in BUILD_COLUMNS or kind.startswith("TIMESTAMP")


def _is_same(value, other_value, kind, tolerance):
    if kind.startswith("TIMESTAMP"):
        return f"(({value} is null) = ({other_value} is null))"
    is_same = f"{value} is not distinct from {other_value}"
    if kind == "DOUBLE":
        is_near = (
            f"abs({value} - {other_value}) "
            f"<= {tolerance} * greatest(1, abs({value}), abs({other_value}))"
        )
        is_same += f" or isfinite({value}) and isfinite({other_value}) and {is_near}"
    return f"coalesce({is_same}, false)"


def _rows(connection, keys, side, condition, values):
    parts = [f"""'{key}=' || coalesce({side}."{key}"::text, 'null')""" for key in keys]
    row = " || ', ' || ".join(parts) or "'the only row'"
    return connection.execute(
        f"select {row} as row, {values} from pairs where {condition} order by row"
    ).fetchall()


def main(arguments=None):
    """Print a line for each table, and say whether all agree.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the command line where left out.

    Returns
    -------
    int
        Exit code.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", help="what the build on DuckDB made")
    parser.add_argument("warehouse", type=Path, help="folder that Spark wrote to")
    parser.add_argument("manifest", type=Path, help="manifest.json of a build")
    options = parser.parse_args(arguments)
    tables = compared_tables(json.loads(options.manifest.read_text()))
    is_same = True
    with duckdb.connect(options.database, read_only=True) as connection:
        for table in tables:
            schema, name = table.name.split(".")
            differences = compare(
                connection, table, options.warehouse / f"{schema}.db" / name
            )
            ((row_count,),) = connection.execute(
                f"select count(*) from {table.name}"
            ).fetchall()
            outcome = f"{len(differences)} differences" if differences else "the same"
            print(f"{table.name}: {row_count:,} rows, {outcome}")
            for difference in differences[:MOST_SHOWN]:
                print(f"  {difference}")
            is_same &= not differences
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
