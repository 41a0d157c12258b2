"""Measure what a million users cost in each layer of the project.

Prints a Markdown report on standard output and its progress on standard error.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg

import report
from measure import ChildError, cpu_seconds
from run import BACKGROUND_SHARES, EXCLUDED, PROJECT, generate, log, positive

METHOD = """\
`dbt build` as in `make build`, into a new database, from a CSV file of generated users;
dbt runs inside the bench, which reads the CPU time of the process whenever a node or a
hook starts and ends. CPU seconds are user + system. A view costs where it is read.
What is neither in a node nor in a hook is dbt itself: imports, parsing, artifacts."""

TABLE_HEAD = """\
| users | layer | nodes | CPU s | CPU s per million users |
|---:|---|---:|---:|---:|"""

ITSELF = "dbt itself"


def layer(resource_type: str, path: str) -> str:
    """Name the layer of a node.

    Parameters
    ----------
    resource_type : str
        As dbt has it.
    path : str
        File of the node, from the folder of its kind on.

    Returns
    -------
    str
        The folder of a model; otherwise what it is.
    """
    if resource_type == "model":
        return Path(path).parts[0]
    return {"operation": "hooks: report, release"}.get(
        resource_type, f"{resource_type}s"
    )


class Meter:
    """Adds up the CPU seconds of nodes by layer, from what dbt tells of them.

    Attributes
    ----------
    seconds : collections.Counter
        CPU seconds by layer.
    nodes : collections.Counter
        Number of nodes by layer.
    """

    def __init__(self, clock=cpu_seconds) -> None:
        self.seconds = Counter()
        self.nodes = Counter()
        self._clock = clock
        self._started = {}

    def __call__(self, event: EventMsg) -> None:
        """Take note of an event.

        Parameters
        ----------
        event : dbt_common.events.base_types.EventMsg
            Any that dbt fires; those of the start and the end of a node count.
        """
        if event.info.name in ("NodeStart", "LogHookStartLine"):
            self._started[event.data.node_info.unique_id] = self._clock()
        elif event.info.name in ("NodeFinished", "LogHookEndLine"):
            node = event.data.node_info
            # dbt tells of some hooks twice.
            start = self._started.pop(node.unique_id, None)
            if start is not None:
                name = layer(node.resource_type, node.node_path)
                self.seconds[name] += self._clock() - start
                self.nodes[name] += 1


def build(csv: Path, folder: Path, meter: Meter) -> None:
    """Build the project inside this process.

    Parameters
    ----------
    csv : Path
        File of users.
    folder : Path
        Where database, release, target and log go.
    meter : Meter
        Is told of all events.

    Raises
    ------
    ChildError
        If the build fails.
    """
    os.environ["DUCKDB_PATH"] = str(folder / "bench.duckdb")
    os.environ["PUBLISH_PATH"] = str(folder / "published")
    result = dbtRunner(callbacks=[meter]).invoke(
        [
            *("--quiet", "build", *EXCLUDED["build"]),
            *("--vars", json.dumps({"user_profiles": str(csv)})),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(folder / "target")),
            *("--log-path", str(folder / "logs")),
        ]
    )
    if not result.success:
        raise ChildError(f"the build failed: {folder / 'logs'}")


def rows(users: int, meter: Meter, total: float) -> str:
    """Lay out the table rows of one build.

    Parameters
    ----------
    users : int
        Number of users.
    meter : Meter
        Of the build.
    total : float
        CPU seconds of the process.

    Returns
    -------
    str
        Lines of a Markdown table.
    """
    seconds = dict(meter.seconds.most_common())
    seconds[ITSELF] = total - sum(seconds.values())
    seconds["all"] = total
    lines = []
    for name, value in seconds.items():
        count = meter.nodes.get(name, "")
        cells = [f"{users:,}", name, f"{count}", f"{value:.2f}"]
        lines.append(f"| {' | '.join([*cells, f'{1e6 * value / users:.2f}'])} |")
    return "\n".join(lines)


def main() -> None:
    """Run the bench and print its report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--users", type=positive, default=1_000_000, metavar="N")
    parser.add_argument(
        "--data", choices=BACKGROUND_SHARES, default=next(iter(BACKGROUND_SHARES))
    )
    arguments = parser.parse_args()
    # dbt resolves the folder of the Python models' modules against it.
    os.chdir(PROJECT)
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        csv = Path(place) / "users.csv"
        meter = Meter()
        try:
            log(f"{arguments.users:,} users, {arguments.data}: data")
            generate(arguments.users, arguments.data, csv)
            log("build")
            build(csv, Path(place), meter)
        except ChildError as error:
            sys.exit(str(error))
    print(report.header(METHOD))
    print(TABLE_HEAD)
    print(rows(arguments.users, meter, cpu_seconds()))


if __name__ == "__main__":
    main()
