"""Builds that add events one after the other, and what one build makes of all."""

import itertools

import numpy as np
import pandas as pd
import pytest

from conftest import green_build, sample_rows, write_profiles
from event_logs import (
    EVENT_MODELS,
    STARTS,
    draw_increments,
    event,
    kept_events,
    with_broken_rows,
    write_csv,
    write_events,
)

pytestmark = pytest.mark.slow

TABLES = (
    "staging.stg_events",
    "features.user_daily_sessions",
    "features.user_activity",
)


def contents(build, *tables):
    return [build.query(f"from {table} order by all") for table in tables]


def assert_same(some, others):
    for one, other in zip(some, others, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.fixture
def build_events(tmp_path):
    """Build on eight users and two aliases of the first."""
    profiles = write_profiles(tmp_path / "users.csv", sample_rows(8))
    aliases = write_csv(
        tmp_path / "aliases.csv",
        [
            {"alias": "alias of alias", "user_id": "alias"},
            {"alias": "alias", "user_id": "1"},
        ],
    )

    def build(events, *arguments, **variables):
        return green_build(
            tmp_path,
            arguments=[*EVENT_MODELS, *arguments],
            user_profiles=profiles,
            user_aliases=aliases,
            events=str(events),
            **{"max_rejected_share": 1} | variables,
        )

    return build


def check_is_hard(increments):
    """Events come late, and replace what an earlier build stored, or do not."""
    for before, after in itertools.pairwise(increments):
        late = after.events[after.events["occurred_at"] <= before.end]
        assert len(late) > 10
        assert late["event_id"].isin(before.events["event_id"]).sum() > 10
    last_kept = kept_events(increments)
    once_kept = kept_events(increments[:-1])
    both = once_kept.merge(last_kept, on="event_id", suffixes=("", "_last"))
    lost = both["occurred_at"].dt.date != both["occurred_at_last"].dt.date
    assert lost.sum() > 5
    assert len(both) - lost.sum() > 20


@pytest.mark.parametrize("seed", range(4))
def test_builds_one_by_one_give_what_a_full_refresh_gives(tmp_path, build_events, seed):
    kind = ("csv", "parquet")[seed % 2]
    are_files_kept = seed < 2
    rng = np.random.default_rng(seed)
    increments = draw_increments(rng, STARTS[seed % 3])
    check_is_hard(increments)
    folder = tmp_path / "events"
    away = tmp_path / "away"
    folder.mkdir()
    away.mkdir()
    names = iter(rng.permutation(2 * len(increments)))

    for increment in increments:
        if not are_files_kept:
            for file in folder.iterdir():
                file.rename(away / file.name)
        half = rng.random(len(increment.events)) < 1 / 2
        for events in (increment.events[half], increment.events[~half]):
            file = folder / f"{next(names)}.{kind}"
            write_events(rng, with_broken_rows(rng, events), file)
        build = build_events(folder / f"*.{kind}", time_zone="Europe/Berlin")
    one_by_one = contents(build, *TABLES)
    rejected = contents(build, "staging.stg_rejected_rows")

    for file in away.iterdir():
        file.rename(folder / file.name)
    at_once = build_events(
        folder / f"*.{kind}", "--full-refresh", time_zone="Europe/Berlin"
    )
    assert_same(one_by_one, contents(at_once, *TABLES))
    if are_files_kept:
        assert_same(rejected, contents(at_once, "staging.stg_rejected_rows"))

    kept = at_once.query("from staging.stg_events order by event_id")
    expected = kept_events(increments).reset_index(drop=True)
    pd.testing.assert_frame_equal(
        kept.fillna({"device": ""}), expected.fillna({"device": ""}), check_dtype=False
    )


def too_late(build):
    rows = build.query(
        """
        select raw_row ->> 'event_id' as event_id
        from staging.stg_rejected_rows where reasons = 'occurred_at_too_late'
        order by event_id
        """
    )
    return rows["event_id"].tolist()


def after_the_log(build):
    rows = build.query(
        """
        select raw_row ->> 'event_id' as event_id
        from staging.stg_rejected_rows where reasons = 'occurred_at_after_the_log'
        order by event_id
        """
    )
    return rows["event_id"].tolist()


def last_day(build):
    period = build.query("from staging.stg_observed_period")
    return str(period["as_of_date"].item().date())


def stored(build):
    rows = build.query("select event_id from staging.stg_events order by event_id")
    return rows["event_id"].tolist()


def days(build):
    rows = build.query(
        """
        select cast(event_date as varchar) as event_date, time_zone
        from features.user_daily_sessions order by event_date
        """
    )
    return rows.to_numpy().tolist()


def test_what_is_too_late_waits_for_a_full_refresh(tmp_path, build_events):
    first = [
        event("old", "2025-12-01T23:30:00Z"),
        event("newest", "2025-12-31T12:00:00Z"),
    ]
    second = [
        event("in time", "2025-12-29T12:00:00Z"),
        event("too late", "2025-12-29T11:59:59Z"),
        event("before all", "2025-11-01T12:00:00Z"),
    ]
    file = tmp_path / "events.csv"
    write_csv(file, first)
    build_events(file, late_arrival_days=2)

    write_csv(file, second)
    build = build_events(file, late_arrival_days=2)
    assert stored(build) == ["in time", "newest", "old"]
    assert too_late(build) == ["before all", "too late"]

    # In Berlin the old event is of another day, though builds do not look back so far.
    build = build_events(file, late_arrival_days=2, time_zone="Europe/Berlin")
    assert days(build) == [
        ["2025-12-02", "Europe/Berlin"],
        ["2025-12-29", "Europe/Berlin"],
        ["2025-12-31", "Europe/Berlin"],
    ]

    write_csv(file, [*first, *second])
    build = build_events(file, "--full-refresh", late_arrival_days=2)
    assert stored(build) == ["before all", "in time", "newest", "old", "too late"]
    assert too_late(build) == []
    assert days(build)[0] == ["2025-11-01", "UTC"]


def test_one_event_far_from_all_others_shuts_no_door(tmp_path, build_events):
    log = [event(f"e{day}", f"2025-12-{day}T12:00:00Z") for day in range(10, 29)]
    early = event("early", "1970-01-01T00:00:00Z")
    far = event("far", "2026-10-01T00:00:00Z", user_id="stranger")
    file = tmp_path / "events.csv"
    write_csv(file, [*log[:12], early, far])
    build = build_events(file)
    assert last_day(build) == "2025-12-21"
    assert after_the_log(build) == ["far"]

    # Some are late, and the file has only them.
    write_csv(file, log[10:])
    build = build_events(file)
    assert too_late(build) == after_the_log(build) == []
    assert last_day(build) == "2025-12-28"
    activity = build.query("from features.user_activity where user_id = '1'")
    assert activity["event_count"].item() == len(log)
    assert activity["days_between_visits"].item() == 1
    one_by_one = contents(build, *TABLES)

    write_csv(file, [*log, far, early])
    at_once = build_events(file, "--full-refresh")
    assert_same(one_by_one, contents(at_once, *TABLES))
    assert after_the_log(at_once) == ["far"]

    # Its user says that the log goes on.
    build = build_events(file, as_of_date="2026-10-01")
    assert after_the_log(build) == []


def test_a_log_that_goes_on_after_two_months_has_its_new_part(tmp_path, build_events):
    log = [event(f"e{day}", f"2025-10-{day}T12:00:00Z") for day in range(10, 29)]
    new = [event(f"n{day}", f"2025-12-{day}T12:00:00Z") for day in range(28, 31)]
    file = tmp_path / "events.csv"
    write_csv(file, log)
    build_events(file)

    waiting = []
    # Each file has one day: what waits is stored.
    for row in new:
        write_csv(file, [row])
        build = build_events(file)
        waiting.append((last_day(build), after_the_log(build)))
    assert waiting == [
        ("2025-10-28", ["n28"]),
        ("2025-10-28", ["n29"]),
        ("2025-12-30", []),
    ]
    one_by_one = contents(build, *TABLES)

    write_csv(file, [*new, *log])
    at_once = build_events(file, "--full-refresh")
    assert_same(one_by_one, contents(at_once, *TABLES))
    assert at_once.query("from staging.stg_rejected_rows").empty


def test_a_log_that_has_ended_and_a_day_that_jumps_are_told(tmp_path):
    days = [f"2025-{month:02}-{day:02}" for month in (9, 11) for day in range(1, 29)]
    rows = [event(f"e{day}", f"{day}T12:00:00Z", user_id="9") for day in days]
    bought = [
        {
            "transaction_id": f"t{day}",
            "user_id": "1",
            "occurred_at": f"{day}T12:00:00Z",
            "amount": "5",
            "currency": "EUR",
            "is_refund": "false",
        }
        for day in days[:28]
    ]
    profiles = write_profiles(tmp_path / "users.csv", sample_rows(9))

    def build(*, until):
        return green_build(
            tmp_path,
            arguments=[
                *("--select", "+sources", "+input_counts", "last_inputs"),
                *("as_of_date_does_not_jump", "no_log_has_ended"),
                *("--indirect-selection", "empty"),
            ],
            user_profiles=profiles,
            transactions=write_csv(tmp_path / "transactions.csv", bought),
            events=write_csv(tmp_path / "events.csv", rows[:until]),
        )

    first = build(until=28)
    assert "the last day of the build before" not in first.output
    assert "windows end there" not in first.output

    second = build(until=56)
    assert (
        "Features look at the logs until 2025-11-28, 61 days after the last day of the "
        "build before, 2025-09-28: "
    ) in second.output
    assert "The transactions end on 2025-09-28, 61 days before another log, " in (
        second.output
    )
    sources = second.query("from marts.sources").set_index("source")
    assert sources["has_ended"].dropna().to_dict() == {
        "events": False,
        "transactions": True,
    }


def test_without_events_all_users_are_alike_until_events_come(tmp_path, build_events):
    build = build_events("")
    assert "Read for events: nothing." in build.output
    activity = build.query("select * exclude (user_id) from features.user_activity")
    assert len(activity) == 8
    assert len(activity.drop_duplicates()) == 1

    events = write_csv(tmp_path / "events.csv", [event("a", "2025-12-31T12:00:00Z")])
    build = build_events(events)
    assert "Read for events: nothing." not in build.output
    activity = build.query("from features.user_activity order by user_id")
    assert activity["event_count"].tolist() == [1, *[0] * 7]


def test_parquet_with_its_own_types_is_the_same_as_csv(tmp_path, build_events):
    times = pd.DatetimeIndex(["2025-12-30 22:30:00.000001", "2025-12-31 12:00:00.5"])
    events = pd.DataFrame(
        {
            "event_id": [1, 2],
            "user_id": [1, 2],
            "occurred_at": times,
            "event_type": "click",
            "session_id": [10, 20],
            "device": [None, "mobile"],
            "channel": "app",
            "value": [0.1, 1e-7],
        }
    )
    write_events(None, events, tmp_path / "events.parquet")
    texts = [f"{time:%Y-%m-%dT%H:%M:%S.%f}Z" for time in times]
    csv = write_csv(tmp_path / "events.csv", events.assign(occurred_at=texts))

    of_csv = contents(build_events(csv), *TABLES)
    of_parquet = build_events(tmp_path / "events.parquet", "--full-refresh")
    assert_same(of_csv, contents(of_parquet, *TABLES))
    assert stored(of_parquet) == ["1", "2"]


def test_the_column_value_may_be_left_out(tmp_path, build_events):
    row = event("a", "2025-12-31T12:00:00Z")
    del row["value"]
    build = build_events(write_csv(tmp_path / "events.csv", [row]))
    assert build.query("from staging.stg_events")["value"].isna().tolist() == [True]
