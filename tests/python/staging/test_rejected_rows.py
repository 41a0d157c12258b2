"""Rules in words and in tests, and what becomes of the rows that break them."""

import csv
import json
import re
import shutil

import duckdb
import pytest
import yaml

import declared
from conftest import (
    ROOT,
    build_project,
    green_build,
    sample_rows,
    write_profiles,
)
from user_segmentation.declaration.reasons import rejection_reasons

pytestmark = pytest.mark.slow

STAGING = [
    *("--select", "+stg_users", "+stg_rejection_reasons"),
    *("--exclude-resource-type", "test"),
]
UNIT_TEST_OF_ALL_RULES = "stg_user_profiles_gives_every_rule_that_a_row_breaks"


@pytest.fixture(scope="module")
def sentences():
    """Code and sentence of every rule of the profiles."""
    return sentences_of("user_profiles")


def sentences_of(source):
    if source == "user_profiles":
        rules = rejection_reasons(declared.columns(), declared.PLACE)
    else:
        with (ROOT / "seeds/log_rejection_reasons.csv").open(newline="") as seed:
            rules = [row for row in csv.DictReader(seed) if row["source"] == source]
    return {row["reason"]: row["sentence"] for row in rules}


@pytest.fixture(scope="module")
def refused_build(tmp_path_factory, sample_build):
    """After a good build, one of 90 rows of which 31 break rules."""
    folder = tmp_path_factory.mktemp("refused")
    shutil.copy(sample_build.database, folder / "build.duckdb")
    rows = sample_rows(90)
    for row in rows[:20]:
        row["Gender"] = "?"
    for row in rows[19:29]:
        row["Time Spent Online (hrs/weekday)"] = "25"
    for row in rows[28:30]:
        row["Age"] = ""
    rows[30]["Top Interests"] = "Chess"
    file = write_profiles(folder / "users.csv", rows)
    # Named, the sample's logs go with any profiles: those of other files are forgotten.
    logs = {
        "events": "data/events.parquet",
        "transactions": "data/transactions.parquet",
    }
    return build_project(folder, user_profiles=file, **logs)


def test_every_rule_has_a_sentence_and_is_unit_tested(refused_build, sentences):
    project = refused_build.database.parent / "target/compiled/user_segmentation"
    sql = (project / "models/staging/stg_user_profiles.sql").read_text()
    rules = set(re.findall(r"(?:then|else)\s+'(\w+)'", sql))

    properties = ROOT / "models/staging/stg_user_profiles.yml"
    unit_tests = yaml.safe_load(properties.read_text())["unit_tests"]
    (unit_test,) = [
        test for test in unit_tests if test["name"] == UNIT_TEST_OF_ALL_RULES
    ]
    reasons = [row["rejection_reasons"] for row in unit_test["expect"]["rows"]]
    tested = {code for codes in reasons if codes for code in codes.split(", ")}

    assert len(rules) > 40
    assert rules == tested == set(sentences)


@pytest.mark.parametrize("source", ["user_profiles", "events", "transactions"])
def test_every_sentence_names_its_raw_column(source):
    properties = (ROOT / "models/staging/sources.yml").read_text()
    (raw,) = yaml.safe_load(properties)["sources"]
    headers = {"user_profiles": sample_rows(1)[0].keys()}
    for table in raw["tables"]:
        headers[table["name"]] = [column["name"] for column in table["columns"]]
    for sentence in sentences_of(source).values():
        assert sentence.startswith(tuple(f"{header} " for header in headers[source]))
        assert sentence.endswith(".")


def test_too_many_rejected_rows_stop_the_build_with_one_line(refused_build, sentences):
    assert refused_build.returncode != 0
    lines = [line.strip() for line in refused_build.output.splitlines()]
    assert (
        "Of 90 rows of user_profiles read, 31 were rejected: 34.4444%, where the "
        "variable max_rejected_share allows 5%. The commonest reasons: "
        f"gender_unknown (20): {sentences['gender_unknown']} "
        f"weekday_hours_online_above_24 (10): "
        f"{sentences['weekday_hours_online_above_24']} "
        f"age_missing (2): {sentences['age_missing']} "
        "Every rejected row stands in staging.stg_rejected_rows of "
        f"{refused_build.database} with its reasons. "
        "To allow more: max_rejected_share: 0.35 in dbt_project.yml, or in one --vars "
        "with user_profiles."
    ) in lines
    assert "Traceback" not in refused_build.output


