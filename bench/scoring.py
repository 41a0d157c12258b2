"""Measure scoring alone: the SQL of scored_users against reading and writing its rows.

Prints a Markdown report on standard output and its progress on standard error.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import duckdb
import numpy as np

import report
from measure import ChildError, cpu_seconds, run
from run import DBT, ONE_OBJECTIVE, PROJECT, log, positive

FEATURE_COUNT = 20
SEGMENT_COUNT = 5
(OBJECTIVE,) = ONE_OBJECTIVE
SEED = 1
# Transforms of the features: as many logarithms as the catalogue has, or none.
MODELS = {"none": 0, "8 of 20": 8}

METHOD = f"""\
Generated users with {FEATURE_COUNT} features of type double in a database on disk, a
model of {SEGMENT_COUNT} segments, and what dbt makes of the model scored_users with
them. All statements run in one process and take turns. Figures are median [range] over
the rounds, CPU seconds are user + system.

- scan: the sum of every feature.
- write segments: a table of user_id and one small column.
- segments alone: user_id and segment number of the query of scored_users; its ratio is
  to scan + write segments.
- write users: a table of all features, user_id and one small column.
- scored_users: the model as it is: all features, segment number, distance, margin and
  runner-up; its ratio is to scan + write users."""

TABLE_HEAD = """\
| users | logarithms | statement | CPU s | / (scan + write) |
|---:|---:|---|---:|---:|"""

# What is scored, and what writes as many rows and columns.
FLOORS = {"segments alone": "write segments", "scored_users": "write users"}


def make_database(path: Path, users: int, logarithms: int) -> None:
    """Fill a database with users and a model, where the project has them.

    Parameters
    ----------
    path : Path
        File to write.
    users : int
        Number of users.
    logarithms : int
        How many of the features go through log1p.
    """
    generator = np.random.default_rng(SEED)
    names = [f"feature_{number}" for number in range(1, FEATURE_COUNT + 1)]
    centroids = generator.normal(size=(SEGMENT_COUNT, FEATURE_COUNT))
    rows = [
        (
            *(OBJECTIVE, 1, segment + 1, name),
            "log1p" if place < logarithms else "none",
            *(float(centroids[segment, place]), 0.5, 0.3, 3.0),
        )
        for segment in range(SEGMENT_COUNT)
        for place, name in enumerate(names)
    ]
    columns = ", ".join(f"random() as {name}" for name in names)
    with duckdb.connect(path) as database:
        database.execute(
            f"""
            create schema features;
            create schema segmentation;
            create table segmentation.feature_catalog (
                feature varchar,
                block varchar default 'engagement',
                kind varchar default 'numeric',
                transform varchar default 'none'
            );
            select setseed(0.5);
            create table features.user_features as
            select cast(user_id as varchar) as user_id, {columns}
            from range({users}) as users (user_id);
            create table segmentation.model_registry (
                objective varchar, model_version integer, segment_number integer,
                feature varchar, transform varchar, centroid double, center double,
                scale double, clip double,
                is_current boolean
            )
            """
        )
        database.executemany(
            f"insert into segmentation.model_registry values ({'?, ' * 9}true)", rows
        )
        database.executemany(
            "insert into segmentation.feature_catalog (feature) values (?)",
            [[name] for name in names],
        )


def compiled_query(database: Path) -> str:
    """Let dbt compile the model that scores users.

    Parameters
    ----------
    database : Path
        Made by `make_database`.

    Returns
    -------
    str
        A query.
    """
    target = database.parent / "target"
    run(
        [
            *(DBT, "compile", "--select", "scored_users"),
            *("--vars", json.dumps({"objectives": ONE_OBJECTIVE})),
            *("--target-path", target, "--log-path", database.parent / "logs"),
        ],
        PROJECT,
        {"DUCKDB_PATH": str(database)},
    )
    (file,) = target.glob("compiled/**/scored_users.sql")
    return file.read_text()


def statements(query: str) -> dict[str, str]:
    """Write what is measured as SQL.

    Parameters
    ----------
    query : str
        Scores users.

    Returns
    -------
    dict of str to str
        Statements by name.
    """
    features = range(1, FEATURE_COUNT + 1)
    sums = ", ".join(f"sum(feature_{number})" for number in features)
    create = "create or replace table written as"
    return {
        "scan": f"select {sums} from features.user_features",
        "write segments": f"""
            {create} select user_id, feature_1 > 0.5 as is_large
            from features.user_features
            """,
        "segments alone": f"""
            {create} select user_id, cast({OBJECTIVE}_segment_number as utinyint)
            as segment_number from ({query})
            """,
        "write users": f"""
            {create} select *, feature_1 > 0.5 as is_large
            from features.user_features
            """,
        "scored_users": f"{create} {query}",
    }


def run_statement(database: duckdb.DuckDBPyConnection, statement: str) -> float:
    """Run a statement and measure it.

    Parameters
    ----------
    database : duckdb.DuckDBPyConnection
    statement : str

    Returns
    -------
    float
        User and system time of all threads.
    """
    before = cpu_seconds()
    database.execute(statement).fetchall()
    return cpu_seconds() - before


def rows(users: int, logarithms: str, seconds: dict[str, list[float]]) -> str:
    """Lay out the table rows of one model.

    Parameters
    ----------
    users : int
        Number of users.
    logarithms : str
        A key of `MODELS`.
    seconds : dict of str to list of float
        CPU seconds of each statement, one item per round.

    Returns
    -------
    str
        Lines of a Markdown table.
    """
    lines = []
    for name, own in seconds.items():
        cells = [f"{users:,}", logarithms, name, report.spread(own, 2), ""]
        if name in FLOORS:
            rounds = zip(own, seconds["scan"], seconds[FLOORS[name]], strict=True)
            ratios = [value / (scan + write) for value, scan, write in rounds]
            cells[-1] = report.spread(ratios, 2)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Run the bench and print its report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--users", type=positive, default=10_000_000, metavar="N")
    parser.add_argument("--rounds", type=positive, default=3, metavar="N")
    arguments = parser.parse_args()
    print(report.header(METHOD, ["dbt-core", "dbt-duckdb", "duckdb"]))
    print(TABLE_HEAD, flush=True)
    for name, logarithms in MODELS.items():
        with tempfile.TemporaryDirectory(prefix="bench-") as place:
            path = Path(place) / "bench.duckdb"
            log(f"{arguments.users:,} users, logarithms {name}: data and query")
            make_database(path, arguments.users, logarithms)
            try:
                measured = statements(compiled_query(path))
            except ChildError as error:
                sys.exit(str(error))
            seconds = {statement: [] for statement in measured}
            with duckdb.connect(path) as database:
                for number in range(1, arguments.rounds + 1):
                    log(f"round {number} of {arguments.rounds}")
                    for statement, sql in measured.items():
                        seconds[statement].append(run_statement(database, sql))
        print(rows(arguments.users, name, seconds), flush=True)


if __name__ == "__main__":
    main()
