"""The curve behind the number of segments: how well halves predict each other."""

from dataclasses import dataclass

from user_segmentation.evidence.prediction_strength import PREDICTIVE_STRENGTH
from user_segmentation.report.geometry import Scale, Tip, points, tip_beside
from user_segmentation.report.words import decimal, percent

WIDTH, HEIGHT = 640, 350
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 44, 52


@dataclass(frozen=True)
class Tried:
    """A number of segments that was tried."""

    row: object
    x: float
    y: float
    tip: Tip
    spoken: str


@dataclass(frozen=True)
class CountCurve:
    """The chart; `ticks` are pairs of a strength and a place, `limit` is one."""

    tried: tuple[Tried, ...]
    line: str
    limit: tuple[float, float]
    ticks: tuple[tuple[float, float], ...]
    left: float
    right: float
    bottom: float


def count_curve(rows):
    """Lay out the chart.

    Parameters
    ----------
    rows : list of rows of the mart segment_counts of one objective

    Returns
    -------
    CountCurve
        From 0 to 1, so that no difference looks larger than it is. One segment has
        nothing to predict and is left out.
    """
    compared = [row for row in rows if row.prediction_strength is not None]
    numbers = [row.segment_count for row in compared] or [2]
    right = WIDTH - RIGHT
    x = Scale(min(numbers), max(numbers), LEFT + 24, right - 24)
    y = Scale(0, 1, HEIGHT - BOTTOM, TOP)
    tried = []
    for row in compared:
        place = x(row.segment_count), y(row.prediction_strength)
        facts = [
            f"{row.segment_count} segments" + (", chosen" if row.is_chosen else ""),
            f"halves predict each other: {decimal(row.prediction_strength)}",
            f"least stable comes back: {decimal(row.worst_jaccard)}",
            f"tighter than shuffled: {percent(row.gain)}",
            f"smallest segment: {percent(row.smallest_share)}",
        ]
        tried.append(
            Tried(
                row, *place, tip_beside(*place, facts, WIDTH, HEIGHT), "; ".join(facts)
            )
        )
    return CountCurve(
        tried=tuple(tried),
        line=points((mark.x, mark.y) for mark in tried),
        limit=(PREDICTIVE_STRENGTH, y(PREDICTIVE_STRENGTH)),
        ticks=tuple((value / 4, y(value / 4)) for value in range(5)),
        left=LEFT,
        right=right,
        bottom=HEIGHT - BOTTOM,
    )
