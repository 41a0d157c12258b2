"""A copy of the project whose raw file gains a user with every build."""

import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from conftest import ROOT, copy_project, dbt_command

SAMPLE = (ROOT / "seeds/raw_user_profiles.csv").read_text().splitlines(keepends=True)
FEWEST_USERS = 300
MOST_SECONDS = 600
PUBLISHED = re.compile(r"Published release (\S+)\.\n")


@dataclass(frozen=True)
class Run:
    """One run of dbt, with all the processes that it starts."""

    process: subprocess.Popen
    log: Path

    @property
    def output(self):
        """What it has said so far."""
        return self.log.read_text()

    def wait_for(self, words):
        """Wait until it has said something, or has ended without a word of it."""
        while words not in self.output and self.process.poll() is None:
            time.sleep(0.005)

    def stop(self, kind=signal.SIGKILL, *, after=0):
        """Send a signal unless it ends before, and wait for its end."""
        try:
            self.process.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, kind)
        self.process.wait(MOST_SECONDS)


class GrowingProject:
    """No two builds have the same number of users: a reader can tell them apart.

    Parameters
    ----------
    folder : Path
        Where the copy, its database and its releases go.
    """

    def __init__(self, folder):
        self.folder = folder
        self.project = copy_project(folder)
        self.published = folder / "published"
        self.file = folder / "users.csv"
        self.user_count = FEWEST_USERS
        # Number of users of each release of a green build.
        self.green = {}

    def start(self, *arguments, spoil=str, **environment):
        """Start dbt on a file with one user more than the last.

        Parameters
        ----------
        *arguments : str
        spoil : callable
            What is done to the text of the file.
        **environment : str

        Returns
        -------
        Run
        """
        self.user_count += 1
        self.file.write_text(spoil("".join(SAMPLE[: self.user_count + 1])))
        command, usual = dbt_command(
            self.folder, *arguments, "--vars", f"user_profiles: {self.file}"
        )
        log = self.folder / "output.txt"
        with log.open("w") as output:
            process = subprocess.Popen(
                command,
                cwd=self.project,
                env=usual | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return Run(process, log)

    def start_build(self, **options):
        """Start a whole build, with the options of `start`."""
        return self.start("build", "--exclude-resource-type", "unit_test", **options)

    def end(self, run):
        """Wait for the end of a run, and remember the release if it published one."""
        run.process.wait(MOST_SECONDS)
        for release_id in PUBLISHED.findall(run.output):
            self.green[release_id] = self.user_count

    def build(self, **options):
        """Build to the end.

        Returns
        -------
        Run
        """
        run = self.start_build(**options)
        self.end(run)
        return run

    def build_green(self, **options):
        """Build to the end; it must succeed and publish.

        Returns
        -------
        Run
        """
        run = self.build(**options)
        assert run.process.returncode == 0, run.output
        assert self.green[self.current()] == self.user_count, run.output
        return run

    def current(self):
        """Identifier of the current release."""
        return (self.published / "current").resolve().name
