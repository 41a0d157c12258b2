"""Compare the cost of the project with the cost of the tutorial's way.

Prints a Markdown report on standard output and its progress on standard error.
Needs a Unix: the costs come from ``os.wait4``.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import yaml

import report
from measure import ChildError, Cost, run
from study import RESTARTS

PROJECT = Path(__file__).resolve().parents[1]
# Not resolved: the dbt of this environment stands beside the link to its Python.
DBT = Path(sys.executable).with_name("dbt")
TUTORIAL = [sys.executable, PROJECT / "bench" / "tutorial.py"]
# A second thread costs KMeans more CPU than it saves time, most of all on a busy
# machine: one thread is the tutorial at its cheapest, and what the ratios refer to.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
# As in `make build`: unit tests check the SQL and not the data.
EXCLUDED = {"build": ["--exclude-resource-type", "unit_test"], "parse": []}

SETTINGS = yaml.safe_load((PROJECT / "dbt_project.yml").read_text())
# The first of the project's, alone.
ONE_OBJECTIVE = dict(list(SETTINGS["vars"]["objectives"].items())[:1])

# KMeans needs several times the iterations where there is nothing to find, as in the
# file of the case study.
BACKGROUND_SHARES = {"personas": 0.05, "no structure": 1}


def generate(users: int, data: str, csv: Path) -> None:
    """Write a file of generated users.

    Parameters
    ----------
    users : int
        Number of users.
    data : str
        A key of `BACKGROUND_SHARES`.
    csv : Path
        File to write.
    """
    script = PROJECT / "scripts" / "generate_sample.py"
    share = str(BACKGROUND_SHARES[data])
    run(
        [
            *(sys.executable, script, "--users", str(users)),
            *("--background-share", share, "--output", csv),
        ],
        PROJECT,
    )


def run_tutorial(arguments: Sequence[Path | str], environment: dict[str, str]) -> Cost:
    """Run the tutorial.

    Parameters
    ----------
    arguments : sequence of Path or str
        The file of users and options, or ``"--help"`` for the imports alone.
    environment : dict of str to str
        Variables to add, such as `ONE_THREAD`.

    Returns
    -------
    Cost
        What it used.
    """
    return run([*TUTORIAL, *arguments], PROJECT, environment)


def run_project(
    command: str, folder: Path, variables: Mapping[str, object], project: Path = PROJECT
) -> Cost:
    """Run a dbt command of a project on a new database.

    Parameters
    ----------
    command : str
        ``"build"`` or ``"parse"``.
    folder : Path
        Where database, target and log go.
    variables : mapping of str to object
        Variables of the project to set.
    project : Path
        Folder of the project.

    Returns
    -------
    Cost
        What it used.
    """
    # Emptied, not renamed: dbt drops its partial parse when a variable of the
    # environment that it has read changes.
    database = folder / "database"
    shutil.rmtree(database, ignore_errors=True)
    database.mkdir()
    return run(
        [
            *(DBT, command, *EXCLUDED[command], "--vars", json.dumps(variables)),
            *("--target-path", folder / "target", "--log-path", folder / "logs"),
        ],
        project,
        {
            "DUCKDB_PATH": str(database / "bench.duckdb"),
            "PUBLISH_PATH": str(database / "published"),
        },
    )


def compare(users: int, data: str, rounds: int, restarts: int, folder: Path) -> str:
    """Measure all ways on one file.

    Parameters
    ----------
    users : int
        Number of users.
    data : str
        A key of `BACKGROUND_SHARES`.
    rounds : int
        How often to run each way.
    restarts : int
        Starts of KMeans in the tutorial.
    folder : Path
        Folder for the data, made if missing.

    Returns
    -------
    str
        Rows of the report.
    """
    folder.mkdir(parents=True, exist_ok=True)
    csv = folder / "users.csv"
    log(f"{users:,} users, {data}: data and warm-up")
    generate(users, data, csv)
    run_tutorial(["--help"], ONE_THREAD)
    # Folders of their own: other variables are another partial parse.
    builds = {
        "project": {"user_profiles": str(csv)},
        "project, one objective": {
            "user_profiles": str(csv),
            "objectives": ONE_OBJECTIVE,
        },
    }
    for way, variables in builds.items():
        (folder / way).mkdir(exist_ok=True)
        run_project("parse", folder / way, variables)

    tutorial = [csv, "--restarts", str(restarts)]
    ways = {
        report.BASELINE: partial(run_tutorial, tutorial, ONE_THREAD),
        "tutorial": partial(run_tutorial, tutorial, {}),
    }
    for way, variables in builds.items():
        ways[way] = partial(run_project, "build", folder / way, variables)
    costs = {way: [] for way in ways}
    for number in range(1, rounds + 1):
        log(f"{users:,} users, {data}: round {number} of {rounds}")
        for way, measure in ways.items():
            costs[way].append(measure())
    return report.rows(users, data, costs)


def log(message: str) -> None:
    """Say on standard error how far the bench is.

    Parameters
    ----------
    message : str
        Text of the line.
    """
    print(message, file=sys.stderr, flush=True)


def positive(text: str) -> int:
    """Read a whole number above 0.

    Parameters
    ----------
    text : str
        Argument of the command line.

    Returns
    -------
    int
        Its value.

    Raises
    ------
    ValueError
        If it is not a whole number, or below 1.
    """
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def parse_arguments() -> argparse.Namespace:
    """Read the command line.

    Returns
    -------
    argparse.Namespace
        ``users`` and ``rounds``, of the same length, ``restarts`` and ``keep``.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--users",
        type=positive,
        nargs="+",
        default=[1_000, 100_000, 1_000_000],
        metavar="N",
        help="sizes to compare (default: 1000 100000 1000000)",
    )
    parser.add_argument(
        "--rounds",
        type=positive,
        nargs="+",
        default=[3],
        metavar="N",
        help="runs of each way: one number, or one for each size (default: 3)",
    )
    parser.add_argument(
        "--restarts",
        type=positive,
        default=RESTARTS,
        metavar="N",
        help=f"starts in the tutorial; 1 for ten million users (default: {RESTARTS})",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="DIR",
        help="leave data, databases and logs in this folder",
    )
    arguments = parser.parse_args()
    if len(arguments.rounds) == 1:
        arguments.rounds *= len(arguments.users)
    if len(arguments.rounds) != len(arguments.users):
        parser.error("--rounds takes one number, or one for each size")
    return arguments


def main() -> None:
    """Run the bench and print its report."""
    arguments = parse_arguments()
    print(report.header())
    print(report.TABLE_HEAD, flush=True)
    workplace = (
        nullcontext(arguments.keep)
        if arguments.keep
        else tempfile.TemporaryDirectory(prefix="bench-")
    )
    with workplace as folder:
        for users, rounds in zip(arguments.users, arguments.rounds, strict=True):
            for data in BACKGROUND_SHARES:
                # dbt runs in the folder of the project: the path must be absolute.
                place = Path(folder).resolve() / f"{users} {data}"
                try:
                    print(
                        compare(users, data, rounds, arguments.restarts, place),
                        flush=True,
                    )
                except ChildError as error:
                    sys.exit(str(error))


if __name__ == "__main__":
    main()
