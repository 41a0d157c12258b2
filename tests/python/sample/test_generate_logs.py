"""The logs beside the sample are well-formed, and the personas act as planted."""

import hashlib
import itertools
from dataclasses import astuple, fields

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy.stats import kstest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

import activity_logs
import generate_sample
from conftest import ROOT
from generate_sample import SAMPLE_CHECKSUMS, Files, random_stream
from people import draw_habits
from personas import BACKGROUND, CHANNELS, PERSONAS

SAMPLE = generate_sample.SAMPLE
USERS = 10_000

EVENT_TYPES = {
    "event_id": "string",
    "user_id": "string",
    "occurred_at": "timestamp[us, tz=UTC]",
    "event_type": "string",
    "session_id": "string",
    "device": "string",
    "channel": "string",
    "value": "double",
}
TRANSACTION_TYPES = {
    "transaction_id": "string",
    "user_id": "string",
    "occurred_at": "timestamp[us, tz=UTC]",
    "amount": "decimal128(12, 2)",
    "currency": "string",
    "is_refund": "bool",
}


def files_in(folder, extension="parquet"):
    return Files(
        output=folder / f"users.{extension}",
        truth=folder / f"truth.{extension}",
        events=folder / f"events.{extension}",
        transactions=folder / f"transactions.{extension}",
        aliases=folder / "aliases.csv",
    )


def run(files, *arguments):
    options = [
        f"--{field.name}={path}"
        for field, path in zip(fields(files), astuple(files), strict=True)
    ]
    generate_sample.main([*arguments, *options])
    return files


def read(files):
    """Profiles, truth, events, transactions and aliases, with users as texts."""
    tables = [
        pq.read_table(path).to_pandas()
        if path.suffix == ".parquet"
        else pd.read_csv(path)
        for path in astuple(files)
    ]
    profiles, truth, events, transactions, aliases = tables
    profiles["user_id"] = profiles["User ID"].astype(str)
    truth["user_id"] = truth["user_id"].astype(str)
    transactions["amount"] = transactions["amount"].astype(float)
    return profiles, truth, events, transactions, aliases.astype(str)


def resolved(names, aliases):
    """Names after as many steps as the longest chain of aliases has."""
    leads_to = aliases.set_index("alias")["user_id"]
    for _ in range(2):
        names = names.map(leads_to).fillna(names)
    return names


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logs")
    return read(run(files_in(folder), f"--users={USERS}", "--seed=3"))


@pytest.mark.parametrize("extension", ["csv", "parquet"])
def test_the_seed_decides_every_byte(tmp_path, extension):
    def content(name, seed):
        (tmp_path / name).mkdir()
        files = files_in(tmp_path / name, extension)
        run(files, "--users=500", f"--seed={seed}")
        return [path.read_bytes() for path in astuple(files)]

    first = content("first", 7)
    assert content("again", 7) == first
    other = content("other", 8)
    assert all(one != another for one, another in zip(first, other, strict=True))


def test_shipped_logs_are_small_and_told_from_others():
    lines = [line.split() for line in SAMPLE_CHECKSUMS.read_text().splitlines()]
    paths = [SAMPLE.output, SAMPLE.events, SAMPLE.transactions, SAMPLE.aliases]
    assert [ROOT / path for _, path in lines] == paths
    for digest, path in lines:
        assert digest == hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
    sizes = [path.stat().st_size for path in (ROOT / "data").iterdir()]
    assert sum(sizes) < 2_000_000


def test_columns_have_the_promised_types():
    for path, types in (
        (SAMPLE.events, EVENT_TYPES),
        (SAMPLE.transactions, TRANSACTION_TYPES),
    ):
        schema = pq.read_schema(path)
        assert dict(zip(schema.names, map(str, schema.types), strict=True)) == types
    assert SAMPLE.aliases.read_bytes().startswith(b"alias,user_id\n")


def test_csv_and_parquet_hold_the_same_rows(tmp_path):
    from_parquet = run(files_in(tmp_path), "--users=300")
    from_csv = run(files_in(tmp_path, "csv"), "--users=300")
    for name in ("events", "transactions"):
        expected = pq.read_table(getattr(from_parquet, name)).to_pandas()
        found = pd.read_csv(getattr(from_csv, name), dtype={"user_id": str})
        assert found["occurred_at"].str.fullmatch(r"[-\d]{10}T[:\d]{8}Z").all()
        found["occurred_at"] = pd.to_datetime(found["occurred_at"])
        if name == "transactions":
            expected["amount"] = expected["amount"].astype(float)
        pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_logs_cover_half_a_year_in_order(drawn):
    _, _, events, transactions, _ = drawn
    for log in (events, transactions):
        keys = ["occurred_at", log.columns[0]]
        assert log[keys].equals(log[keys].sort_values(keys))
        assert log["occurred_at"].min() >= pd.Timestamp("2025-07-05", tz="UTC")
        assert log["occurred_at"].max() < pd.Timestamp("2026-01-01", tz="UTC")
        assert log["occurred_at"].dt.date.nunique() == 180


