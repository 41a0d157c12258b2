"""What is drafted of files that everybody can look up."""

import pytest
import yaml

from conftest import CASE_STUDY
from user_segmentation.draft.draft import draft

FOLDER = CASE_STUDY.parent


def drafted(name):
    """The draft of a file, and its columns by header."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(
            f"{path} is not here: its licence is unclear, and it is not shipped"
        )
    found = draft(str(path))
    (table,) = yaml.safe_load(found.text)["sources"][0]["tables"]
    columns = {column["name"]: column for column in table["columns"]}
    meta = {name: column["config"]["meta"] for name, column in columns.items()}
    return found, table["config"]["meta"], meta


def basis(columns):
    return {
        name
        for name, meta in columns.items()
        if "feature" in meta
        and not meta.get("is_protected")
        and "role" not in meta["feature"]
    }


@pytest.fixture(scope="module")
def mall():
    return drafted("mall_customers.csv")


@pytest.fixture(scope="module")
def marketing():
    return drafted("marketing_campaign.csv")


def test_mall_customers_are_segmented_by_income_and_spending(mall):
    _, table, columns = mall
    assert basis(columns) == {"Annual Income (k$)", "Spending Score (1-100)"}
    assert table["objectives"] == {
        "mall_customers": {"block_weights": {"numbers": 1}, "segment_count": "auto"}
    }


def test_age_and_gender_of_mall_customers_are_protected(mall):
    _, _, columns = mall
    assert columns["CustomerID"] == {"type": "id"}
    assert columns["Gender"] == {
        "type": "category",
        "answers": ["Female", "Male"],
        "when_missing": "unknown",
        "is_protected": True,
    }
    assert columns["Age"]["type"] == "number"
    assert columns["Age"]["is_protected"]
    assert columns["Age"]["minimum"] == 0
    assert columns["Age"]["is_whole"]


def test_names_of_mall_segments_read_well(mall):
    _, _, columns = mall
    assert columns["Annual Income (k$)"]["words"] == {
        "high": ["high-annual-income", "users high in annual income"],
        "low": ["low-annual-income", "users low in annual income"],
    }


def test_the_marketing_file_is_read_as_it_is_written(marketing):
    _, table, columns = marketing
    assert table["delimiter"] == ";"
    assert {"encoding", "quote", "has_header"} & table.keys() == set()
    assert len(columns) == 29
    assert columns["ID"] == {"type": "id"}


def test_what_marketing_leaves_out_is_said(marketing):
    found, _, columns = marketing
    whys = {guess.name: guess.why for guess in found.guesses}
    assert whys["Z_CostContact"] == "a constant: always 3"
    assert whys["Z_Revenue"] == "a constant: always 11"
    assert columns["Z_Revenue"] == {"type": "ignore"}
    assert [n for n, m in columns.items() if m.get("is_protected")] == [
        "Year_Birth",
        "Marital_Status",
    ]
    assert columns["Year_Birth"]["type"] == "number"
    assert columns["Year_Birth"]["feature"]["is_zero_none"] is False


def test_a_missing_income_is_unknown(marketing):
    found, _, columns = marketing
    assert columns["Income"]["when_missing"] == "unknown"
    (income,) = [guess for guess in found.guesses if guess.name == "Income"]
    assert income.missing_share == pytest.approx(24 / 2240)


def test_education_of_which_a_level_is_not_known_is_no_scale(marketing):
    found, _, columns = marketing
    assert columns["Education"]["type"] == "category"
    assert set(columns["Education"]["flags"]) == {
        *("is_education_2n_cycle", "is_education_basic", "is_education_graduation"),
        *("is_education_master", "is_education_ph_d"),
    }
    (education,) = [guess for guess in found.guesses if guess.name == "Education"]
    assert education.remarks == ["not all on a scale that is known"]


def test_amounts_are_skewed_and_the_sign_up_is_a_date(marketing):
    _, table, columns = marketing
    amounts = {n: m for n, m in columns.items() if n.startswith("Mnt")}
    assert len(amounts) == 6
    for meta in amounts.values():
        assert meta["feature"] == {"block": "mnt", "transform": "log1p"}
    assert "transform" not in columns["Recency"]["feature"]
    assert columns["Dt_Customer"]["type"] == "date"
    assert "format" not in columns["Dt_Customer"]
    assert table["objectives"]["marketing_campaign"]["block_weights"] == {
        **{"answers": 0.5, "numbers": 1, "mnt": 1, "num": 1, "flags": 0.5}
    }


def test_the_case_study_has_bands_a_scale_rates_and_lists():
    _, _, columns = drafted(CASE_STUDY.name)
    types = {name: meta["type"] for name, meta in columns.items()}
    assert types == {
        "User ID": "id",
        **dict.fromkeys(["Age", "Education Level", "Income Level"], "ordered"),
        **dict.fromkeys(["Gender", "Location", "Language", "Device Usage"], "category"),
        **dict.fromkeys(["Likes and Reactions", "Followed Accounts"], "number"),
        "Time Spent Online (hrs/weekday)": "number",
        "Time Spent Online (hrs/weekend)": "number",
        **dict.fromkeys(["Click-Through Rates (CTR)", "Conversion Rates"], "rate"),
        "Ad Interaction Time (sec)": "number",
        "Top Interests": "list",
    }
    assert columns["Age"]["midpoints"] == [21, 29.5, 39.5, 49.5, 59.5, 70]
    assert columns["Education Level"]["answers"] == [
        *("High School", "Technical", "Bachelor", "Master", "PhD"),
    ]
    assert columns["Income Level"]["midpoints"] == [
        *(10_000, 30_000, 50_000, 70_000, 90_000, 110_000),
    ]
    assert len(columns["Top Interests"]["answers"]) == 16
    assert columns["Top Interests"]["count"]["name"] == "top_interests_count"
