"""Why a row is rejected: the codes of staging in words, from the kind of each rule."""

from user_segmentation.declaration.columns import declared_columns


def rejection_reasons(columns, place, decimal_separator="."):
    """Every rule of declared columns.

    Parameters
    ----------
    columns : dict of str to dict
        As in `declared_columns`.
    place : str
        The YAML file that declares them.
    decimal_separator : str
        That of the table's files.

    Returns
    -------
    list of dict
        `reason`, `field` and `sentence`. Codes are those of `macros/staging/checks`.
    """
    return [
        {
            "reason": f"{column['name']}_{rule}",
            "field": column["name"],
            "sentence": f"{column['header']} {what}",
        }
        for column in declared_columns(columns)
        for rule, what in _rules(column, place, decimal_separator).items()
        if rule != "missing" or not column["may_be_missing"]
    ]


def _rules(column, place, decimal_separator):
    kind = column["type"]
    if kind == "id":
        return {
            "missing": "is empty: every user needs one.",
            "repeated": "stands in more than one row: keep the row that is right.",
        }
    if kind in ("number", "rate"):
        return _number_rules(column, decimal_separator)
    if kind == "date":
        return {
            "missing": "is empty: a date is needed.",
            "not_a_date": f"is no date of the form {column['format']}: write it so, or "
            f"declare its format in {place}.",
        }
    if kind == "list":
        return {
            "missing": f"is empty: at least one item of those in {place} is needed.",
            "unknown": f"has an item that is not declared in {place}, or no "
            f"{column['separator']!r} between two: correct it, or list it there.",
        }
    answers = "yes or no" if kind == "flag" else f"one of its answers in {place}"
    return {
        "missing": f"is empty: {answers} is needed.",
        "unknown": f"has an answer that is not declared in {place}: correct it, or "
        "list it there.",
    }


def _number_rules(column, decimal_separator):
    needed, example = "a number", "4.5"
    if column["is_whole"]:
        needed, example = "a whole number", "1200"
    elif column["type"] == "rate":
        needed, example = "a rate", "0.193 or 19.3%"
    example = example.replace(".", decimal_separator)
    rules = {
        "missing": f"is empty: {needed} is needed.",
        "not_a_number": f"is not a number: write it like {example}.",
    }
    for limit, word in (("minimum", "below"), ("maximum", "above")):
        if column[limit] is not None:
            rules[f"{word}_{column[limit]}"] = f"is {word} {column[limit]}."
    rules["too_precise"] = (
        "cannot be kept to the last digit: round it to 15 digits, or to 0."
    )
    if column["is_whole"]:
        rules["not_a_whole_number"] = "is not a whole number."
    return rules
