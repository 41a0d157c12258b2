"""Builds that are killed at any moment: readers see a green release, always."""

import itertools
import random
import re
import signal
import time
from collections import Counter

import duckdb
import pytest

from growing_project import GrowingProject
from published_marts import read_database, read_parquet

pytestmark = pytest.mark.slow

KILLS_AT_RANDOM = 30
KILLS_WHILE_PUBLISHING = 10
# After so many kills a build has to succeed without help.
KILLS_PER_BUILD = 12

FIRST = "START hook: user_segmentation.on-run-start.0"
PUBLISHING = "START hook: user_segmentation.on-run-end.1"
# What goes on from build to build, and hooks, as they start and end in dbt's own words.
# All else is thrown away and made anew by the next build: kills at random do for it.
BOUNDARY = re.compile(
    r"((?:START|OK) (?:hook|snapshot|(?:\w+ )*(?:incremental|kept_table) ).+?) "
    r"(?:\.\.+ )?\["
)


def moments(project):
    """Moments of a build, each as words of dbt and the seconds that follow them."""
    run = project.start_build()
    run.wait_for(FIRST)
    start = time.monotonic()
    run.wait_for(PUBLISHING)
    building = time.monotonic() - start
    run.wait_for("Published release")
    publishing = time.monotonic() - start - building
    project.end(run)
    generator = random.Random(0)
    drawn = [
        *((boundary, 0) for boundary in BOUNDARY.findall(run.output)),
        *((FIRST, generator.uniform(0, building)) for _ in range(KILLS_AT_RANDOM)),
        *(
            (PUBLISHING, generator.uniform(0, publishing))
            for _ in range(KILLS_WHILE_PUBLISHING)
        ),
    ]
    generator.shuffle(drawn)
    return drawn


def check_release(project, run):
    """The release must be that of a green build, in both of its forms."""
    reading = read_database(project.published)
    assert reading.is_consistent, reading
    assert read_parquet(project.published) == reading
    if reading.release_id not in project.green:
        # Nothing is left to fail once the publication has begun.
        assert PUBLISHING in run.output
        project.green[reading.release_id] = project.user_count
    assert reading.user_counts == (project.green[reading.release_id],)


@pytest.mark.chaos
def test_a_kill_leaves_a_green_release_and_the_next_build_needs_no_help(
    tmp_path, record_property
):
    project = GrowingProject(tmp_path)
    project.build_green()
    endings = Counter()
    builds = itertools.count(1)
    for number, (words, seconds) in enumerate(moments(project), start=1):
        releases = len(project.green)
        run = project.start_build()
        run.wait_for(f"{words} ")
        run.stop(after=seconds)
        assert run.process.returncode in (0, -signal.SIGKILL), run.output
        check_release(project, run)
        is_killed = run.process.returncode != 0
        endings[is_killed, len(project.green) > releases] += 1
        if number % KILLS_PER_BUILD == 0:
            project.build_green()
            next(builds)
    project.build_green()
    record_property("Kills that left the last release", endings[True, False])
    record_property("Kills that came after the switch", endings[True, True])
    record_property("Kills that came after the end", endings[False, True])
    record_property("Builds in between, all green without help", next(builds))


# What is trained and remembered, in the words of dbt.
REMEMBERED = [
    *("segmentation.segment_models", "segmentation.model_verdicts"),
    *("snapshots.user_segment_history", "segmentation.lineage_events"),
    *("segmentation.last_inputs", "segmentation.last_features"),
    *("segmentation.naming_history", "staging.stg_recorded_consents"),
]
# As they start, in the middle, and as they end.
MOMENTS = [("START", 0), ("START", 0.02), ("START", 0.05), ("OK", 0)]


def check_memory(project):
    """Every model must be whole, and every user in one segment at a time."""
    with duckdb.connect(project.folder / "build.duckdb", read_only=True) as database:
        torn = database.sql(
            """
            with models as (
                select
                    objective,
                    model_version,
                    count(*) as row_count,
                    count(distinct segment_number) as segment_count,
                    count(distinct feature) as feature_count
                from segmentation.segment_models
                group by all
            )
            select * from models
            where
                row_count <> segment_count * feature_count
                or model_version <> (
                    select count(*) from models as earlier
                    where
                        earlier.objective = models.objective
                        and earlier.model_version <= models.model_version
                )
            """
        ).fetchall()
        assert torn == []
        doubled = database.sql(
            """
            select objective, user_id from snapshots.user_segment_history
            where dbt_valid_to is null
            group by all having count(*) > 1
            """
        ).fetchall()
        assert doubled == []


@pytest.mark.chaos
def test_a_kill_while_training_or_remembering_tears_nothing(tmp_path, record_property):
    project = GrowingProject(tmp_path)
    settings = project.project / "dbt_project.yml"
    settings.write_text(
        settings.read_text().replace("retrain: auto", "retrain: always")
    )
    project.build_green()
    for words, seconds in MOMENTS:
        for name in REMEMBERED:
            run = project.start_build()
            while f" {name} " not in run.output and run.process.poll() is None:
                time.sleep(0.001)
            if words == "OK":
                said = re.compile(rf"OK .*{re.escape(name)} ")
                while not said.search(run.output) and run.process.poll() is None:
                    time.sleep(0.001)
            run.stop(after=seconds)
            assert run.process.returncode == -signal.SIGKILL, run.output
            check_memory(project)
    project.build_green()
    check_memory(project)
    kills = len(MOMENTS) * len(REMEMBERED)
    record_property("Kills while training or remembering", kills)
