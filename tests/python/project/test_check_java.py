"""Java is asked for before anything that needs it."""

import pytest

from check_java import java_problem


@pytest.fixture
def java(tmp_path, monkeypatch):
    """Function that makes a Java, the only one, which says what it is told."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("JAVA_HOME", raising=False)

    def make(*lines, folder=tmp_path / "bin", exit_code=0):
        folder.mkdir(parents=True)
        said = "".join(f"echo '{line}' >&2\n" for line in lines)
        (folder / "java").write_text(f"#!/bin/sh\n{said}exit {exit_code}\n")
        (folder / "java").chmod(0o755)

    return make


@pytest.mark.parametrize(
    "line",
    [
        'openjdk version "17.0.9" 2023-10-17',
        'java version "21" 2023-09-19 LTS',
        'openjdk version "25-ea" 2025-09-16',
    ],
)
def test_java_from_17_on_will_do(java, line):
    java("Picked up JDK_JAVA_OPTIONS: -Xmx1g", line)
    assert java_problem() is None


@pytest.mark.parametrize(
    ("line", "version"),
    [('java version "1.8.0_392"', "8"), ('openjdk version "11.0.21" 2023-10-17', "11")],
)
def test_an_older_java_will_not(java, line, version):
    java(line)
    assert f"newer Java than {version} " in java_problem()


def test_without_java_it_is_said_how_to_get_one(java):
    problem = java_problem()
    assert "there is none" in problem
    assert "apt-get install" in problem


def test_a_java_that_does_not_start_is_none(java):
    java("Error: could not find libjava.so", exit_code=1)
    assert "fails" in java_problem()


def test_java_home_comes_first(java, tmp_path, monkeypatch):
    java('openjdk version "17.0.9"')
    java('openjdk version "11.0.21"', folder=tmp_path / "home/bin")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    assert "newer Java than 11 " in java_problem()
