"""Users without profiles: purchases in a file of its own form, and nothing else."""

import os
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from conftest import ROOT, build_project, copy_project
from declared_logs import declare

pytestmark = pytest.mark.slow

PURCHASES = Path(
    os.environ.get("CDNOW_FILE", ROOT.parent / "shared/data/cdnow_sample.txt")
)
# What only profiles say, or the sample's.
OF_PROFILES = {
    *("age", "gender", "location", "education_level", "income_level"),
    *("device_usage", "top_interests", "click_through_rate", "weekly_hours_online"),
}


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Customers of a shop, of whom only purchases are known."""
    if not PURCHASES.exists():
        pytest.skip(
            "the purchases of CDNOW are not shipped, as their licence is unknown; "
            "CDNOW_FILE can tell where they are"
        )
    folder = tmp_path_factory.mktemp("cdnow")
    project = copy_project(folder)
    declare(
        project,
        "cdnow",
        {
            "log": "transactions",
            "file": str(PURCHASES),
            "delimiter": " ",
            "has_header": False,
            "currency": "USD",
        },
        {
            "master_id": {"type": "ignore"},
            "customer_id": {"type": "id"},
            "day": {"type": "time", "format": "%Y%m%d"},
            "cd_count": {"type": "ignore"},
            "dollars": {"type": "amount"},
        },
    )
    built = build_project(folder, project=project, transactions="cdnow")
    assert built.returncode == 0, built.output
    return built


@pytest.fixture(scope="module")
def purchases(build):
    """The same file as pandas reads it."""
    names = ["master_id", "user_id", "day", "cd_count", "dollars"]
    table = pd.read_csv(PURCHASES, sep=r"\s+", names=names, dtype=str)
    table["day"] = pd.to_datetime(table["day"], format="%Y%m%d")
    table["dollars"] = table["dollars"].map(Decimal)
    return table


def test_recency_frequency_and_money_are_those_of_pandas(build, purchases):
    last_day = purchases["day"].max()
    expected = purchases.groupby("user_id").agg(
        last=("day", "max"), count=("day", "size"), money=("dollars", "sum")
    )
    expected["age"] = (last_day - purchases.groupby("user_id")["day"].min()).dt.days
    expected["recency"] = (last_day - expected["last"]).dt.days
    for score, value in (("r", "last"), ("f", "count"), ("m", "money")):
        less = expected[value].rank(method="min").astype(int) - 1
        expected[score] = 1 + 5 * less // len(expected)
    found = build.query(
        """
        select
            user_id, days_since_last_purchase, purchase_count,
            cast(purchase_amount as varchar), customer_age_days,
            recency_score, frequency_score, monetary_score
        from marts.customers order by user_id
        """
    )
    asked = ["recency", "count", "money", "age", "r", "f", "m"]
    rows = expected.sort_index().reset_index()[["user_id", *asked]]
    rows["money"] = rows["money"].map("{:.2f}".format)
    assert found.to_numpy().tolist() == rows.to_numpy().tolist()


def test_segments_are_those_of_purchases_alone(build, purchases):
    users = build.query("from marts.users order by user_id")
    assert users["user_id"].tolist() == sorted(set(purchases["user_id"]))
    assert users["customers_segment"].notna().all()
    basis = build.query("select distinct feature from segmentation.basis_features")
    assert set(basis["feature"]) == {"purchase_count", "average_order_value"}


def test_no_profile_is_invented_in_any_mart(build, purchases):
    sources = build.query("select source, input from marts.sources order by source")
    assert sources["source"].tolist() == [
        *("consents", "events", "transactions", "user_aliases")
    ]
    read = sources.dropna()
    assert read["source"].tolist() == ["transactions"]
    columns = build.query(
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'marts'"
    )
    assert not OF_PROFILES & set(columns["column_name"])
    for mart in ("segment_answers", "segment_list_items", "protected_attribute_audit"):
        assert build.query(f"from marts.{mart}").empty
    release = build.query("select input, read_count from marts.release")
    assert release.to_numpy().tolist() == [[str(PURCHASES), len(purchases)]]


def test_all_is_published_and_the_last_lines_tell_of_users_in_logs(build):
    assert "Users: 2,357 in the logs, as no profiles are read." in build.output
    published = build.database.parent / "published"
    report = (published / "current/report.html").read_text()
    assert "user_profiles" not in report
    assert "without a profile" not in report
    assert "2,357 users" in report
    assert "6,919 users" not in report
