"""Whole builds on input that is not the sample."""

import shutil
import subprocess

import pytest

from conftest import (
    ROOT,
    build_project,
    copy_project,
    dbt_command,
    green_build,
    sample_rows,
    write_profiles,
)

pytestmark = pytest.mark.slow


def replace_once(file, old, new):
    text = file.read_text()
    assert text.count(old) == 1
    file.write_text(text.replace(old, new))


def test_a_feature_is_a_column_and_its_yaml(tmp_path):
    project = copy_project(tmp_path)
    replace_once(
        project / "models/features/user_engagement.sql",
        " as reactions_per_hour\nfrom weekly_hours",
        " as reactions_per_hour,\n"
        "    reaction_count / (1 + weekly_hours_online) as reactions_per_long_hour\n"
        "from weekly_hours",
    )
    replace_once(
        project / "models/features/user_engagement.yml",
        "      - name: reactions_per_hour\n",
        """\
      - name: reactions_per_long_hour
        description: Reactions per hour online and one.
        config:
          meta:
            feature:
              sources: [reaction_count, weekday_hours_online, weekend_hours_online]
              block: engagement
              transform: log1p
              label: Reactions per long hour
              unit: reactions
            words:
              high: [loud, loud users]
              low: [calm, calm users]
      - name: reactions_per_hour
""",
    )
    build = green_build(tmp_path / "build", project=project)
    traits = build.query(
        """
        select distinct objective, role, label from marts.segment_traits
        where feature = 'reactions_per_long_hour' order by objective
        """
    )
    assert len(traits) == 3
    assert set(traits["role"]) == {"basis"}
    assert set(traits["label"]) == {"Reactions per long hour"}


def test_an_objective_is_an_entry_in_the_variables(tmp_path):
    build = green_build(
        tmp_path / "build",
        objectives={
            "personalized_marketing": {
                "block_weights": {"ad_response": 1},
                "outcome": "conversion_rate",
                "segment_count": 3,
            }
        },
    )
    segmentations = build.query("from marts.segmentations")
    assert segmentations[["objective", "segment_count"]].to_numpy().tolist() == [
        ["personalized_marketing", 3]
    ]
    segments = build.query("from marts.users")
    assert segments["personalized_marketing_segment"].nunique() == 3
    assert "customer_service_segment" not in segments


def test_a_second_build_with_nothing_new_adds_no_model(tmp_path, sample_build):
    shutil.copy(sample_build.database, tmp_path / "build.duckdb")
    again = green_build(tmp_path)
    count = "select count(*) as row_count from segmentation.segment_models"
    assert again.query(count).equals(sample_build.query(count))


def test_a_model_that_changes_is_kept_beside_the_old_one(tmp_path, sample_build):
    shutil.copy(sample_build.database, tmp_path / "build.duckdb")
    objectives = {
        "personalized_marketing": {
            "block_weights": {"engagement": 1},
            "outcome": "conversion_rate",
            "segment_count": 2,
        }
    }
    again = green_build(tmp_path, arguments=["--full-refresh"], objectives=objectives)
    versions = again.query(
        """
        select objective, model_version, count(distinct segment_number)
        from segmentation.segment_models group by all order by all
        """
    )
    assert versions.to_numpy().tolist() == [
        ["customer_service", 1, 5],
        ["personalized_marketing", 1, 5],
        ["personalized_marketing", 2, 2],
        ["product_recommendation", 1, 5],
    ]
    scored = again.query(
        "select distinct objective, model_version from segmentation.user_segments"
    )
    assert scored.to_numpy().tolist() == [["personalized_marketing", 2]]


def test_the_case_studys_file_builds_without_an_edit(tmp_path, case_study_file):
    build = green_build(tmp_path, user_profiles=str(case_study_file))
    counts = build.query(
        """
        select
            (select count(*) from staging.stg_users) as accepted,
            (select count(*) from staging.stg_rejected_rows) as rejected,
            (select count(*) from marts.segmentations) as segmentations
        """
    )
    assert counts.to_numpy().tolist() == [[1000, 0, 3]]
    evidence = build.query("from marts.segmentations")
    assert set(evidence["verdict"]) == {"none"}
    assert set(evidence["supported_segment_count"]) == {1}
    assert evidence["segment_count_reason"].str.startswith("The fallback").all()
    assert (evidence["gain"] < 0.02).all()
    for objective in evidence["objective"]:
        assert f"Objective {objective}: verdict none. A convenience" in build.output


