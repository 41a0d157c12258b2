"""The rules of the row gate a second time, and not from its SQL.

Written from the README and the seeds, as short as Python allows.
"""

import re
from decimal import Decimal
from unicodedata import normalize

import declared

BLANKS = " \t\r\n\u00a0"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
LARGEST = {
    "reaction_count": 1_000_000_000,
    "followed_account_count": 1_000_000_000,
    "weekday_hours_online": 24,
    "weekend_hours_online": 24,
    "click_through_rate": 1,
    "conversion_rate": 1,
    "ad_interaction_seconds": 86_400,
}
WHOLE = {"reaction_count", "followed_account_count"}
RATES = {"click_through_rate", "conversion_rate"}


ANSWERS = declared.answers()
INTERESTS = declared.items()


def cleaned(text):
    composed = normalize("NFC", text or "")
    return composed.translate(dict.fromkeys(map(ord, DASHES), "-")).strip(BLANKS)


def spelled(text, answers):
    """The listed answer that a text means, or None."""
    return {answer.lower(): answer for answer in answers}.get(cleaned(text).lower())


def number(text, name):
    """The number that a text means, or None where it breaks a rule."""
    text = cleaned(text)
    is_percentage = name in RATES and text.endswith("%")
    if is_percentage:
        text = text[:-1].strip(BLANKS)
    if not NUMBER.fullmatch(text):
        return None
    if is_rounded(text):
        return None
    value = float(text) / (100 if is_percentage else 1)
    is_fraction = name in WHOLE and value % 1
    return value if 0 <= value <= LARGEST[name] and not is_fraction else None


def is_rounded(text):
    """Whether Python, too, prints another number than the text once it is a double."""
    return Decimal(repr(float(text))) != Decimal(text)


def interests(text):
    """The listed interests that a text means, or None where one is not listed."""
    named = filter(None, map(cleaned, cleaned(text).split(",")))
    found = [spelled(interest, INTERESTS) for interest in named]
    return None if None in found else ", ".join(dict.fromkeys(found)) or None


def understood(row):
    """What a row means by the names of staging: None where it breaks a rule."""
    return {
        "user_id": cleaned(row["user_id"]) or None,
        "top_interests": interests(row["top_interests"]),
        **{name: spelled(row[name], answers) for name, answers in ANSWERS.items()},
        **{name: number(row[name], name) for name in LARGEST},
    }
