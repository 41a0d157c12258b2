"""Looks that tell segments apart: a shape with each colour; neither speaks alone.

The style sheet has the colours of `seeds/segment_palette.csv`; lines are darker, and on
a dark page all are brighter, as far as they must be to stand out.
"""

# Half the side of a shape of the same area as a circle with radius 1.
SQUARE = 0.886
DIAMOND = 1.253
TRIANGLE = 1.347

MOST_SEGMENTS = 8
# Of the looks, in their order, as the mart `segments` tells them.
COLORS = (
    *("#0072b2", "#e69f00", "#009e73", "#cc79a7"),
    *("#56b4e9", "#d55e00", "#f0e442", "#666666"),
)


def looks(colors):
    """The look of each segment, from 1.

    Parameters
    ----------
    colors : list of str
        Of the segments of an objective, the largest segment first.

    Returns
    -------
    list of int
        The look with the segment's colour, so that the segment has the same one in the
        next release; by size, where the page does not have all of the colours.
    """
    if set(colors) <= set(COLORS) and len(set(colors)) == len(colors):
        return [COLORS.index(color) + 1 for color in colors]
    return [1 + place % MOST_SEGMENTS for place in range(len(colors))]


def marker(look, x, y, size):
    """Path of the shape of a look.

    Parameters
    ----------
    look : int
        From 1 to 8.
    x, y : float
        Centre of the shape.
    size : float
        Radius of a circle; the other shapes are as large.

    Returns
    -------
    str
    """
    corners = _SHAPES[look - 1]
    if corners is None:
        arc = f"a{_place(size)} {_place(size)} 0 1 0"
        there, back = _place(2 * size), _place(-2 * size)
        return f"M{_place(x - size)} {_place(y)}{arc} {there} 0{arc} {back} 0z"
    places = [(corner_x * size, corner_y * size) for corner_x, corner_y in corners]
    (first_x, first_y), *rest = places
    path = f"M{_place(x + first_x)} {_place(y + first_y)}"
    before_x, before_y = first_x, first_y
    for next_x, next_y in rest:
        path += f"l{_place(next_x - before_x)} {_place(next_y - before_y)}"
        before_x, before_y = next_x, next_y
    return path + "z"


def _place(value):
    """A number with one place at most; 0 has no sign."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _cross(arm, half, *, turned=False):
    corners = [
        *[(-half, -arm), (half, -arm), (half, -half), (arm, -half)],
        *[(arm, half), (half, half), (half, arm), (-half, arm)],
        *[(-half, half), (-arm, half), (-arm, -half), (-half, -half)],
    ]
    if not turned:
        return corners
    root = 0.5**0.5
    return [(root * (x - y), root * (x + y)) for x, y in corners]


_SHAPES = [
    None,  # a circle
    [(-SQUARE, -SQUARE), (SQUARE, -SQUARE), (SQUARE, SQUARE), (-SQUARE, SQUARE)],
    [(0, -1.5), (TRIANGLE, 0.83), (-TRIANGLE, 0.83)],
    [(0, -DIAMOND), (DIAMOND, 0), (0, DIAMOND), (-DIAMOND, 0)],
    [(0, 1.5), (TRIANGLE, -0.83), (-TRIANGLE, -0.83)],
    _cross(1.2, 0.4),
    [(-1.1, 0), (-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95)],
    _cross(1.2, 0.4, turned=True),
]
