"""Same input, same marts: to the byte, whatever the threads and the order of rows."""

import random

import pytest

from conftest import ROOT, green_build

MARTS = {
    "users": "user_id",
    "segments": "segment_key",
    "segment_traits": "segment_key, feature",
    "segment_answers": "segment_key, attribute, answer",
    "segment_interests": "segment_key, interest",
    "segmentations": "objective",
}


def exported(build):
    """Each mart as the bytes of a CSV file in the order of its key."""
    return {
        mart: build.query(f"from marts.{mart} order by {key}").to_csv().encode()
        for mart, key in MARTS.items()
    }


def test_the_list_of_marts_is_complete(sample_build):
    tables = sample_build.query(
        "select table_name from information_schema.tables where table_schema = 'marts'"
    )
    assert set(tables["table_name"]) == set(MARTS)


@pytest.mark.parametrize("threads", [1, 4])
def test_threads_and_the_order_of_rows_change_nothing(tmp_path, sample_build, threads):
    header, *rows = (ROOT / "seeds/raw_user_profiles.csv").read_text().splitlines()
    random.Random(threads).shuffle(rows)
    file = tmp_path / "shuffled.csv"
    file.write_text("\n".join([header, *rows]) + "\n")
    shuffled = green_build(tmp_path / "build", threads=threads, user_profiles=str(file))
    assert exported(shuffled) == exported(sample_build)
