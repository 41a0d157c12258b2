"""What is wrong with a declared column."""

from collections import Counter

import duckdb

from user_segmentation.declaration.columns import (
    NUMBER_TYPES,
    TYPES,
    column_name,
    limits_of,
)
from user_segmentation.declaration.feature_problems import (
    check_count,
    check_feature,
    check_flags,
    check_words,
)
from user_segmentation.declaration.refusal import (
    check_keys,
    check_name,
    check_texts,
    refuse,
)

EVERY_TYPE = ("name", "type", "label", "when_missing", "missing_values", "is_protected")
KEYS = {
    **dict.fromkeys(
        NUMBER_TYPES, ("minimum", "maximum", "is_whole", "feature", "words")
    ),
    "id": (),
    "ignore": (),
    "flag": ("answers", "feature", "words"),
    "category": ("answers", "feature", "flags"),
    "ordered": ("answers", "midpoints", "feature", "words"),
    "list": ("answers", "separator", "feature", "flags", "count"),
    "date": ("format", "feature", "words"),
}
NEEDS_ANSWERS = ("category", "ordered", "list")
FLAG_ANSWERS = 2


def check_column(header, meta):
    """Refuse a column of which something is wrong.

    Parameters
    ----------
    header : str
    meta : dict

    Raises
    ------
    DeclarationError
    """
    if "type" not in meta:
        refuse(header, f"it has no type; it can be {', '.join(TYPES)}")
    kind = meta["type"]
    if kind not in TYPES:
        refuse(header, f"the type {kind} is not known; it can be {', '.join(TYPES)}")
    check_keys(header, meta, (*EVERY_TYPE, *KEYS[kind]), f"a column of type {kind}")
    if meta.get("when_missing", "reject") not in ("reject", "unknown"):
        refuse(header, "when_missing can be reject or unknown")
    if not isinstance(meta.get("missing_values", []), list):
        refuse(header, "missing_values must be a list, such as [NA, '-']")
    check_texts(header, meta, ["label"])
    for key in ("is_protected", "is_whole"):
        if not isinstance(meta.get(key, False), bool):
            refuse(header, f"{key} must be true or false")
    if kind in ("id", "ignore"):
        return
    check_name(header, column_name(header, meta))
    _check_kind(header, kind, meta)
    if meta.get("feature"):
        check_feature(header, meta["feature"], column_name(header, meta))
        check_flags(header, meta)
        check_count(header, meta)
    elif "feature" in meta and meta["feature"] is not False:
        refuse(header, "its feature is empty; it needs a block")
    check_words(header, meta.get("words"))


def _check_kind(header, kind, meta):
    if kind in NUMBER_TYPES:
        _check_limits(header, limits_of(meta))
    elif kind == "date":
        check_format(header, meta.get("format", "%Y-%m-%d"))
    else:
        _check_answers(header, meta)
    if kind == "list":
        separator = meta.get("separator", ",")
        if not isinstance(separator, str) or len(separator) != 1:
            refuse(header, "the separator must be one character")


def _check_limits(header, limits):
    for limit in limits:
        if limit is not None and (
            isinstance(limit, bool) or not isinstance(limit, int | float)
        ):
            refuse(header, f"the limit {limit} is no number")
    minimum, maximum = limits
    if minimum is not None and maximum is not None and minimum > maximum:
        refuse(header, f"its minimum {minimum} is above its maximum {maximum}")


def check_format(header, text):
    """Refuse what is no format of dates and times.

    Parameters
    ----------
    header : str
    text : str

    Raises
    ------
    DeclarationError
    """
    try:
        with duckdb.connect() as connection:
            connection.execute(
                "select strptime(strftime(date '2001-02-03', $1), $1)", [text]
            ).fetchall()
    except duckdb.Error:
        refuse(header, f"{text} is no format of dates, such as %Y-%m-%d")


def _check_answers(header, meta):
    answers = meta.get("answers")
    if answers is None:
        if meta["type"] in NEEDS_ANSWERS:
            refuse(header, f"a column of type {meta['type']} needs its answers, a list")
        return
    if not isinstance(answers, list) or not answers:
        refuse(header, "its answers must be a list that is not empty")
    if not all(_is_text(answer) for answer in answers):
        refuse(
            header,
            "each of its answers must be a text; put those in quotes that YAML reads "
            "as something else, as yes, no, on, off and null",
        )
    repeated = [
        text
        for text, count in Counter(str(answer).lower() for answer in answers).items()
        if count > 1
    ]
    if repeated:
        refuse(
            header,
            f"the answer {repeated[0]!r} is listed twice; case makes no difference",
        )
    if meta["type"] == "flag" and len(answers) != FLAG_ANSWERS:
        refuse(header, "a flag has two answers, the one for no first")
    midpoints = meta.get("midpoints")
    if midpoints is not None and (
        not isinstance(midpoints, list)
        or len(midpoints) != len(answers)
        or any(isinstance(m, bool) or not isinstance(m, int | float) for m in midpoints)
    ):
        refuse(header, "its midpoints must be a number for each of its answers")


def _is_text(answer):
    return isinstance(answer, str | int | float) and not isinstance(answer, bool)
