"""The answers that users can give, and the items that their lists can have."""

from user_segmentation.declaration.columns import ANSWER_TYPES, declared_columns


def declared_answers(columns):
    """Answers to the questions of which every user has one.

    Parameters
    ----------
    columns : dict of str to dict
        As in `declared_columns`.

    Returns
    -------
    list of dict
        `attribute`, `answer` and `rank`, which counts from 1.
    """
    return [
        {"attribute": column["name"], "answer": answer, "rank": rank}
        for column in declared_columns(columns)
        if column["type"] in ANSWER_TYPES
        for rank, answer in enumerate(column["answers"], start=1)
    ]


def list_items(columns):
    """Items that lists of users can have.

    Parameters
    ----------
    columns : dict of str to dict
        As in `declared_columns`.

    Returns
    -------
    list of dict
        `attribute`, `item` and `theme`, that of the first flag which the item sets;
        None where it sets none with a theme.
    """
    rows = []
    for column in declared_columns(columns):
        if column["type"] == "list":
            themes = _themes(columns[column["header"]].get("flags") or {})
            rows += [
                {"attribute": column["name"], "item": item, "theme": themes.get(item)}
                for item in column["answers"]
            ]
    return rows


def _themes(flags):
    themes = {}
    for flag in flags.values():
        for item in flag.get("answers", []):
            themes.setdefault(str(item), flag.get("theme"))
    return themes