def test_identifiers_are_unique_but_for_identical_copies(drawn):
    _, _, events, transactions, _ = drawn
    assert transactions["transaction_id"].is_unique
    once = events.drop_duplicates()
    assert once["event_id"].is_unique
    assert (len(events) - len(once)) / len(once) == pytest.approx(0.001, rel=0.2)


def test_a_session_is_of_one_user_on_one_channel_and_device(drawn):
    _, _, events, _, _ = drawn
    sessions = events.groupby("session_id")[["user_id", "channel", "device"]]
    assert sessions.nunique().eq(1).all(axis=None)
    views = events["event_type"] == "page_view"
    assert events["value"].notna().equals(views)
    assert events["value"].dropna().ge(1).all()


def test_devices_are_those_of_the_profile(drawn):
    profiles, _, events, _, aliases = drawn
    users = resolved(events["user_id"], aliases)
    answers = users.map(profiles.set_index("user_id")["Device Usage"])
    used = events["device"].groupby(answers).agg(lambda devices: devices.mode()[0])
    assert used["Tablet"] == "tablet"
    for answer, allowed in {
        "Mobile Only": {"mobile"},
        "Desktop Only": {"desktop"},
        "Mobile + Desktop": {"mobile", "desktop"},
    }.items():
        assert set(events["device"][answers == answer]) == allowed


def test_every_refund_pays_back_an_earlier_purchase_of_the_user(drawn):
    _, _, _, transactions, _ = drawn
    assert transactions["amount"].gt(0).all()
    assert set(transactions["currency"]) == {"EUR"}
    sign = 1 - 2 * transactions["is_refund"].astype(int)
    users = transactions["user_id"]
    # Never more refunds than purchases, in number and in money, at any time.
    assert sign.groupby(users).cumsum().ge(0).all()
    cents = (100 * transactions["amount"]).round().astype(int)
    assert (sign * cents).groupby(users).cumsum().ge(0).all()
    largest = cents.where(~transactions["is_refund"]).groupby(users).cummax()
    largest = largest.groupby(users).ffill()
    refunds = transactions["is_refund"]
    assert refunds.sum() > 1000
    assert cents[refunds].le(largest[refunds]).all()


def test_aliases_lead_to_users_without_a_cycle(drawn):
    profiles, _, events, _, aliases = drawn
    assert aliases["alias"].is_unique
    assert aliases["alias"].str.fullmatch(r"anon-\d{6,}").all()
    ends = resolved(aliases["alias"], aliases)
    assert ends.isin(profiles["user_id"]).all()
    assert ends.nunique() == 0.05 * USERS
    # One alias in 25 is reached through another one, as two of the sample's are.
    assert aliases["user_id"].isin(aliases["alias"]).sum() == 0.05 * USERS / 25
    shipped = pd.read_csv(SAMPLE.aliases, dtype=str)
    assert shipped["user_id"].isin(shipped["alias"]).sum() == 2
    # Nearly all were online before they signed up.
    seen = aliases["alias"].isin(events["user_id"])
    assert seen.mean() > 0.8
    assert seen[aliases["alias"].isin(aliases["user_id"])].mean() > 0.6


def test_a_name_of_a_user_ends_where_the_next_one_begins(drawn):
    _, _, events, transactions, aliases = drawn
    starts = events.groupby("session_id").agg(
        user_id=("user_id", "first"), start=("occurred_at", "min")
    )
    bounds = starts.groupby("user_id")["start"].agg(["min", "max"])
    earlier = bounds["max"].reindex(aliases["alias"]).to_numpy()
    later = bounds["min"].reindex(aliases["user_id"]).to_numpy()
    known = ~(pd.isna(earlier) | pd.isna(later))
    assert known.sum() > 100
    assert (earlier[known] < later[known]).all()
    first_purchase = transactions.groupby("user_id")["occurred_at"].min()
    bought = first_purchase.reindex(aliases["user_id"]).to_numpy()
    known = ~(pd.isna(earlier) | pd.isna(bought))
    last_day_anonymous = pd.Series(bought - earlier)[known]
    assert last_day_anonymous.gt(pd.Timedelta(0)).all()


