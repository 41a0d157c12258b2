"""Places, shapes and colours of the report's charts, in cases worked by hand."""

import csv
import re

import pytest

from conftest import ROOT
from user_segmentation.report.geometry import (
    Scale,
    band,
    on_circle,
    ticks,
    tip_beside,
    wedge,
)
from user_segmentation.report.markers import COLORS, MOST_SEGMENTS, looks, marker


def test_a_scale_is_straight_and_may_run_backwards():
    scale = Scale(0, 10, 100, 50)
    assert [scale(value) for value in (0, 5, 10, 12)] == [100, 75, 50, 40]


def test_a_scale_of_a_single_value_is_its_middle():
    assert Scale(3, 3, 0, 10)(3) == 5


@pytest.mark.parametrize(
    ("turn", "place"),
    [(0, (10, 15)), (1 / 4, (15, 20)), (1 / 2, (10, 25)), (3 / 4, (5, 20))],
)
def test_turns_go_clockwise_from_the_top(turn, place):
    assert on_circle((10, 20), 5, turn) == pytest.approx(place)


def test_a_quarter_and_three_quarters_of_a_circle():
    assert wedge((0, 0), 8, 0, 1 / 4) == "M0.0 0.0L0.0 -8.0A8.0 8.0 0 0 1 8.0 -0.0Z"
    assert "A8.0 8.0 0 1 1" in wedge((0, 0), 8, 0, 3 / 4)


def test_a_band_starts_and_ends_with_its_height():
    path = band(0, 10, 100, 40, 5)
    assert path.startswith("M0.0 10.0C50.0 10.0 50.0 40.0 100.0 40.0v5.0")
    assert path.endswith("0.0 15.0Z")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (0.9, 2.1, [1, 1.2, 1.4, 1.6, 1.8, 2]),
        (0.9, 2.6, [1, 1.5, 2, 2.5]),
        (0, 7, [0, 2, 4, 6]),
        (-3, 12, [0, 5, 10]),
        (2, 2, [2]),
    ],
)
def test_ticks_are_round_and_few(low, high, expected):
    assert ticks(low, high) == pytest.approx(expected)


@pytest.mark.parametrize("x", [0, 150, 400])
@pytest.mark.parametrize("y", [0, 100, 300])
def test_a_tip_stays_in_view(x, y):
    tip = tip_beside(x, y, ["twelve words", "or so"], 400, 300)
    assert 0 <= tip.x <= tip.x + tip.width <= 400
    assert 0 <= tip.y <= tip.y + tip.height <= 300


def test_a_tip_stands_beside_its_mark():
    tip = tip_beside(200, 150, ["short"], 400, 300)
    assert tip.x > 200
    assert tip.y + tip.height < 150


def corners(path):
    """Corners of a marker that has no arcs."""
    first, *steps = re.findall(r"[Ml](-?[\d.]+) (-?[\d.]+)", path)
    places = [complex(*map(float, first))]
    for step in steps:
        places.append(places[-1] + complex(*map(float, step)))
    return places


def area(places):
    following = [*places[1:], places[0]]
    return (
        abs(
            sum(
                (one.conjugate() * other).imag
                for one, other in zip(places, following, strict=True)
            )
        )
        / 2
    )


@pytest.mark.parametrize("number", range(2, MOST_SEGMENTS + 1))
def test_every_shape_is_as_large_as_the_circle_and_stands_in_its_place(number):
    places = corners(marker(number, 40, 60, 10))
    assert area(places) == pytest.approx(3.1416 * 10**2, rel=0.07)
    middle = sum(places) / len(places)
    assert abs(middle - complex(40, 60)) < 1.5


def test_shapes_are_all_different():
    shapes = {marker(number, 0, 0, 5) for number in range(1, MOST_SEGMENTS + 1)}
    assert len(shapes) == MOST_SEGMENTS


def test_the_circle_spans_its_radius():
    assert marker(1, 10, 20, 3) == "M7 20a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z"


def test_a_look_goes_with_the_colour_whatever_the_size():
    assert looks([COLORS[4], COLORS[0], COLORS[7]]) == [5, 1, 8]


@pytest.mark.parametrize("colors", [["#123456", COLORS[0]], [COLORS[3], COLORS[3]]])
def test_looks_go_by_size_where_the_colours_are_others_or_shared(colors):
    assert looks(colors) == [1, 2]


def test_the_looks_have_the_colours_of_the_palette():
    with (ROOT / "seeds/segment_palette.csv").open(newline="") as palette:
        colors = [row["color"] for row in csv.DictReader(palette)]
    assert list(COLORS) == colors
    fills = [colours()["light"][f"fill{look}"] for look in range(1, MOST_SEGMENTS + 1)]
    assert fills == colors


STYLE = ROOT / "src/user_segmentation/report/templates/style.css.j2"


def colours():
    """The variables of the style sheet in the light and in the dark, as texts."""
    text = STYLE.read_text()
    light, dark = re.findall(r":root \{\n(.*?)\n *\}", text, re.DOTALL)[:2]
    modes = {}
    for mode, block in [("light", light), ("dark", dark)]:
        found = dict(re.findall(r"--([a-z]+\d?): (#[0-9a-f]{3,6});", block))
        pairs = re.findall(r'\("(#[0-9a-f]{6})", "(#[0-9a-f]{6})"\)', block)
        for number, (fill, line) in enumerate(pairs, start=1):
            found |= {f"fill{number}": fill, f"line{number}": line}
        modes[mode] = found
    return modes


def contrast(one, other):
    """Contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    lights = sorted(luminance(colour) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    ]
    return sum(
        part * share
        for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)
    )


def test_contrast_is_that_of_the_examples_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_lines_and_points_stand_out_from_the_page(mode):
    found = colours()[mode]
    numbers = range(1, MOST_SEGMENTS + 1)
    assert {f"line{number}" for number in numbers} <= set(found)
    for number in numbers:
        assert contrast(found[f"line{number}"], found["card"]) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_is_readable_on_every_ground(mode):
    found = colours()[mode]
    shades = [f"{side}{shade}" for side in ("less", "more") for shade in range(1, 5)]
    grounds = {"ink": ["page", "card", "wash", *shades]}
    grounds |= {name: ["page", "card", "wash"] for name in ("quiet", "link")}
    for text, places in grounds.items():
        for place in places:
            assert contrast(found[text], found[place]) >= 4.5, (text, place)
    for verdict in ("weak", "moderate", "strong"):
        assert contrast(found[verdict], found["card"]) >= 4.5, verdict
    assert contrast(found["none"], "#ffffff") >= 4.5
