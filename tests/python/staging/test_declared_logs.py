"""Logs in other columns: what a declaration makes of them, and mistakes in one."""

import pytest

from conftest import build_project, copy_project
from declared_logs import declare
from user_segmentation.declaration.logs import log_columns, log_problem

TRANSACTIONS = {"log": "transactions", "file": "a.csv", "currency": "EUR"}
COLUMNS = {
    "who": {"type": "id"},
    "when": {"type": "time"},
    "paid": {"type": "amount"},
}
EVENTS = {"log": "events", "file": "a.csv", "event_type": "visit", "channel": "web"}
SEEN = {"who": {"type": "id"}, "when": {"type": "time"}}


def test_a_log_has_the_columns_that_are_declared_and_makes_its_key():
    assert log_columns("transactions", TRANSACTIONS, COLUMNS) == {
        "user_id": {"rule": "text", "header": "who"},
        "occurred_at": {"rule": "text", "header": "when"},
        "amount": {"rule": "number", "header": "paid"},
        "currency": {"rule": "constant", "value": "EUR"},
        "transaction_id": {"rule": "key"},
        "is_refund": {"rule": "constant", "value": "false"},
    }


def test_columns_of_texts_are_named():
    made = log_columns(
        "events", EVENTS, SEEN | {"id": {"type": "text", "name": "event_id"}}
    )
    assert made["event_id"] == {"rule": "text", "header": "id"}
    assert made["channel"] == {"rule": "constant", "value": "web"}


@pytest.mark.parametrize(
    ("source", "table", "columns", "problem"),
    [
        (
            "transactions",
            EVENTS,
            COLUMNS,
            "the variable transactions names the table sold, whose meta says log: "
            "events; a table of transactions has log: transactions.",
        ),
        (
            "transactions",
            {"file": "a.csv"},
            COLUMNS,
            "the variable transactions names the table sold, whose meta says no log; a "
            "table of transactions has log: transactions.",
        ),
        (
            "consents",
            {"file": "a.csv"},
            COLUMNS,
            "the variable consents cannot name a declared table, as transactions and "
            "events can; give it a path.",
        ),
        (
            "transactions",
            TRANSACTIONS | {"file": None},
            COLUMNS,
            "the meta of the table sold has no file, the path or glob of what is read.",
        ),
        (
            "transactions",
            TRANSACTIONS | {"refunds": "some"},
            COLUMNS,
            "refunds is some; it can be none or negative_amounts.",
        ),
        (
            "transactions",
            TRANSACTIONS,
            COLUMNS | {"paid": {"type": "money"}},
            "column 'paid': the type money is not known; it can be id, time, amount, "
            "currency, flag, text, ignore.",
        ),
        (
            "events",
            EVENTS,
            SEEN | {"kind": {"type": "text", "name": "colour"}},
            "column 'kind': a text has a name, which can be event_id, event_type, "
            "session_id, device, channel.",
        ),
        (
            "transactions",
            TRANSACTIONS,
            COLUMNS | {"when": {"type": "time", "format": "%Y", "time_zone": "Mars"}},
            "column 'when': the time_zone Mars must be UTC or the name of a zone, such "
            "as Europe/Berlin.",
        ),
        (
            "transactions",
            TRANSACTIONS,
            COLUMNS | {"when": {"type": "time", "time_zone": "UTC"}},
            "column 'when': a time_zone is that of times in a format; give it, too.",
        ),
        (
            "transactions",
            TRANSACTIONS,
            SEEN,
            "no column is of type amount, which the log needs.",
        ),
        (
            "transactions",
            TRANSACTIONS,
            COLUMNS | {"whom": {"type": "id"}},
            "the columns 'who' and 'whom' are both the user_id of the log; keep one.",
        ),
        (
            "transactions",
            TRANSACTIONS | {"currency": None},
            COLUMNS,
            "no column says the currency: declare it, or say in the meta of the table "
            "which it is for all rows, such as currency: EUR.",
        ),
        (
            "transactions",
            TRANSACTIONS,
            COLUMNS | {"in": {"type": "currency"}},
            "currency is said by the meta of the table and by the column 'in'; keep "
            "one.",
        ),
        (
            "transactions",
            TRANSACTIONS | {"refunds": "negative_amounts"},
            COLUMNS | {"back": {"type": "flag"}},
            "refunds are told by negative_amounts and by the column 'back'; keep one.",
        ),
    ],
)
def test_a_wrong_declaration_is_told_in_one_line(source, table, columns, problem):
    assert log_problem(source, "sold", table, columns, "m.yml") == f"m.yml: {problem}"