def test_few_events_are_of_nobody_with_a_profile(drawn):
    profiles, _, events, transactions, aliases = drawn
    known = resolved(events["user_id"], aliases).isin(profiles["user_id"])
    assert (~known).mean() == pytest.approx(0.005, abs=0.001)
    assert events["user_id"][~known].str.startswith("anon-").all()
    anonymous = events["user_id"].str.startswith("anon-")
    assert "login" not in set(events["event_type"][anonymous])
    assert transactions["user_id"].isin(profiles["user_id"]).all()


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.name)
def test_personas_act_as_planted(drawn, persona):
    _, truth, events, transactions, aliases = drawn
    users = set(truth["user_id"][truth["persona"] == persona.name])
    habits = persona.habits
    events = events.drop_duplicates()
    events = events[resolved(events["user_id"], aliases).isin(users)]
    sessions = events.groupby("session_id").agg(
        start=("occurred_at", "min"), channel=("channel", "first")
    )
    hour = sessions["start"].dt.hour
    night = ((hour >= 22) | (hour < 6)).mean()
    late = (sessions["start"] >= pd.Timestamp("2025-10-03", tz="UTC")).mean()
    assert len(sessions) / len(users) == pytest.approx(
        habits.sessions_per_week * 180 / 7, rel=0.05
    )
    assert len(events) / len(sessions) == pytest.approx(
        habits.events_per_session, rel=0.03
    )
    assert night == pytest.approx(habits.night_share, abs=0.03)
    assert (sessions["start"].dt.day_of_week >= 5).mean() == pytest.approx(
        habits.weekend_share, abs=0.03
    )
    # The area under the line 1 + trend * (2 * position - 1) from the middle on.
    assert late == pytest.approx(0.5 + habits.trend / 4, abs=0.03)
    channels = sessions["channel"].value_counts(normalize=True)
    assert channels[["web", "app", "social"]].tolist() == pytest.approx(
        habits.channels, abs=0.03
    )

    transactions = transactions[transactions["user_id"].isin(users)]
    refunded = transactions["is_refund"]
    orders = transactions[~refunded]
    assert len(orders) / len(users) == pytest.approx(
        habits.buyer_share * habits.orders, rel=0.1
    )
    assert 1 - orders["user_id"].nunique() / len(users) > 0.9 * (1 - habits.buyer_share)
    assert orders["amount"].median() == pytest.approx(habits.order_value_eur, rel=0.1)
    # Up to a tenth would be paid back after the last day; the rest is chance.
    expected = habits.refund_share * len(orders)
    chance = 3 * np.sqrt(expected)
    assert 0.9 * expected - chance < refunded.sum() < expected + chance


def aggregates(truth, events, transactions, aliases):
    """What a segmentation would compute of each user, in standard deviations."""
    events = events.drop_duplicates()
    users = resolved(events["user_id"], aliases)
    hour = events["occurred_at"].dt.hour
    events = pd.get_dummies(events["channel"]).assign(
        session_id=events["session_id"],
        night=(hour >= 22) | (hour < 6),
        weekend=events["occurred_at"].dt.day_of_week >= 5,
    )
    grouped = events.groupby(users)
    columns = ["web", "app", "social", "night", "weekend"]
    orders = transactions[~transactions["is_refund"]].groupby("user_id")["amount"]
    features = grouped[columns].mean()
    features["events"] = np.log1p(grouped.size())
    features["length"] = grouped.size() / grouped["session_id"].nunique()
    features = features.reindex(truth["user_id"])
    features["orders"] = np.log1p(orders.size())
    features["orders"] = features["orders"].fillna(0)
    features["order_value"] = np.log1p(orders.mean())
    features = features.fillna(features.mean())
    return (features - features.mean()) / features.std()


def test_the_sample_has_as_many_events_as_planned_and_logs_that_tell_personas():
    _, truth, events, transactions, aliases = read(SAMPLE)
    assert 40 < len(events) / len(truth) < 50
    features = aggregates(truth, events, transactions, aliases)
    labels = KMeans(5, n_init=10, random_state=0).fit_predict(features)
    planted = ~truth["is_background"].to_numpy()
    score = adjusted_rand_score(truth["persona"][planted], labels[planted])
    assert 0.5 < score < 0.9  # informative, not trivial


def test_habits_of_the_background_are_uniform_and_unrelated():
    personas = np.full(20_000, BACKGROUND)
    habits = draw_habits(np.random.default_rng(1), personas)
    uniform = {}
    for name in ("night_share", "weekend_share"):
        uniform[name] = habits[name]
    for name in ("events_per_session", "minutes_between_events", "trend"):
        means = [getattr(persona.habits, name) for persona in PERSONAS]
        uniform[name] = (habits[name] - min(means)) / (max(means) - min(means))
    # Of three shares that are uniform together, each has this distribution.
    for share in habits["channels"].T:
        assert kstest(share, lambda x: 1 - (1 - x) ** 2).pvalue > 0.001
    for numbers in uniform.values():
        assert kstest(numbers, "uniform").pvalue > 0.001
    uniform["web"], uniform["orders"] = habits["channels"][:, 0], habits["orders"]
    correlations = np.corrcoef(list(uniform.values()))
    assert np.abs(correlations - np.eye(len(uniform))).max() < 0.03


