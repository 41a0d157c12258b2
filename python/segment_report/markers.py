"""Shapes and colours that tell segments apart, by their order of size.

Each segment has a shape and a colour of its own, so that neither speaks alone. The
colours, in the style sheet, are those of Okabe and Ito (2008), which people see apart
who see few colours; lines are as dark, or as bright, as they must be to stand out.
"""

# Half the side of a shape of the same area as a circle with radius 1.
SQUARE = 0.886
DIAMOND = 1.253
TRIANGLE = 1.347

MOST_SEGMENTS = 8


def marker(number, x, y, size):
    """Path of the shape of a segment.

    Parameters
    ----------
    number : int
        Place of the segment by size, from 1; shapes repeat after the eighth.
    x, y : float
        Centre of the shape.
    size : float
        Radius of a circle; the other shapes are as large.

    Returns
    -------
    str
    """
    shape = (number - 1) % MOST_SEGMENTS
    corners = _SHAPES[shape]
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
