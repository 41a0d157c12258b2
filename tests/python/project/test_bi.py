"""Published marts in the eyes of BI tools: SQLAlchemy, an older DuckDB, keys."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from conftest import ROOT
from growing_project import GrowingProject
from published_marts import bi_engine, read_as_bi_tools_do

pytestmark = pytest.mark.slow

OLD_DUCKDB = "1.4.2"
# Tables that know users and segments of the past, which the others do not.
PAST = {
    "model_versions",
    "segment_drift",
    "segment_history",
    "segment_lineage",
    "segment_migrations",
    "segment_name_changes",
}
# What makes a row of a table one of another: column, table.
KEYS = {
    "segment_key": "segments",
    "user_id": "users",
    "objective": "segmentations",
    "purchase_segment": "customer_segments",
}


@pytest.fixture(scope="module")
def published(sample_build):
    """Where the sample is published."""
    return sample_build.database.parent / "published"


@pytest.fixture(scope="module")
def engine(published):
    """What a BI tool makes of the URL in the README."""
    return bi_engine(published)


def test_a_bi_tool_finds_the_tables_and_their_columns(engine, published):
    inspector = inspect(engine)
    files = {file.stem for file in (published / "current").glob("*.parquet")}
    assert set(inspector.get_table_names()) == files
    types = {
        column["name"]: str(column["type"])
        for column in inspector.get_columns("segments")
    }
    assert types["segment_name"] == "VARCHAR"
    assert types["user_count"] == "BIGINT"
    assert types["user_share"] == "FLOAT"
    assert types["named_on"] == "DATE"


def test_a_bi_tool_can_change_nothing(engine):
    with engine.connect() as connection, pytest.raises(DBAPIError, match="read-only"):
        connection.exec_driver_sql("delete from segments")


@pytest.mark.chaos
def test_a_bi_tool_reads_whole_releases_while_a_build_runs(tmp_path):
    project = GrowingProject(tmp_path)
    project.build_green()
    seen = []
    run = project.start_build()
    while run.process.poll() is None:
        seen.append(read_as_bi_tools_do(project.published))
        time.sleep(0.1)
    project.end(run)
    seen.append(read_as_bi_tools_do(project.published))
    # The old one until the very end, then the new one.
    assert [*dict.fromkeys(reading.release_id for reading in seen)] == [*project.green]
    for reading in seen:
        assert reading.is_consistent
        assert reading.user_counts == (project.green[reading.release_id],)


READ_ALL = """
import hashlib, sys, duckdb
database, folder = sys.argv[1:]
with duckdb.connect(database, read_only=True) as connection:
    for table, in connection.execute("show tables").fetchall():
        for source in table, f"'{folder}/{table}.parquet'":
            rows = connection.execute(f"from {source} order by all").fetchall()
            print(table, len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
"""


@pytest.fixture(scope="session")
def old_python():
    """Python of an environment with an older DuckDB, made once."""
    folder = ROOT / f"target/duckdb-{OLD_DUCKDB}"
    python = folder / "bin/python"
    uv = Path(sys.executable).parent / "uv"
    for command in (
        [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, folder],
        [uv, "pip", "install", "--quiet", "--python", python, f"duckdb=={OLD_DUCKDB}"],
    ):
        completed = subprocess.run(command, capture_output=True, text=True, check=False)
        if completed.returncode:
            pytest.skip(f"DuckDB {OLD_DUCKDB} is out of reach: {completed.stderr}")
    return python


def test_an_older_duckdb_reads_what_the_present_one_reads(published, old_python):
    arguments = ["-c", READ_ALL, published / "marts.duckdb", published / "current"]
    old, new = (
        subprocess.run([python, *arguments], capture_output=True, text=True, check=True)
        for python in (old_python, sys.executable)
    )
    tables = {line.split()[0] for line in new.stdout.splitlines()}
    assert tables == {file.stem for file in (published / "current").glob("*.parquet")}
    assert old.stdout == new.stdout


def relationships_of(manifest):
    """Column and the table that it is a key of, for each tested relationship."""
    tested = set()
    for node in manifest["nodes"].values():
        metadata = node.get("test_metadata") or {}
        if metadata.get("name") == "relationships":
            table = metadata["kwargs"]["to"].split("'")[1]
            tested.add((node["attached_node"], node["column_name"], table))
    return tested


def test_every_key_of_another_mart_is_tested(sample_build):
    file = sample_build.database.parent / "target/manifest.json"
    manifest = json.loads(file.read_text())
    tested = relationships_of(manifest)
    keys = [
        (node["unique_id"], column, table)
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == "marts"
        if node["name"] not in PAST
        for column, table in KEYS.items()
        if column in node["columns"] and node["name"] != table
    ]
    assert len(keys) >= 20
    assert [key for key in keys if key not in tested] == []