def test_the_rejected_rows_of_a_refused_build_can_be_read(refused_build):
    reasons = refused_build.query(
        """
        select reason, row_count from staging.stg_rejection_reasons
        where row_count > 0 and source = 'user_profiles'
        order by row_count desc, reason
        """
    )
    assert reasons.to_numpy().tolist() == [
        ["gender_unknown", 20],
        ["weekday_hours_online_above_24", 10],
        ["age_missing", 2],
        ["top_interests_unknown", 1],
    ]
    rows = refused_build.query(
        """
        from staging.stg_rejected_rows
        where source = 'user_profiles' order by row_number
        """
    )
    assert rows["row_number"].tolist() == list(range(1, 32))


def test_a_refused_build_leaves_features_and_marts_as_they_were(
    refused_build, sample_build
):
    tables = sample_build.query(
        """
        select table_schema || '.' || table_name as name
        from information_schema.tables
        where table_schema in ('features', 'segmentation', 'marts')
            and table_type = 'BASE TABLE'
        """
    )["name"]
    assert len(tables) > 15
    for table in tables:
        query = f"from {table} order by all"
        assert refused_build.query(query).equals(sample_build.query(query)), table


def test_exactly_the_allowed_share_passes(tmp_path):
    # 0.29 * 100 is less than 29 in floating-point numbers.
    rows = sample_rows(100)
    for row in rows[:29]:
        row["Gender"] = "?"
    file = write_profiles(tmp_path / "users.csv", rows)
    build = green_build(
        tmp_path, arguments=STAGING, user_profiles=file, max_rejected_share=0.29
    )
    assert len(build.query("from staging.stg_users")) == 71


@pytest.mark.chaos
def test_a_build_that_rejects_everybody_is_refused_whatever_is_allowed(tmp_path):
    rows = [{**row, "User ID": ""} for row in sample_rows(6)]
    file = write_profiles(tmp_path / "users.csv", rows)
    build = build_project(
        tmp_path, arguments=STAGING, user_profiles=file, max_rejected_share=1
    )
    assert build.returncode != 0
    assert (
        "No user is left: of 6 rows read, 6 were rejected. The "
        "commonest reasons: user_id_missing (6): User ID is empty"
    ) in build.output
    assert "Traceback" not in build.output


def write_parquet(path, changes):
    """The first four users with types of Parquet's own and untidy headers."""
    headers = sample_rows(1)[0]
    columns = ", ".join(f'"{header}" as "\t{header.upper()} "' for header in headers)
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create table users as
            from read_csv('{ROOT}/seeds/raw_user_profiles.csv') limit 4;
            {changes};
            copy (select {columns} from users) to '{path}' (format parquet)
            """
        )
    return str(path)


def rejected_rows(build):
    """Reasons and raw row of each rejected user."""
    rows = build.query("from staging.stg_rejected_rows").itertuples()
    raw_rows = [(row.reasons, json.loads(row.raw_row)) for row in rows]
    return {raw["USER ID"]: (reasons, raw) for reasons, raw in raw_rows}


def test_numbers_of_parquet_are_checked_as_those_of_csv(tmp_path):
    changes = """
        update users set "Click-Through Rates (CTR)" = 'nan' where "User ID" = 2;
        update users set "Time Spent Online (hrs/weekday)" = null where "User ID" = 3
    """
    build = green_build(
        tmp_path,
        arguments=STAGING,
        user_profiles=write_parquet(tmp_path / "users.PARQUET", changes),
        max_rejected_share=0.5,
    )
    accepted = build.query(
        """
        select user_id, reaction_count, weekday_hours_online, click_through_rate
        from staging.stg_users order by user_id
        """
    )
    first, _, _, fourth = sample_rows(4)
    assert accepted.to_numpy().tolist() == [
        [
            row["User ID"],
            int(row["Likes and Reactions"]),
            float(row["Time Spent Online (hrs/weekday)"]),
            float(row["Click-Through Rates (CTR)"]),
        ]
        for row in (first, fourth)
    ]
    rejected = rejected_rows(build)
    assert rejected.keys() == {"2", "3"}
    reasons, raw = rejected["2"]
    assert reasons == "click_through_rate_not_a_number"
    assert raw["CLICK-THROUGH RATES (CTR)"] == "nan"
    reasons, raw = rejected["3"]
    assert reasons == "weekday_hours_online_missing"
    assert raw["TIME SPENT ONLINE (HRS/WEEKDAY)"] is None


@pytest.mark.chaos
def test_a_list_in_parquet_is_rejected_as_the_text_that_it_is(tmp_path):
    changes = """
        alter table users alter "Top Interests" type varchar[]
            using string_split("Top Interests", ', ')
    """
    file = write_parquet(tmp_path / "users.parquet", changes)
    build = build_project(tmp_path, arguments=STAGING, user_profiles=file)
    rejected = rejected_rows(build)
    assert len(rejected) == 4
    reasons, raw = rejected["1"]
    assert reasons == "top_interests_unknown"
    assert raw["TOP INTERESTS"] == f"[{sample_rows(1)[0]['Top Interests']}]"
