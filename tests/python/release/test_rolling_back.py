"""No way back into a list for who objected, whatever is stepped back to or restored."""

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from small_releases import contents, current, kill_after, releases
from user_segmentation.release.publishing import NotPublishedError, Tables, publish
from user_segmentation.release.restoring import restore
from user_segmentation.release.rolling_back import (
    RELEASE_ID,
    NotRolledBackError,
    roll_back,
)

USERS = [*"abcdef"]
LARGE_ENOUGH = 3
MARTS = ["audience_sizes", "audiences", "release", "users"]
MEMORY = ["segmentation.last_inputs", "staging.stg_recorded_consents"]


class Build:
    """A database whose lists leave out who objected, as those of a real build."""

    def __init__(self, folder, *, is_sample=False):
        self.folder = folder
        self.users = USERS
        self.marts = MARTS
        self.memory = MEMORY
        self.connection = duckdb.connect()
        self.connection.execute(
            f"""
            create schema marts;
            create schema segmentation;
            create schema staging;
            create table segmentation.last_inputs as select {is_sample} as is_sample;
            create table staging.stg_recorded_consents (
                user_id varchar,
                is_profiling_allowed boolean,
                decided_at timestamp,
                is_sample boolean
            )
            """
        )

    def decide(self, user, allowed, day, *, is_sample=False):
        """Record what somebody decided, beside what they had decided before."""
        self.connection.execute(
            f"""
            insert into staging.stg_recorded_consents
            values ('{user}', {allowed}, '2026-01-{day:02}', {is_sample})
            """
        )

    def publish(self, release_id):
        """A release of two segments, the odd users in the second."""
        values = ", ".join(f"('{user}', {ord(user[0]) % 2})" for user in self.users)
        self.connection.execute(
            f"""
            create or replace table marts.users as
            select user_id, 's-' || number as segment_key
            from (values {values}) as rows (user_id, number);
            create or replace table marts.audiences as
            select 's' as objective, segment_key, user_id, user_id > 'd' as is_held_out
            from marts.users
            where user_id not in (
                select user_id from staging.stg_recorded_consents
                where is_sample = (from segmentation.last_inputs)
                group by all
                having not arg_max(
                    is_profiling_allowed, (decided_at, not is_profiling_allowed)
                )
            );
            create or replace table marts.audience_sizes as
            select
                users.segment_key,
                policies.platform,
                count(*) as user_count,
                false as is_suppressed,
                count(*) - count(audiences.user_id) as objection_count,
                count(*) filter (where audiences.is_held_out) as held_out_count,
                count(*) filter (where not audiences.is_held_out) as list_count,
                policies.min_user_count,
                count(*) filter (where not audiences.is_held_out)
                >= any_value(policies.min_user_count) as is_large_enough
            from marts.users as users
            left join marts.audiences as audiences using (user_id)
            cross join (
                values ('x', {LARGE_ENOUGH}), ('y', 2)
            ) as policies (platform, min_user_count)
            group by all;
            create or replace table marts.release as
            select '{release_id}' as release_id, 6 as accepted_count
            """
        )
        publish(
            self.connection,
            Tables(
                {f"marts.{mart}": "all" for mart in self.marts},
                dict.fromkeys(self.memory, "all"),
            ),
            release_id,
            self.folder,
            make_report=lambda database: f"Release {release_id}, größer als 0.",
        )

    def publish_all(self, *release_ids):
        for release_id in release_ids:
            self.publish(release_id)


@pytest.fixture
def build(tmp_path):
    build = Build(tmp_path / "published")
    with build.connection:
        yield build


FIRST, SECOND, THIRD = (f"2026-01-0{day}T00-00-00.000000Z" for day in (1, 2, 3))


def rows(folder, query):
    """Rows of a query on the published marts."""
    with duckdb.connect(folder / "marts.duckdb", read_only=True) as reader:
        return reader.execute(query).fetchall()


