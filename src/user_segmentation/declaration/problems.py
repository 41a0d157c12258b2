"""What is wrong with a declaration, told before any model runs."""

from collections import Counter
from difflib import get_close_matches

import duckdb

from user_segmentation.declaration.columns import (
    NUMBER_TYPES,
    TYPES,
    column_name,
)
from user_segmentation.declaration.features import generated_features
from user_segmentation.declaration.names import is_plain, is_taken

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
FEATURE_KEYS = (
    *("name", "block", "role", "transform", "label", "unit", "is_zero_none"),
    *("sources", "kind", "may_be_mostly_unknown"),
)
FLAG_KEYS = ("answers", "label", "theme", "words")
WORD_SIDES = ("high", "low")
ROLES = ("basis", "outcome", "descriptor")
TRANSFORMS = ("none", "log1p")


class DeclarationError(Exception):
    """What is wrong, where, and what to do, in one line."""


def declaration_problem(columns, place):
    """What is wrong with the columns of a declared table.

    Parameters
    ----------
    columns : dict of str to dict
        `meta` of each column, by header.
    place : str
        The YAML file.

    Returns
    -------
    str or None
        One line; None where all is well.
    """
    try:
        for header, meta in columns.items():
            _check_column(header, meta)
        _check_table(columns)
    except DeclarationError as problem:
        return f"{place}: {problem}"
    return None


def sql_feature_problem(model, columns):
    """What is wrong with the features that a model declares.

    Parameters
    ----------
    model : str
    columns : dict of str to dict
        `meta` of its columns, by name.

    Returns
    -------
    str or None
    """
    try:
        for name, meta in columns.items():
            if "feature" in meta:
                _check_feature(name, meta["feature"], name)
                sources = meta["feature"].get("sources")
                if not isinstance(sources, list) or not sources:
                    _refuse(
                        name, "its feature names no sources: list the columns or logs"
                    )
                _check_words(name, meta.get("words"))
    except DeclarationError as problem:
        return f"The model {model}: {problem}"
    return None


def _refuse(header, what):
    raise DeclarationError(f"column {header!r}: {what}.")


def _check_column(header, meta):
    if "type" not in meta:
        _refuse(header, f"it has no type; it can be {', '.join(TYPES)}")
    kind = meta["type"]
    if kind not in TYPES:
        _refuse(header, f"the type {kind} is not known; it can be {', '.join(TYPES)}")
    _check_keys(header, meta, (*EVERY_TYPE, *KEYS[kind]), f"a column of type {kind}")
    if meta.get("when_missing", "reject") not in ("reject", "unknown"):
        _refuse(header, "when_missing can be reject or unknown")
    if not isinstance(meta.get("missing_values", []), list):
        _refuse(header, "missing_values must be a list, such as [NA, '-']")
    for key in ("is_protected", "is_whole"):
        if not isinstance(meta.get(key, False), bool):
            _refuse(header, f"{key} must be true or false")
    if kind in ("id", "ignore"):
        return
    _check_name(header, column_name(header, meta))
    if kind in NUMBER_TYPES:
        _check_limits(header, declared_limits(meta))
    elif kind == "date":
        _check_format(header, meta.get("format", "%Y-%m-%d"))
    else:
        _check_answers(header, meta)
    if kind == "list":
        separator = meta.get("separator", ",")
        if not isinstance(separator, str) or len(separator) != 1:
            _refuse(header, "the separator must be one character")
    if meta.get("feature"):
        _check_feature(header, meta["feature"], column_name(header, meta))
        _check_flags(header, meta)
    elif "feature" in meta and meta["feature"] is not False:
        _refuse(header, "its feature is empty; it needs a block")
    _check_words(header, meta.get("words"))


def declared_limits(meta):
    """Smallest and largest value, None where there is none."""
    minimum, maximum = (0, 1) if meta["type"] == "rate" else (None, None)
    return meta.get("minimum", minimum), meta.get("maximum", maximum)


def _check_keys(header, meta, known, what):
    for key in meta:
        if key not in known:
            likely = get_close_matches(key, known, n=1)
            known_ones = f"did you mean {likely[0]}" if likely else ", ".join(known)
            _refuse(header, f"{key} is not known of {what} ({known_ones})")


def _check_name(header, name):
    if not is_plain(name):
        _refuse(
            header,
            f"the name {name} becomes part of SQL; it must be lower-case letters, digits "
            "and underscores, and start with a letter",
        )
    if is_taken(name):
        _refuse(header, f"the name {name} has a meaning of its own; choose another one")


def _check_limits(header, limits):
    for limit in limits:
        if limit is not None and (
            isinstance(limit, bool) or not isinstance(limit, int | float)
        ):
            _refuse(header, f"the limit {limit} is no number")
    minimum, maximum = limits
    if minimum is not None and maximum is not None and minimum > maximum:
        _refuse(header, f"its minimum {minimum} is above its maximum {maximum}")


