"""Outcomes: the best group of each grouping beside all users, with its interval."""

from dataclasses import dataclass

from user_segmentation.report.geometry import Scale, Tip, ticks, tip_beside
from user_segmentation.report.words import decimal, percent, short

WIDTH, ROW_HEIGHT, TOP, BOTTOM = 500, 38, 10, 44
LEFT, RIGHT = 136, 24
# In the order in which they are shown: ours, then what costs nothing.
GROUPINGS = (
    *("segments", "leading_feature_quartiles"),
    *("protected_cells", "random_labels"),
)
# As many characters as there is room for beside a row.
LONGEST_LABEL = 18


@dataclass(frozen=True)
class Row:
    """A grouping: its label, and where its lift and interval stand, if there is one."""

    row: object
    label: str
    y: float
    x: float | None
    low: float | None
    high: float | None
    tip: Tip
    spoken: str


@dataclass(frozen=True)
class Outcome:
    """The chart of one outcome; `ticks` are pairs of a lift and a place."""

    outcome: str
    label: str
    is_own: bool
    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, float], ...]
    all_users: float
    height: float
    beats_baselines: bool
    baselines: str


def outcome_lifts(own_outcome, rows, names):
    """Lay out a chart for each outcome, the objective's own first.

    Parameters
    ----------
    own_outcome : str or None
        The outcome of the objective, if it has one.
    rows : list of rows of the mart segment_outcomes of one objective
    names : dict
        Name of each segment by its key.

    Returns
    -------
    list of Outcome
        A lift of 1, the mean of all users, is always in view.
    """
    by_outcome = {}
    for row in rows:
        by_outcome.setdefault(row.outcome, {})[row.grouping] = row
    ordered = sorted(by_outcome, key=lambda outcome: (outcome != own_outcome, outcome))
    return [
        _outcome(outcome, outcome == own_outcome, by_outcome[outcome], names)
        for outcome in ordered
    ]


def _outcome(outcome, is_own, rows, names):
    ends = [
        end
        for row in rows.values()
        for end in (row.highest_lift, row.lift_low, row.lift_high)
        if end is not None
    ]
    low, high = min([1, *ends]), max([1.2, *ends])
    scale = Scale(low, high, LEFT, WIDTH - RIGHT)
    shown = [rows[grouping] for grouping in GROUPINGS if grouping in rows]
    height = TOP + len(shown) * ROW_HEIGHT + BOTTOM
    marks = tuple(
        _row(row, names, TOP + (place + 0.5) * ROW_HEIGHT, scale, height)
        for place, row in enumerate(shown)
    )
    return Outcome(
        outcome=outcome,
        label=marks[0].row.label,
        is_own=is_own,
        rows=marks,
        ticks=tuple((value, scale(value)) for value in ticks(low, high, 5)),
        all_users=scale(1),
        height=height,
        beats_baselines=any(row.beats_baselines for row in rows.values()),
        baselines=baselines(shown),
    )


def baselines(rows):
    """The simpler groupings in a sentence, in the order in which they are shown."""
    phrases = {
        "leading_feature_quartiles": "quarters by “{}”",
        "protected_cells": "groups by “{}”",
        "random_labels": "chance",
    }
    told = [
        phrases[row.grouping].format(row.grouping_label)
        for row in rows
        if row.grouping in phrases
    ]
    return " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))


def _row(row, names, y, scale, height):
    def place(value):
        return None if value is None else scale(value)

    label = short(row.grouping_label, LONGEST_LABEL)
    group = names.get(row.highest_lift_group, row.highest_lift_group)
    explained = f"explains {percent(_explained(row))} of the differences"
    if row.highest_lift is None:
        facts = [row.grouping_label, "no multiple", explained]
    else:
        facts = [
            f"{row.grouping_label}: {decimal(row.highest_lift)} times all users",
            f"95% interval {decimal(row.lift_low)} to {decimal(row.lift_high)}",
            f"in {short(group, 36)}",
            explained,
        ]
    x = place(row.highest_lift)
    return Row(
        row=row,
        label=label,
        y=y,
        x=x,
        low=place(row.lift_low),
        high=place(row.lift_high),
        tip=tip_beside(x or LEFT, y, facts, WIDTH, height),
        spoken="; ".join(facts),
    )


def _explained(row):
    """Below 0 a grouping explains less than chance does: nothing."""
    corrected = row.corrected_variance_explained
    return None if corrected is None else max(corrected, 0)
