"""Readers that never rest, while builds succeed and fail in every way."""

import json
import random
import signal
import subprocess
import sys
from contextlib import contextmanager, nullcontext, suppress

import duckdb
import pytest

import published_marts
from faults import can_mount, hide_scikit_learn, small_disk
from growing_project import MOST_SECONDS, GrowingProject
from published_marts import Reading

pytestmark = pytest.mark.slow

PUBLISHED_KILOBYTES = 64_000
# The most seconds that a read may take on a machine that builds at the same time.
MOST_SECONDS_OF_A_READ = 10


def refuse_the_file(project):
    return project.build(spoil=lambda text: text.replace("Gender", "Sex", 1))


def reject_many_rows(project):
    return project.build(spoil=lambda text: text.replace(",Female,", ",unheard of,"))


@contextmanager
def changed(file, text):
    """A file of the project, made or made longer for a while."""
    before = file.read_text() if file.exists() else ""
    file.write_text(before + text)
    yield
    if before:
        file.write_text(before)
    else:
        file.unlink()


def fail_a_test(project):
    with changed(project.project / "tests/fires.sql", "select 1 as number"):
        return project.build()


def fail_a_model(project):
    users = project.project / "models/marts/users.sql"
    with changed(users, "where error('This model fails.') is null\n"):
        return project.build()


def kill_it_building(project):
    run = project.start_build()
    run.wait_for("START python incremental model")
    run.stop(after=random.Random(0).uniform(0, 3))
    return run


def kill_it_publishing(project):
    run = project.start_build()
    run.wait_for("START hook: user_segmentation.on-run-end.1")
    run.stop()
    return run


def call_it_off(project):
    run = project.start_build()
    run.wait_for("START sql table model features.user_features")
    run.stop(signal.SIGINT)
    return run


def fill_the_disk(project):
    filler = project.published / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    run = project.build()
    filler.unlink()
    return run


def hide_a_package(project):
    return project.build(PYTHONPATH=hide_scikit_learn(project.folder / "hidden"))


def run_without_tests(project):
    run = project.start("run")
    project.end(run)
    return run


FAILURES = [
    *([fill_the_disk] if can_mount() else []),
    refuse_the_file,
    reject_many_rows,
    fail_a_test,
    fail_a_model,
    kill_it_building,
    kill_it_publishing,
    call_it_off,
    hide_a_package,
    run_without_tests,
]


@contextmanager
def reader(name, project):
    """A process that reads all the time; a dictionary of what it read, at the end."""
    script = published_marts.__file__
    found = {}
    with subprocess.Popen(
        [sys.executable, script, name, project.published],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield found
        output, _ = process.communicate(timeout=MOST_SECONDS)
    found.update(json.loads(output))


@pytest.mark.chaos
def test_readers_see_green_releases_only_and_never_an_error(tmp_path, record_property):
    project = GrowingProject(tmp_path)
    disk = small_disk(project.published, PUBLISHED_KILOBYTES)
    with disk if can_mount() else nullcontext():
        project.build_green()
        held = duckdb.connect(project.published / "marts.duckdb", read_only=True)
        with (
            held,
            reader("read_database", project) as databases,
            reader("read_parquet", project) as parquet,
            reader("read_as_bi_tools_do", project) as bi_tool,
        ):
            for fail in FAILURES:
                before = project.current()
                run = fail(project)
                if project.current() != before:
                    # Killed after the switch.
                    assert fail is kill_it_publishing, run.output
                    project.green[project.current()] = project.user_count
                elif fail is not run_without_tests:
                    assert run.process.returncode != 0, run.output
                project.build_green()
            # Three releases later, what was open is as it was.
            ((release_id,),) = held.table("release").project("release_id").fetchall()
            assert release_id == min(project.green)
            assert held.table("users").count("*").fetchall() == [
                (project.green[release_id],)
            ]
    for name, found in {
        "marts.duckdb": databases,
        "Parquet": parquet,
        "marts.duckdb through SQLAlchemy": bi_tool,
    }.items():
        assert found["errors"] == []
        reads = 0
        for release_id, user_counts, *counts, count in found["readings"]:
            reading = Reading(release_id, tuple(user_counts), *counts)
            assert reading.is_consistent
            assert reading.user_counts == (project.green[release_id],)
            reads += count
        assert found["slowest"] < MOST_SECONDS_OF_A_READ
        record_property(f"Reads of {name}", reads)
        record_property(f"Releases seen in {name}", len(found["readings"]))
        record_property(f"Slowest read of {name}, seconds", round(found["slowest"], 2))
    record_property("Builds that published under readers", len(FAILURES))
    record_property("Builds that did not", len(FAILURES))
