"""What is restored of a release, what is refused, and what a refusal leaves."""

import subprocess
import sys

import duckdb
import pytest

from conftest import ROOT
from small_releases import contents, publish_all, small_build
from user_segmentation.release.restoring import (
    NotRestoredError,
    lasting_tables,
    restore,
)

ALLOWED = {"segmentation.segment_models", "snapshots.user_segment_history"}


def make_memory(release, *statements):
    """A memory that holds what some statements make."""
    release.mkdir(exist_ok=True)
    with duckdb.connect(release / "memory.duckdb") as memory:
        memory.execute("create schema segmentation")
        for statement in statements:
            memory.execute(statement)
    return release


MODELS = "create table segmentation.segment_models as from range(3) as rows (number)"


def refused(release, database, words):
    with pytest.raises(NotRestoredError, match=words) as problem:
        restore(release, database, allowed=ALLOWED)
    assert "\n" not in str(problem.value)
    return str(problem.value)


def test_tables_come_back_as_they_were(tmp_path):
    release = make_memory(
        tmp_path / "a",
        MODELS,
        "create schema snapshots",
        'create table snapshots.user_segment_history ("odd ""name" varchar)',
        """insert into snapshots.user_segment_history values ('it''s ü')""",
    )
    database = tmp_path / "build.duckdb"
    assert restore(release, database, allowed=ALLOWED) == {
        "segmentation.segment_models": 3,
        "snapshots.user_segment_history": 1,
    }
    with duckdb.connect(database) as restored:
        assert restored.execute(
            'select "odd ""name" from snapshots.user_segment_history'
        ).fetchall() == [("it's ü",)]