def listed(folder):
    """Users on the list, which must be the same in all of its forms."""
    query = "select distinct user_id from {} order by all"
    found = [
        rows(folder, query.format("audiences")),
        *(
            duckdb.execute(query.format(f"'{folder}/current/{file}'")).fetchall()
            for file in ("audiences.parquet", "audiences.csv")
        ),
    ]
    assert found[0] == found[1] == found[2]
    return "".join(user for (user,) in found[0])


def decisions(release):
    with duckdb.connect(release / "memory.duckdb", read_only=True) as memory:
        return memory.execute(
            """
            select user_id, is_profiling_allowed, day(decided_at), is_sample
            from staging.stg_recorded_consents order by all
            """
        ).fetchall()


def assert_sizes_are_hidden(folder, *shorter):
    """Of lists that are shorter no size may stand, in the table and in Parquet."""
    segments = ", ".join(f"'{segment}'" for segment in shorter)
    hidden = "(true, null, null, null, null)"
    expected = rows(
        folder,
        f"""
        select
            segment_key,
            case when segment_key in ({segments}) then {hidden} else (
                false,
                user_count - count(listed.user_id),
                count(*) filter (where listed.is_held_out),
                count(*) filter (where not listed.is_held_out),
                count(*) filter (where not listed.is_held_out) >= min_user_count
            ) end
        from audience_sizes as sizes
        left join audiences as listed using (segment_key)
        group by segment_key, user_count, min_user_count, platform
        order by all
        """,
    )
    shown = """
        select segment_key, (
            is_suppressed, objection_count, held_out_count, list_count, is_large_enough
        )
    """
    assert rows(folder, f"{shown} from audience_sizes order by all") == expected
    parquet = f"from '{folder}/current/audience_sizes.parquet' order by all"
    assert duckdb.execute(f"{shown} {parquet}").fetchall() == expected


def test_who_objected_since_is_on_no_list_that_is_stepped_back_to(build):
    build.publish(FIRST)
    before = contents(build.folder / "releases" / FIRST)
    assert listed(build.folder) == "abcdef"
    build.decide("a", False, 1)
    build.decide("e", False, 1)
    build.publish(SECOND)
    step = roll_back(build.folder)
    assert step[:2] == (SECOND, FIRST)
    assert current(build.folder) == step.current > SECOND
    assert listed(build.folder) == "bcdf"
    assert_sizes_are_hidden(build.folder, "s-1")
    assert rows(build.folder, "from release") == [(step.current, 6)]
    assert (build.folder / "report.html").read_text(encoding="utf-8") == (
        f"Release {step.current}, größer als 0."
    )
    # A release is never changed.
    assert contents(build.folder / "releases" / FIRST) == before


def test_of_a_list_that_may_be_too_short_nothing_is_said(build):
    build.publish(FIRST)
    sizes = "select list_count, is_large_enough from audience_sizes order by all"
    assert (2, True) in rows(build.folder, sizes)
    for user in "bd":
        build.decide(user, False, 1)
    build.publish(SECOND)
    roll_back(build.folder)
    assert rows(build.folder, sizes)[-2:] == [(None, None)] * 2
    assert_sizes_are_hidden(build.folder, "s-0")


def test_the_other_tables_are_as_they_were(build):
    build.publish(FIRST)
    users = build.folder / "releases" / FIRST / "users.parquet"
    build.decide("a", False, 1)
    build.publish(SECOND)
    roll_back(build.folder)
    release = build.folder / "current"
    assert (release / "users.parquet").read_bytes() == users.read_bytes()
    assert {file.name for file in release.iterdir()} == {
        file.name for file in users.parent.iterdir()
    }
    for file in release.iterdir():
        assert file.stat().st_mode & 0o777 == 0o440


def test_no_unused_part_of_a_file_keeps_who_was_on_a_list(build):
    name = "somebody who was on a list"
    build.users = [*USERS, name]
    build.marts = ["audiences", "release"]
    build.publish(FIRST)
    build.decide(name, False, 1)
    build.publish(SECOND)
    roll_back(build.folder)
    first = build.folder / "releases" / FIRST
    for file in ("marts.duckdb", "audiences.parquet", "audiences.csv"):
        assert name.encode() in (first / file).read_bytes()
        assert name.encode() not in (build.folder / "current" / file).read_bytes()


