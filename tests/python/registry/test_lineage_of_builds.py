"""Segments that are known to come, go, join and part, in builds that follow."""

import csv

import pytest

from conftest import ROOT, sample_rows
from lives import OBJECTIVE, Life, versions

pytestmark = pytest.mark.chaos

# Four of the sample's personas, and the one that takes the place of the last of them.
FIRST = ["desk_technologist", "outdoor_minimalist", "social_creative"]
VANISHING, COMING = "weekend_homemaker", "career_networker"


GONE = "No user is in it any more."

# No feature drifts enough by itself to tell that one persona in four is another one.
LATER = """
    update segmentation.segment_models set trained_at = trained_at - interval 100 days
"""


def users_of(*personas):
    """Users of the sample who were made as these personas."""
    with (ROOT / "tests/data/sample_truth.csv").open(newline="") as truth:
        persona_of = {row["user_id"]: row["persona"] for row in csv.DictReader(truth)}
    return [row for row in sample_rows() if persona_of[row["User ID"]] in personas]


def keys_of(build, *personas):
    """Key of the segment that most users of each persona are in."""
    placed = build.query("select user_id, segment_key from segmentation.user_segments")
    placed = placed.set_index("user_id")["segment_key"]
    return [
        placed[[row["User ID"] for row in users_of(persona)]].mode()[0]
        for persona in personas
    ]


def told(build, version):
    """Events of a version: event, key before and key after."""
    rows = build.query(
        f"""
        select event, last_segment_key, segment_key from marts.segment_lineage
        where model_version = {version}
        """
    )
    return {tuple(row) for row in rows.astype(object).where(rows.notna(), None).values}


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """Four personas; later another one in one's place; three segments; four again."""
    life = Life(tmp_path_factory.mktemp("life") / "life")
    life.settings = life.settings | {
        "block_weights": {"engagement": 1, "interests": 1},
        "segment_count": 4,
    }
    now = users_of(*FIRST, COMING)
    life.first = life.build(users_of(*FIRST, VANISHING))
    life.change(LATER)
    life.second = life.build(now)
    life.third = life.build(settings={"segment_count": 3})
    life.fourth = life.build()
    return life


def test_an_old_model_goes_where_one_persona_took_the_place_of_another(life):
    first, second = versions(life.second)["reason"]
    assert first == "It is the first."
    assert second == ("The one before was 100 days old (max_model_age_days is 90).")


def test_a_death_and_a_birth_leave_the_others_their_keys(life):
    kept = keys_of(life.first, *FIRST)
    (gone,) = keys_of(life.first, VANISHING)
    (new,) = keys_of(life.second, COMING)
    assert len({*kept, gone}) == 4
    assert keys_of(life.second, *FIRST) == kept
    assert new == f"{OBJECTIVE}-5"
    assert told(life.second, 2) == {
        *(("kept", key, key) for key in kept),
        ("retired", gone, None),
        ("born", None, new),
    }


def test_segments_that_join_are_merged_and_part_again_under_a_new_key(life):
    before = set(keys_of(life.second, *FIRST, COMING))
    joined = told(life.third, 3)
    merged = [event for event in joined if event[0] == "merged"]
    assert {last for _, last, _ in joined} - {None} == before
    assert len(merged) == len(before) - sum(event[0] == "kept" for event in joined)
    assert len({key for _, _, key in joined} - {None}) == 3
    parted = told(life.fourth, 4)
    split = [event for event in parted if event[0] == "split"]
    assert split
    assert {last for _, last, _ in split} <= {key for _, _, key in joined}


def test_no_key_is_ever_used_again(life):
    seen, last = set(), set()
    for version in range(1, 5):
        now = {key for *_, key in told(life.fourth, version)} - {None}
        assert not (now - last) & seen
        seen, last = seen | now, now
    assert len(seen) >= 6


def test_names_stay_with_their_keys_and_every_change_is_on_record(life):
    builds = [life.first, life.second, life.third, life.fourth]
    named = [
        build.query(
            """
            select segment_key, segment_name, recommended_action, built_at
            from marts.segments cross join marts.release
            """
        )
        for build in builds
    ]
    changes = life.fourth.query("from marts.segment_name_changes order by changed_at")
    assert (changes["segment_name"].isna() == (changes["reason"] == GONE)).all()
    for segments in named:
        built_at = segments["built_at"].iloc[0]
        rows = changes[changes["changed_at"] <= built_at]
        newest = rows.drop_duplicates("segment_key", keep="last")
        living = newest.dropna(subset="segment_name").set_index("segment_key")
        shown = segments.set_index("segment_key")
        assert sorted(living.index) == sorted(shown.index)
        for column in ("segment_name", "recommended_action"):
            assert living[column].to_dict() == shown[column].to_dict()
    keys_of_names = changes.groupby("segment_name")["segment_key"].nunique()
    assert (keys_of_names == 1).all()