def test_the_name_of_a_schema_is_no_statement(tmp_path):
    written = tmp_path / "written"
    name = f"x; attach '{written}' as attached; create schema if not exists y"
    release = make_memory(
        tmp_path / "a",
        MODELS,
        f'create schema "{name}"',
        f'create table "{name}".t as select 1 as number',
    )
    refused(release, tmp_path / "build.duckdb", "which no build goes on from")
    # Nor where it is that of a table which may come back.
    restore(release, tmp_path / "build.duckdb", allowed=ALLOWED | {f"{name}.t"})
    assert not written.exists()


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("create table foreign_table as select 1 as number", "main.foreign_table"),
        ("create table segmentation.others (number int)", "segmentation.others"),
        ("create view segmentation.others as select 1", "segmentation.others"),
        ("create schema marts; create table marts.segment_models (a int)", "marts.seg"),
        ('create table "segmentation.segment_models" (a int)', "main.segmentation.seg"),
        ('create table "a\nb" (a int)', r"main\.a\\nb"),
    ],
)
def test_a_memory_with_anything_else_is_refused_by_name(tmp_path, statement, name):
    release = make_memory(tmp_path / "a", MODELS, statement)
    refused(release, tmp_path / "build.duckdb", f"holds '{name}")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_view_with_the_name_of_a_table_is_refused(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("number\n42\n")
    release = make_memory(
        tmp_path / "a",
        f"create view segmentation.segment_models as from read_csv('{secret}')",
    )
    refused(release, tmp_path / "build.duckdb", "holds 'segmentation.segment_models'")


def test_a_column_that_is_computed_reads_no_file(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("number\n42\n")
    release = make_memory(
        tmp_path / "a",
        """create table segmentation.segment_models (
            number int, file varchar as (getvariable('secret'))
        )""",
        "insert into segmentation.segment_models (number) values (1)",
    )
    assert restore(release, tmp_path / "build.duckdb", allowed=ALLOWED) == {
        "segmentation.segment_models": 1
    }


@pytest.mark.parametrize("how", ["missing", "linked", "empty", "garbage", "cut off"])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_failed_restore_leaves_nothing_new(tmp_path, how, is_new):
    release = make_memory(tmp_path / "a", MODELS)
    memory = release / "memory.duckdb"
    if how == "linked":
        memory.rename(tmp_path / "elsewhere.duckdb")
        memory.symlink_to("../elsewhere.duckdb")
    elif how == "missing":
        memory.unlink()
    elif how == "cut off":
        memory.write_bytes(memory.read_bytes()[:-100_000])
    else:
        memory.write_bytes(b"" if how == "empty" else b"garbage" * 5000)
    database = tmp_path / "build.duckdb"
    if not is_new:
        duckdb.connect(database).close()
    before = contents(tmp_path)
    refused(release, database, "restore")
    assert contents(tmp_path) == before


class Broken:
    """A connection that fails when the second table has come."""

    def __init__(self, connection):
        self.connection = connection

    def __enter__(self):
        self.connection.__enter__()
        return self

    def __exit__(self, *arguments):
        return self.connection.__exit__(*arguments)

    def execute(self, sql, *arguments):
        if "user_segment_history" in sql:
            raise duckdb.IOException("No space left on device")
        return self.connection.execute(sql, *arguments)

    def __getattr__(self, name):
        return getattr(self.connection, name)


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("is_linked", [True, False])
def test_a_restore_that_fails_midway_leaves_no_table(
    tmp_path, monkeypatch, is_new, is_linked
):
    release = make_memory(
        tmp_path / "a",
        MODELS,
        "create schema snapshots",
        "create table snapshots.user_segment_history (number int)",
    )
    database = tmp_path / "build.duckdb"
    if is_linked:
        (tmp_path / "link.duckdb").symlink_to(database)
    if not is_new:
        with duckdb.connect(database) as existing:
            existing.execute("create table own as select 1 as number")
    before = contents(tmp_path)
    connect = duckdb.connect

    def broken(*arguments, **keywords):
        return Broken(connect(*arguments, **keywords))

    with monkeypatch.context() as patch:
        patch.setattr(duckdb, "connect", broken)
        refused(
            release, tmp_path / "link.duckdb" if is_linked else database, "No space"
        )
    assert contents(tmp_path).keys() == before.keys()
    if not is_new:
        with duckdb.connect(database) as existing:
            assert existing.execute("show all tables").fetchall()[0][2] == "own"
            assert len(existing.execute("show all tables").fetchall()) == 1
    assert len(restore(release, database, allowed=ALLOWED)) == 2


def test_a_database_with_a_table_of_its_own_stays_as_it_is(tmp_path):
    release = make_memory(tmp_path / "a", MODELS)
    database = tmp_path / "build.duckdb"
    with duckdb.connect(database) as existing:
        existing.execute("create schema segmentation")
        existing.execute("create table segmentation.segment_models (a int)")
    before = contents(tmp_path)
    assert "has its own segmentation.segment_models" in refused(
        release, database, "Nothing is restored"
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("end", [".wal", ".wal.checkpoint", ".wal.recovery"])
@pytest.mark.parametrize("kind", ["file", "dangling link"])
def test_what_is_left_of_a_database_that_is_gone_goes_into_no_other(
    tmp_path, end, kind
):
    release = make_memory(tmp_path / "a", MODELS)
    database = tmp_path / "build.duckdb"
    left = tmp_path / f"build.duckdb{end}"
    if kind == "file":
        left.write_bytes(b"changes")
    else:
        left.symlink_to("nowhere")
    before = contents(tmp_path)
    refused(release, database, rf"{left} is left of a database that is gone\. Move it")
    assert contents(tmp_path) == before
    left.unlink()
    restore(release, database, allowed=ALLOWED)
    with duckdb.connect(database) as restored:
        assert restored.execute("show all tables").fetchall()[0][2] == "segment_models"


def test_a_folder_that_is_missing_is_named(tmp_path):
    release = make_memory(tmp_path / "a", MODELS)
    refused(release, tmp_path / "nowhere/build.duckdb", f"{tmp_path}/nowhere")
    assert not (tmp_path / "nowhere").exists()


def run(published, database):
    return subprocess.run(
        [sys.executable, "-m", "user_segmentation.cli", "restore"],
        cwd=ROOT,
        env={"PUBLISH_PATH": str(published), "DUCKDB_PATH": str(database)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kind", ["missing", "foreign", "outside", "none"])
def test_nothing_is_restored_from_what_is_no_release_of_ours(tmp_path, kind):
    published = tmp_path / "published"
    if kind == "foreign":
        make_memory(tmp_path / "a", MODELS).rename(tmp_path / "release")
        published.mkdir()
        (published / "current").symlink_to("../release")
    elif kind != "missing":
        with small_build() as connection:
            publish_all(connection, published, "a")
        make_memory(tmp_path / "release", MODELS)
        (published / "current").unlink()
        if kind == "outside":
            (published / "current").symlink_to("../release")
    said = run(published, tmp_path / "build.duckdb")
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "restore" in said.stderr
    assert not list(tmp_path.glob("build.duckdb*"))
    assert published.exists() == (kind != "missing")


def test_what_goes_on_is_said_in_yaml_only():
    assert lasting_tables(ROOT) >= {
        *("segmentation.segment_models", "segmentation.model_verdicts"),
        *("segmentation.naming_history", "segmentation.lineage_events"),
        *("segmentation.last_inputs", "snapshots.user_segment_history"),
    }
    elsewhere = [
        file
        for pattern in ("models/**/*.sql", "models/**/*.py", "snapshots/*.sql")
        for file in ROOT.glob(pattern)
        if "'goes_on'" in file.read_text(encoding="utf-8")
    ]
    assert elsewhere == []
