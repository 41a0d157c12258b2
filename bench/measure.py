"""What a command or the process itself cost, as the kernel tells."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

TAIL_LINES = 20
# The kernel counts ru_maxrss in bytes on macOS and in kilobytes elsewhere.
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024


class ChildError(Exception):
    """A child process ended with a status other than 0."""


@dataclass(frozen=True)
class Cost:
    """What one child process used.

    Attributes
    ----------
    cpu_seconds : float
        User and system time of the process and of its own children.
    wall_seconds : float
        Time from start to end.
    peak_mb : float
        Largest resident memory, in 10^6 bytes. If the child had children, that of
        the largest process, not the sum.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


def run(
    command: Sequence[str | Path], cwd: Path, env: Mapping[str, str] | None = None
) -> Cost:
    """Run a command to its end and measure it.

    Parameters
    ----------
    command : sequence of str or Path
        Executable and arguments.
    cwd : Path
        Folder to run in.
    env : mapping of str to str, optional
        Variables to add to the environment.

    Returns
    -------
    Cost
        What the command used.

    Raises
    ------
    ChildError
        If the command fails; the message ends with its last lines of output.
    """
    # Output goes to a file: nobody empties a pipe while wait4 blocks.
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        child = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        # wait4 gives the usage of this child alone, where getrusage would give the
        # sum, and for memory the maximum, over all children so far.
        _, status, usage = os.wait4(child.pid, 0)
        wall_seconds = time.perf_counter() - start
        # Popen did not see the child end, and would wait for it again.
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            output.seek(0)
            lines = output.read().decode(errors="replace").splitlines()
            shown = " ".join(map(str, command))
            raise ChildError(
                "\n".join(
                    [f"exit code {child.returncode}: {shown}", *lines[-TAIL_LINES:]]
                )
            )
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=wall_seconds,
        peak_mb=usage.ru_maxrss * RSS_UNIT_BYTES / 1e6,
    )


def cpu_seconds() -> float:
    """Tell how much CPU this process has used.

    Returns
    -------
    float
        User and system time of all threads.
    """
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
