"""The map of users: two directions, overlap as it is."""

from dataclasses import dataclass

from user_segmentation.report.geometry import Scale, Tip, tip_beside
from user_segmentation.report.markers import marker
from user_segmentation.report.words import number, percent, short_name

WIDTH, HEIGHT = 720, 520
MARGIN = 34
POINT_SIZE = 3
CENTRE_SIZE = 9
# Where every user is the same there is no width to divide by.
SMALLEST_WIDTH = 1e-9


@dataclass(frozen=True)
class Point:
    """A user: a mark of its segment."""

    path: str
    segment: object


@dataclass(frozen=True)
class Centre:
    """The centre of a segment."""

    row: object
    path: str
    segment: object
    tip: Tip
    spoken: str


@dataclass(frozen=True)
class UserMap:
    """The chart, and what share of the users' differences each direction holds."""

    points: tuple[Point, ...]
    centres: tuple[Centre, ...]
    zero_x: float
    zero_y: float
    x_share: float
    y_share: float


def user_map(segments, rows):
    """Lay out the chart.

    Parameters
    ----------
    segments : list of rows of the mart segments, with their `look`
    rows : list of rows of the mart segment_map of the objective

    Returns
    -------
    UserMap
        Points in the order of the sample, which mixes the segments: none lies on top
        of the others. Both directions have the same scale.
    """
    by_key = {segment.segment_key: segment for segment in segments}
    x, y = _scales(rows)
    points, centres = [], []
    for row in rows:
        segment = by_key[row.segment_key]
        if row.point_kind == "user":
            path = marker(segment.look, x(row.x), y(row.y), POINT_SIZE)
            points.append(Point(path, segment))
            continue
        share = f"{number(segment.user_count)} users, {percent(segment.user_share)}"
        centres.append(
            Centre(
                row=row,
                path=marker(segment.look, x(row.x), y(row.y), CENTRE_SIZE),
                segment=segment,
                tip=tip_beside(
                    x(row.x),
                    y(row.y),
                    [short_name(segment), share],
                    WIDTH,
                    HEIGHT,
                ),
                spoken=f"Centre of {segment.segment_name}: {share}",
            )
        )
    return UserMap(
        points=tuple(points),
        centres=tuple(sorted(centres, key=lambda centre: centre.segment.sort_order)),
        zero_x=x(0),
        zero_y=y(0),
        x_share=rows[0].x_variance_share if rows else 0,
        y_share=rows[0].y_variance_share if rows else 0,
    )


def _scales(rows):
    """One scale for both directions, in which all points just fit."""
    middles, widths = [], []
    for values in ([row.x for row in rows], [row.y for row in rows]):
        # The mean of all users, at 0, is always in view.
        low, high = min([0, *values]), max([0, *values])
        middles.append((low + high) / 2)
        widths.append(max(high - low, SMALLEST_WIDTH))
    unit = max(widths[0] / (WIDTH - 2 * MARGIN), widths[1] / (HEIGHT - 2 * MARGIN))
    reaches = unit * WIDTH / 2, unit * HEIGHT / 2
    return (
        Scale(middles[0] - reaches[0], middles[0] + reaches[0], 0, WIDTH),
        Scale(middles[1] - reaches[1], middles[1] + reaches[1], HEIGHT, 0),
    )
