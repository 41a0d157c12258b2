"""Logs of events as they arrive: late, twice, in other versions, in any file."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

LATE_ARRIVAL_DAYS = 7
COLUMNS = [
    "event_id",
    "user_id",
    "occurred_at",
    "event_type",
    "session_id",
    "device",
    "channel",
    "value",
]
# In this order the first of several deliveries of an event is kept.
KEPT_FIRST = [
    "occurred_at",
    "user_id",
    "session_id",
    "event_type",
    "channel",
    "device",
    "value",
]
# Around both changes of clocks in Berlin, and the end of a year.
STARTS = ("2024-10-15", "2024-12-12", "2025-03-14")
OFFSETS = {"Z": 0, "+00": 0, "+02:00": 2, "+0100": 1, "-05": -5}  # text and hours
USERS = ("1", "2", "3", "4", "5", "6", "alias", "alias of alias", "stranger")

# What makes the features of events, and the tests of what becomes of the rows.
EVENT_MODELS = (
    "--select",
    "+user_activity,resource_type:model",
    "+user_activity,resource_type:seed",
    "+stg_rejected_rows,resource_type:model",
    "+stg_read_counts,resource_type:model",
    "rows_read_are_accepted_or_rejected",
    "daily_sessions_hold_every_event",
    *("--indirect-selection", "empty"),
)


@dataclass(frozen=True)
class Increment:
    """What arrives between two builds; its latest event is at `end`."""

    end: pd.Timestamp
    events: pd.DataFrame


def event(event_id, occurred_at, **columns):
    """One event as text, usual but for what is given."""
    usual = {
        "event_id": event_id,
        "user_id": "1",
        "occurred_at": occurred_at,
        "event_type": "click",
        "session_id": "s1",
        "device": "mobile",
        "channel": "web",
        "value": "1",
    }
    return usual | columns


def write_csv(path, rows):
    """Write dicts, or a table of text; the path as text, as variables want it."""
    pd.DataFrame(rows).to_csv(path, index=False)
    return str(path)


def draw_increments(rng, start, *, count=3, delivery_count=150):
    """Draw what arrives before each build, never later than the builds look back.

    Parameters
    ----------
    rng : numpy.random.Generator
    start : str
        Day of the first event.
    count, delivery_count : int
        Number of increments, and of rows in each.

    Returns
    -------
    list of Increment
    """
    begin = pd.Timestamp(start)
    increments = []
    for number in range(count):
        end = begin + pd.Timedelta(days=int(rng.integers(2, 12)) + 12 * (number == 0))
        earliest = begin
        if increments:
            earliest -= pd.Timedelta(days=LATE_ARRIVAL_DAYS)
        events = _draw_deliveries(rng, earliest, end, delivery_count)
        if increments:
            kept = kept_events(increments)
            copied = kept[kept["occurred_at"] >= earliest].sample(25, random_state=rng)
            events = pd.concat([events, _in_part_changed(rng, copied, earliest)])
        events = pd.concat([events, events.sample(15, random_state=rng)])
        increments.append(Increment(end, events.reset_index(drop=True)))
        begin = end
    return increments


def _draw_deliveries(rng, earliest, end, count):
    seconds = rng.integers(0, int((end - earliest).total_seconds()) + 1, count)
    times = earliest + pd.to_timedelta(seconds, unit="s")
    # Days begin on the hour.
    times = np.where(rng.random(count) < 1 / 2, times, times.floor("h"))
    times[:2] = earliest, end
    users = rng.choice(USERS, count)
    visits = rng.integers(8, size=count)
    events = pd.DataFrame(
        {
            # Few: most events have several versions.
            "event_id": [f"e{number}" for number in rng.integers(300, size=count)],
            "user_id": users,
            "occurred_at": times,
            "event_type": rng.choice(["click", "page_view"], count),
            "session_id": [
                f"s{user}-{visit}" for user, visit in zip(users, visits, strict=True)
            ],
            "device": rng.choice(["mobile", "desktop", None], count),
            "channel": rng.choice(["web", "app", "social"], count),
            "value": rng.choice([np.nan, 0.1, 2.0, -3.5], count),
        }
    )
    events.loc[0:1, "event_id"] = [f"earliest {end}", f"latest {end}"]
    return events


def _in_part_changed(rng, events, earliest):
    """Other deliveries of events: some earlier, some the same."""
    changed = events.copy()
    days = rng.choice([0, 0, 1, 3], len(events))
    times = changed["occurred_at"] - pd.to_timedelta(days, unit="D")
    changed["occurred_at"] = times.clip(lower=earliest)
    for column in ("value", "device", "channel", "user_id"):
        other = changed[column].sample(frac=1, random_state=rng).to_numpy()
        is_changed = rng.random(len(changed)) < 1 / 5
        changed[column] = np.where(is_changed, other, changed[column])
    return changed


def kept_events(increments):
    """What must be stored in the end: of each event the first of its deliveries."""
    events = pd.concat(increment.events for increment in increments)
    events = events.sort_values(KEPT_FIRST, na_position="last")
    return events.drop_duplicates("event_id").sort_values("event_id")[COLUMNS]


def with_broken_rows(rng, events):
    """The events, and some copies in which a column that is needed is empty."""
    broken = events.sample(5, random_state=rng).copy()
    for position, column in enumerate(
        ["event_id", "user_id", "occurred_at", "event_type", "channel"]
    ):
        broken.iloc[position, broken.columns.get_loc(column)] = None
    return pd.concat([events, broken]).sample(frac=1, random_state=rng)


def write_events(rng, events, path):
    """Write events to a file: CSV with times in any offset, or Parquet with its types.

    Parameters
    ----------
    rng : numpy.random.Generator
    events : pandas.DataFrame
        With times in UTC.
    path : Path
        Its suffix says which.
    """
    if path.suffix == ".csv":
        written = events.copy()
        written["occurred_at"] = [
            "" if pd.isna(time) else _with_offset(time, rng.choice(list(OFFSETS)))
            for time in events["occurred_at"]
        ]
        written.to_csv(path, index=False)
        return
    typed = events.assign(
        occurred_at=events["occurred_at"].dt.tz_localize("UTC"),
    )
    with duckdb.connect() as connection:
        connection.register("typed", typed)
        connection.execute(f"copy typed to '{path}' (format parquet)")


def _with_offset(time, offset):
    local = time + pd.Timedelta(hours=OFFSETS[offset])
    return f"{local:%Y-%m-%d %H:%M:%S}{offset}"
