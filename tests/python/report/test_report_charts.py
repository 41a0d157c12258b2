"""What the report's charts make of rows, in cases worked by hand."""

import datetime
import math
from types import SimpleNamespace

import pytest

from user_segmentation.report.cards import (
    cards,
    commonest,
    commonest_items,
    strongest,
)
from user_segmentation.report.charts.count_curve import count_curve
from user_segmentation.report.charts.flows import flows, newest_moves, users_of
from user_segmentation.report.charts.heat_map import cell, shade
from user_segmentation.report.charts.outcome_lift import outcome_lifts
from user_segmentation.report.charts.radar import CENTER, RADIUS, radar, shown_features
from user_segmentation.report.charts.user_map import user_map
from user_segmentation.report.words import MINUS, at_least


def segment(order, **columns):
    defaults = {
        "segment_key": f"s-{order}",
        "segment_name": f"Segment {order}",
        "user_count": 10,
        "user_share": 0.5,
    }
    return SimpleNamespace(look=order, sort_order=order, **(defaults | columns))


def trait(feature, difference, *, key="s-1", **columns):
    defaults = {
        "role": "basis",
        "block": "all",
        "label": feature.title(),
        "segment_name": "One",
        "unit": "hours",
        "index": 100,
        "mean": 1,
        "population_mean": 1,
        "user_count": 7,
        "is_distinctive": True,
        "is_suppressed": False,
        "is_outside_basis": False,
        "certain_difference": difference,
    }
    return SimpleNamespace(
        feature=feature,
        segment_key=key,
        standardised_difference=difference,
        **(defaults | columns),
    )


def distance(place):
    return math.dist(place, CENTER)


def test_all_users_are_a_ring_halfway_out_and_axes_share_a_scale():
    differences = {"a": 0, "b": 2, "c": -2, "d": 1}
    chart = radar([segment(1)], [trait(*pair) for pair in differences.items()])
    assert [distance(place) for place in chart.outlines[0].places] == pytest.approx(
        [RADIUS / 2, RADIUS, 0, 0.75 * RADIUS]
    )
    rings = {ring.value: ring.radius for ring in chart.rings}
    assert rings == pytest.approx(
        {-1: RADIUS / 4, 0: RADIUS / 2, 1: 0.75 * RADIUS, 2: RADIUS}
    )


def test_small_differences_look_small():
    chart = radar([segment(1)], [trait(name, 0.1) for name in "abc"])
    assert distance(chart.outlines[0].places[0]) == pytest.approx(0.55 * RADIUS)


def test_the_radar_shows_what_formed_the_segments_and_at_least_three_axes():
    traits = [
        trait("small", 0.1, block="b"),
        trait("large", -0.2, block="b"),
        trait("large", 3, key="s-2", block="b"),
        trait("told", 2, role="outcome", block="a"),
        trait("other", 1, role="descriptor", block="a"),
    ]
    names = [found.feature for found in shown_features(traits)]
    assert names == ["told", "large", "small"]
    formed = [trait(name, 1) for name in "abc"]
    filled = [*formed[:2], trait("x", 1, role="outcome")]
    assert radar([segment(1)], formed).is_of_basis
    assert not radar([segment(1)], filled).is_of_basis


def test_two_spokes_make_no_radar():
    assert radar([segment(1)], [trait("a", 1), trait("b", 1)]) is None


def test_where_all_is_hidden_there_is_no_radar():
    hidden = trait("a", None, user_count=None, index=None, is_suppressed=True)
    assert radar([segment(1)], [hidden]) is None
    assert cell(hidden, 20).text == "hidden"
    assert cell(hidden, 20).title == "One: it would tell of a few users"
    assert cell(trait("a", None, user_count=0), 20).text != "hidden"


@pytest.mark.parametrize(
    ("difference", "said"),
    [(0.62, "at least +0.62"), (-0.31, f"at most {MINUS}0.31")],
)
def test_a_hidden_cell_and_bar_say_what_is_certain(difference, said):
    hidden = trait(
        "a", None, user_count=None, is_suppressed=True, certain_difference=difference
    )
    title = f"One: it would tell of a few users; {said} standard deviations"
    assert cell(hidden, 20).title == title
    (own,) = cards(
        [segment(1, verdict="strong", jaccard=1)],
        SimpleNamespace(
            segment_traits=[hidden],
            segment_rules=[],
            segment_answers=[],
            segment_list_items=[],
            segment_claims=[],
        ),
    )
    assert own.formed[0].bar_width == pytest.approx(25 * abs(difference))
    assert at_least(difference) == said


