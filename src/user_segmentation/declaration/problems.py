"""What is wrong with a declaration, told before any model runs."""

from collections import Counter

from user_segmentation.declaration.column_problems import check_column
from user_segmentation.declaration.columns import column_name
from user_segmentation.declaration.feature_problems import check_feature, check_words
from user_segmentation.declaration.features import generated_features
from user_segmentation.declaration.refusal import DeclarationError, refuse


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