@pytest.mark.parametrize("share", [0.05, 1])
def test_logs_of_the_background_are_uniform_and_those_of_personas_are_not(
    tmp_path, share
):
    files = run(files_in(tmp_path), "--users=3000", f"--background-share={share}")
    _, truth, events, _, aliases = read(files)
    starts = events.groupby("session_id").agg(
        user_id=("user_id", "first"), start=("occurred_at", "min")
    )
    hour, users = starts["start"].dt.hour, resolved(starts["user_id"], aliases)
    shown = {
        "night": (hour >= 22) | (hour < 6),
        "weekend": starts["start"].dt.day_of_week >= 5,
    }
    rng = np.random.default_rng(1)
    places = {}
    for name, flags in shown.items():
        counts = flags.groupby(users).agg(["sum", "size"])
        # Under a uniform share, each count from 0 to all sessions is equally likely.
        within = rng.random(len(counts))
        places[name] = (counts["sum"] + within) / (counts["size"] + 1)
        is_uniform = kstest(places[name], "uniform").pvalue > 0.001
        assert is_uniform == (share == 1)
    size = events.groupby("session_id").size().groupby(users).mean()
    related = np.corrcoef(places["night"], size)[0, 1]
    assert (abs(related) < 0.06) == (share == 1)
    assert truth["is_background"].all() == (share == 1)


def test_gender_language_and_the_other_answers_do_not_matter(tmp_path):
    files = run(files_in(tmp_path), "--users=400")
    profiles = pq.read_table(files.output)
    other = profiles.slice(200).to_pylist() + profiles.slice(0, 200).to_pylist()
    kept = ("User ID", "Device Usage")
    swapped = pa.Table.from_pylist(other, schema=profiles.schema)
    for name in kept:
        position = profiles.schema.get_field_index(name)
        swapped = swapped.set_column(position, name, profiles[name])
    personas = generate_sample.draw_personas(np.random.default_rng(1), 400, 0.05)

    def stream(purpose):
        return random_stream(5, purpose, 0)

    drawn = activity_logs.draw_logs(stream, 0, personas, profiles)
    assert swapped["Gender"] != profiles["Gender"]
    for one, another in zip(
        drawn, activity_logs.draw_logs(stream, 0, personas, swapped), strict=True
    ):
        assert one.equals(another)


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(generate_sample, "CHUNK_USERS", 400)
    monkeypatch.setattr(generate_sample, "LOG_CHUNK_USERS", 100)
    monkeypatch.setattr(activity_logs, "CHUNK_USERS", 100)


@pytest.mark.usefixtures("small_chunks")
def test_whole_chunks_stay_whatever_the_number_of_users(tmp_path):
    few, many = tmp_path / "few", tmp_path / "many"
    few.mkdir()
    many.mkdir()
    few, many = run(files_in(few), "--users=500"), run(files_in(many), "--users=950")
    for name in ("events", "transactions"):
        some, all_of_them = (
            pq.ParquetFile(getattr(files, name)) for files in (few, many)
        )
        assert (some.num_row_groups, all_of_them.num_row_groups) == (5, 10)
        # The chunk of profiles of the other users is not whole.
        for group in range(4):
            assert some.read_row_group(group).equals(all_of_them.read_row_group(group))
    _, _, events, transactions, aliases = read(many)
    assert events.drop_duplicates()["event_id"].is_unique
    assert transactions["transaction_id"].is_unique
    assert aliases["alias"].is_unique
    assert events.groupby("session_id")["user_id"].nunique().max() == 1


@pytest.mark.usefixtures("small_chunks")
def test_no_two_purposes_or_chunks_share_a_random_stream(tmp_path, monkeypatch):
    increments = {}

    def recorded_stream(seed, purpose, chunk):
        stream = random_stream(seed, purpose, chunk)
        # Copies of one stream end in different states, but keep its increment.
        increments[purpose, chunk] = stream.bit_generator.state["state"]["inc"]
        return stream

    monkeypatch.setattr(generate_sample, "random_stream", recorded_stream)
    run(files_in(tmp_path), "--users=950")
    chunks = {purpose: 0 for purpose, _ in increments}
    for purpose, _ in increments:
        chunks[purpose] += 1
    assert sorted(chunks.values()) == [3, 3, *itertools.repeat(10, len(chunks) - 2)]
    assert len(chunks) > 5
    assert len(set(increments.values())) == len(increments)


def test_habits_are_within_their_bounds():
    for persona in PERSONAS:
        habits = persona.habits
        assert sum(habits.channels) == pytest.approx(1)
        assert len(habits.channels) == len(CHANNELS)
        assert habits.events_per_session >= 1
        assert -1 <= habits.trend <= 1
