"""Colours of segments: everybody can tell them apart."""

import csv
from itertools import combinations

import numpy as np
import pytest

from conftest import ROOT

# Colours in linear light as people with each deficiency see them (Machado, Oliveira and
# Fernandes 2009, severity 1).
SEEN = {
    "usual": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
LINEAR_TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
# A difference of 2.3 is just noticed where colours touch; on a chart they do not.
LEAST_DIFFERENCE = 15


def linear(color):
    """Red, green and blue of `#rrggbb` in linear light."""
    channels = np.array(list(bytes.fromhex(color.removeprefix("#")))) / 255
    return np.where(
        channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
    )


def lab(light):
    """Linear light in CIELAB, where distance is difference as people see it."""
    relative = LINEAR_TO_XYZ @ light / LINEAR_TO_XYZ.sum(axis=1)
    x, y, z = np.where(
        relative > (6 / 29) ** 3,
        np.cbrt(relative),
        relative / (3 * (6 / 29) ** 2) + 4 / 29,
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
def test_colours_of_segments_can_be_told_apart(seen):
    with (ROOT / "seeds/segment_palette.csv").open() as file:
        colors = [row["color"] for row in csv.DictReader(file)]
    assert len(colors) == 8
    labs = [lab(np.clip(np.array(seen) @ linear(color), 0, 1)) for color in colors]
    for one, other in combinations(labs, 2):
        assert np.linalg.norm(one - other) >= LEAST_DIFFERENCE


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ("#ffffff", [100, 0, 0]),
        ("#000000", [0, 0, 0]),
        ("#ff0000", [53.24, 80.09, 67.2]),
    ],
)
def test_differences_are_measured_in_cielab(color, expected):
    np.testing.assert_allclose(lab(linear(color)), expected, atol=0.02)
