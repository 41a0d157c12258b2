"""What became of segments: by hand, in general, and where it was planted."""

import numpy as np
import pytest

from user_segmentation.training.clustering import fit_segments
from user_segmentation.training.identity import NONE, assign_keys, match_segments
from user_segmentation.training.lineage import lineage
from user_segmentation.training.refit import refit

EVENTS_OF_OLD = ["kept", "merged", "retired"]
EVENTS_OF_NEW = ["kept", "split", "born"]
SPREAD = 0.5
AT = {"a": (0, 0), "b": (20, 0), "c": (0, 20), "d": (20, 20)}


def told(pairs, old_keys, new_keys):
    """Events of the given numbers of users by their old and new positions."""
    old, new = np.array(list(pairs)).T
    records = lineage(
        old, new, old_keys, new_keys, user_counts=np.array(list(pairs.values()))
    )
    return [
        tuple(None if value is NONE else value for value in record)
        for record in records.astype(object).where(records.notna(), None).values
    ]


def test_who_stays_is_kept():
    pairs = {(0, 0): 90, (0, 1): 10, (1, 1): 60, (NONE, 1): 30}
    assert told(pairs, [3, 7], [3, 7]) == [
        ("kept", 3, 3, 90, 0.9, 1),
        ("kept", 7, 7, 60, 1, 0.6),
    ]


def test_a_split_has_its_two_parts():
    assert told({(0, 0): 60, (0, 1): 40}, [3], [3, 8]) == [
        ("kept", 3, 3, 60, 0.6, 1),
        ("split", 3, 8, 40, 0.4, 1),
    ]


def test_parts_of_a_segment_that_is_gone_are_split_from_it():
    assert told({(0, 0): 60, (0, 1): 40}, [3], [8, 9]) == [
        ("retired", 3, None, 60, 0.6, 1),
        ("split", 3, 8, 60, 0.6, 1),
        ("split", 3, 9, 40, 0.4, 1),
    ]


def test_a_segment_that_is_gone_merges_into_the_one_that_has_most_of_it():
    assert told({(0, 0): 90, (1, 0): 60, (1, NONE): 40}, [3, 4], [3]) == [
        ("kept", 3, 3, 90, 1, 0.6),
        ("merged", 4, 3, 60, 0.6, 0.4),
    ]


def test_two_equal_segments_can_merge_into_a_new_one():
    assert told({(0, 0): 50, (1, 0): 50}, [3, 4], [8]) == [
        ("merged", 3, 8, 50, 1, 0.5),
        ("merged", 4, 8, 50, 1, 0.5),
        ("born", None, 8, 50, 1, 0.5),
    ]


def test_half_is_not_most():
    pairs = {(0, 0): 50, (0, 1): 50, (1, 1): 50, (1, 2): 50, (NONE, 2): 50}
    events = told(pairs, [1, 2], [1, 3, 4])
    assert [event[0] for event in events] == ["kept", "retired", "born", "born"]


def test_who_comes_and_who_leaves_decides_too():
    # Of 100 users each, 10 stayed: they tell nothing of the other 90.
    pairs = {(0, 0): 90, (1, 0): 10, (1, NONE): 90, (0, 1): 10, (NONE, 1): 90}
    assert told(pairs, [1, 2], [1, 3]) == [
        ("kept", 1, 1, 90, 0.9, 0.9),
        ("retired", 2, None, 10, 0.1, 0.1),
        ("born", None, 3, 10, 0.1, 0.1),
    ]


def test_the_first_segments_are_born():
    assert told({(NONE, 0): 6, (NONE, 1): 4}, [], [1, 2]) == [
        ("born", None, 1, 0, 0, 0),
        ("born", None, 2, 0, 0, 0),
    ]


def random_versions(seed):
    """Users, positions and keys of two versions that share some of their keys."""
    generator = np.random.default_rng(seed)
    old_count, new_count = generator.integers(1, 7, size=2)
    old = generator.integers(NONE, old_count, size=200)
    # Many follow a rule, so that every event happens.
    rule = generator.integers(NONE, new_count, size=old_count + 1)
    noise = generator.integers(NONE, new_count, size=200)
    new = np.where(generator.random(200) < generator.random(), rule[old], noise)
    old_keys = generator.permutation(10)[:old_count] + 1
    kept = old_keys[: generator.integers(0, min(old_count, new_count) + 1)]
    new_keys = np.append(kept, 11 + np.arange(new_count - len(kept)))
    return old, new, old_keys, generator.permutation(new_keys)


