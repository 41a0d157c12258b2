"""Same input, same marts: to the byte, whatever the threads and the order of rows."""

import random

import duckdb
import pytest
import yaml

from conftest import ROOT, green_build
from generate_sample import main as generate_sample

MARTS = {
    "users": "user_id",
    "segments": "segment_key",
    "segment_traits": "segment_key, feature",
    "segment_answers": "segment_key, attribute, answer",
    "segment_interests": "segment_key, interest",
    "segment_claims": "segment_key, claim_number",
    "segment_rules": "segment_key",
    "segmentations": "objective",
    "technique_scores": "objective, technique",
    "segment_outcomes": "objective, outcome, grouping",
    "protected_attribute_audit": "objective, attribute",
}


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


def shuffled(file, folder):
    """A copy of a CSV file with its rows in another order."""
    header, *rows = file.read_text().splitlines()
    random.Random(0).shuffle(rows)
    copy = folder / "shuffled.csv"
    copy.write_text("\n".join([header, *rows]) + "\n")
    return copy


def build_with_threads(folder, file, threads):
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
        user_profiles=str(file),
    )


def test_the_list_of_marts_is_complete(sample_build):
    tables = sample_build.query(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    )
    # When a build ran is not for the data to decide.
    assert set(tables["table_name"]) == {*MARTS, "release"}


@pytest.mark.parametrize("threads", [1, 4])
def test_the_sample_in_any_order_gives_the_same_marts(tmp_path, sample_build, threads):
    file = shuffled(ROOT / "seeds/raw_user_profiles.csv", tmp_path)
    build = build_with_threads(tmp_path / "build", file, threads)
    assert exported(build) == exported(sample_build)
    assert released(build) == released(sample_build)


@pytest.mark.chaos
def test_users_of_several_row_groups_give_the_same_marts(tmp_path):
    # DuckDB gives each thread whole groups of 122,880 rows.
    file = tmp_path / "users.csv"
    generate_sample(["--users", "130000", "--output", str(file)])
    one = build_with_threads(tmp_path / "one", file, 1)
    four = build_with_threads(tmp_path / "four", shuffled(file, tmp_path), 4)
    assert exported(one) == exported(four)
    assert released(one) == released(four)
