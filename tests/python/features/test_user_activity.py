"""Features of events against a second way to count them, event by event."""

import csv

import numpy as np
import pandas as pd
import pytest

from conftest import ROOT, green_build, sample_rows
from event_logs import EVENT_MODELS

pytestmark = pytest.mark.slow


def users_by_identifier():
    """The user of every identifier in the logs."""
    users = {row["User ID"]: row["User ID"] for row in sample_rows()}
    with (ROOT / "data/user_aliases.csv").open(newline="") as file:
        aliases = {row["alias"]: row["user_id"] for row in csv.DictReader(file)}
    for alias in aliases:
        owner = alias
        while owner in aliases:
            owner = aliases[owner]
        if owner in users:
            users[alias] = owner
    return users


def local_times(log, time_zone):
    times = pd.read_parquet(ROOT / f"data/{log}.parquet")["occurred_at"]
    return times.dt.tz_convert(time_zone).dt.tz_localize(None)


def observed_events(time_zone, as_of_date):
    """Events of users until the last day, and that day."""
    events = pd.read_parquet(ROOT / "data/events.parquet")
    events["time"] = local_times("events", time_zone)
    events = events.drop_duplicates()
    assert events["event_id"].is_unique
    events["day"] = events["time"].dt.normalize()
    newest = max(
        local_times(log, time_zone).max() for log in ("events", "transactions")
    )
    last_day = pd.Timestamp(as_of_date or newest.date())
    events["user"] = events["user_id"].map(users_by_identifier())
    is_observed = events["user"].notna() & (events["day"] <= last_day)
    return events[is_observed], last_day


def activity_of(events, last_day):
    """The features of one user by their definitions."""
    count = len(events)
    age = (last_day - events["day"]).dt.days
    hour, weekday = events["time"].dt.hour, events["time"].dt.day_of_week
    is_social = events["channel"] == "social"
    other_channels = events["channel"][~is_social]
    visits = events.groupby("session_id")["occurred_at"].agg(["min", "max"])
    visit_seconds = (visits["max"] - visits["min"]).dt.total_seconds()
    days = np.sort(events["day"].unique())
    gaps = np.diff(days) / np.timedelta64(1, "D")
    since, before = (age < 28).sum(), age.between(28, 55).sum()
    return {
        "event_count": count,
        "active_day_count": len(days),
        "session_count": len(visits),
        "session_minutes": visit_seconds.mean() / 60,
        "days_since_last_event": age.min(),
        "events_per_week_7_days": (age < 7).sum(),
        "events_per_week_28_days": since / 4,
        "events_per_week_90_days": (age < 90).sum() / 90 * 7,
        "activity_trend": (
            (since - before) / (since + before) if since + before else np.nan
        ),
        # Of no events pandas' means are nan.
        "weekend_event_share": (weekday >= 5).mean(),
        "night_event_share": ((hour >= 22) | (hour < 6)).mean(),
        "app_event_share": (other_channels == "app").mean(),
        "days_between_visits": gaps.mean() if len(gaps) else np.nan,
        "visit_gap_variation": gaps.std() / gaps.mean() if len(gaps) > 1 else np.nan,
        "social_event_share": is_social.mean(),
        "social_events_per_week_90_days": (is_social & (age < 90)).sum() / 90 * 7,
    }


@pytest.mark.parametrize(
    ("time_zone", "as_of_date"),
    [
        ("UTC", None),
        ("Europe/Berlin", None),
        ("America/New_York", "2025-11-30"),
    ],
)
def test_every_feature_is_what_counting_event_by_event_gives(
    tmp_path, time_zone, as_of_date
):
    build = green_build(
        tmp_path, arguments=EVENT_MODELS, time_zone=time_zone, as_of_date=as_of_date
    )
    built = build.query("from features.user_activity").set_index("user_id")

    events, last_day = observed_events(time_zone, as_of_date)
    counted = pd.DataFrame(
        {
            user: activity_of(events[events["user"] == user], last_day)
            for user in built.index
        }
    ).T
    assert set(built.columns) == set(counted.columns)
    np.testing.assert_allclose(
        built[counted.columns].astype(float), counted.astype(float), rtol=0, atol=1e-9
    )
    assert (counted["event_count"] > 0).mean() > 1 / 2
    assert counted["weekend_event_share"].isna().any()
    assert (counted.nunique() > 5).all()
