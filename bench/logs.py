"""Measure what features of logs cost, from files to one row per user.

Prints a Markdown table on standard output and its progress on standard error.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

import report
from measure import ChildError, Cost, run
from run import DBT, PROJECT, log

# About 5 and 50 million events.
SIZES = [112_600, 1_126_000]
ROUNDS = 2
# With 4 GB in mind: DuckDB spills beyond this, and Python and dbt come on top.
MEMORY_LIMIT = "2500MB"

METHOD = f"""\
`dbt build --select +user_activity +user_purchases` without tests, into a new database
each time, from Parquet files of the generator: file gate, row gate, daily aggregate,
features. DuckDB's memory is limited to {MEMORY_LIMIT}. The sizes take turns.

| events | transactions | users | CPU s | wall s | peak MB | CPU s per million events |
|---:|---:|---:|---:|---:|---:|---:|"""


def generate(users: int, folder: Path) -> dict[str, str]:
    """Write profiles and logs of generated users.

    Parameters
    ----------
    users : int
        Number of users.
    folder : Path
        Where to write; made if missing.

    Returns
    -------
    dict of str to str
        Path of the file of each source, by its variable.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "user_profiles": str(folder / "users.parquet"),
        "events": str(folder / "events.parquet"),
        "transactions": str(folder / "transactions.parquet"),
        "user_aliases": str(folder / "aliases.csv"),
    }
    run(
        [
            *(sys.executable, PROJECT / "scripts" / "generate_sample.py"),
            *("--users", str(users), "--output", files["user_profiles"]),
            *("--events", files["events"], "--transactions", files["transactions"]),
            *("--aliases", files["user_aliases"]),
        ],
        PROJECT,
    )
    return files


def build_features(files: dict[str, str], folder: Path) -> Cost:
    """Build the features of the logs in a new database.

    Parameters
    ----------
    files : dict of str to str
        Path of the file of each source, by its variable.
    folder : Path
        Where database, target and log go.

    Returns
    -------
    Cost
        What it used.
    """
    database = folder / "database"
    shutil.rmtree(database, ignore_errors=True)
    database.mkdir()
    return run(
        [
            *(DBT, "build", "--select", "+user_activity", "+user_purchases"),
            *("--exclude-resource-type", "test", "unit_test"),
            *("--vars", json.dumps(files), "--target-path", folder / "target"),
            *("--log-path", folder / "logs"),
        ],
        PROJECT,
        {
            "DUCKDB_PATH": str(database / "bench.duckdb"),
            "DUCKDB_MEMORY_LIMIT": MEMORY_LIMIT,
        },
    )


def row(users: int, files: dict[str, str], costs: list[Cost]) -> str:
    """Lay out one table row.

    Parameters
    ----------
    users : int
        Number of users.
    files : dict of str to str
        Path of the file of each source, by its variable.
    costs : list of Cost
        What the build used, one item per round.

    Returns
    -------
    str
        One line of a Markdown table.
    """
    events, transactions = (
        pq.read_metadata(files[source]).num_rows
        for source in ("events", "transactions")
    )
    seconds = [cost.cpu_seconds for cost in costs]
    cells = [
        f"{events:,}",
        f"{transactions:,}",
        f"{users:,}",
        report.spread(seconds, 1),
        report.spread([cost.wall_seconds for cost in costs], 1),
        report.spread([cost.peak_mb for cost in costs], 0),
        report.spread([1e6 * second / events for second in seconds], 2),
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Run the bench and print its table."""
    print(METHOD, flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        folders = {users: Path(place) / str(users) for users in SIZES}
        costs = {users: [] for users in SIZES}
        try:
            files = {users: generate(users, folders[users]) for users in SIZES}
            for number in range(1, ROUNDS + 1):
                for users in SIZES:
                    log(f"logs of {users:,} users: round {number} of {ROUNDS}")
                    costs[users].append(build_features(files[users], folders[users]))
        except ChildError as error:
            sys.exit(str(error))
        for users in SIZES:
            print(row(users, files[users], costs[users]), flush=True)


if __name__ == "__main__":
    main()