def test_each_further_step_back_goes_one_release_further_without_them(build):
    build.publish_all(FIRST, SECOND)
    build.decide("a", False, 1)
    build.publish(THIRD)
    assert roll_back(build.folder)[:2] == (THIRD, SECOND)
    assert listed(build.folder) == "bcdef"
    left, reached, _ = roll_back(build.folder)
    assert reached == FIRST
    assert left not in (SECOND, THIRD)
    assert listed(build.folder) == "bcdef"
    assert_sizes_are_hidden(build.folder, "s-1")
    with pytest.raises(NotRolledBackError, match="only"):
        roll_back(build.folder)


def test_a_newer_permission_holds_when_the_objection_is_stepped_back_over(build):
    build.publish(FIRST)
    build.decide("a", False, 1)
    build.publish(SECOND)
    build.decide("a", True, 2)
    build.publish(THIRD)
    assert listed(build.folder) == "abcdef"
    roll_back(build.folder)
    # The lists of a release grow by nobody.
    assert listed(build.folder) == "bcdef"
    both = [("a", False, 1, False), ("a", True, 2, False)]
    assert decisions(build.folder / "current") == both
    roll_back(build.folder)
    assert listed(build.folder) == "abcdef"
    assert decisions(build.folder / "current") == both


def test_an_objection_after_a_permission_holds(build):
    build.decide("a", True, 1)
    build.publish(FIRST)
    build.decide("a", False, 2)
    build.publish(SECOND)
    roll_back(build.folder)
    assert listed(build.folder) == "bcdef"


def test_at_the_same_time_the_objection_holds(build):
    build.decide("a", True, 5)
    build.publish(FIRST)
    build.decide("a", False, 5)
    build.publish(SECOND)
    roll_back(build.folder)
    assert listed(build.folder) == "bcdef"
    assert decisions(build.folder / "current") == [
        ("a", False, 5, False), ("a", True, 5, False),
    ]  # fmt: skip


def test_the_newest_of_both_releases_decides(build):
    build.decide("a", True, 9)
    build.decide("b", True, 3)
    build.publish(FIRST)
    other = Build(build.folder)
    other.decide("a", False, 8)
    other.decide("b", False, 4)
    other.decide("c", True, 1)
    other.publish(SECOND)
    roll_back(build.folder)
    assert listed(build.folder) == "acdef"
    assert decisions(build.folder / "current") == [
        ("a", False, 8, False), ("a", True, 9, False), ("b", False, 4, False),
        ("b", True, 3, False), ("c", True, 1, False),
    ]  # fmt: skip


def test_without_a_new_decision_only_the_link_changes(build):
    build.decide("a", False, 1)
    build.publish_all(FIRST, SECOND)
    before = contents(build.folder / "releases")
    assert roll_back(build.folder) == (SECOND, FIRST, FIRST)
    assert contents(build.folder / "releases") == before
    assert listed(build.folder) == "bcdef"


def change_marts(build, statement):
    """Have the release that is to be stepped back to hold something else."""
    marts = build.folder / "releases" / FIRST / "marts.duckdb"
    marts.chmod(0o640)
    with duckdb.connect(marts) as changed:
        changed.execute(statement)


def not_stepped_back(build, words):
    """Nothing may change, there and beside it; the reason must be one plain line."""
    before = contents(build.folder.parent)
    with pytest.raises(NotRolledBackError, match=words) as problem:
        roll_back(build.folder)
    assert "\n" not in str(problem.value)
    assert contents(build.folder.parent) == before


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        *(("main", "../../../victim"), ("main", "{outside}/victim"), ("main", "..")),
        *(("main", "a\nb"), ("main", " users"), ("other", "users")),
    ],
)
def test_a_table_is_no_way_out_of_a_release(build, schema, name):
    build.publish(FIRST)
    build.decide("a", False, 1)
    build.publish(SECOND)
    outside = build.folder.parent
    duckdb.execute(f"copy (select 1 as x) to '{outside}/victim.parquet'")
    change_marts(
        build,
        f"""
        create schema if not exists {schema};
        create table {schema}."{name.format(outside=outside)}" as select 2 as x
        """,
    )
    not_stepped_back(build, rf"marts\.duckdb holds '{schema}\..*does not publish")