def test_the_radar_shows_the_ten_largest_differences():
    traits = [trait(f"f{number:02}", number) for number in range(12)]
    names = [found.feature for found in shown_features(traits)]
    assert names == [f"f{number:02}" for number in range(2, 12)]


@pytest.mark.parametrize(
    ("index", "difference", "text", "expected"),
    [
        (100, 0, "100", 0),
        (200, 1, "200", 4),
        (50, -1, "50", -4),
        (1234.5, 3, "1,234", 4),
        (0, -3, "0", -4),
        (141.5, 0.1, "142", 2),
        (None, 0.5, "+0.5", 2),
        (None, -0.04, "0.0", 0),
    ],
)
def test_a_cell_shows_the_index_or_else_the_difference(
    index, difference, text, expected
):
    found = cell(trait("a", difference, index=index), 7)
    assert (found.text, found.shade) == (text, expected)


def test_shades_end_at_four():
    assert [shade(strength) for strength in (-9, -0.5, 0.1, 9)] == [-4, -2, 0, 4]


def point(x, y, key="s-1", kind="user"):
    return SimpleNamespace(
        x=x,
        y=y,
        segment_key=key,
        point_kind=kind,
        x_variance_share=0.5,
        y_variance_share=0.25,
    )


def test_a_unit_is_as_long_in_both_directions_of_the_map():
    rows = [point(*place, kind="centre") for place in [(0, 0), (1, 0), (0, 1)]]
    chart = user_map([segment(1)], rows)
    # A circle begins at its left end.
    starts = [
        tuple(map(float, centre.path[1:].split("a")[0].split()))
        for centre in chart.centres
    ]
    (x, y), (right, _), (_, top) = starts
    assert right - x == pytest.approx(y - top, abs=0.11)
    assert right > x


@pytest.mark.parametrize("rows", [[], [point(0, 0)], [point(3, 3), point(3, 3)]])
def test_a_map_of_nobody_and_of_equals_is_no_error(rows):
    assert len(user_map([segment(1)], rows).points) == len(rows)


def tried(count, strength, **columns):
    defaults = {
        "worst_jaccard": 0.9,
        "gain": 0.1,
        "smallest_share": 0.2,
        "is_chosen": False,
    }
    return SimpleNamespace(
        segment_count=count, prediction_strength=strength, **(defaults | columns)
    )


def test_the_curve_runs_from_zero_to_one_and_leaves_one_segment_out():
    chart = count_curve([tried(1, None), tried(2, 0), tried(3, 0.5), tried(4, 1)])
    (low, middle, high) = (mark.y for mark in chart.tried)
    assert middle == pytest.approx((low + high) / 2)
    places = dict(chart.ticks)
    assert (places[0], places[1]) == pytest.approx((low, high))
    value, place = chart.limit
    assert place == pytest.approx(low + value * (high - low))


def test_one_number_alone_makes_a_curve():
    assert len(count_curve([tried(3, 0.5)]).tried) == 1
    assert count_curve([tried(1, None)]).tried == ()


LABELS = {
    "segments": "Segments",
    "leading_feature_quartiles": "Length of a visit in minutes",
    "protected_cells": "Age and gender",
    "random_labels": "Chance",
}


def lift(grouping, value, low, high, **columns):
    defaults = {
        "outcome": "conversion",
        "label": "Conversion",
        "corrected_variance_explained": 0.1,
        "highest_lift_group": "s-1",
        "beats_baselines": None,
    }
    return SimpleNamespace(
        grouping=grouping,
        grouping_label=LABELS[grouping],
        highest_lift=value,
        lift_low=low,
        lift_high=high,
        **(defaults | columns),
    )


def test_lifts_have_one_scale_with_all_users_in_view():
    (chart,) = outcome_lifts(
        "conversion",
        [
            lift("segments", 2, 1.5, 3, beats_baselines=True),
            lift("random_labels", 1.5, None, None),
            lift("protected_cells", None, None, None, highest_lift_group=None),
        ],
        {"s-1": "One"},
    )
    ours, rule, chance = chart.rows
    assert (ours.label, rule.label, chance.label) == (
        *("Segments", "Age and gender", "Chance"),
    )
    assert chance.x == pytest.approx(ours.low)
    assert (ours.x - chart.all_users) * 2 == pytest.approx(ours.high - chart.all_users)
    assert rule.x is None
    assert chart.beats_baselines
    assert chart.baselines == "groups by “Age and gender” and chance"