@pytest.mark.chaos
def test_strict_verdicts_stop_a_segmentation_without_structure(
    tmp_path, case_study_file
):
    build = build_project(
        tmp_path, user_profiles=str(case_study_file), strict_verdict=True
    )
    assert build.returncode != 0
    assert "Failure in test every_segmentation_has_structure" in build.output
    assert "Nothing is published" in build.output


@pytest.mark.chaos
def test_the_technique_can_be_chosen(tmp_path):
    build = green_build(
        tmp_path / "build",
        objectives={
            "personalized_marketing": {
                "block_weights": {"engagement": 1, "ad_response": 1},
                "outcome": "conversion_rate",
                "segment_count": "auto",
                "technique": "ward",
            }
        },
    )
    used = build.query("from marts.technique_scores where is_used")
    assert used["technique"].tolist() == ["ward"]
    assert used["agreement"].tolist() == [1]
    assert build.query("from marts.segmentations")["technique"].tolist() == ["ward"]


def test_an_empty_build_passes(tmp_path):
    build = build_project(tmp_path, arguments=["--empty"])
    assert build.returncode == 0, build.output


GOES_ON = (
    *("staging.stg_events", "features.user_daily_sessions"),
    *("segmentation.last_features", "segmentation.last_inputs"),
    *("segmentation.segment_models", "segmentation.lineage_events"),
    *("segmentation.training_profiles", "segmentation.training_mixes"),
    *("segmentation.model_verdicts", "segmentation.naming_history"),
    "snapshots.user_segment_history",
)


def test_an_empty_build_leaves_what_builds_go_on_from(tmp_path, sample_build):
    shutil.copy(sample_build.database, tmp_path / "build.duckdb")
    empty = green_build(tmp_path, arguments=["--empty", "--full-refresh"])
    assert empty.query("from marts.users").empty
    # Alone, it sees what the empty build left.
    command, environment = dbt_command(tmp_path, "snapshot")
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    for table in GOES_ON:
        rows = f"from {table} order by all"
        assert len(empty.query(rows)) > 0, table
        assert empty.query(rows).equals(sample_build.query(rows)), table


BAD_ROWS = {
    "user_id_missing": {"User ID": " "},
    "user_id_repeated": {"User ID": "77"},
    "weekday_hours_online_below_0": {"Time Spent Online (hrs/weekday)": "-1"},
    "weekend_hours_online_above_24": {"Time Spent Online (hrs/weekend)": "30"},
    "click_through_rate_above_1": {"Click-Through Rates (CTR)": "1.2"},
    "conversion_rate_not_a_number": {"Conversion Rates": "19,3"},
    "income_level_unknown": {"Income Level": "a lot"},
    "top_interests_missing": {"Top Interests": ""},
    "ad_interaction_seconds_missing, top_interests_unknown": {
        "Ad Interaction Time (sec)": "",
        "Top Interests": "Gaming, Curling",
    },
}


@pytest.fixture(scope="module")
def damaged_build(tmp_path_factory):
    """The sample with bad rows at its end; one of them repeats the id of user 77."""
    folder = tmp_path_factory.mktemp("damaged")
    rows = sample_rows()
    for number, damage in enumerate(BAD_ROWS.values()):
        rows.append({**rows[0], "User ID": f"bad {number}", **damage})
    # Odd, yet within every rule: such a row must not stop the build.
    extremes = {
        "Likes and Reactions": "1000000000",
        "Time Spent Online (hrs/weekday)": "1e-9",
        "Time Spent Online (hrs/weekend)": "0",
    }
    rows.append({**rows[0], "User ID": "odd", **extremes})
    file = write_profiles(folder / "users.csv", rows)
    return green_build(folder / "build", user_profiles=file)


def test_each_bad_row_is_rejected_with_its_reasons(damaged_build):
    rejected = damaged_build.query(
        "select row_number, reasons from staging.stg_rejected_rows order by row_number"
    )
    assert rejected.to_numpy().tolist() == [
        [77, "user_id_repeated"],
        *([1001 + place, reasons] for place, reasons in enumerate(BAD_ROWS)),
    ]


def test_a_rejected_row_keeps_what_was_read(damaged_build):
    raw_rows = damaged_build.query(
        "from staging.stg_rejected_rows where reasons like '%not_a_number'"
    )["raw_row"]
    assert '"Conversion Rates":"19,3"' in raw_rows[0]
    assert '"User ID":"bad 5"' in raw_rows[0]


def test_the_rest_of_a_damaged_file_is_segmented(damaged_build):
    counts = damaged_build.query(
        "select objective, user_count from marts.segmentations order by objective"
    )
    assert counts["user_count"].tolist() == [1000, 1000, 1000]
