"""Where marks stand: pure functions from numbers to places.

A place is in the units of an SVG view box: x to the right, y down.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """A straight line from values to places.

    Attributes
    ----------
    low, high : float
        Values at the two ends.
    start, end : float
        Places of the two ends.
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value):
        """The place of a value; the middle where all values are the same."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def on_circle(center, radius, turn):
    """The place on a circle after a turn (0 to 1), clockwise from the top."""
    angle = 2 * math.pi * turn
    x, y = center
    return x + radius * math.sin(angle), y - radius * math.cos(angle)


def points(places):
    """Places as the points of a polygon or a line."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def wedge(center, radius, start, end):
    """Path of a slice of a circle between two turns."""
    x, y = center
    (from_x, from_y), (to_x, to_y) = (
        on_circle(center, radius, turn) for turn in (start, end)
    )
    is_large = int(end - start > 1 / 2)
    return (
        f"M{x:.1f} {y:.1f}L{from_x:.1f} {from_y:.1f}"
        f"A{radius:.1f} {radius:.1f} 0 {is_large} 1 {to_x:.1f} {to_y:.1f}Z"
    )


def band(start_x, start_top, end_x, end_top, height):
    """Path of a band of even height that swings from one column to another."""
    middle = (start_x + end_x) / 2
    return (
        f"M{start_x:.1f} {start_top:.1f}"
        f"C{middle:.1f} {start_top:.1f} {middle:.1f} {end_top:.1f} "
        f"{end_x:.1f} {end_top:.1f}"
        f"v{height:.1f}"
        f"C{middle:.1f} {end_top + height:.1f} {middle:.1f} {start_top + height:.1f} "
        f"{start_x:.1f} {start_top + height:.1f}Z"
    )


def ticks(low, high, most=6):
    """Round values from low to high, ends included where they are round.

    The step is 1, 2 or 5 times a power of ten, the smallest that needs at most so many
    ticks.
    """
    if high <= low:
        return [low]
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    step = next(
        power * factor
        for factor in (1, 2, 5, 10, 20)
        if math.floor(high / (power * factor) + 1e-9)
        - math.ceil(low / (power * factor) - 1e-9)
        < most
    )
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [round(step * count, 10) + 0.0 for count in range(first, last + 1)]


@dataclass(frozen=True)
class Tip:
    """A box of text beside a mark, inside the view box where it fits."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


# Of the tips' text, in units of the view box.
LINE_HEIGHT = 17
CHARACTER_WIDTH = 7.1
PADDING = 9
DISTANCE = 10


def tip_beside(x, y, lines, view_width, view_height):
    """The box of text for a mark at a place.

    It stands to the right above the mark, and turns to the other side where it would
    leave the view.
    """
    width = max(map(len, lines)) * CHARACTER_WIDTH + 2 * PADDING
    height = len(lines) * LINE_HEIGHT + 2 * PADDING - 4
    left = x + DISTANCE
    if left + width > view_width:
        left = max(0, x - DISTANCE - width)
    if left + width > view_width:
        left = max(0, view_width - width)
    top = min(max(0, y - DISTANCE - height), max(0, view_height - height))
    return Tip(left, top, width, height, tuple(lines))
