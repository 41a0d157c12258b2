"""What a build that was killed leaves behind is gone with the next one."""

import os
import shutil
import subprocess
import sys
import time
from textwrap import dedent

import duckdb
import pytest

from conftest import SAMPLE_FILES, green_build
from user_segmentation.engines.database_lock import hold_database

pytestmark = pytest.mark.slow

# A sort that does not fit, which DuckDB goes on with beside the database.
SPILLING = dedent(
    """
    import sys, duckdb
    connection = duckdb.connect(sys.argv[1], config={"memory_limit": "60MB"})
    connection.execute(
        "create table t as select i, repeat('x', 100) || i as text "
        "from range(20_000_000) as numbers (i) order by hash(i)"
    )
    """
)


def spilled_bytes(folder):
    return sum(file.stat().st_size for file in folder.glob("*_storage_*"))


def test_what_duckdb_had_put_on_disk_is_removed_and_nothing_else(tmp_path):
    database = tmp_path / "build.duckdb"
    duckdb.connect(database).close()
    folder = tmp_path / "build.duckdb.tmp"
    with subprocess.Popen([sys.executable, "-c", SPILLING, database]) as killed:
        deadline = time.monotonic() + 60
        while not spilled_bytes(folder) and time.monotonic() < deadline:
            time.sleep(0.01)
        killed.kill()
    (folder / "notes.txt").write_text("Somebody's own.")
    # DuckDB itself leaves it.
    duckdb.connect(database).close()
    assert spilled_bytes(folder)
    hold_database(str(database), {}).close()
    assert os.listdir(folder) == ["notes.txt"]


def test_nothing_is_removed_by_way_of_a_link(tmp_path):
    database, elsewhere = tmp_path / "build.duckdb", tmp_path / "elsewhere"
    elsewhere.mkdir()
    file = elsewhere / "duckdb_temp_1"
    file.touch()
    (tmp_path / "build.duckdb.tmp").symlink_to(elsewhere)
    hold_database(str(database), {}).close()
    assert file.exists()


LEFT_BEHIND = [
    # Killed between two tables, in the place of one that is no more, and again.
    "table segmentation.segment_models__dbt_backup",
    "table marts.gone__dbt_tmp",
    'table marts."x""; drop table users; --__dbt_tmp"',
    "view staging.stg_users__dbt_tmp",
    "table main.segment_models__dbt_tmp20260101120000000000",
]
KEPT = ["table main.somebodys__dbt_backup", "table theirs.users__dbt_backup"]


def test_temporary_tables_are_dropped_and_nothing_else(tmp_path, sample_build):
    shutil.copy(sample_build.database, tmp_path)
    names = "select name from (select schema_name || '.' || table_name as name"
    names = f"{names} from duckdb_tables() union all select schema_name || '.' || "
    names = f"{names} view_name from duckdb_views() where not internal)"
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        before = {name for (name,) in connection.execute(names).fetchall()}
        connection.execute("create schema theirs")
        for relation in [*LEFT_BEHIND, *KEPT]:
            connection.execute(f"create {relation} as select 1 as one")
    # The tables go before the first model.
    arguments = ["--select", "purchase_segments"]
    build = green_build(tmp_path, arguments=arguments, **SAMPLE_FILES)
    after = set(build.query(names)["name"])
    kept = {relation.removeprefix("table ") for relation in KEPT}
    assert after == before | kept
