"""Answers that have an order: bands of numbers, and scales that everybody knows."""

import re
from itertools import pairwise

# Each place of a scale with its spellings, from low to high.
SCALES = (
    ("very low", "low", "medium|mid|middle|moderate|average", "high", "very high"),
    ("never", "rarely|seldom", "sometimes|occasionally", "often|frequently", "always"),
    (
        "strongly disagree",
        "disagree",
        "neutral|neither agree nor disagree",
        "agree",
        "strongly agree",
    ),
    (
        "very dissatisfied",
        "dissatisfied",
        "neutral",
        "satisfied",
        "very satisfied",
    ),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("xs", "s|small", "m|medium", "l|large", "xl|extra large", "xxl"),
    ("bronze", "silver", "gold", "platinum", "diamond"),
    ("beginner|novice", "intermediate", "advanced", "expert"),
    (
        "no education|none",
        "primary|primary school|elementary|elementary school",
        "middle school|lower secondary",
        "high school|secondary|secondary school",
        "technical|vocational|associate|associate degree|some college",
        "bachelor|bachelors|bachelor's|bachelor's degree|undergraduate",
        "master|masters|master's|master's degree",
        "phd|doctorate|doctoral",
    ),
)
FEWEST_ANSWERS = 3
NUMBER = r"[^\d\s<>+-]{0,3}\s*(\d+(?:[.,]\d+)?)\s*(k|m)?"
RANGE = re.compile(
    rf"{NUMBER}\s*(?:[-\u2013\u2014]|to|bis)\s*{NUMBER}\s*[^\d+]{{0,6}}", re.I
)
ABOVE = re.compile(
    rf"(?:{NUMBER}\s*(?:\+|or more|and over|and above|plus)|(?:>=?|over|above)\s*"
    rf"{NUMBER})\s*[^\d+]{{0,6}}",
    re.I,
)
BELOW = re.compile(
    rf"(?:{NUMBER}\s*or less|(?:<=?|under|below|up to)\s*{NUMBER})\s*[^\d+]{{0,6}}",
    re.I,
)
SIZES = {"k": 1_000, "m": 1_000_000}


def scale_order(answers):
    """Answers from low to high, where one scale has them all.

    Parameters
    ----------
    answers : list of str

    Returns
    -------
    list of str or None
    """
    if len(answers) < FEWEST_ANSWERS:
        return None
    for scale in SCALES:
        places = {
            spelling: place
            for place, spellings in enumerate(scale)
            for spelling in spellings.split("|")
        }
        found = [places.get(answer.casefold()) for answer in answers]
        if None not in found and len(set(found)) == len(found):
            return sorted(answers, key=lambda answer: places[answer.casefold()])
    return None


def is_nearly_scale(answers):
    """Whether a third of the answers, and two, stand on one scale.

    Parameters
    ----------
    answers : list of str

    Returns
    -------
    bool
    """
    words = [answer.casefold() for answer in answers]
    for scale in SCALES:
        spellings = {spelling for places in scale for spelling in places.split("|")}
        known = sum(word in spellings for word in words)
        if known > 1 and known * 3 >= len(words):
            return True
    return False


def band_midpoints(answers):
    """Bands of numbers from low to high, and the middle of each.

    An open band is taken to be as wide as the one beside it.

    Parameters
    ----------
    answers : list of str

    Returns
    -------
    list of (str, float) or None
    """
    bands = [_band(answer) for answer in answers]
    if len(answers) < FEWEST_ANSWERS or None in bands:
        return None
    ordered = sorted(zip(bands, answers, strict=True), key=lambda pair: pair[0])
    edges = [band for band, _ in ordered]
    is_apart = all(
        before[1] <= after[0] and before[0] < after[0]
        for before, after in pairwise(edges)
    )
    inner = edges[1:-1]
    is_closed = all(float("-inf") < low and high < float("inf") for low, high in inner)
    if not is_apart or not is_closed:
        return None
    middles = [_middle(edges, place) for place in range(len(edges))]
    return [
        (answer, middle) for (_, answer), middle in zip(ordered, middles, strict=True)
    ]


def _band(answer):
    """Lower and upper edge, of which one may be infinite, or None."""
    text = answer.strip()
    if match := RANGE.fullmatch(text):
        low, low_size, high, high_size = match.groups()
        # The k of "20-40k" is that of both.
        edges = (_value(low, low_size or high_size), _value(high, high_size))
        return edges if edges[0] < edges[1] else None
    for pattern, is_low in ((ABOVE, True), (BELOW, False)):
        if match := pattern.fullmatch(text):
            number, size, other, other_size = match.groups()
            value = _value(number or other, size or other_size)
            return (value, float("inf")) if is_low else (float("-inf"), value)
    return None


def _value(number, size):
    text = number.replace(",", "" if re.fullmatch(r"\d+,\d{3}", number) else ".")
    return float(text) * SIZES.get((size or "").lower(), 1)


def _middle(edges, place):
    low, high = edges[place]
    if high == float("inf"):
        return low + (low - edges[place - 1][0]) / 2 if place > 1 else low
    if low == float("-inf"):
        width = edges[1][1] - edges[1][0]
        return high - width / 2 if width < float("inf") else high
    return (low + high) / 2
