"""Any declared table builds, or is refused in one line; no row is lost."""

import random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import build_project
from declared_projects import NAME, declared_project
from generated_declarations import BLOCKS, sound_declarations

MOST_OBJECTIVES = 8


def value(column, generator):
    """A value of a column; now and then none, and of some columns always the same."""
    if column.get("when_missing") == "unknown" and generator.random() < 0.3:
        return ""
    kind = column["type"]
    if kind in ("category", "ordered"):
        return generator.choice(column["answers"])
    if kind == "list":
        answers = column["answers"]
        return "|".join(generator.sample(answers, generator.randint(1, len(answers))))
    return {
        "number": lambda: generator.choice([7, generator.gauss(50, 20), -1e6]),
        "rate": generator.random,
        "flag": lambda: generator.choice(["yes", "no"]),
        "date": lambda: f"2024-0{generator.randint(1, 9)}-1{generator.randint(0, 9)}",
    }[kind]()


def rows_of(columns, generator, user_count):
    """Rows of a file, every tenth column the same for all users."""
    constants = {
        header: value(meta, generator)
        for header, meta in columns.items()
        if meta["type"] != "id" and generator.random() < 0.1
    }
    return [
        [
            f"u{number}"
            if meta["type"] == "id"
            else constants.get(header, value(meta, generator))
            for header, meta in columns.items()
        ]
        for number in range(user_count)
    ]


def check_table(folder, columns, seed, objective_count):
    generator = random.Random(seed)
    rows = rows_of(columns, generator, 200)
    project = declared_project(folder, columns, rows)
    objectives = {
        f"aim_{number}": {
            "block_weights": dict.fromkeys(generator.sample(BLOCKS, 2), 1),
            "segment_count": 2,
        }
        for number in range(objective_count)
    }
    build = build_project(
        folder / "build",
        project=project,
        user_profiles=NAME,
        objectives=objectives,
        max_rejected_share=1,
    )
    if build.returncode:
        refusals = [line for line in build.output.splitlines() if is_refusal(line)]
        assert refusals, build.output
        return
    ((read, accepted, rejected),) = build.query(
        """
        select read_count, accepted_count, rejected_count from marts.sources
        where source = 'user_profiles'
        """
    ).to_numpy()
    stored = len(build.query("from staging.stg_users"))
    assert (read, accepted + rejected, stored) == (len(rows), len(rows), accepted)


def is_refusal(line):
    """Whether it says in words what to do; not a fault of SQL or of Python."""
    return line.startswith("  ") and any(
        start in line
        for start in ("Objective aim_", "models/inputs/", "people.csv", "The variable")
    )


TABLES = {
    "columns": sound_declarations(),
    "seed": st.integers(0, 2**32),
    "objective_count": st.integers(1, MOST_OBJECTIVES),
}


def tables(count):
    """As many tables, the same in every run; none is made smaller where one fails."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.slow
@tables(2)
@given(**TABLES)
def test_two_tables_build_or_are_refused(
    tmp_path_factory, columns, seed, objective_count
):
    check_table(tmp_path_factory.mktemp("table"), columns, seed, objective_count)


@pytest.mark.slow
@pytest.mark.chaos
@tables(20)
@given(**TABLES)
def test_many_tables_build_or_are_refused(
    tmp_path_factory, columns, seed, objective_count
):
    check_table(tmp_path_factory.mktemp("table"), columns, seed, objective_count)
