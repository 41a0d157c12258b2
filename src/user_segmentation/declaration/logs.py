"""Logs in other columns: which column of a declared table is which of a log."""

from dataclasses import dataclass, field

import duckdb

from user_segmentation.declaration.column_problems import check_format
from user_segmentation.declaration.columns import spellings
from user_segmentation.declaration.refusal import DeclarationError, check_keys, refuse

KEYS = {
    "id": (),
    "time": ("format", "time_zone"),
    "amount": (),
    "currency": (),
    "flag": ("answers",),
    "number": (),
    "text": ("name",),
    "ignore": (),
}
REFUNDS = ("none", "negative_amounts")
EXAMPLES = {"currency": "EUR", "event_type": "visit", "channel": "web"}


@dataclass(frozen=True)
class Log:
    """What a log is made of.

    Parameters
    ----------
    key : str
        What identifies a row; made from what is in it, where no column does.
    by_type : dict of str to str
        Column of the log, by the type of which the table has at most one.
    texts : tuple of str
        Columns of the log that are taken as they are.
    needed : tuple of str
        Types that the table must have.
    constants : tuple of str
        Columns of the log that must be a column of the table, or a key of its meta.
    keys : tuple of str
        Further keys of the table's meta.
    """

    key: str
    by_type: dict
    texts: tuple
    needed: tuple
    constants: tuple
    keys: tuple = field(default=())


LOGS = {
    "transactions": Log(
        key="transaction_id",
        by_type={
            "id": "user_id",
            "time": "occurred_at",
            "amount": "amount",
            "currency": "currency",
            "flag": "is_refund",
        },
        texts=("transaction_id",),
        needed=("id", "time", "amount"),
        constants=("currency",),
        keys=("refunds",),
    ),
    "events": Log(
        key="event_id",
        by_type={"id": "user_id", "time": "occurred_at", "number": "value"},
        texts=("event_id", "event_type", "session_id", "device", "channel"),
        needed=("id", "time"),
        constants=("event_type", "channel"),
    ),
}


def log_columns(source, table, columns):
    """How the columns of a log are made.

    Parameters
    ----------
    source : str
        A key of `LOGS`.
    table : dict
        The meta of the table; without mistakes (`log_problem`), as are `columns`.
    columns : dict of str to dict
        `meta` of each column, by header.

    Returns
    -------
    dict of str to dict
        By column of the log: `rule`, and what the rule needs. Columns that are left out
        are null.
    """
    log = LOGS[source]
    made = {}
    for header, meta in columns.items():
        if meta["type"] != "ignore":
            made[_name_in_log(log, meta)] = _rule(meta) | {"header": header}
    for name in log.constants:
        made.setdefault(name, {"rule": "constant", "value": str(table.get(name))})
    made.setdefault(log.key, {"rule": "key"})
    if source == "transactions":
        amount = {"header": made["amount"]["header"]}
        if table.get("refunds") == "negative_amounts":
            made["amount"]["rule"] = "size"
            made["is_refund"] = {"rule": "is_negative"} | amount
        made.setdefault("is_refund", {"rule": "constant", "value": "false"})
    return made


