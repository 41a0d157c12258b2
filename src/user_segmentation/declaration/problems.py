"""What is wrong with a declaration, told before any model runs."""

from collections import Counter
from dataclasses import fields
from difflib import get_close_matches

from user_segmentation.declaration.column_problems import check_column
from user_segmentation.declaration.columns import column_name
from user_segmentation.declaration.feature_problems import check_feature, check_words
from user_segmentation.declaration.features import generated_features
from user_segmentation.declaration.refusal import DeclarationError, refuse
from user_segmentation.files.format import FileFormat, format_problem

TABLE_KEYS = ("file", "objectives", *(field.name for field in fields(FileFormat)))


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
            check_column(header, meta)
        _check_table(columns)
    except DeclarationError as problem:
        return f"{place}: {problem}"
    return None


def table_problem(meta, place):
    """What is wrong with what is said of the table itself.

    Parameters
    ----------
    meta : dict
        Of the table; keys that are like none of ours are somebody else's.
    place : str
        The YAML file.

    Returns
    -------
    str or None
    """
    for key in meta:
        likely = get_close_matches(key, TABLE_KEYS, n=1, cutoff=0.8)
        if key not in TABLE_KEYS and likely:
            return f"{place}: {key} is not known of a table; did you mean {likely[0]}?"
    return format_problem(meta, place)


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
                check_feature(name, meta["feature"], name)
                sources = meta["feature"].get("sources")
                if not isinstance(sources, list) or not sources:
                    refuse(
                        name, "its feature names no sources: list the columns or logs"
                    )
                check_words(name, meta.get("words"))
    except DeclarationError as problem:
        return f"The model {model}: {problem}"
    return None


def _check_table(columns):
    identifiers = [header for header, meta in columns.items() if meta["type"] == "id"]
    if not identifiers:
        raise DeclarationError("no column is of type id: which one identifies a user?")
    if len(identifiers) > 1:
        raise DeclarationError(
            f"the columns {identifiers[0]!r} and {identifiers[1]!r} are both of type "
            "id; one identifies a user."
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
