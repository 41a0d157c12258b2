"""Logs whose identifiers are none of the profiles' are not passed over."""

import pandas as pd
import pytest

from conftest import build_project, sample_rows
from event_logs import event

pytestmark = pytest.mark.slow

USER_COUNT = 12
MODELS = [
    *("--select", "+user_features,resource_type:model"),
    *("+user_features,resource_type:seed", "+sources,resource_type:model"),
    "logs_are_of_users_with_a_profile",
    *("--indirect-selection", "empty"),
]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Profiles with identifiers as floating-point numbers, and two files of events."""
    folder = tmp_path_factory.mktemp("files")
    profiles = pd.DataFrame(sample_rows(USER_COUNT))
    profiles["User ID"] = profiles["User ID"].astype(float)
    profiles.to_parquet(folder / "users.parquet")
    events = pd.DataFrame(
        event(str(number), "2025-06-01T10:00:00Z", user_id=f"00{number}")
        for number in range(1, USER_COUNT + 1)
    )
    for name, kind in [("whole", "int64"), ("gaps", "float64")]:
        rows = events.assign(event_id=events["event_id"].astype(kind))
        rows.to_parquet(folder / f"events_{name}.parquet")
    return folder


def test_a_log_without_any_user_of_the_profiles_stops_the_build(files, tmp_path):
    build = build_project(
        tmp_path,
        arguments=MODELS,
        user_profiles=str(files / "users.parquet"),
        events=str(files / "events_*.parquet"),
        max_rejected_share=1,
    )
    assert build.returncode != 0
    assert (
        "Of 12 identifiers of events, 12 have no profile, and 12 of 12 rows count for "
        'nobody: it has "001" where the profiles have "1", which differ in leading '
        "zeros. Write both in the same way."
    ) in build.output
    users = build.query("select user_id from staging.stg_users order by all")
    assert set(users["user_id"]) == {str(n) for n in range(1, USER_COUNT + 1)}
    # Delivered twice, in two types: one event each.
    events = build.query("select event_id from staging.stg_events")
    assert sorted(events["event_id"]) == sorted(users["user_id"])


def test_a_log_with_few_users_of_the_profiles_is_told_once(files, tmp_path):
    profiles = pd.read_parquet(files / "users.parquet").astype({"User ID": str})
    profiles["User ID"] = ["001", *profiles["User ID"].str.removesuffix(".0")[1:]]
    profiles.to_csv(tmp_path / "users.csv", index=False)
    build = build_project(
        tmp_path,
        arguments=MODELS,
        user_profiles=str(tmp_path / "users.csv"),
        events=str(files / "events_whole.parquet"),
    )
    assert build.returncode == 0, build.output
    (finding,) = build.query(
        "select finding from features.user_log_matches where finding is not null"
    )["finding"]
    assert finding.startswith("Of 12 identifiers of events, 11 have no profile")
    assert build.output.count(finding) == 1
    assert "Got 1 result, configured to warn" in build.output
