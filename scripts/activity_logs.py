"""What people do over half a year: a log of events and one of transactions.

Counts are Poisson, not geometric or exponential: those are so wide that they would
wash the personas out.
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from people import People, draw_codes, draw_people, numbered
from personas import ANSWERS, CHANNELS

CHUNK_USERS = 20_000  # bounds the memory, whatever the number of users

FIRST_DAY = np.datetime64("2025-07-05")  # a Saturday
DAYS = 180  # up to and with 2025-12-31
WEEKENDS = np.flatnonzero(np.arange(DAYS) % 7 < 2)  # noqa: PLR2004
WEEKDAYS = np.flatnonzero(np.arange(DAYS) % 7 >= 2)  # noqa: PLR2004
HOUR = 60 * 60  # seconds, as all times within the period
END = DAYS * 24 * HOUR

EVENT_TYPES = (
    "page_view",
    "search",
    "click",
    "login",
    "support_request",
    "like",
    "share",
    "comment",
    "follow",
)
PAGE_VIEW, LOGIN = EVENT_TYPES.index("page_view"), EVENT_TYPES.index("login")
# Shares of the events, per channel; a login can only open a session.
EVENT_SHARES = {
    "web": (0.55, 0.16, 0.25, 0, 0.04, 0, 0, 0, 0),
    "app": (0.50, 0.14, 0.26, 0, 0.03, 0.05, 0.02, 0, 0),
    "social": (0.34, 0, 0.06, 0, 0, 0.34, 0.08, 0.12, 0.06),
}
LOGIN_SHARE = 0.4  # of the sessions on the web or in the app
GAP_SHAPE = 4.0  # of the gamma law of the time between events
COPY_SHARE = 0.001  # of the events are delivered twice

DEVICES = ("mobile", "desktop", "tablet")
# Shares of the sessions, per answer of the profile.
DEVICE_SHARES = {
    "Mobile Only": (1, 0, 0),
    "Desktop Only": (0, 1, 0),
    "Mobile + Desktop": (0.6, 0.4, 0),
    "Tablet": (0.15, 0.05, 0.8),
}

ORDER_SIGMA = 0.5  # of the logarithm of the amounts of one user
LEAST_CENTS = 100
PART_REFUND_SHARE = 0.4  # of the refunds, the others are whole
REFUND_DAYS = (1, 30)

TIMESTAMP = pa.timestamp("us", tz="UTC")
EVENT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("user_id", pa.string()),
        ("occurred_at", TIMESTAMP),
        ("event_type", pa.string()),
        ("session_id", pa.string()),
        ("device", pa.string()),
        ("channel", pa.string()),
        ("value", pa.float64()),
    ]
)
TRANSACTION_SCHEMA = pa.schema(
    [
        ("transaction_id", pa.string()),
        ("user_id", pa.string()),
        ("occurred_at", TIMESTAMP),
        ("amount", pa.decimal128(12, 2)),
        ("currency", pa.string()),
        ("is_refund", pa.bool_()),
    ]
)


def draw_logs(
    stream: Callable[[str], np.random.Generator],
    chunk: int,
    personas: np.ndarray,
    profiles: pa.Table,
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Draw both logs and the aliases of a chunk of users.

    Parameters
    ----------
    stream
        Purpose to source of randomness of this chunk.
    chunk
        Number of the chunk, from 0.
    personas : numpy.ndarray, shape (n,)
        Position in `PERSONAS`, or `BACKGROUND`; n is at most `CHUNK_USERS`.
    profiles : pyarrow.Table, n rows
        Their profiles.

    Returns
    -------
    events, transactions, aliases : pyarrow.Table
        The columns of `EVENT_SCHEMA`, `TRANSACTION_SCHEMA` and `ALIAS_SCHEMA`; logs
        are sorted by time, then by identifier. `value` is seconds of viewing a page.
    """
    people = draw_people(stream, personas, profiles, chunk * CHUNK_USERS + 1)
    return (
        draw_events(stream("events"), people, chunk),
        draw_transactions(stream("transactions"), people, chunk),
        people.alias_table(),
    )


