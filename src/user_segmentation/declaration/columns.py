"""The columns of a declared table, with everything said that was left to defaults."""

from user_segmentation.declaration.names import plain_name

TYPES = (
    *("id", "number", "rate", "flag", "category", "ordered", "list", "date"),
    "ignore",
)
# Of which every user has one answer of a few.
ANSWER_TYPES = ("flag", "category", "ordered")
NUMBER_TYPES = ("number", "rate")
# From here on a double skips whole numbers.
LARGEST_WHOLE = 2**53
NO_OR_YES = ("no", "yes")
SPELLINGS = {
    "no": ["no", "n", "false", "f", "0"],
    "yes": ["yes", "y", "true", "t", "1"],
}


def declared_columns(columns):
    """What is known of each column that is read.

    Parameters
    ----------
    columns : dict of str to dict
        `meta` of each column, by header, in the order of the YAML file; without
        mistakes (`declaration_problem`).

    Returns
    -------
    list of dict
        One for each column but those of type `ignore`: `header`, `name`, `type`, and
        all keys of that type.
    """
    return [
        declared_column(header, meta)
        for header, meta in columns.items()
        if meta["type"] != "ignore"
    ]


def declared_column(header, meta):
    """What is known of a column.

    Parameters
    ----------
    header : str
    meta : dict

    Returns
    -------
    dict
    """
    kind = meta["type"]
    column = {
        "header": header,
        "name": column_name(header, meta),
        "type": kind,
        "label": meta.get("label", header),
        "may_be_missing": meta.get("when_missing") == "unknown",
        "missing_values": [
            str(text).lower() for text in meta.get("missing_values", [])
        ],
        "is_protected": meta.get("is_protected", False),
    }
    if kind in NUMBER_TYPES:
        column["minimum"], column["maximum"] = limits_of(meta)
        column["is_whole"] = meta.get("is_whole", False)
    elif kind == "date":
        column["format"] = meta.get("format", "%Y-%m-%d")
    elif kind == "flag":
        column["answers"] = texts(meta.get("answers") or NO_OR_YES)
        written = spellings(meta.get("answers")).values()
        column["spellings"] = dict(zip(column["answers"], written, strict=True))
    elif kind == "list":
        separator = meta.get("separator", ",")
        column["separator"] = separator
        # Between the items as staging writes them.
        column["joint"] = f"{separator} " if separator in ",;" else separator
        column["answers"] = texts(meta["answers"])
    elif kind != "id":
        column["answers"] = texts(meta["answers"])
        column["midpoints"] = meta.get("midpoints")
    return column


def column_name(header, meta):
    """Name of a column in SQL; that of the identifier is the same everywhere."""
    if meta.get("type") == "id":
        return "user_id"
    return meta.get("name") or plain_name(header)


def texts(answers):
    """Answers as text: YAML reads 1 and true as what they are not."""
    return [str(answer) for answer in answers]


def limits_of(meta):
    """Smallest and largest value of a number; None where there is no limit."""
    minimum, maximum = (0, 1) if meta["type"] == "rate" else (None, None)
    if meta.get("is_whole"):
        minimum, maximum = -LARGEST_WHOLE, LARGEST_WHOLE
    return meta.get("minimum", minimum), meta.get("maximum", maximum)


def spellings(answers):
    """How no and yes are written in a flag, in lower case.

    Parameters
    ----------
    answers : list, optional
        The two that are declared, the one for no first.

    Returns
    -------
    dict of str to list of str
    """
    if not answers:
        return SPELLINGS
    no, yes = texts(answers)
    return {"no": [no.lower()], "yes": [yes.lower()]}