def log_problem(source, name, table, columns, place):
    """What is wrong with a table that a variable names as a log.

    Parameters
    ----------
    source : str
        The variable.
    name : str
        Of the table.
    table : dict
        Its meta.
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
        _check_table(source, name, table)
        for header, meta in columns.items():
            _check_column(header, meta, LOGS[source])
        _check_all(LOGS[source], table, columns)
    except DeclarationError as problem:
        return f"{place}: {problem}"
    return None


def _name_in_log(log, meta):
    return meta["name"] if meta["type"] == "text" else log.by_type[meta["type"]]


def _rule(meta):
    if meta["type"] == "time" and "format" in meta:
        return {
            "rule": "time",
            "format": meta["format"],
            "time_zone": meta.get("time_zone"),
        }
    if meta["type"] == "flag":
        spelled = spellings(meta.get("answers"))
        return {"rule": "flag", "no": spelled["no"], "yes": spelled["yes"]}
    return {"rule": "number" if meta["type"] in ("amount", "number") else "text"}


def _check_table(source, name, table):
    declared = table.get("log")
    if source not in LOGS:
        raise DeclarationError(
            f"the variable {source} cannot name a declared table, as "
            f"{' and '.join(LOGS)} can; give it a path."
        )
    if declared != source:
        raise DeclarationError(
            f"the variable {source} names the table {name}, whose meta says "
            f"{f'log: {declared}' if declared else 'no log'}; a table of {source} has "
            f"log: {source}."
        )
    if not table.get("file"):
        raise DeclarationError(
            f"the meta of the table {name} has no file, the path or glob of what is "
            "read."
        )
    if table.get("refunds", REFUNDS[0]) not in REFUNDS:
        raise DeclarationError(
            f"refunds is {table['refunds']}; it can be {' or '.join(REFUNDS)}."
        )


def _check_column(header, meta, log):
    known = [*log.by_type, "text", "ignore"]
    kind = meta.get("type")
    if kind is None:
        refuse(header, f"it has no type; it can be {', '.join(known)}")
    if kind not in known:
        refuse(header, f"the type {kind} is not known; it can be {', '.join(known)}")
    check_keys(header, meta, ("type", *KEYS[kind]), f"a column of type {kind} of a log")
    if kind == "text" and meta.get("name") not in log.texts:
        refuse(header, f"a text has a name, which can be {', '.join(log.texts)}")
    if kind == "time":
        _check_time(header, meta)
    if kind == "flag" and "answers" in meta:
        answers = meta["answers"]
        if not isinstance(answers, list) or len(answers) != len(("no", "yes")):
            refuse(header, "a flag has two answers, the one for no first")


def _check_time(header, meta):
    if "format" not in meta:
        if "time_zone" in meta:
            refuse(header, "a time_zone is that of times in a format; give it, too")
        return
    check_format(header, meta["format"])
    if "%z" in meta["format"] or "%Z" in meta["format"]:
        refuse(
            header,
            "a time with an offset needs no format: write it like "
            "2025-12-31T23:59:00+02:00",
        )
    time_zone = meta.get("time_zone")
    if time_zone is not None and not _is_time_zone(time_zone):
        refuse(
            header,
            f"the time_zone {time_zone} must be UTC or the name of a zone, such as "
            "Europe/Berlin",
        )


def _is_time_zone(name):
    with duckdb.connect() as connection:
        query = "select count(*) from pg_timezone_names() where name = ?"
        return connection.execute(query, [str(name)]).fetchall()[0][0] > 0


def _check_all(log, table, columns):
    types = [meta["type"] for meta in columns.values()]
    for kind in log.needed:
        if kind not in types:
            raise DeclarationError(f"no column is of type {kind}, which the log needs.")
    names = {}
    for header, meta in columns.items():
        if meta["type"] == "ignore":
            continue
        name = _name_in_log(log, meta)
        if name in names:
            raise DeclarationError(
                f"the columns {names[name]!r} and {header!r} are both the {name} of "
                "the log; keep one."
            )
        names[name] = header
    for name in log.constants:
        if name in names and name in table:
            raise DeclarationError(
                f"{name} is said by the meta of the table and by the column "
                f"{names[name]!r}; keep one."
            )
        if name not in names and not table.get(name):
            raise DeclarationError(
                f"no column says the {name}: declare it, or say in the meta of the "
                f"table which it is for all rows, such as {name}: {EXAMPLES[name]}."
            )
    if "is_refund" in names and table.get("refunds") == "negative_amounts":
        raise DeclarationError(
            f"refunds are told by negative_amounts and by the column "
            f"{names['is_refund']!r}; keep one."
        )
