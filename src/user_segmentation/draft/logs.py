"""Whether a file is a log of purchases: several rows a user, a time, an amount."""

from user_segmentation.draft.guess import Guess
from user_segmentation.draft.identifier import id_score
from user_segmentation.draft.labels import name_words

# From here on a name says that a column identifies users; from there on it is sure.
NAMED = 2
SURELY_NAMED = 4
FEWEST_ROWS_A_USER = 1.2
AMOUNTS = {
    *("amount", "price", "total", "value", "revenue", "sales", "paid", "cost", "sum"),
    *("dollars", "euros", "betrag", "umsatz", "preis", "montant", "importe"),
}


def find_log(facts, guesses, *, has_header):
    """What the columns of a log of purchases are, or None.

    Parameters
    ----------
    facts : list of Facts
    guesses : list of Guess
        What each is taken for in a table of users.
    has_header : bool

    Returns
    -------
    list of Guess or None
    """
    if any(column.is_key and id_score(column.name) >= SURELY_NAMED for column in facts):
        return None
    if not has_header and any(column.is_key for column in facts):
        return None
    user = next(
        (column for column in facts if _is_repeated(column, has_header=has_header)),
        None,
    )
    time = next((guess for guess in guesses if guess.kind == "date"), None)
    amount = _amount([guess for guess in guesses if guess.kind == "number"], user)
    if user is None or time is None or amount is None:
        return None
    used = {time.name, amount.name}
    keys = [column.name for column in facts if column.is_key]
    key = next((name for name in keys if name not in used), None)
    parts = {
        time.name: ("time", ""),
        amount.name: ("amount", ""),
        key: ("text", "transaction_id"),
        user.name: ("id", ""),
    }
    log = [_column(guess, *parts.get(guess.name, (None, ""))) for guess in guesses]
    log[user.place].why = f"{user.distinct_count:,} users in {user.row_count:,} rows"
    return log


def _is_repeated(column, *, has_header):
    rows_a_user = column.row_count / max(column.distinct_count, 1)
    is_known = column.known_count == column.row_count
    is_named = id_score(column.name) >= NAMED if has_header else column.place == 0
    return is_known and is_named and rows_a_user >= FEWEST_ROWS_A_USER


def _amount(numbers, user):
    """The number that is money: by its name, or the last one with decimals."""
    numbers = [guess for guess in numbers if user is None or guess.name != user.name]
    named = [guess for guess in numbers if set(name_words(guess.name)) & AMOUNTS]
    decimal = [guess for guess in numbers if "is_whole" not in guess.meta]
    return named[0] if named else decimal[-1] if decimal else None


def _column(guess, kind, sql_name):
    if kind is None and name_words(guess.name) == ["currency"]:
        kind = "currency"
    column = Guess(
        guess.name,
        kind or "ignore",
        guess.why if kind else f"not needed ({guess.why})",
        sql_name=sql_name,
        missing_share=guess.missing_share,
        missing_texts=guess.missing_texts,
    )
    if kind == "time":
        column.meta = guess.meta
    if kind == "amount" and guess.low < 0:
        column.note(
            "those below 0 are rejected",
            "Amounts below 0 are rejected: what was paid back is a row of its own.",
        )
    return column
