"""Write what the bench measured as Markdown."""

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

from measure import Cost

PACKAGES = ["dbt-core", "dbt-duckdb", "duckdb", "numpy", "pandas", "scikit-learn"]

TABLE_HEAD = """\
| users | data | way | CPU s | wall s | peak MB | CPU ratio |
|---:|---|---|---:|---:|---:|---:|"""

# The way that the ratios refer to.
BASELINE = "tutorial, one thread"

METHOD = """\
All ways start from the same CSV file, each run as a process of its own, and take
turns. Figures are median [range] over the rounds; the ratio is the median [range] of
the ratios to the tutorial on one thread within a round. CPU seconds are user + system,
children included.

- tutorial: `bench/tutorial.py`: one segmentation, one profile table; as it is, and on
  one thread, where KMeans costs the least CPU.
- project: `dbt build` as in `make build`, models, data tests, report and release, into
  a new database each time: three segmentations, their numbers of segments chosen.
- project, one objective: the same with the first segmentation alone.

Before the rounds of each file, uncounted: the imports of the tutorial, and one
`dbt parse` with the same variables and target path, so that partial parsing is warm
as it is for anybody who builds a second time."""


def header(method: str = METHOD, packages: Sequence[str] = PACKAGES) -> str:
    """Describe the machine, the versions and the method.

    Parameters
    ----------
    method : str
        What is measured and how.
    packages : sequence of str
        Names of the packages whose versions matter.

    Returns
    -------
    str
        Markdown paragraphs.
    """
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"""\
{cpu_model()}, {os.cpu_count()} cores, {platform.system()}.
Python {platform.python_version()}, {versions}.
{datetime.now():%Y-%m-%d %H:%M}, load average at start {load}.

{method}
"""


def cpu_model() -> str:
    """Name the processor.

    Returns
    -------
    str
        Its model name, or its architecture where the system does not tell.
    """
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def rows(users: int, data: str, costs: dict[str, list[Cost]]) -> str:
    """Lay out the table rows of one file.

    Parameters
    ----------
    users : int
        Number of users in the file.
    data : str
        What the users are like.
    costs : dict of str to list of Cost
        What each way used, one item per round, in the same order.

    Returns
    -------
    str
        Lines of a Markdown table.
    """
    lines = []
    for way, own in costs.items():
        cells = [f"{users:,}", data, way, *cost_cells(own, costs[BASELINE])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def cost_cells(own: Sequence[Cost], baseline: Sequence[Cost]) -> list[str]:
    """Lay out what a way used, and how that compares.

    Parameters
    ----------
    own : sequence of Cost
        What the way used, one item per round.
    baseline : sequence of Cost
        What the ratio refers to, in the same rounds; the same object for itself.

    Returns
    -------
    list of str
        CPU seconds, wall seconds, peak memory, and ratio of the CPU within a round.
    """
    ratios = [
        ours.cpu_seconds / theirs.cpu_seconds
        for ours, theirs in zip(own, baseline, strict=True)
    ]
    return [
        spread([cost.cpu_seconds for cost in own], 2),
        spread([cost.wall_seconds for cost in own], 2),
        spread([cost.peak_mb for cost in own], 0),
        "1" if own is baseline else spread(ratios, 2),
    ]


def spread(values: Sequence[float], digits: int) -> str:
    """Write the median and the range of some values.

    Parameters
    ----------
    values : sequence of float
        At least one value.
    digits : int
        Digits after the point.

    Returns
    -------
    str
        For example ``"2.76 [2.70-2.91]"``; of a single value, only that value.
    """
    text = f"{median(values):.{digits}f}"
    if len(values) > 1:
        text += f" [{min(values):.{digits}f}-{max(values):.{digits}f}]"
    return text
