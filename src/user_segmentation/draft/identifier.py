"""Which column identifies a user."""

import re

from user_segmentation.draft.labels import name_words
from user_segmentation.draft.refusal import DraftRefusedError
from user_segmentation.files.refusal import quoted

PEOPLE = {
    *("user", "users", "customer", "client", "member", "account", "person", "visitor"),
    *("subscriber", "contact", "kunde", "kunden", "household", "profile"),
}
NUMBERS = {"id", "uuid", "guid", "key", "no", "nr", "number", "code", "identifier"}
ADDRESSES = {"email", "mail", "login", "username", "msisdn", "phone"}
DECIMALS = re.compile(r"[-+]?\d*[.,]\d*[1-9]")


def find_identifier(facts, path, id_name=None):
    """The column that has another value in each row.

    Parameters
    ----------
    facts : list of Facts
    path : str
    id_name : str, optional
        Header of the column that somebody named.

    Returns
    -------
    Facts

    Raises
    ------
    DraftRefusedError
        If there is none, or none that can be told from the others.
    """
    if id_name is not None:
        return _named(facts, path, id_name)
    keys = [
        column
        for column in facts
        if column.is_key and not any(map(DECIMALS.fullmatch, column.sample))
    ]
    best = max(keys, key=lambda key: (id_score(key.name), -key.place), default=None)
    if best is not None and (id_score(best.name) or best.place == 0):
        return best
    if best is not None:
        names = ", ".join(quoted(key.name) for key in keys[:3])
        raise DraftRefusedError(
            path,
            f"which column identifies a user? {names} would do: name it with ID=.",
        )
    nearest = max(facts, key=lambda column: (id_score(column.name), -column.place))
    nearest_count = nearest.row_count - nearest.distinct_count
    raise DraftRefusedError(
        path,
        "which column identifies a user? None has another value in each row; in "
        f"{quoted(nearest.name)} {nearest_count:,} of {nearest.row_count:,} rows have "
        "one that another row has, or none. Give each user one row; a log is drafted "
        "where it has a user, a time and an amount, and else declared by hand "
        "(docs/logs.md).",
    )


def id_score(name):
    """How much a name sounds like that of an identifier of users.

    Parameters
    ----------
    name : str

    Returns
    -------
    int
        0 for not at all.
    """
    words = set(name_words(name))
    if (words & PEOPLE and words & NUMBERS) or words == {"id"}:
        return 4
    if words & {"id", "uuid", "guid", "identifier"}:
        return 3
    if words <= PEOPLE and words:
        return 2
    return int(bool(words & ADDRESSES))


def _named(facts, path, id_name):
    found = [column for column in facts if column.name == id_name]
    if not found:
        raise DraftRefusedError(path, f"there is no column {quoted(id_name)}.")
    (column,) = found
    if not column.is_key:
        count = column.row_count - column.distinct_count
        raise DraftRefusedError(
            path,
            f"{quoted(id_name)} identifies no user: in {count:,} of "
            f"{column.row_count:,} rows it is missing, or that of another row.",
        )
    return column
