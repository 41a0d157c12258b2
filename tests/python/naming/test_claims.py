"""A claim that no longer holds is found, whichever table it fails in."""

import re
import shutil
import subprocess

import duckdb
import pytest

from conftest import ROOT, dbt_command

pytestmark = pytest.mark.slow

TEST = "every_published_claim_holds"


@pytest.fixture
def marts(sample_build, tmp_path):
    """A copy of the sample's database that may be changed."""
    path = shutil.copy(sample_build.database, tmp_path)
    with duckdb.connect(path) as connection:
        yield connection


@pytest.fixture(scope="module")
def find_false_claims(sample_build):
    """Run the test as dbt compiled it."""
    compiled = sample_build.database.parent / "target/compiled/user_segmentation/tests"
    sql = (compiled / f"marts/{TEST}.sql").read_text()

    def find(connection):
        return connection.sql(sql).df()

    return find


def test_every_claim_of_the_sample_holds(marts, find_false_claims):
    assert find_false_claims(marts).empty


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            "update marts.segment_traits set certain_difference = -certain_difference",
            "other direction",
        ),
        (
            "update marts.segment_traits "
            "set certain_difference = certain_difference / 10",
            "below threshold",
        ),
        ("update marts.segment_traits set mean = mean * 1.05", "printed otherwise"),
        (
            "update marts.segment_traits set population_mean = mean",
            "other direction",
        ),
        (
            "update marts.segment_traits set q_value = 0.05 where is_outside_basis",
            "not significant",
        ),
        ("update marts.segment_traits set is_outside_basis = true", "not significant"),
        (
            "delete from marts.segment_traits where feature = 'reaction_count'",
            "other numbers in marts",
        ),
        (
            "update marts.segment_answers set index = 100 + (index - 100) / 100",
            "below threshold",
        ),
        ("update marts.segment_answers set share = null", "printed otherwise"),
        (
            "update marts.segment_answers set q_value = 0.05 where is_outside_basis",
            "not significant",
        ),
        (
            "update marts.segment_list_items set share = share * 1.05",
            "printed otherwise",
        ),
        (
            "update marts.segment_list_items set index = 10000 / index",
            "other direction",
        ),
        ("update marts.segments set user_count = 29", "not significant"),
        (
            "update marts.segments set segment_name = 'Rich users' "
            "where segment_number = 1",
            "nobody gave the name Rich users",
        ),
        (
            "update marts.segments set rule_name = 'Rich ' || lower(rule_name)",
            "the name says more than its claims",
        ),
        (
            "update marts.segments set rule_name = 'Other users'",
            "printed otherwise",
        ),
        (
            "update marts.segments set description = description || ' All are loyal.'",
            "the description says more than its claims",
        ),
        (
            "update marts.segments "
            "set description = replace(description, 'above', 'below')",
            "printed otherwise",
        ),
        (
            "update marts.segments "
            "set description = "
            "'No difference from all users is large enough to be told.'",
            "printed otherwise",
        ),
        (
            "delete from marts.segment_claims where place = 'name'",
            "the name says more than its claims",
        ),
        (
            "delete from marts.segment_claims where place = 'description'",
            "the description says more than its claims",
        ),
        (
            "update marts.segment_claims "
            "set direction = if(direction = 'low', 'high', 'low')",
            "other direction",
        ),
        ("update marts.segment_claims set threshold = 0", "below threshold"),
        (
            "update marts.segment_claims set evidence = evidence * 2",
            "other numbers in marts",
        ),
        (
            "update marts.segment_claims set words = replace(words, 'more', 'less')",
            "printed otherwise",
        ),
    ],
)
def test_a_change_that_makes_a_claim_false_is_found(
    marts, find_false_claims, change, problem
):
    marts.execute(change)
    assert find_false_claims(marts)["problem"].str.contains(problem).any()


def test_an_alias_makes_no_claim(marts, find_false_claims):
    marts.execute(
        """
        update marts.segments set segment_name = 'Night owls', named_by = 'Ann'
        where segment_number = 1
        """
    )
    assert find_false_claims(marts).empty


@pytest.mark.parametrize(("factor", "is_true"), [(1, True), (0.1, False)])
def test_dbt_fails_where_a_claim_is_false(sample_build, tmp_path, factor, is_true):
    with duckdb.connect(shutil.copy(sample_build.database, tmp_path)) as connection:
        connection.execute(
            "update marts.segment_traits "
            f"set certain_difference = {factor} * certain_difference"
        )
    command, environment = dbt_command(tmp_path, "test", "--select", TEST)
    completed = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (completed.returncode == 0) == is_true, completed.stdout
    assert bool(re.search(rf"FAIL \d+ {TEST}", completed.stdout)) != is_true