@pytest.mark.parametrize("is_sample", [False, True])
def test_decisions_about_the_sample_count_for_the_sample_only(tmp_path, is_sample):
    build = Build(tmp_path / "published", is_sample=is_sample)
    build.publish(FIRST)
    build.decide("a", False, 1, is_sample=False)
    build.decide("b", False, 1, is_sample=True)
    build.publish(SECOND)
    roll_back(build.folder)
    assert listed(build.folder) == ("acdef" if is_sample else "bcdef")
    assert decisions(build.folder / "current") == [
        ("a", False, 1, False), ("b", False, 1, True),
    ]  # fmt: skip


def test_of_a_release_that_does_not_say_whose_it_is_all_decisions_count(build):
    build.memory = MEMORY[1:]
    build.publish(FIRST)
    build.decide("a", False, 1, is_sample=False)
    build.decide("b", False, 1, is_sample=True)
    build.publish(SECOND)
    roll_back(build.folder)
    assert listed(build.folder) == "cdef"


@pytest.mark.parametrize("memory", [[], MEMORY[:1]])
def test_a_release_of_an_older_version_takes_on_all_decisions(build, memory):
    build.memory = memory
    build.publish(FIRST)
    build.memory = MEMORY
    build.decide("a", False, 1)
    build.publish(SECOND)
    roll_back(build.folder)
    assert listed(build.folder) == "bcdef"
    assert decisions(build.folder / "current") == [("a", False, 1, False)]


@pytest.mark.parametrize("older", [[], MEMORY[:1], MEMORY])
@pytest.mark.parametrize("newer", [[], MEMORY[:1]])
def test_lists_are_not_stepped_back_to_from_where_objections_are_not_known(
    build, older, newer
):
    build.memory = older
    build.publish(FIRST)
    build.memory = newer
    build.decide("a", False, 1)
    build.publish(SECOND)
    not_stepped_back(build, f"since release {FIRST} is not known.*Build again, then")
    # As the message says.
    build.memory = MEMORY
    build.publish(THIRD)
    roll_back(build.folder)
    assert listed(build.folder) == "bcdef"
    roll_back(build.folder)
    assert listed(build.folder) == "bcdef"


@pytest.mark.parametrize("memory", [[], MEMORY[:1]])
def test_without_lists_nobody_comes_back_where_objections_are_not_known(build, memory):
    build.marts = ["release", "users"]
    build.publish(FIRST)
    build.memory = memory
    build.publish(SECOND)
    assert roll_back(build.folder) == (SECOND, FIRST, FIRST)


def test_a_release_without_lists_can_be_stepped_back_to(build):
    build.marts = ["release", "users"]
    build.publish(FIRST)
    build.marts = MARTS
    build.decide("a", False, 1)
    build.publish(SECOND)
    roll_back(build.folder)
    assert rows(build.folder, "select count(*) from users") == [(6,)]
    assert decisions(build.folder / "current") == [("a", False, 1, False)]


@pytest.mark.parametrize("steps", [1, 2])
def test_what_is_restored_after_steps_back_remembers_all_objections(
    build, tmp_path, steps
):
    build.publish(FIRST)
    build.decide("a", False, 1)
    build.publish(SECOND)
    build.decide("b", False, 2)
    build.publish(THIRD)
    for _ in range(steps):
        roll_back(build.folder)
    database = tmp_path / "restored.duckdb"
    restore(build.folder / "current", database, allowed=MEMORY)
    with duckdb.connect(database) as restored:
        found = restored.execute(
            "select user_id, is_profiling_allowed from staging.stg_recorded_consents"
        ).fetchall()
    assert sorted(found) == [("a", False), ("b", False)]
    assert listed(build.folder) == "cdef"