@pytest.mark.parametrize(
    ("source", "table", "columns"),
    [("transactions", TRANSACTIONS, COLUMNS), ("events", EVENTS, SEEN)],
)
def test_a_right_declaration_is_no_problem(source, table, columns):
    assert log_problem(source, "sold", table, columns, "m.yml") is None


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project in which sales and clicks are declared."""
    folder = tmp_path_factory.mktemp("declared_logs")
    project = copy_project(folder)
    (folder / "sales.txt").write_text(
        "buyer;at;sum;back\n"
        "a;31.03.2025 00:30;1.234,50;sale\n"
        # The same again is another sale.
        "a;31.03.2025 00:30;1.234,50;sale\n"
        "b;01.04.2025 12:00;20;RETURN\n"
        # Neither are numbers or times as declared.
        "b;02.04.2025 12:00;1.2;sale\n"
        "c;tomorrow;7,00;sale\n"
        "c;03.04.2025 12:00;7,00;maybe\n"
    )
    declare(
        project,
        "sales",
        {
            "log": "transactions",
            "file": str(folder / "sales.txt"),
            "delimiter": ";",
            "decimal_separator": ",",
            "thousands_separator": ".",
            "currency": "EUR",
        },
        {
            "buyer": {"type": "id"},
            "at": {
                "type": "time",
                "format": "%d.%m.%Y %H:%M",
                "time_zone": "Europe/Berlin",
            },
            "sum": {"type": "amount"},
            "back": {"type": "flag", "answers": ["sale", "return"]},
        },
    )
    (folder / "paid.csv").write_text(
        "who,on,paid\na,20250401,5\na,20250402,-2.50\na,2025042,1\n,20250403,1\n"
    )
    declare(
        project,
        "paid",
        {
            "log": "transactions",
            "file": str(folder / "paid.csv"),
            "currency": "EUR",
            "refunds": "negative_amounts",
        },
        {
            "who": {"type": "id"},
            "on": {"type": "time", "format": "%Y%m%d"},
            "paid": {"type": "amount"},
        },
    )
    return folder, project


def checked(project, name):
    """Rows of a log as they are checked, in the order of the file."""
    folder, copy = project
    build = build_project(
        folder / name,
        project=copy,
        transactions=name,
        arguments=[
            "--select",
            "stg_checked_transactions",
            "--exclude",
            "test_type:data",
        ],
    )
    assert build.returncode == 0, build.output
    return build.query(
        """
        select
            user_id, cast(occurred_at as varchar), cast(amount as double), is_refund,
            rejection_reasons, transaction_id
        from staging.stg_checked_transactions order by row_number
        """
    )


@pytest.mark.slow
def test_rows_are_read_as_declared_or_rejected_with_a_reason(project):
    rows = checked(project, "sales").astype(object)
    assert rows.where(rows.notna(), None).to_numpy()[:, :5].tolist() == [
        ["a", "2025-03-30 22:30:00", 1234.5, False, None],
        ["a", "2025-03-30 22:30:00", 1234.5, False, None],
        ["b", "2025-04-01 10:00:00", 20.0, True, None],
        ["b", "2025-04-02 10:00:00", None, False, "amount_not_a_number"],
        ["c", None, 7.0, False, "occurred_at_not_a_time"],
        ["c", "2025-04-03 10:00:00", 7.0, None, "is_refund_unknown"],
    ]
    # Of what is in the row, and told apart where rows are equal.
    keys = rows["transaction_id"]
    assert keys.nunique() == len(keys)
    assert keys[0][:-2] == keys[1][:-2]


@pytest.mark.slow
def test_negative_amounts_are_refunds_where_they_are_declared_so(project):
    rows = checked(project, "paid").astype(object)
    assert rows.where(rows.notna(), None).to_numpy()[:, :5].tolist() == [
        ["a", "2025-04-01 00:00:00", 5.0, False, None],
        ["a", "2025-04-02 00:00:00", 2.5, True, None],
        ["a", None, 1.0, False, "occurred_at_not_a_time"],
        [None, "2025-04-03 00:00:00", 1.0, False, "user_id_missing"],
    ]


@pytest.mark.slow
def test_keys_do_not_depend_on_the_order_of_rows(project):
    folder, _ = project
    file = folder / "sales.txt"
    before = checked(project, "sales")["transaction_id"]
    header, *lines = file.read_text().splitlines(keepends=True)
    file.write_text(header + "".join(reversed(lines)))
    assert sorted(checked(project, "sales")["transaction_id"]) == sorted(before)


@pytest.mark.slow
def test_a_log_that_is_declared_nowhere_is_told_in_one_line(tmp_path):
    build = build_project(tmp_path, transactions="nosuch")
    assert build.returncode != 0
    assert (
        "The variable transactions names nosuch, which no YAML file declares: "
        "models/inputs/nosuch.yml would; a path has a slash or a point in it."
    ) in build.output