def test_baselines_are_named_by_what_is_declared():
    rows = [lift(grouping, 1, 1, 1) for grouping in reversed(LABELS)]
    (chart,) = outcome_lifts(None, rows, {})
    assert not chart.is_own
    assert [row.label for row in chart.rows][1] == "Length of a visit…"
    assert chart.baselines == (
        "quarters by “Length of a visit in minutes”, groups by “Age and gender” "
        "and chance"
    )
    (alone,) = outcome_lifts(None, rows[3:] + rows[:1], {})
    assert alone.baselines == "chance"


def test_the_outcome_of_the_objective_comes_first():
    rows = [
        lift("segments", 1, 1, 1, outcome=outcome)
        for outcome in ("amount", "conversion", "visits")
    ]
    charts = outcome_lifts("visits", rows, {})
    assert [chart.outcome for chart in charts] == ["visits", "amount", "conversion"]
    assert [chart.is_own for chart in charts] == [True, False, False]


def move(source, target, count, *, day=2, cause="user"):
    return SimpleNamespace(
        from_segment_name=source,
        to_segment_name=target,
        user_count=count,
        moved_at=datetime.datetime(2026, 1, day),
        cause=cause,
    )


def test_nodes_are_as_high_as_their_users_are_many():
    chart = flows([move("a", "b", 30), move("a", None, 10), move(None, "b", 20)])
    heights = {node.name: node.height for node in chart.nodes}
    assert heights["a"] / heights["New users"] == pytest.approx(40 / 20)
    assert heights["b"] / heights["Left"] == pytest.approx(50 / 10)
    assert sorted(flow.users for flow in chart.flows) == ["10", "20", "30"]


def test_moves_of_several_causes_are_one_band():
    chart = flows([move("a", "b", 3), move("a", "b", 4, cause="model")])
    assert [flow.users for flow in chart.flows] == ["7"]


def test_hidden_moves_are_not_drawn_and_are_told():
    moves = [move("a", "b", 30), move("a", "b", None), move("a", None, None)]
    chart = flows(moves)
    assert [flow.users for flow in chart.flows] == ["30 or more"]
    assert {node.name: node.users for node in chart.nodes} == {
        "a": "30 or more",
        "b": "30 or more",
    }
    assert users_of(moves[2:]) == "hidden"
    assert flows(moves[1:]) is None


def test_only_the_newest_moves_are_shown():
    old, new = move("a", "b", 1, day=1), move("a", "b", 2, day=2)
    assert newest_moves([old, new]) == [new]
    assert newest_moves([old, new, move(None, "b", 3)])[1:] == [move(None, "b", 3)]


def test_a_build_to_which_everybody_came_has_no_moves():
    assert newest_moves([move(None, "a", 1), move(None, "b", 2)]) == []
    assert newest_moves([]) == []


def test_cards_show_distinctive_traits_the_largest_first():
    traits = [
        trait("weak", 9, is_distinctive=False),
        trait("a", 0.5),
        trait("b", -2),
    ]
    assert [found.feature for found in strongest(traits)] == ["b", "a"]


def test_cards_show_the_commonest_items_of_each_list_by_its_label():
    def item(label, name, index):
        return SimpleNamespace(
            attribute_label=label,
            item=name,
            index=index,
            is_suppressed=False,
            is_distinctive=True,
        )

    rows = [item("Sports", f"sport {index}", 100 + index) for index in range(6)]
    rows += [item("Pets", "dog", 150), item("Pets", "cat", 90), item("Cars", "van", 50)]
    found = {
        label: [row.item for row in items] for label, items in commonest_items(rows)
    }
    assert found == {
        "Pets": ["dog"],
        "Sports": ["sport 5", "sport 4", "sport 3", "sport 2"],
    }


def test_cards_show_no_answer_that_is_hidden_or_rarer():
    def answer(name, index, *, hidden=False, distinctive=True):
        return SimpleNamespace(
            answer=name,
            index=index,
            is_suppressed=hidden,
            is_distinctive=distinctive,
        )

    answers = [
        answer("rare", 50),
        answer("plain", 120, distinctive=False),
        answer("hidden", None, hidden=True, distinctive=False),
        answer("double", 200),
        answer("most", 300),
    ]
    assert [found.answer for found in commonest(answers)] == ["most", "double"]
