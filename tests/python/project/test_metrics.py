"""Metrics: dbt keeps what the YAML names, and MetricFlow answers what SQL answers."""

import json
import shutil
import subprocess

import pandas as pd
import pytest
import yaml

from conftest import ROOT, copy_project, dbt_command

pytestmark = pytest.mark.slow

METRICFLOW = ROOT / ".venv-metrics/bin/mf"
FILES = [
    yaml.safe_load((ROOT / f"models/metrics/{name}.yml").read_text())
    for name in ("metrics", "case_study")
]
NAMED = {
    kind: [entry for file in FILES for entry in file[kind]]
    for kind in ("semantic_models", "metrics")
}

BY_SEGMENT = """
select
    {columns}
from marts.segments
inner join segmentation.user_segments using (segment_key)
inner join marts.users using (user_id)
group by all
order by all
"""
USER_METRICS = {
    "users": "count(*)",
    "segment_share": "any_value(user_share)",
    "click_through_rate": "avg(click_through_rate)",
    "conversion_rate": "avg(conversion_rate)",
    "weekly_hours_online": "avg(weekly_hours_online)",
}


def manifest_of(build):
    """What dbt made of the YAML in a build."""
    return build.database.parent / "target/semantic_manifest.json"


@pytest.fixture(scope="module")
def ask(sample_build, tmp_path_factory):
    """Function that has MetricFlow answer a question about the sample."""
    if not METRICFLOW.exists():
        pytest.skip("MetricFlow is not installed: make metrics")
    folder = tmp_path_factory.mktemp("metrics")
    _, environment = dbt_command(sample_build.database.parent)
    # Wherever dbt is told to write, MetricFlow looks into this folder of the project.
    project = copy_project(folder)
    (project / "target").mkdir()
    shutil.copy(manifest_of(sample_build), project / "target")

    def answer(metrics, group_by, *options):
        file = folder / "answer.csv"
        completed = subprocess.run(
            [
                *(METRICFLOW, "query", "--csv", file, "--decimals", "12"),
                *("--metrics", ",".join(metrics), "--group-by", ",".join(group_by)),
                *options,
            ],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert completed.returncode == 0, completed.stdout + completed.stderr
        return pd.read_csv(file)

    return answer


def agree(answer, expected):
    """Compare two tables: groups first, then metrics, in the order of the groups."""
    pd.testing.assert_frame_equal(
        answer.sort_values(list(answer)).reset_index(drop=True),
        expected.set_axis(list(answer), axis="columns"),
        check_dtype=False,
        rtol=0,
        atol=1e-9,
    )


def test_dbt_keeps_exactly_the_metrics_that_are_named(sample_build):
    # A metric in a spec that this dbt does not know is passed over without a word.
    manifest = json.loads(manifest_of(sample_build).read_text())
    for kind in ("semantic_models", "metrics"):
        names = [entry["name"] for entry in NAMED[kind]]
        assert names
        assert sorted(entry["name"] for entry in manifest[kind]) == sorted(names)


@pytest.mark.parametrize("metric", NAMED["metrics"], ids=lambda metric: metric["name"])
def test_every_metric_says_that_its_time_is_the_release(metric):
    assert "release" in metric["description"]


@pytest.mark.parametrize(
    "groups",
    [
        {
            "segment__objective": "segments.objective",
            "segment__segment_name": "segment_name",
        },
        {"segment": "segment_key"},
    ],
    ids=["names", "keys"],
)
def test_metrics_of_segments_are_those_of_sql(ask, sample_build, groups):
    columns = [*groups.values(), *USER_METRICS.values()]
    expected = sample_build.query(BY_SEGMENT.format(columns=", ".join(columns)))
    agree(ask(USER_METRICS, groups), expected)


def test_metrics_of_all_users_count_each_of_them_once(ask, sample_build):
    rates = ["click_through_rate", "conversion_rate", "weekly_hours_online"]
    means = ", ".join(f"avg({rate})" for rate in rates)
    expected = sample_build.query(
        f"""
        select
            (select cast(cast(built_at as date) as varchar) from marts.release),
            count(*),
            {means}
        from marts.users
        """
    )
    answer = ask(["users", *rates], ["metric_time__day"])
    answer["metric_time__day"] = answer["metric_time__day"].str[:10]
    agree(answer, expected)


def test_a_metric_can_be_asked_for_one_objective(ask, sample_build):
    expected = sample_build.query(
        """
        select verdict, sum(user_count), sum(user_share) from marts.segments
        where objective = 'customer_service' group by all
        """
    )
    filtered = "{{ Dimension('segment__objective') }} = 'customer_service'"
    answer = ask(["users", "segment_share"], ["segment__verdict"], "--where", filtered)
    agree(answer, expected)


def test_the_rejected_share_is_that_of_the_profiles(ask, sample_build):
    expected = sample_build.query(
        """
        select release_id, rejected_count / read_count, read_count, rejected_count
        from marts.release
        """
    )
    metrics = ["rejected_share", "read_profiles", "rejected_profiles"]
    agree(ask(metrics, ["release"]), expected)