def draw_events(rng: np.random.Generator, people: People, chunk: int) -> pa.Table:
    """Draw the sessions of people and the events in them.

    Parameters
    ----------
    rng
        Source of randomness.
    people
        What `draw_people` returns.
    chunk
        Number that keeps identifiers apart from those of other chunks.

    Returns
    -------
    pyarrow.Table
        The columns of `EVENT_SCHEMA`, sorted.
    """
    habits = people.habits
    who = _repeat(rng.poisson(habits["sessions_per_week"] * DAYS / 7))
    start = _draw_moments(rng, people, who)
    name = people.names_at(who, start)
    channel = draw_codes(rng, habits["channels"], who)
    device_shares = np.array(
        [DEVICE_SHARES[answer] for answer in ANSWERS["Device Usage"]]
    )
    device = draw_codes(rng, device_shares, people.devices[who])

    event_counts = 1 + rng.poisson(habits["events_per_session"][who] - 1)
    session = _repeat(event_counts)
    opening = np.cumsum(event_counts) - event_counts
    # From one event to the next; after the last one, until the person leaves.
    gaps = rng.gamma(
        GAP_SHAPE, habits["minutes_between_events"][who][session] * 60 / GAP_SHAPE
    )
    before = np.cumsum(gaps) - gaps
    seconds = start[session] + (before - before[opening][session]).astype(np.int64)

    event_shares = np.array([EVENT_SHARES[name] for name in CHANNELS])
    event_type = draw_codes(rng, event_shares, channel[session])
    # Nobody logs in before signing up.
    logs_in = (rng.random(len(who)) < LOGIN_SHARE) & (name < people.user_count)
    logs_in &= channel != CHANNELS.index("social")
    event_type[opening[logs_in]] = LOGIN
    viewing = np.ceil(gaps * rng.uniform(0.3, 1, size=len(gaps)))

    order = np.argsort(seconds, kind="stable")
    order = order[seconds[order] < END]
    number = np.arange(len(order))
    copied = 1 + (rng.random(len(order)) < COPY_SHARE)
    order, number = np.repeat(order, copied), np.repeat(number, copied)
    session = session[order]
    return pa.table(
        {
            "event_id": numbered(f"e-{chunk:03d}-", pa.array(number), 7),
            "user_id": people.names.take(pa.array(name[session])),
            "occurred_at": _timestamps(seconds[order]),
            "event_type": pa.array(EVENT_TYPES).take(pa.array(event_type[order])),
            "session_id": numbered(f"s-{chunk:03d}-", pa.array(session), 6),
            "device": pa.array(DEVICES).take(pa.array(device[session])),
            "channel": pa.array(CHANNELS).take(pa.array(channel[session])),
            "value": pa.array(viewing[order], mask=event_type[order] != PAGE_VIEW),
        },
        schema=EVENT_SCHEMA,
    )


def draw_transactions(rng: np.random.Generator, people: People, chunk: int) -> pa.Table:
    """Draw what users buy, after they signed up, and what is paid back of it.

    Parameters
    ----------
    rng
        Source of randomness.
    people
        What `draw_people` returns.
    chunk
        Number that keeps identifiers apart from those of other chunks.

    Returns
    -------
    pyarrow.Table
        The columns of `TRANSACTION_SCHEMA`, sorted.
    """
    habits = {name: habit[: people.user_count] for name, habit in people.habits.items()}
    buys = rng.random(people.user_count) < habits["buyer_share"]
    who = _repeat(rng.poisson(habits["orders"]) * buys)
    seconds = _draw_moments(rng, people, who)
    euros = habits["order_value_eur"][who] * rng.lognormal(0, ORDER_SIGMA, len(who))
    cents = np.maximum(np.round(100 * euros), LEAST_CENTS)

    refunded = rng.random(len(who)) < habits["refund_share"][who]
    in_part = rng.random(len(who)) < PART_REFUND_SHARE
    part = np.where(in_part, rng.uniform(0.2, 0.9, len(who)), 1)
    first, last = REFUND_DAYS
    delay = rng.integers(first * 24 * HOUR, last * 24 * HOUR, size=len(who))

    signed_up = seconds >= people.signed_up[who]
    refunded &= signed_up
    is_refund = np.repeat([False, True], [signed_up.sum(), refunded.sum()])
    who = np.append(who[signed_up], who[refunded])
    seconds = np.append(seconds[signed_up], (seconds + delay)[refunded])
    cents = np.append(cents[signed_up], np.round(cents * part)[refunded])
    order = np.argsort(seconds, kind="stable")
    order = order[seconds[order] < END]
    return pa.table(
        {
            "transaction_id": numbered(
                f"t-{chunk:03d}-", pa.array(np.arange(len(order))), 6
            ),
            "user_id": people.names.take(pa.array(who[order])),
            "occurred_at": _timestamps(seconds[order]),
            "amount": pa.array(cents[order] / 100).cast(pa.decimal128(12, 2)),
            "currency": pa.repeat("EUR", len(order)),
            "is_refund": is_refund[order],
        },
        schema=TRANSACTION_SCHEMA,
    )


def _repeat(counts: np.ndarray) -> np.ndarray:
    return np.repeat(np.arange(len(counts)), counts)


def _draw_moments(
    rng: np.random.Generator, people: People, who: np.ndarray
) -> np.ndarray:
    habits = people.habits
    # The density 1 + trend * (2 * position - 1), by its inverted distribution.
    trend, drawn = habits["trend"][who], rng.random(len(who))
    root = np.sqrt((1 - trend) ** 2 + 4 * trend * drawn)
    position = 2 * drawn / (1 - trend + root)
    in_weekend = rng.random(len(who)) < habits["weekend_share"][who]
    day = np.where(
        in_weekend,
        WEEKENDS.take((position * len(WEEKENDS)).astype(np.int64), mode="clip"),
        WEEKDAYS.take((position * len(WEEKDAYS)).astype(np.int64), mode="clip"),
    )
    at_night = rng.random(len(who)) < habits["night_share"][who]
    hour = np.where(at_night, 22, 6) + np.where(at_night, 8, 16) * rng.random(len(who))
    return day * 24 * HOUR + (hour % 24 * HOUR).astype(np.int64)


def _timestamps(seconds: np.ndarray) -> pa.Array:
    moments = FIRST_DAY.astype("datetime64[us]") + seconds.astype("timedelta64[s]")
    return pa.array(moments, pa.timestamp("us")).cast(TIMESTAMP)
