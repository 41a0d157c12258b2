"""The heat map: every segment's features beside those of all users, with numbers."""

import math
from dataclasses import dataclass

from user_segmentation.report.words import (
    DASH,
    HIDDEN,
    at_least,
    known_of,
    number,
    quantity,
    signed,
)

# Colours on each side of 0: a half or a double, or a standard deviation, has the last.
SHADES = 4
ROLES = {
    "basis": "What formed the segments",
    "outcome": "Outcomes, which had no part in it",
    "descriptor": "What else sets a segment apart",
    "protected": "What may not form segments, and sets one apart",
}


@dataclass(frozen=True)
class Cell:
    """A number, its shade from -4 to 4, and what it says in full."""

    text: str
    shade: int
    is_distinctive: bool
    title: str


@dataclass(frozen=True)
class Line:
    """A feature with a cell for each segment."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """Features that play the same part."""

    title: str
    lines: tuple[Line, ...]


def heat_map(segments, traits):
    """Lay out the table.

    Parameters
    ----------
    segments : list of rows of the mart segments
    traits : list of rows of the mart segment_traits of these segments

    Returns
    -------
    list of Group
        What formed the segments and the outcomes in full; of the others what sets at
        least one segment apart.
    """
    by_key = {(trait.segment_key, trait.feature): trait for trait in traits}
    features = {}
    for trait in sorted(traits, key=lambda trait: (trait.block, trait.feature)):
        features.setdefault((trait.role, trait.feature), []).append(trait)
    groups = []
    for role, title in ROLES.items():
        lines = [
            Line(
                found[0].label,
                tuple(
                    cell(by_key[segment.segment_key, feature], segment.user_count)
                    for segment in segments
                ),
            )
            for (its_role, feature), found in features.items()
            if its_role == role
            and (
                role in ("basis", "outcome")
                or any(trait.is_distinctive for trait in found)
            )
        ]
        if lines:
            groups.append(Group(title, tuple(lines)))
    return groups


def cell(trait, user_count):
    """The number of one segment, of so many users, and one feature.

    An index where there is one; elsewhere the standardised difference, with a sign.
    """
    if trait.is_suppressed:
        return Cell(
            text=HIDDEN,
            shade=0,
            is_distinctive=trait.is_distinctive,
            title=f"{trait.segment_name}: it would tell of a few users; "
            f"{at_least(trait.certain_difference)} standard deviations"
            if trait.certain_difference
            else f"{trait.segment_name}: it would tell of a few users",
        )
    if trait.standardised_difference is None:
        return Cell(DASH, 0, False, f"{trait.segment_name}: not known of anybody")
    if trait.index is None:
        text = signed(trait.standardised_difference, 1)
        strength = trait.standardised_difference
    else:
        text = number(round(trait.index))
        strength = math.log2(trait.index / 100) if trait.index > 0 else -1
    return Cell(
        text=text,
        shade=shade(strength),
        is_distinctive=trait.is_distinctive,
        title=(
            f"{trait.segment_name}: {quantity(trait.mean, trait.unit)}, "
            f"all users {quantity(trait.population_mean, trait.unit)}, "
            f"{signed(trait.standardised_difference)} standard deviations"
            f"{known_of(trait.user_count, user_count)}"
        ),
    )


def shade(strength):
    """The shade of a strength from -1 to 1; what is beyond has the last one."""
    return round(max(-1, min(1, strength)) * SHADES)
