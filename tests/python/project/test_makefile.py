"""What the Makefile offers, and what it says."""

import os
import re
import subprocess

from conftest import ROOT

# Lines that go on are one.
MAKEFILE = (ROOT / "Makefile").read_text().replace("\\\n", "")


def make(*arguments, **environment):
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def phony_targets():
    (targets,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    return targets.split()


def test_everything_that_is_no_file_is_named_as_such():
    targets = re.findall(r"^([a-z]+):(?! export)", MAKEFILE, re.MULTILINE)
    assert set(targets) == set(phony_targets())


def test_help_has_a_line_for_everything():
    lines = make("help").stdout.splitlines()
    assert sorted(line.split()[1] for line in lines) == sorted(phony_targets())
    for line in lines:
        assert re.fullmatch(r"make [a-z]+ {2,}\S.{8,}", line)
        assert len(line) <= 80


def test_calibration_finds_what_it_compares_with():
    # Its modules stand in two folders.
    completed = make("calibrate", "ARGS=--help")
    assert completed.returncode == 0, completed.stderr
    assert "--first-seed" in completed.stdout