def test_a_build_after_a_step_back_follows_what_was_stepped_back_to(build):
    build.publish(FIRST)
    build.decide("a", False, 1)
    build.publish(SECOND)
    step = roll_back(build.folder)
    build.publish(THIRD)
    assert releases(build.folder) == [THIRD, step.current]
    assert roll_back(build.folder) == (THIRD, step.current, step.current)


def damage(memory, how):
    moved = memory.rename(memory.with_name("moved.duckdb"))
    if how == "garbage":
        memory.write_bytes(b"garbage" * 5000)
    elif how == "linked":
        memory.symlink_to(moved)


@pytest.mark.parametrize("how", ["gone", "garbage", "linked"])
def test_nothing_is_stepped_back_from_where_objections_cannot_be_read(build, how):
    build.publish_all(FIRST, SECOND)
    memory = build.folder / "current/memory.duckdb"
    damage(memory, how)
    before = contents(build.folder)
    with pytest.raises(NotRolledBackError, match="who has objected since") as problem:
        roll_back(build.folder)
    assert "\n" not in str(problem.value)
    assert contents(build.folder) == before


@pytest.mark.parametrize(
    "name", ["marts.duckdb.wal", "memory.duckdb.wal", "users.parquet"]
)
def test_a_pipe_in_a_release_is_not_waited_for(build, name):
    build.publish_all(FIRST, SECOND)
    release = build.folder / "releases" / FIRST
    # As in a release of an older version.
    (release / "files.txt").unlink()
    (release / name).unlink(missing_ok=True)
    os.mkfifo(release / name)
    stepped = subprocess.run(
        [sys.executable, "-m", "user_segmentation.cli", "rollback"],
        env={"PUBLISH_PATH": str(build.folder)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert stepped.returncode == 1
    assert stepped.stderr.count("\n") == 1
    assert f"release {FIRST} is not whole" in stepped.stderr
    assert name in stepped.stderr
    assert current(build.folder) == SECOND


@pytest.mark.parametrize("end", [".wal", ".wal.checkpoint", ".wal.recovery"])
def test_what_lies_beside_the_memory_of_a_release_is_not_read(build, end):
    build.publish_all(FIRST, SECOND)
    beside = build.folder / f"releases/{SECOND}/memory.duckdb{end}"
    beside.touch()
    not_stepped_back(build, f"who has objected since.*lies beside.*{beside}")
    with pytest.raises(NotPublishedError, match=f"lies beside.*{beside}"):
        build.publish(THIRD)
    beside.unlink()
    build.publish(THIRD)
    assert current(build.folder) == THIRD


def refuse(*arguments, **keywords):
    raise OSError(28, "No space left on device", "somewhere")


@pytest.mark.parametrize("step", ["mkdir", "chmod", "write_text", "rename", "replace"])
def test_a_step_back_that_fails_changes_nothing(build, monkeypatch, step):
    build.publish(FIRST)
    build.decide("a", False, 1)
    build.publish(SECOND)
    before = contents(build.folder)
    with monkeypatch.context() as patch:
        patch.setattr(Path, step, refuse)
        with pytest.raises(NotRolledBackError, match="No space left on device"):
            roll_back(build.folder)
    after = contents(build.folder)
    assert after["current"] == before["current"]
    assert before.items() <= after.items()
    roll_back(build.folder)
    assert listed(build.folder) == "bcdef"


# Of each the first before the switch, some of the others and the last.
STEPS = {
    "mkdir": [0, 1],
    "write_text": [0, 1],
    "chmod": [0, 5, 10],
    "fsync": [0, 5, 10],
    "rename": [0],
    "symlink_to": [0, 1, 2],
    "replace": [0, 1, 2],
}


@pytest.mark.chaos
@pytest.mark.parametrize(
    ("step", "place"), [(step, place) for step in STEPS for place in STEPS[step]]
)
def test_a_kill_after_any_step_back_brings_nobody_back(
    build, record_property, step, place
):
    build.publish(FIRST)
    build.decide("a", False, 1)
    build.publish(SECOND)
    kill_after(step, place, "rolling_back.roll_back(Path(*given))", build.folder)
    assert listed(build.folder) == "bcdef"
    if current(build.folder) == SECOND:
        roll_back(build.folder)
        assert listed(build.folder) == "bcdef"
    build.publish(THIRD)
    # What the kill left is gone.
    assert len(releases(build.folder)) == 2
    record_property("Kills at a step back", 1)


def test_a_lost_database_publishes_nobody_who_objected(build):
    for user in "ab":
        build.decide(user, False, 1)
    build.decide("c", True, 1)
    build.decide("d", False, 1, is_sample=True)
    build.publish(FIRST)
    lost = Build(build.folder)
    with pytest.raises(NotPublishedError, match="identifiers: 2") as problem:
        lost.publish(SECOND)
    assert "\n" not in str(problem.value)
    assert "make restore" in str(problem.value)
    assert current(build.folder) == FIRST
    assert listed(build.folder) == "cdef"
    # Any decision will do: a newer permission is one.
    lost.decide("a", True, 2)
    lost.decide("b", False, 1)
    lost.publish(SECOND)
    assert current(build.folder) == SECOND


def test_an_older_copy_of_the_database_publishes_nobody_who_objected(build):
    build.decide("a", False, 5)
    build.decide("b", False, 5)
    build.publish(FIRST)
    older = Build(build.folder)
    older.decide("a", False, 3)
    older.decide("a", True, 4)
    older.decide("b", False, 4)
    with pytest.raises(NotPublishedError, match="identifiers: 1"):
        older.publish(SECOND)
    older.decide("a", True, 5)
    with pytest.raises(NotPublishedError, match="identifiers: 1"):
        older.publish(SECOND)
    older.decide("a", True, 6)
    older.publish(SECOND)
    assert listed(build.folder) == "acdef"


def test_a_decision_about_the_sample_is_none_about_a_user(build):
    build.decide("a", False, 1)
    build.publish(FIRST)
    lost = Build(build.folder)
    lost.decide("a", False, 1, is_sample=True)
    with pytest.raises(NotPublishedError, match="identifiers: 1"):
        lost.publish(SECOND)


def test_a_lost_database_is_noticed_without_a_current_release(build):
    build.decide("a", False, 1)
    build.publish(FIRST)
    (build.folder / "current").unlink()
    with pytest.raises(NotPublishedError, match="identifiers: 1"):
        Build(build.folder).publish(SECOND)


def test_a_lost_database_is_noticed_after_a_step_back(build):
    build.publish(FIRST)
    build.decide("a", False, 1)
    build.publish(SECOND)
    roll_back(build.folder)
    with pytest.raises(NotPublishedError, match="identifiers: 1"):
        Build(build.folder).publish(THIRD)


def test_a_restored_database_publishes(build, tmp_path):
    build.decide("a", False, 1)
    build.publish(FIRST)
    database = tmp_path / "restored.duckdb"
    restore(build.folder / "current", database, allowed=MEMORY)
    lost = Build(build.folder)
    lost.connection.execute(
        f"""
        attach '{database}' as restored (read_only);
        insert into staging.stg_recorded_consents
        from restored.staging.stg_recorded_consents
        """
    )
    lost.publish(SECOND)
    assert listed(build.folder) == "bcdef"


@pytest.mark.parametrize("how", ["gone", "garbage", "linked"])
def test_a_release_whose_objections_cannot_be_read_is_not_replaced(build, how):
    build.publish(FIRST)
    memory = build.folder / "current/memory.duckdb"
    damage(memory, how)
    words = re.escape(f"{build.folder}/releases/{FIRST}/memory.duckdb cannot be read")
    with pytest.raises(NotPublishedError, match=words):
        build.publish(SECOND)
    assert current(build.folder) == FIRST
    # As the message says.
    (build.folder / "releases" / FIRST).rename(build.folder / "moved")
    build.publish(SECOND)
    assert current(build.folder) == SECOND


def test_a_step_back_names_its_release_as_a_build_does():
    macro = Path(__file__).parents[3] / "macros/hooks/publish.sql"
    assert f"strftime('{RELEASE_ID}')" in macro.read_text()