def _check_format(header, text):
    try:
        with duckdb.connect() as connection:
            connection.execute(
                "select strptime(strftime(date '2001-02-03', $1), $1)", [text]
            ).fetchall()
    except duckdb.Error:
        _refuse(header, f"{text} is no format of dates, such as %Y-%m-%d")


def _check_answers(header, meta):
    answers = meta.get("answers")
    if answers is None:
        if meta["type"] in NEEDS_ANSWERS:
            _refuse(
                header, f"a column of type {meta['type']} needs its answers, a list"
            )
        return
    if not isinstance(answers, list) or not answers:
        _refuse(header, "its answers must be a list that is not empty")
    if any(isinstance(answer, dict | list) or answer is None for answer in answers):
        _refuse(header, "each of its answers must be a text; put it in quotes")
    repeated = [
        text
        for text, count in Counter(str(answer).lower() for answer in answers).items()
        if count > 1
    ]
    if repeated:
        _refuse(
            header,
            f"the answer {repeated[0]!r} is listed twice; case makes no difference",
        )
    if meta["type"] == "flag" and len(answers) != len(WORD_SIDES):
        _refuse(header, "a flag has two answers, the one for no first")
    midpoints = meta.get("midpoints")
    if midpoints is not None and (
        not isinstance(midpoints, list)
        or len(midpoints) != len(answers)
        or any(isinstance(m, bool) or not isinstance(m, int | float) for m in midpoints)
    ):
        _refuse(header, "its midpoints must be a number for each of its answers")


def _check_feature(header, feature, name):
    if not isinstance(feature, dict):
        _refuse(header, "its feature must have a block, such as {block: engagement}")
    _check_keys(header, feature, FEATURE_KEYS, "a feature")
    if "block" not in feature:
        _refuse(header, "its feature has no block, the group that an objective weighs")
    _check_name(header, feature["block"])
    _check_name(header, feature.get("name", name))
    for key, known in (("role", ROLES), ("transform", TRANSFORMS)):
        if feature.get(key, known[0]) not in known:
            _refuse(header, f"the {key} {feature[key]} can be {', '.join(known)}")
    for key in ("is_zero_none", "may_be_mostly_unknown"):
        if not isinstance(feature.get(key, False), bool):
            _refuse(header, f"{key} must be true or false")


def _check_flags(header, meta):
    flags = meta.get("flags")
    if flags is None:
        return
    if not isinstance(flags, dict) or not flags:
        _refuse(header, "its flags must name features, each with its answers")
    known = {str(answer) for answer in meta["answers"]}
    for name, flag in flags.items():
        _check_name(header, name)
        if not isinstance(flag, dict) or not isinstance(flag.get("answers"), list):
            _refuse(header, f"the flag {name} needs its answers, a list")
        _check_keys(header, flag, FLAG_KEYS, "a flag")
        _check_words(header, flag.get("words"))
        for answer in flag["answers"]:
            if str(answer) not in known:
                _refuse(
                    header,
                    f"the flag {name} has the answer {answer!r}, which is "
                    "none of the column's answers",
                )


def _check_words(header, words):
    if words is None:
        return
    if not isinstance(words, dict) or not set(words) <= set(WORD_SIDES):
        _refuse(
            header,
            "its words are those of high and low, such as "
            "{high: [active, active visitors]}",
        )
    for side, pair in words.items():
        if (
            not isinstance(pair, list)
            or len(pair) != len(WORD_SIDES)
            or not all(isinstance(word, str) and word.strip() for word in pair)
        ):
            _refuse(header, f"its words for {side} must be an adjective and a noun")


def _check_table(columns):
    identifiers = [header for header, meta in columns.items() if meta["type"] == "id"]
    if not identifiers:
        raise DeclarationError("no column is of type id: which one identifies a user?")
    if len(identifiers) > 1:
        raise DeclarationError(
            f"the columns {identifiers[0]!r} and {identifiers[1]!r} are both of type id; "
            "one identifies a user."
        )
    used = {h: m for h, m in columns.items() if m["type"] not in ("id", "ignore")}
    names = Counter(column_name(header, meta) for header, meta in used.items())
    features = [row["feature"] for row in generated_features(used)]
    for name, count in (names + Counter(set(features) - set(names))).items():
        if count > 1:
            raise DeclarationError(
                f"two columns have the name {name}: name one of them."
            )
    for name, count in Counter(features).items():
        if count > 1:
            raise DeclarationError(
                f"two features have the name {name}: name one of them."
            )
    own = {column_name(header, meta): header for header, meta in used.items()}
    for row in generated_features(used):
        if row["feature"] in own and row["source"] != row["feature"]:
            raise DeclarationError(
                f"the feature {row['feature']} has the name of the column "
                f"{own[row['feature']]!r}: name one of them."
            )
