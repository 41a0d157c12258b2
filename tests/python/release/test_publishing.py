"""What is published, how it is switched and stepped back, and what failures leave."""

import fcntl
import hashlib
import itertools
import os
import random
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from small_releases import (
    MARTS,
    TABLES,
    current,
    fill,
    kill_after,
    name_release,
    publish_all,
    releases,
    small_build,
)
from user_segmentation.release.folder import publish_folder
from user_segmentation.release.publishing import NotPublishedError, Tables, publish
from user_segmentation.release.rolling_back import NotRolledBackError, roll_back


@pytest.fixture
def connection():
    with small_build() as connection:
        yield connection


def published(folder):
    """Number of users that each of the two published forms tells, and of segments."""
    with duckdb.connect(folder / "marts.duckdb", read_only=True) as reader:
        database = reader.execute(
            """
            select
                (select count(*) from users), (select sum(user_count) from segments)
            """
        ).fetchall()
    release = (folder / "current").resolve()
    parquet = duckdb.execute(
        f"""
        select
            (select count(*) from read_parquet('{release}/users.parquet')),
            (select sum(user_count) from read_parquet('{release}/segments.parquet'))
        """
    ).fetchall()
    return {*database[0], *parquet[0]}


def test_both_forms_hold_all_rows_of_all_tables(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    with duckdb.connect(tmp_path / "marts.duckdb", read_only=True) as reader:
        assert reader.execute("show tables").fetchall() == [(name,) for name in TABLES]
        for table in TABLES:
            source = connection.table(f"marts.{table}").order("all")
            database = reader.table(table)
            parquet = reader.read_parquet(f"{tmp_path}/current/{table}.parquet")
            for copy in (database, parquet):
                assert copy.fetchall() == source.fetchall()
                assert copy.columns == source.columns
                assert copy.types == source.types


def test_a_table_that_is_not_named_is_not_published(connection, tmp_path):
    connection.execute("create table marts.left_behind as select 1 as number")
    publish_all(connection, tmp_path, "a")
    assert {file.name for file in (tmp_path / "current").iterdir()} == {
        "files.txt",
        "marts.duckdb",
        "memory.duckdb",
        "release.parquet",
        "segments.parquet",
        "users.parquet",
    }


def storage_version(file):
    """Version of the format of a DuckDB file: after a checksum and the letters DUCK."""
    letters, version = struct.unpack("<8x4sQ", file.read_bytes()[:20])
    assert letters == b"DUCK"
    return version


def test_the_database_is_in_the_format_of_duckdb_1_3(connection, tmp_path):
    # DuckDB 1.3 reads the formats 64 to 66, and says so when it refuses another.
    publish_all(connection, tmp_path, "a")
    assert storage_version(tmp_path / "marts.duckdb") == 66
    connection.execute(f"attach '{tmp_path}/own.duckdb' as own")
    connection.execute("detach own")
    assert storage_version(tmp_path / "own.duckdb") > 66


def test_what_is_published_cannot_be_written_by_a_slip(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    for file in (tmp_path / "current").iterdir():
        assert file.stat().st_mode & 0o222 == 0


def test_a_reader_keeps_its_release_and_the_next_one_sees_the_new(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    with duckdb.connect(tmp_path / "marts.duckdb", read_only=True) as reader:
        resolved = (tmp_path / "current").resolve()
        fill(connection, user_count=7)
        publish_all(connection, tmp_path, "b")
        assert reader.execute("select count(*) from users").fetchall() == [(5,)]
        parquet = f"select count(*) from read_parquet('{resolved}/users.parquet')"
        assert reader.execute(parquet).fetchall() == [(5,)]
    assert published(tmp_path) == {7}


def test_readers_see_the_old_release_until_one_step_shows_the_new(
    connection, tmp_path, monkeypatch
):
    publish_all(connection, tmp_path, "a")
    fill(connection, user_count=7)
    seen = []

    def watched(function):
        def call(*arguments, **keywords):
            before = published(tmp_path)
            result = function(*arguments, **keywords)
            seen.append((before, published(tmp_path)))
            return result

        return call

    for owner, name in [
        (Path, "mkdir"), (Path, "chmod"), (Path, "symlink_to"), (Path, "unlink"),
        (Path, "rename"), (Path, "replace"), (os, "fsync"), (Path, "rmdir"),
    ]:  # fmt: skip
        monkeypatch.setattr(owner, name, watched(getattr(owner, name)))
    publish_all(connection, tmp_path, "b")
    switches = [step for step in seen if step != ({5}, {5})]
    assert switches[0] == ({5}, {7})
    assert set(map(str, switches[1:])) == {"({7}, {7})"}


def test_the_last_three_releases_are_kept(connection, tmp_path):
    publish_all(connection, tmp_path, "a", "b", "c", "d", "e")
    assert releases(tmp_path) == ["c", "d", "e"]
    assert current(tmp_path) == "e"


def test_each_step_back_goes_one_release_further(connection, tmp_path):
    publish_all(connection, tmp_path, "a", "b", "c")
    assert roll_back(tmp_path) == ("c", "b", "b")
    assert current(tmp_path) == "b"
    assert roll_back(tmp_path) == ("b", "a", "a")
    assert current(tmp_path) == "a"
    with pytest.raises(NotRolledBackError, match="it holds a only"):
        roll_back(tmp_path)
    assert current(tmp_path) == "a"


def test_a_release_after_a_step_back_follows_the_one_stepped_back_to(
    connection, tmp_path
):
    publish_all(connection, tmp_path, "a", "b", "c")
    roll_back(tmp_path)
    publish_all(connection, tmp_path, "d")
    # Nobody wants c again.
    assert releases(tmp_path) == ["a", "b", "d"]
    assert roll_back(tmp_path) == ("d", "b", "b")
    assert roll_back(tmp_path) == ("b", "a", "a")


def test_what_a_killed_publication_leaves_goes_with_the_next(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    half_written = tmp_path / "releases/b.unfinished"
    half_written.mkdir()
    (half_written / "files.txt").write_text(
        "Files of release b of user_segmentation:\nmarts.duckdb\nusers.parquet\n"
    )
    for name in ("marts.duckdb", "marts.duckdb.wal", "tmp_users.parquet"):
        (half_written / name).write_bytes(b"half")
    (tmp_path / "releases/c.unfinished").mkdir()
    (tmp_path / "releases/e.unfinished").mkdir()
    (tmp_path / "releases/e.unfinished/files.txt").write_text("Files of rel")
    (tmp_path / ".current.new").symlink_to("releases/c")
    (tmp_path / ".marts.duckdb.new").symlink_to("current/marts.duckdb")
    publish_all(connection, tmp_path, "d")
    assert releases(tmp_path) == ["a", "d"]
    assert {file.name for file in tmp_path.iterdir()} == {
        *(".lock", "current", "marts.duckdb", "releases")
    }


def test_a_file_of_somebody_else_is_no_obstacle(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    (tmp_path / "releases/.DS_Store").touch()
    (tmp_path / "releases/favourite").symlink_to("a")
    publish_all(connection, tmp_path, "b")
    assert current(tmp_path) == "b"


@pytest.mark.parametrize("damage", ["removed", "dangling"])
def test_without_a_current_release_none_goes_before_the_next_is_there(
    connection, tmp_path, damage, monkeypatch
):
    publish_all(connection, tmp_path, "a", "b")
    (tmp_path / "current").unlink()
    if damage == "dangling":
        (tmp_path / "current").symlink_to("releases/gone")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(NotPublishedError):
            publish_all(connection, tmp_path, "c")
    assert releases(tmp_path) == ["a", "b"]
    fill(connection, user_count=7)
    publish_all(connection, tmp_path, "d")
    assert published(tmp_path) == {7}


def refuse(*arguments, **keywords):
    raise OSError(28, "No space left on device", "somewhere")


class Failing:
    """A connection whose statement of one kind fails, as on a full disk."""

    def __init__(self, connection, kind):
        self.intact = self._connection = connection
        self._kind = kind

    def cursor(self):
        return Failing(self._connection.cursor(), self._kind)

    def execute(self, sql, *arguments):
        if sql.split()[0] == self._kind:
            # What DuckDB does before it fails.
            if self._kind == "detach":
                self._connection.execute(sql, *arguments)
            raise duckdb.IOException("Of no use. Original error: No space left")
        return self._connection.execute(sql, *arguments)

    def close(self):
        self._connection.close()


def assert_nothing_changes(connection, folder):
    """A publication must fail and leave release b, of five users, as it was."""
    with pytest.raises(NotPublishedError, match="No space left") as problem:
        publish_all(connection, folder, "failed")
    assert len(str(problem.value).splitlines()) == 1
    assert published(folder) == {5}
    assert current(folder) == "b"


@pytest.mark.parametrize("kind", ["select", "attach", "create", "describe", "detach"])
def test_a_failing_statement_leaves_the_release_as_it_was(connection, tmp_path, kind):
    publish_all(connection, tmp_path, "a", "b")
    fill(connection, user_count=7)
    failing = Failing(connection, kind)
    assert_nothing_changes(failing, tmp_path)
    assert releases(tmp_path) == ["a", "b"]
    publish_all(connection, tmp_path, "d")
    assert published(tmp_path) == {7}


# How often each is called before the switch.
STEPS = {
    "mkdir": 2,
    "write_text": 1,
    "chmod": 8,
    "fsync": 7,
    "rename": 1,
    "unlink": 2,
    "symlink_to": 3,
    "replace": 2,
}


@pytest.mark.parametrize(
    ("step", "place"), [(step, n) for step, most in STEPS.items() for n in range(most)]
)
def test_a_failing_step_leaves_the_release_as_it_was(
    connection, tmp_path, monkeypatch, step, place
):
    publish_all(connection, tmp_path, "a", "b")
    fill(connection, user_count=7)
    owner = os if step == "fsync" else Path
    done = getattr(owner, step)
    calls = itertools.count()

    def fail_once(*arguments, **keywords):
        action = refuse if next(calls) == place else done
        return action(*arguments, **keywords)

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fail_once)
        assert_nothing_changes(connection, tmp_path)
    publish_all(connection, tmp_path, "d")
    assert published(tmp_path) == {7}
    assert releases(tmp_path) == ["a", "b", "d"]
    assert roll_back(tmp_path)[:2] == ("d", "b")


PUBLISH = """
database, folder, *tables = given
publishing.publish(
    duckdb.connect(database),
    publishing.Tables(dict.fromkeys(tables, "all")),
    "killed",
    Path(folder),
)
"""


@pytest.mark.chaos
@pytest.mark.parametrize(
    ("step", "place"), [(step, n) for step, most in STEPS.items() for n in range(most)]
)
def test_a_kill_after_any_step_leaves_a_whole_release(
    tmp_path, record_property, step, place
):
    folder = tmp_path / "published"
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute("create schema marts")
        fill(connection)
        publish_all(connection, folder, "a", "b")
        fill(connection, user_count=7)
    kill_after(step, place, PUBLISH, tmp_path / "build.duckdb", folder, *MARTS)
    assert published(folder) == ({7} if current(folder) == "killed" else {5})
    assert current(folder) in ("b", "killed")
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        publish_all(connection, folder, "d")
    assert published(folder) == {7}
    record_property("Kills at a step of the publication", 1)


def test_after_the_switch_a_failure_is_no_failure_to_publish(
    connection, tmp_path, monkeypatch
):
    publish_all(connection, tmp_path, "a", "b", "c")
    fill(connection, user_count=7)
    monkeypatch.setattr(Path, "rmdir", refuse)
    publish_all(connection, tmp_path, "d")
    assert published(tmp_path) == {7}
    monkeypatch.undo()
    publish_all(connection, tmp_path, "e")
    assert releases(tmp_path) == ["c", "d", "e"]


def test_a_folder_that_cannot_be_made_is_named(connection, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(NotPublishedError, match="file/published"):
        publish_all(connection, tmp_path / "file/published", "a")


def test_a_table_that_is_missing_publishes_nothing(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    connection.execute("drop table marts.users")
    with pytest.raises(NotPublishedError, match="users does not exist"):
        publish_all(connection, tmp_path, "b")
    assert published(tmp_path) == {5}


# fmt: off
FORMULAS = [
    "=cmd()", "+1+1", "@x", "-2+3", "\t=1", "\r=1", "\n=1", "-5\n=1", "-",
    "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "+49 151 234",
]
PLAIN = [
    "", "'", "a=b", "5-3", " =1", "-5", "+5", "-5.25", "-1,234.5", "\u20135", "25-34",
]
# fmt: on


def test_formulas_are_made_plain_text_in_parquet_only(connection, tmp_path):
    connection.execute("create or replace table marts.users (user_id varchar)")
    texts = [*FORMULAS, *PLAIN, None]
    connection.executemany(
        "insert into marts.users values (?)", [[text] for text in texts]
    )
    publish_all(connection, tmp_path, "a")
    parquet = duckdb.execute(
        f"select user_id from read_parquet('{tmp_path}/current/users.parquet')"
    ).fetchall()
    assert {text for (text,) in parquet} == {
        *(f"'{formula}" for formula in FORMULAS),
        *PLAIN,
        None,
    }
    with duckdb.connect(tmp_path / "marts.duckdb", read_only=True) as reader:
        rows = reader.execute("select user_id from users").fetchall()
    assert {text for (text,) in rows} == set(texts)


@pytest.mark.parametrize("name", ["it's mine", "a b", "100% ü", 'a "b"', "a;b,c", "*"])
def test_any_name_of_a_folder_will_do(connection, tmp_path, name):
    publish_all(connection, tmp_path / name, "a", "b")
    assert len(releases(tmp_path / name)) == 2
    reader = duckdb.connect(tmp_path / name / "marts.duckdb", read_only=True)
    with reader:
        assert reader.execute("select count(*) from users").fetchall() == [(5,)]


@pytest.mark.parametrize("name", ["release", "marts", "users", "a", "my database"])
def test_any_name_of_the_database_of_the_build_will_do(tmp_path, name):
    with duckdb.connect(tmp_path / f"{name}.duckdb") as connection:
        connection.execute("create schema marts")
        fill(connection)
        publish_all(connection, tmp_path / "published", "a", "b")
    assert published(tmp_path / "published") == {5}


@pytest.mark.parametrize(
    ("value", "folder"), [(None, "published"), ("", "published"), ("/a b", "/a b")]
)
def test_the_folder_is_published_unless_said_otherwise(monkeypatch, value, folder):
    monkeypatch.delenv("PUBLISH_PATH", raising=False)
    if value is not None:
        monkeypatch.setenv("PUBLISH_PATH", value)
    assert publish_folder() == Path(folder)


def digests(folder):
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.glob("*.parquet")
    }


def test_parquet_is_the_same_to_the_byte_in_any_order_on_any_threads(tmp_path):
    # DuckDB gives each thread whole groups of 122,880 rows, of which four are full; two
    # rows are alike.
    numbers = [*range(500_000), 7]
    found = []
    for threads in (1, 4):
        random.Random(threads).shuffle(numbers)
        with duckdb.connect(config={"threads": threads}) as connection:
            connection.execute("create schema marts")
            fill(connection)
            connection.execute(
                """
                create or replace table marts.users as
                select
                    cast(number as varchar) as user_id,
                    sin(number) as hours,
                    case when number % 3 > 0 then '=' || number % 10 end as location
                from (select unnest(?) as number)
                """,
                [numbers],
            )
            publish_all(connection, tmp_path / str(threads), "a")
        found.append(digests(tmp_path / str(threads) / "current"))
    assert found[0] == found[1]
    assert set(found[0]) == {f"{table}.parquet" for table in TABLES}


def user_report(database):
    """A report that says how many users its database has."""
    with duckdb.connect(database, read_only=True) as reader:
        ((user_count,),) = reader.execute("select count(*) from users").fetchall()
    return f"{user_count} users, größer als 0"


def publish_with_report(connection, folder, release_id, make_report=user_report):
    name_release(connection, release_id)
    publish(connection, Tables(MARTS), release_id, folder, make_report=make_report)


def test_the_report_is_made_from_the_release_that_it_is_in(connection, tmp_path):
    publish_with_report(connection, tmp_path, "a")
    fill(connection, user_count=7)
    publish_with_report(connection, tmp_path, "b")
    for report, user_count in [
        (tmp_path / "report.html", 7),
        (tmp_path / "releases/a/report.html", 5),
    ]:
        assert report.read_text(encoding="utf-8").startswith(f"{user_count} users")
        assert report.stat().st_mode & 0o222 == 0
    assert (tmp_path / "report.html").readlink() == Path("current/report.html")
    roll_back(tmp_path)
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("5 users")


def test_a_report_that_fails_leaves_the_release_as_it_was(connection, tmp_path):
    def fail(database):
        raise KeyError("a\nname")

    publish_with_report(connection, tmp_path, "a")
    fill(connection, user_count=7)
    with pytest.raises(NotPublishedError, match="the report failed with KeyError: "):
        publish_with_report(connection, tmp_path, "b", fail)
    assert published(tmp_path) == {5}
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("5 users")
    assert releases(tmp_path) == ["a"]


def test_a_report_that_cannot_be_written_leaves_the_release_as_it_was(
    connection, tmp_path, monkeypatch
):
    publish_with_report(connection, tmp_path, "a")
    fill(connection, user_count=7)
    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(NotPublishedError, match="No space left") as problem:
        publish_with_report(connection, tmp_path, "b")
    assert len(str(problem.value).splitlines()) == 1
    monkeypatch.undo()
    assert published(tmp_path) == {5}
    assert releases(tmp_path) == ["a"]


def test_a_second_publication_waits_for_the_first(connection, tmp_path):
    with ThreadPoolExecutor() as threads:
        with (tmp_path / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            waiting = threads.submit(publish_all, connection, tmp_path, "a")
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            assert not (tmp_path / "current").exists()
        waiting.result()
    assert published(tmp_path) == {5}
