"""Compare ways from a CSV file to labels and profiles: cost, and inertia on all users.

Prints a Markdown report on standard output and its progress on standard error.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import report
from inertia import inertia
from measure import ChildError, Cost, run
from run import BACKGROUND_SHARES, ONE_THREAD, PROJECT, generate, log, positive
from study import RESTARTS

# Each a script of this folder. The first is what the ratios refer to.
WAYS = {
    "tutorial, one thread": "tutorial.py",
    "bare": "bare.py",
    "MiniBatchKMeans": "mini_batch.py",
    "faiss on a sample": "faiss_sample.py",
    "PySpark MLlib": "mllib.py",
}
BASELINE = next(iter(WAYS))
PACKAGES = ["duckdb", "numpy", "pandas", "scikit-learn", "faiss-cpu", "pyspark"]

METHOD = """\
All ways start from the same CSV file and end with a Parquet file of labels and a
printed profile, on the four numbers and three answers of the tutorial, in five
segments. Each run is a process of its own, on one thread of OpenMP and BLAS; they take
turns. Figures are median [range] over the rounds; the ratio is the median [range] of
the ratios to the tutorial within a round. CPU seconds are user + system, children
included. Inertia is that of the last labels on all users, as a multiple of the lowest.

- bare: the project's way without dbt, `bench/bare.py`: DuckDB on disk, a fit on 100,000
  users, scoring in SQL. Its fit has ten starts, whatever the others have.
- faiss: one fit on 100,000 users, the same number of starts as the tutorial.
- MLlib: a single start, local mode on all cores. Its peak is that of Java."""

TABLE_HEAD = """\
| users | data | starts | way | CPU s | wall s | peak MB | CPU ratio | inertia |
|---:|---|---:|---|---:|---:|---:|---:|---:|"""


def available(names: list[str]) -> list[str]:
    """Leave out what cannot run here.

    Parameters
    ----------
    names : list of str
        Keys of `WAYS`.

    Returns
    -------
    list of str
        All of them, or all but MLlib where there is no Java for Spark.
    """
    try:
        run([sys.executable, PROJECT / "scripts" / "check_java.py"], PROJECT)
    except ChildError:
        return [name for name in names if name != "PySpark MLlib"]
    return names


def compare(
    csv: Path, names: list[str], restarts: int, rounds: int
) -> tuple[dict[str, list[Cost]], dict[str, float]]:
    """Run all ways in turns.

    Parameters
    ----------
    csv : Path
        File of users; labels go to the folder beside it.
    names : list of str
        Keys of `WAYS`.
    restarts : int
        Starts of KMeans.
    rounds : int
        How often to run each way.

    Returns
    -------
    costs : dict of str to list of Cost
        One item per round.
    inertias : dict of str to float
        Inertia on all users of each way's last labels.
    """
    costs = {name: [] for name in names}
    labels = {name: csv.with_name(f"{WAYS[name]}.parquet") for name in names}
    for number in range(1, rounds + 1):
        for name in names:
            log(f"{csv.parent.name}: {name}, round {number} of {rounds}")
            script = PROJECT / "bench" / WAYS[name]
            options = ["--restarts", str(restarts), "--labels", labels[name]]
            costs[name].append(
                run([sys.executable, script, csv, *options], csv.parent, ONE_THREAD)
            )
    log(f"{csv.parent.name}: inertia")
    return costs, {name: inertia(csv, labels[name]) for name in names}


def rows(
    users: int,
    data: str,
    restarts: int,
    costs: dict[str, list[Cost]],
    inertias: dict[str, float],
) -> str:
    """Lay out the table rows of one file.

    Parameters
    ----------
    users : int
        Number of users in the file.
    data : str
        What the users are like.
    restarts : int
        Starts of KMeans.
    costs : dict of str to list of Cost
        What each way used, one item per round, in the same order.
    inertias : dict of str to float
        Inertia of each way.

    Returns
    -------
    str
        Lines of a Markdown table.
    """
    lowest = min(inertias.values())
    lines = []
    for name, own in costs.items():
        cells = [
            f"{users:,}",
            data,
            str(restarts),
            name,
            *report.cost_cells(own, costs[BASELINE]),
            f"{inertias[name] / lowest:.5f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def parse_arguments() -> argparse.Namespace:
    """Read the command line.

    Returns
    -------
    argparse.Namespace
        ``users``, ``restarts``, ``rounds``, ``data`` and ``ways``.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--users", type=positive, default=1_000_000, metavar="N")
    parser.add_argument(
        "--restarts",
        type=positive,
        default=RESTARTS,
        metavar="N",
        help=f"starts of KMeans; 1 for ten million users (default: {RESTARTS})",
    )
    parser.add_argument("--rounds", type=positive, default=2, metavar="N")
    parser.add_argument(
        "--data",
        nargs="+",
        choices=BACKGROUND_SHARES,
        default=list(BACKGROUND_SHARES),
        help="what the users are like (default: both)",
    )
    parser.add_argument(
        "--ways",
        nargs="+",
        choices=WAYS,
        default=list(WAYS),
        help="ways to run beside the tutorial (default: all)",
    )
    return parser.parse_args()


def main() -> None:
    """Run the bench and print its report."""
    arguments = parse_arguments()
    wanted = [name for name in WAYS if name == BASELINE or name in arguments.ways]
    names = available(wanted)
    print(report.header(METHOD, PACKAGES))
    if names != wanted:
        print("MLlib is left out: there is no Java for Spark here.\n")
    print(TABLE_HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        for data in arguments.data:
            folder = Path(place) / data
            folder.mkdir()
            csv = folder / "users.csv"
            try:
                generate(arguments.users, data, csv)
                found = compare(csv, names, arguments.restarts, arguments.rounds)
            except ChildError as error:
                sys.exit(str(error))
            print(rows(arguments.users, data, arguments.restarts, *found), flush=True)


if __name__ == "__main__":
    main()
