"""What the report says of a verdict, its evidence and its segments."""

from types import SimpleNamespace

import pytest

from user_segmentation.report.cards import remark
from user_segmentation.report.verdicts import evidence_of


def segmentation(**changed):
    """A row of the mart segmentations that meets all that is asked for."""
    met = {
        "gain": 0.3,
        "p_value": 0.01,
        "copy_count": 99,
        "worst_jaccard": 0.9,
        "prediction_strength": 0.9,
        "border_density": 0.1,
        "group_gain": 0.2,
        "group_p_value": 0.02,
        "group_copy_count": 49,
    }
    return SimpleNamespace(**met | changed)


def test_all_that_is_asked_for_may_be_met():
    evidence = evidence_of(segmentation())
    assert [item.is_met for item in evidence] == [True] * 5
    assert evidence[0].asked == (
        "asked for: 2%, for more than weak 5%, and tighter than each of 99 shuffled "
        "copies"
    )


@pytest.mark.parametrize(
    ("place", "changed"),
    [
        (0, {"gain": 0.04}),
        (1, {"worst_jaccard": 0.74}),
        (2, {"prediction_strength": 0.79}),
        (3, {"border_density": 0.51}),
        (4, {"group_gain": 0.049}),
        (4, {"group_p_value": 0.04}),
    ],
)
def test_each_criterion_of_a_verdict_is_shown_with_its_value(place, changed):
    evidence = evidence_of(segmentation(**changed))
    assert [not item.is_met for item in evidence] == [
        position == place for position in range(5)
    ]


@pytest.mark.parametrize(
    ("p_value", "copy_count", "said"),
    [
        (0.6, 19, "; 11 of 19 were as tight, and the test stopped early"),
        (0.1, 19, "; 1 of 19 were as tight, and the test stopped early"),
        (0.02, 99, "; 1 of 99 were as tight"),
    ],
)
def test_a_test_that_stopped_does_not_speak_of_copies_that_were_not_made(
    p_value, copy_count, said
):
    tighter, *_ = evidence_of(segmentation(p_value=p_value, copy_count=copy_count))
    assert not tighter.is_met
    assert tighter.asked.endswith(f"shuffled copies{said}")


def test_limits_are_not_reached_by_rounding():
    evidence = evidence_of(
        segmentation(
            gain=0.0196,
            worst_jaccard=0.7499,
            prediction_strength=0.799,
            border_density=0.501,
            group_gain=0.0499,
        )
    )
    assert [item.answer for item in evidence] == [
        *("1.9%", "0.74", "0.79", "0.51", "4.9%")
    ]
    assert not any(item.is_met for item in evidence)


def trait(**changed):
    usual = {
        "role": "basis",
        "unit": "share",
        "label": "Uses a tablet",
        "mean": 1.0,
        "population_mean": 0.235,
        "standardised_difference": 1.8,
        "is_suppressed": False,
    }
    return SimpleNamespace(**usual | changed)


def segment(**changed):
    usual = {"verdict": "none", "jaccard": 1.0, "user_share": 0.235}
    return SimpleNamespace(**usual | changed)


def test_a_slice_that_comes_back_is_said_to_be_an_answer_where_it_is_one():
    assert remark(segment(), [trait()]) == (
        "It comes back, and may lie apart on the map, because it is one answer "
        "(“Uses a tablet”: 100% of it, 24% of all users), which shuffled data has as "
        "well."
    )


def test_a_slice_may_be_an_answer_that_was_not_given():
    without = trait(mean=0.0, population_mean=0.75, standardised_difference=-1.7)
    said = remark(segment(user_share=0.25), [without])
    assert "(no “Uses a tablet”: 100% of it, 25% of all users)" in said


@pytest.mark.parametrize(
    "other",
    [
        # Half of those who gave it are elsewhere.
        trait(population_mean=0.47),
        trait(mean=0.5, population_mean=0.12),
        trait(role="descriptor"),
        trait(unit="hours", mean=1.0),
    ],
)
def test_a_slice_that_is_no_answer_is_not_said_to_be_one(other):
    assert remark(segment(), [other]).startswith("It comes back when users are drawn")


@pytest.mark.parametrize("changed", [{"verdict": "weak"}, {"jaccard": 0.74}])
def test_nothing_is_said_of_what_has_structure_or_does_not_come_back(changed):
    assert remark(segment(**changed), [trait()]) == ""
