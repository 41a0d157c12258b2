"""What the Makefile offers, and what it says."""

import os
import re
import subprocess
import sys

import pytest

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


@pytest.fixture
def browser(tmp_path):
    """A browser that only writes down what it is to show."""
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/shown"\n')
    script.chmod(0o755)
    return f"{script} %s"


def test_open_shows_the_report(tmp_path, browser):
    folder = tmp_path / "published here"
    folder.mkdir()
    report = folder / "report.html"
    report.touch()
    opened = make(
        "open", f"PYTHON={sys.executable}", PUBLISH_PATH=str(folder), BROWSER=browser
    )
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.splitlines()[0] == str(report)
    assert (tmp_path / "shown").read_text().strip() == f"file://{report}"


@pytest.mark.parametrize("folder", [".", "nowhere"])
def test_open_says_where_a_report_comes_from(tmp_path, browser, folder):
    opened = make("open", PUBLISH_PATH=str(tmp_path / folder), BROWSER=browser)
    assert opened.returncode != 0
    assert opened.stdout == "There is no report yet: make build\n"
    assert not (tmp_path / "shown").exists()
