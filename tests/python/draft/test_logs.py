"""Files with several rows for a user: logs of purchases."""

import pytest
import yaml

from conftest import CASE_STUDY
from user_segmentation.draft.build import build_command
from user_segmentation.draft.command import run_draft
from user_segmentation.draft.draft import draft
from user_segmentation.draft.refusal import DraftRefusedError

CDNOW = CASE_STUDY.with_name("cdnow_sample.txt")


def table_of(path):
    (table,) = yaml.safe_load(draft(str(path)).text)["sources"][0]["tables"]
    columns = {c["name"]: c["config"]["meta"] for c in table["columns"]}
    return table["config"]["meta"], columns


def purchases(path, header, *, users=5):
    rows = [
        f"o{n},c{n % users},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{n}.50,{n % 3 + 1}"
        for n in range(30)
    ]
    path.write_text("\n".join([header, *rows] if header else rows) + "\n")


def test_purchases_without_a_header_are_a_log():
    if not CDNOW.exists():
        pytest.skip(f"{CDNOW} is not here: its licence is unclear, and not shipped")
    meta, columns = table_of(CDNOW)
    assert meta == {
        "file": str(CDNOW),
        "delimiter": " ",
        "has_header": False,
        "log": "transactions",
        "currency": "XXX",
    }
    assert columns == {
        "column_1": {"type": "id"},
        "column_2": {"type": "ignore"},
        "column_3": {"type": "time", "format": "%Y%m%d"},
        "column_4": {"type": "ignore"},
        "column_5": {"type": "amount"},
    }


def test_orders_of_customers_are_a_log(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    purchases(tmp_path / "orders.csv", "order_id,customer_id,bought,total,items")
    meta, columns = table_of("orders.csv")
    assert meta == {"file": "orders.csv", "log": "transactions", "currency": "XXX"}
    assert columns == {
        "order_id": {"name": "transaction_id", "type": "text"},
        "customer_id": {"type": "id"},
        "bought": {"type": "time"},
        "total": {"type": "amount"},
        "items": {"type": "ignore"},
    }
    assert "This is a log, and no table of users" in "\n".join(run_draft("orders.csv"))
    command, _ = build_command("orders.csv", {})
    assert command[-1] == "{transactions: orders}"


def test_one_row_a_user_is_no_log(tmp_path):
    path = tmp_path / "people.csv"
    purchases(path, "row,customer_id,joined,total,items", users=30)
    meta, columns = table_of(path)
    assert columns["customer_id"] == {"type": "id"}
    assert "kind" not in meta


def test_several_rows_without_a_time_are_refused(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("customer_id,total\n" + "1,2.5\n2,3.5\n" * 10)
    with pytest.raises(DraftRefusedError, match="'customer_id' 18 of 20 rows"):
        draft(str(path))


def test_a_log_of_customers_by_another_word_is_one(tmp_path):
    path = tmp_path / "einkaeufe.csv"
    rows = [f"K{n % 7};{n % 28 + 1:02}.03.2024;{n},50" for n in range(40)]
    path.write_text("\n".join(["Kunde;Tag;Betrag", *rows]) + "\n")
    meta, columns = table_of(path)
    assert meta["log"] == "transactions"
    assert columns == {
        "Kunde": {"type": "id"},
        "Tag": {"type": "time", "format": "%d.%m.%Y"},
        "Betrag": {"type": "amount"},
    }
