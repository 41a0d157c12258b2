"""The radar chart: what formed the segments, in standard deviations from all users."""

import math
from dataclasses import dataclass

from user_segmentation.report.geometry import (
    Scale,
    Tip,
    on_circle,
    points,
    tip_beside,
    wedge,
)
from user_segmentation.report.words import short, short_name, signed, wrapped

WIDTH, HEIGHT = 760, 590
CENTER = (380, 300)
RADIUS = 222
LABEL_RADIUS = RADIUS + 22
LABEL_LINE = 15
MOST_AXES = 10
FEWEST_AXES = 3


@dataclass(frozen=True)
class Axis:
    """A feature: a spoke, its label and what a pointer over it shows."""

    feature: str
    label: str
    end: tuple[float, float]
    label_lines: tuple[str, ...]
    label_x: float
    label_y: float
    anchor: str
    area: str
    values: tuple[float, ...]
    tip: Tip
    spoken: str


@dataclass(frozen=True)
class Outline:
    """A segment: a closed line with a mark on each axis."""

    segment: object
    points: str
    places: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Ring:
    """A value: the same distance from all users on every axis."""

    value: int
    radius: float
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Radar:
    """The chart."""

    axes: tuple[Axis, ...]
    outlines: tuple[Outline, ...]
    rings: tuple[Ring, ...]
    is_of_basis: bool


def radar(segments, traits):
    """Lay out the chart.

    Parameters
    ----------
    segments : list of rows of the mart segments, the largest first
    traits : list of rows of the mart segment_traits of these segments

    Returns
    -------
    Radar
        All users are the ring at 0, halfway from the centre; every axis has the same
        scale, so that a small difference looks small. None where too little may be
        shown to make a chart.
    """
    differences = {
        (trait.segment_key, trait.feature): trait.standardised_difference
        for trait in traits
    }
    shown = shown_features(traits)
    if len(shown) < FEWEST_AXES:
        return None
    largest = max(
        (
            abs(differences[segment.segment_key, trait.feature])
            for segment in segments
            for trait in shown
        ),
        default=0,
    )
    limit = max(1.0, math.ceil(2 * largest) / 2)
    scale = Scale(-limit, limit, 0, RADIUS)
    count = len(shown)
    axes = tuple(
        _axis(trait, place / count, 1 / count, segments, differences)
        for place, trait in enumerate(shown)
    )
    outlines = []
    for segment in segments:
        places = tuple(
            on_circle(
                CENTER,
                scale(differences[segment.segment_key, trait.feature]),
                place / count,
            )
            for place, trait in enumerate(shown)
        )
        outlines.append(Outline(segment, points(places), places))
    whole = range(-math.floor(limit), math.floor(limit) + 1)
    rings = tuple(
        # Between the last axis and the first, where no mark is.
        Ring(value, scale(value), *on_circle(CENTER, scale(value), -1 / (2 * count)))
        for value in whole
        if value > -limit
    )
    is_of_basis = all(trait.role == "basis" for trait in shown)
    return Radar(axes, tuple(outlines), rings, is_of_basis)


def shown_features(traits):
    """One trait for each feature on an axis, those of a block side by side.

    What formed the segments comes first, by the largest difference of any segment;
    others fill up to three axes, fewer of which make no chart. What is known of nobody
    in some segment has no place on an axis.
    """
    largest = {}
    unknown = {t.feature for t in traits if t.standardised_difference is None}
    for trait in traits:
        if trait.feature in unknown:
            continue
        found = largest.setdefault(trait.feature, trait)
        if abs(trait.standardised_difference) > abs(found.standardised_difference):
            largest[trait.feature] = trait
    ranked = sorted(
        largest.values(),
        key=lambda trait: (
            trait.role != "basis",
            -abs(trait.standardised_difference),
            trait.feature,
        ),
    )
    formed = [trait for trait in ranked if trait.role == "basis"][:MOST_AXES]
    shown = formed if len(formed) >= FEWEST_AXES else ranked[:FEWEST_AXES]
    return sorted(shown, key=lambda trait: (trait.block, trait.feature))


def _axis(trait, turn, width, segments, differences):
    end = on_circle(CENTER, RADIUS, turn)
    label_x, label_y = on_circle(CENTER, LABEL_RADIUS, turn)
    lines = tuple(wrapped(trait.label))
    side = label_x - CENTER[0]
    upwards = (len(lines) - 1) * LABEL_LINE * (1 - (label_y - CENTER[1]) / LABEL_RADIUS)
    values = [
        (segment, differences[segment.segment_key, trait.feature])
        for segment in segments
    ]
    texts = [f"{signed(value)}  {short_name(segment, 34)}" for segment, value in values]
    return Axis(
        feature=trait.feature,
        label=trait.label,
        end=end,
        label_lines=lines,
        label_x=label_x,
        label_y=label_y - upwards / 2 + 4,
        anchor="middle" if abs(side) < 1 else "start" if side > 0 else "end",
        area=wedge(CENTER, RADIUS + 12, turn - width / 2, turn + width / 2),
        values=tuple(value for _, value in values),
        # On the other side of the centre, off the axis that it is about.
        tip=tip_beside(
            *on_circle(CENTER, RADIUS / 4, turn + 1 / 2),
            *([short(trait.label, 60), *texts], WIDTH, HEIGHT),
        ),
        spoken=f"{trait.label}: "
        + "; ".join(
            f"{segment.segment_name} {signed(value)}" for segment, value in values
        ),
    )
