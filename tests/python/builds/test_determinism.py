"""Same input, same marts: to the byte, whatever the threads and the order of rows."""

import random

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml

from conftest import ROOT, green_build
from generate_sample import main as generate_sample
from mart_keys import MARTS, TIMED

pytestmark = pytest.mark.slow


def exported(build):
    """Each mart as the bytes of a CSV file in the order of its key."""
    return {
        mart: build.query(f"from marts.{mart} order by {key}").to_csv().encode()
        for mart, key in MARTS.items()
    }


def released(build):
    """Each published mart as the rows of its table and the bytes of its file."""
    folder = build.database.parent / "published"
    with duckdb.connect(folder / "marts.duckdb", read_only=True) as reader:
        return {
            mart: (
                reader.table(mart).fetchall(),
                (folder / f"current/{mart}.parquet").read_bytes(),
            )
            for mart in MARTS
        }


def released_without_times(build):
    """The rows of marts that name builds by their time, in order, without the times."""
    folder = build.database.parent / "published"
    with duckdb.connect(folder / "marts.duckdb", read_only=True) as reader:
        rows = {mart: reader.table(mart).df() for mart in TIMED - {"model_versions"}}
    return {
        mart: table.select_dtypes(exclude="datetime").to_csv()
        for mart, table in rows.items()
    }


def shuffled(file, folder):
    """A copy of a CSV file with its rows in another order."""
    header, *rows = file.read_text().splitlines()
    random.Random(0).shuffle(rows)
    copy = folder / f"shuffled_{file.name}"
    copy.write_text("\n".join([header, *rows]) + "\n")
    return copy


def shuffled_logs(folder):
    """Copies of the sample's logs with their rows in another order, by variable."""
    files = {}
    for source in ("events", "transactions"):
        rows = pq.read_table(ROOT / f"data/{source}.parquet")
        order = np.random.default_rng(0).permutation(len(rows))
        files[source] = str(folder / f"{source}.parquet")
        pq.write_table(rows.take(order), files[source])
    files["user_aliases"] = str(shuffled(ROOT / "data/user_aliases.csv", folder))
    return files


def build_with_threads(folder, threads, **files):
    """Build with so many threads of dbt, and of DuckDB inside each query."""
    folder.mkdir()
    profiles = yaml.safe_load((ROOT / "profiles.yml").read_text())
    output = profiles["user_segmentation"]["outputs"]["dev"]
    output["settings"] = {"threads": threads}
    (folder / "profiles.yml").write_text(yaml.safe_dump(profiles))
    return green_build(
        folder,
        threads=threads,
        arguments=["--profiles-dir", folder],
        **files,
    )


def test_the_list_of_marts_is_complete(sample_build):
    tables = sample_build.query(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    )
    # When a build ran and where its files are is not for the data to decide.
    assert set(tables["table_name"]) == {*MARTS, *TIMED, "release", "sources"}


@pytest.mark.parametrize("threads", [pytest.param(1, marks=pytest.mark.chaos), 4])
def test_the_sample_in_any_order_gives_the_same_marts(tmp_path, sample_build, threads):
    file = shuffled(ROOT / "seeds/raw_user_profiles.csv", tmp_path)
    logs = shuffled_logs(tmp_path)
    build = build_with_threads(
        tmp_path / "build", threads, user_profiles=str(file), **logs
    )
    assert exported(build) == exported(sample_build)
    assert released(build) == released(sample_build)
    assert released_without_times(build) == released_without_times(sample_build)


@pytest.mark.chaos
def test_users_of_several_row_groups_give_the_same_marts(tmp_path):
    # DuckDB gives each thread whole groups of 122,880 rows.
    file = tmp_path / "users.csv"
    generate_sample(["--users", "130000", "--output", str(file)])
    one = build_with_threads(tmp_path / "one", 1, user_profiles=str(file))
    again = shuffled(file, tmp_path)
    four = build_with_threads(tmp_path / "four", 4, user_profiles=str(again))
    assert exported(one) == exported(four)
    assert released(one) == released(four)
