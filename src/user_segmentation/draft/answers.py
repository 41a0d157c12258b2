"""Guesses about columns with few answers: flags, ordered answers, categories, lists."""

import re
import unicodedata

from user_segmentation.draft.guess import Guess
from user_segmentation.draft.labels import name_words
from user_segmentation.draft.layout import is_code
from user_segmentation.draft.lists import find_list
from user_segmentation.draft.scales import band_midpoints, is_nearly_scale, scale_order

FLAGS = (
    ("0", "1"),
    ("no", "yes"),
    ("n", "y"),
    ("false", "true"),
    ("f", "t"),
    ("nein", "ja"),
    ("non", "oui"),
)
# Those that staging reads as plain ones: hyphens, dashes, the sign of minus.
DASHES = dict.fromkeys([*range(0x2010, 0x2015), 0x2212], "-")
NAMES = {
    *("name", "first name", "last name", "full name", "given name", "family name"),
    *("surname", "vorname", "nachname", "nom", "prenom", "apellido"),
}
# As "€ 12.50" and "12 kg".
WITH_SIGN = re.compile(r"[^\d\s]{1,3}\s?\d[\d.,]*|\d[\d.,]*\s?[^\d\s]{1,4}")
# Of fewer an order would change nothing.
FEWEST_IN_ORDER = 2
MOST_ANSWERS = 20
SHOWN_ANSWERS = 3
MOST_CHARACTERS = 60
# Of a text that is an answer: users who gave it, on average.
FEWEST_USES = 5


def merged_answers(counts):
    """Answers in their commonest spelling: case and dashes tell none apart.

    Parameters
    ----------
    counts : dict of str to int
        From the commonest on.

    Returns
    -------
    dict of str to int
    """
    spellings, merged = {}, {}
    for text, count in counts.items():
        key = unicodedata.normalize("NFC", text).lower()
        key = key.translate(DASHES)
        spelling = spellings.setdefault(key, text)
        merged[spelling] = merged.get(spelling, 0) + count
    return merged


def guess_flag(facts):
    """A column of two answers that are no and yes, or None.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Guess or None
    """
    if not facts.has_all_counts:
        return None
    answers = {answer.lower(): answer for answer in merged_answers(facts.counts)}
    for no, yes in FLAGS:
        if answers.keys() == {no, yes}:
            texts = [answers[no], answers[yes]]
            is_yes = f"cast(lower({facts.expression}) = '{yes}' as integer)"
            return Guess(
                facts.name,
                "flag",
                f"two answers: {texts[0]} and {texts[1]}",
                meta={"answers": texts},
                number=f"case when {facts.expression} is not null then {is_yes} end",
            )
    return None


def guess_answers(facts):
    """A column of ordered answers, lists or categories; else one to ignore.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Guess
    """
    if " ".join(name_words(facts.name)) in NAMES:
        return Guess(facts.name, "ignore", "names of people, which say nothing of them")
    answers = merged_answers(facts.counts) if facts.has_all_counts else None
    if answers and any(map(is_code, answers)):
        return Guess(facts.name, "ignore", "dbt would run an answer of it as code")
    if answers:
        found = (
            _guess_ordered(facts, answers)
            or _guess_list(facts)
            or _guess_category(facts, answers)
        )
        if found:
            return found
    why, notes = _no_answers(facts)
    return Guess(facts.name, "ignore", why, notes=notes)


def _no_answers(facts):
    """Why a text is of no use, and what would make it so."""
    if facts.sample and all(map(str.isdigit, facts.sample)):
        return "digits that are a code, and no quantity", []
    if facts.sample and all(map(WITH_SIGN.fullmatch, facts.sample)):
        why = f"numbers with signs beside them, as {facts.sample[0]}"
        return why, ["To use it, leave the signs out of the file."]
    if facts.is_key:
        return "another text for each user", []
    why = f"free text, or too many answers ({facts.distinct_count:,})"
    return why, ["As a category it needs its answers listed under `answers`."]


def _guess_ordered(facts, answers):
    bands = band_midpoints(list(answers))
    if bands:
        ordered = [answer for answer, _ in bands]
        middles = [
            int(middle) if middle == int(middle) else middle for _, middle in bands
        ]
        return Guess(
            facts.name,
            "ordered",
            f"bands of numbers, from {ordered[0]} to {ordered[-1]}",
            notes=["The feature is the middle of each band; of an open one, a guess."],
            meta={"answers": ordered, "midpoints": middles},
            number=_number_of(facts, ordered, middles),
            answers=answers,
        )
    ordered = scale_order(list(answers))
    if ordered:
        return Guess(
            facts.name,
            "ordered",
            f"a known scale, from {ordered[0]} to {ordered[-1]}",
            notes=["The feature is the place on the scale, from 1."],
            meta={"answers": ordered},
            number=_number_of(facts, ordered, range(1, len(ordered) + 1)),
            answers=answers,
        )
    return None


def _guess_list(facts):
    found = find_list(facts.counts)
    if not found:
        return None
    separator, items = found
    items = merged_answers(
        dict(sorted(items.items(), key=lambda item: (-item[1], item)))
    )
    meta = {"answers": list(items)}
    if separator != ",":
        meta["separator"] = separator
    return Guess(
        facts.name,
        "list",
        f"lists of {len(items)} items, with {separator} between them",
        meta=meta,
        answers=items,
    )


def _guess_category(facts, answers):
    is_short = max(map(len, answers)) <= MOST_CHARACTERS
    uses = facts.known_count / len(answers)
    if len(answers) > MOST_ANSWERS or not is_short or uses < FEWEST_USES:
        return None
    notes, remarks = [], []
    if is_nearly_scale(list(answers)):
        remarks.append("not all on a scale that is known")
        notes.append(
            "Some answers are of a scale, others are not known there: for an order of "
            "your own write `type: ordered`, list the answers from low to high, and "
            "take the flags out."
        )
    elif len(answers) > FEWEST_IN_ORDER:
        notes.append(
            "If the answers have an order: `type: ordered`, with them from low to high."
        )
    return Guess(
        facts.name,
        "category",
        f"{len(answers)} answers, {_shown(list(answers))}",
        remarks=remarks,
        notes=notes,
        meta={"answers": sorted(answers)},
        answers=answers,
    )


def _shown(answers):
    shown = ", ".join(answers[:SHOWN_ANSWERS])
    return f"{shown} and others" if answers[SHOWN_ANSWERS:] else shown


def _number_of(facts, answers, numbers):
    cases = " ".join(
        f"when {_literal(answer.lower())} then {float(number)}"
        for answer, number in zip(answers, numbers, strict=True)
    )
    return f"case lower({facts.expression}) {cases} end"


def _literal(text):
    escaped = text.replace("'", "''")
    return f"'{escaped}'"