def test_every_key_has_one_event_and_each_event_happens():
    seen = set()
    for seed in range(200):
        old, new, old_keys, new_keys = random_versions(seed)
        records = lineage(old, new, old_keys, new_keys)
        of_old = records[records["event"].isin(EVENTS_OF_OLD)]
        of_new = records[records["event"].isin(EVENTS_OF_NEW)]
        assert sorted(of_old["old_key"]) == sorted(old_keys)
        assert sorted(of_new["new_key"]) == sorted(new_keys)
        assert set(of_old.index) | set(of_new.index) == set(records.index)
        kept = records[records["event"] == "kept"]
        assert (kept["old_key"] == kept["new_key"]).all()
        assert set(kept["old_key"]) == set(old_keys) & set(new_keys)
        assert records.loc[records["event"] == "born", "old_key"].isna().all()
        assert records.loc[records["event"] == "retired", "new_key"].isna().all()
        decided = records[records["event"].isin(["merged", "split"])]
        assert decided[["old_key", "new_key"]].notna().all(axis=None)
        # A segment never merges into its own part.
        assert not decided.duplicated(["old_key", "new_key"]).any()
        seen |= set(records["event"])
    assert seen == {*EVENTS_OF_OLD, *EVENTS_OF_NEW}


def test_neither_the_order_of_users_nor_that_of_segments_matters():
    for seed in range(50):
        old, new, old_keys, new_keys = random_versions(seed)
        generator = np.random.default_rng(seed)
        users = generator.permutation(len(old))
        places = [generator.permutation(len(keys)) for keys in (old_keys, new_keys)]
        moved = [
            np.append(np.argsort(order), NONE)[labels[users]]
            for order, labels in zip(places, (old, new), strict=True)
        ]
        reordered = lineage(*moved, old_keys[places[0]], new_keys[places[1]])
        assert reordered.equals(lineage(old, new, old_keys, new_keys))


def test_rows_can_stand_for_many_users():
    old, new, old_keys, new_keys = random_versions(3)
    pairs, counts = np.unique([old, new], axis=1, return_counts=True)
    counted = lineage(*pairs, old_keys, new_keys, user_counts=counts)
    assert counted.equals(lineage(old, new, old_keys, new_keys))


def cloud(generator, places):
    return np.array(places) + generator.normal(scale=SPREAD, size=(len(places), 2))


@pytest.fixture(params=range(3))
def refitted(request):
    """From the places of users before and after to the events, by letters.

    A user who is not there has no place. Of every segment the key is named by the
    letter of the place where most of its first users were.
    """
    generator = np.random.default_rng(request.param)

    def events(places):
        before, after = zip(*places, strict=True)
        is_old, is_new = (
            np.array([place is not None for place in time]) for time in (before, after)
        )
        old = fit_segments(cloud(generator, [p for p in before if p]), 4)
        count = len({place for place in after if place})
        new = refit(cloud(generator, [p for p in after if p]), count, old.centroids)
        old_keys = np.arange(1, 5)
        matching = match_segments(old.centroids, new.segments.centroids)
        new_keys = assign_keys(matching, old_keys, 4)
        old_labels = np.full(len(places), NONE)
        new_labels = np.full(len(places), NONE)
        old_labels[is_old] = old.labels
        new_labels[is_new] = new.segments.labels
        names = {}
        for letter, place in AT.items():
            users = np.array([p == place for p in before])
            names[old_keys[old_labels[users][0]]] = letter
        records = lineage(old_labels, new_labels, old_keys, new_keys)
        return sorted(
            (record.event, names.get(record.old_key), names.get(record.new_key, "new"))
            if record.event != "retired"
            else (record.event, names[record.old_key], None)
            for record in records.astype(object).itertuples()
            if record.event != "kept"
        )

    return events


def staying(letters, count=100):
    return [(AT[letter], AT[letter]) for letter in letters for _ in range(count)]


def test_nothing_happens_where_nothing_was_planted(refitted):
    assert refitted(staying("abcd")) == []


def test_a_planted_split_is_found(refitted):
    parts = [(AT["d"], (20, 19))] * 70 + [(AT["d"], (20, 32))] * 30
    assert refitted(staying("abc") + parts) == [("split", "d", "new")]


def test_a_planted_merger_is_found(refitted):
    assert refitted(staying("abc") + [(AT["d"], AT["c"])] * 60) == [
        ("merged", "d", "c")
    ]


def test_a_planted_birth_is_found(refitted):
    few = [(AT[letter], (40, 40)) for letter in "abcd" for _ in range(5)]
    born = [(None, (40, 40))] * 40 + few
    assert refitted(staying("abcd") + born) == [("born", None, "new")]


def test_a_planted_death_is_found(refitted):
    scattered = [(AT["d"], AT[letter]) for letter in "abc" for _ in range(5)]
    assert refitted(staying("abc") + [(AT["d"], None)] * 85 + scattered) == [
        ("retired", "d", None)
    ]


def test_a_planted_replacement_is_a_death_and_a_birth(refitted):
    gone, come = [(AT["d"], None)] * 100, [(None, (-20, -20))] * 100
    assert refitted(staying("abc") + gone + come) == [
        ("born", None, "new"),
        ("retired", "d", None),
    ]
