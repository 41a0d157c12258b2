"""A test that fails says what it found, not only how many rows."""

import shutil
import subprocess

import duckdb
import pytest

from conftest import ROOT, dbt_command

pytestmark = pytest.mark.slow

TESTS = [
    "segment_user_counts_add_up_to_all_users",
    "every_action_is_for_a_feature",
    "unique_sources_source",
    "every_user_has_one_segment_per_objective",
]


@pytest.fixture(scope="module")
def output(sample_build, tmp_path_factory):
    """What dbt says of tests on marts that were spoilt."""
    folder = tmp_path_factory.mktemp("findings")
    with duckdb.connect(shutil.copy(sample_build.database, folder)) as connection:
        for change in (
            "update marts.segments set user_count = user_count + 1"
            " where objective = 'customer_service'",
            "insert into raw.segment_actions by name"
            " select 'customer_service' as objective, 'mood' as feature",
            "insert into marts.sources from marts.sources where source = 'events'",
            "delete from segmentation.scored_users where user_id like '%7'",
        ):
            connection.execute(change)
    command, environment = dbt_command(folder, "test", "--select", *TESTS)
    completed = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert completed.returncode == 1, completed.stdout
    return completed.stdout


@pytest.mark.parametrize(
    "line",
    [
        "segment_user_counts_add_up_to_all_users: objective is customer_service, "
        "user_count is 1005\n",
        " seeds/segment_actions.csv, objective customer_service: mood is no feature of "
        "feature_catalog.\n",
        "unique_sources_source: unique_field is events, n_records is 2\n",
        "every_user_has_one_segment_per_objective: "
        "personalized_marketing_segment_number is null, ",
    ],
)
def test_a_test_that_fails_tells_its_rows(output, line):
    assert line in output


def test_of_many_rows_the_first_are_told_and_how_many_there_are(output):
    name = "every_user_has_one_segment_per_objective: "
    assert output.count(f"{name}personalized_marketing") == 12
    assert f"{name}and 88 rows more." in output
