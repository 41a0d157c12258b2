"""Purchases, from a log to customers, against rules written a second time."""

import csv
import random
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import yaml
from dbt.cli.main import dbtRunner

from conftest import (
    ROOT,
    Build,
    build_project,
    copy_project,
    green_build,
    sample_rows,
    write_profiles,
)
from purchase_rules import (
    Transaction,
    cents,
    customer_table,
    feature_table,
    purchase_table,
    segment_table,
)

pytestmark = pytest.mark.slow

# Data tests too: on odd and valid data they must not cry wolf.
PURCHASES = [
    *("--select", "+user_purchases", "+customer_segments", "+stg_rejection_reasons"),
    *("--indirect-selection", "cautious"),
]
# Segments of 45 customers are small.
SHOW_ALL = {"min_cell_size": 0}
TRANSACTIONS = ["--select", "+stg_transactions", "--exclude-resource-type", "test"]

USERS = [row["User ID"] for row in sample_rows(60)]
ANN, BEN, CLEO = USERS[50:53]  # worked out by hand; the log has nobody after them
RANDOM_BUYERS = USERS[:45]
ALIASES = {
    "visitor-1": USERS[0],
    "visitor-2": "visitor-1",
    "visitor-3": USERS[1],
    "visitor-4": "stranger-1",
}
STRANGERS = ["stranger-1", "stranger-2", "visitor-4"]

CURRENCIES = ["EUR", "JPY", "USD"]
RATES = {
    "EUR": Decimal(1),
    "JPY": Decimal("0.006"),
    "USD": Decimal("0.853242"),
    "XAU": Decimal("99999.999999"),
}
RATES_FILE = "currency,rate\n" + "".join(f"{name},{RATES[name]}\n" for name in RATES)

# Ann's first two purchases are of one day in Berlin, 30 March, on which clocks are put
# forward, and of two days in UTC; her refund is of the last second of the as-of date in
# Berlin, and her last purchase of the second after it.
BY_HAND = [
    (ANN, "2025-03-29T23:30:00+00:00", "100.10", "EUR", False),
    (ANN, "2025-03-30T21:59:59+00:00", "0.25", "EUR", False),
    (ANN, "2025-04-09T22:00:00+00:00", "20.00", "EUR", False),
    (ANN, "2025-06-15T21:59:59+00:00", "5.05", "EUR", True),
    (ANN, "2025-06-15T22:00:00+00:00", "80.00", "EUR", False),
    (BEN, "2025-05-01T12:00:00+00:00", "7.00", "EUR", True),
    (CLEO, "2025-05-02T12:00:00+00:00", "1000000000", "EUR", False),
    (CLEO, "2025-05-03T12:00:00+00:00", "0.01", "EUR", False),
]

# With Cleo's last cent, more digits than a floating-point number has.
FORTUNE = [(CLEO, "2025-05-04T12:00:00+00:00", "1000000000", "XAU", False)]


@dataclass(frozen=True)
class Case:
    """A build, and what it read."""

    build: Build
    transactions: list[Transaction]
    time_zone: str
    as_of_date: date

    @property
    def purchases(self):
        """What each user with a profile bought and gave back."""
        known = [one for one in self.transactions if one.user_id in USERS]
        return purchase_table(known, self.time_zone, self.as_of_date)


def user_of(logged_id):
    while logged_id in ALIASES:
        logged_id = ALIASES[logged_id]
    return logged_id


def random_log(seed, currencies):
    """Who, when, how much and which way, with ties and with several on one day."""
    draw = random.Random(seed)
    logged_ids = [*RANDOM_BUYERS, *ALIASES, *STRANGERS]
    start = datetime(2025, 2, 1, tzinfo=UTC)
    log = []
    for _ in range(700):
        # Near midnight, days differ between zones.
        hours = draw.choice([0, draw.random() * 24, 21 + draw.random() * 3])
        at = start + timedelta(days=draw.choice(range(140)), seconds=int(3600 * hours))
        amount = draw.choice(["19.99", "0", f"{draw.randrange(30_000) / 100:.2f}"])
        logged_id = draw.choice(logged_ids)
        currency = draw.choice(currencies)
        log.append((logged_id, at.isoformat(), amount, currency, draw.random() < 0.15))
        if draw.random() < 0.2:
            again = at + timedelta(minutes=30)
            log.append((logged_id, again.isoformat(), "5.00", currency, False))
    return log + BY_HAND


def log_rows(log):
    """The log as text, in any order, with further deliveries and with broken rows."""
    draw = random.Random(0)
    rows = []
    for number, (logged_id, at, amount, currency, is_refund) in enumerate(log):
        offset = timezone(timedelta(minutes=draw.choice([-330, 0, 60, 120])))
        row = {
            "transaction_id": f"t{number}",
            "user_id": logged_id,
            "occurred_at": datetime.fromisoformat(at).astimezone(offset).isoformat(),
            "amount": amount,
            "currency": currency,
            "is_refund": str(is_refund).lower(),
        }
        rows.append(row)
        if number % 50 == 0:
            later = datetime.fromisoformat(at) + timedelta(hours=draw.choice([1, 900]))
            rows.append({**row, "occurred_at": later.isoformat(), "amount": "77"})
        if number % 100 == 0:
            broken = {**row, "transaction_id": f"broken{number}"}
            column, value = draw.choice(
                [("amount", "-5"), ("occurred_at", at[:19]), ("is_refund", "?")]
            )
            rows.append({**broken, column: value})
    draw.shuffle(rows)
    return rows


def log_files(folder, rows):
    """Variables with profiles, a log of these rows, and aliases."""
    aliases = [{"alias": alias, "user_id": ALIASES[alias]} for alias in ALIASES]
    return {
        "user_profiles": write_profiles(folder / "users.csv", sample_rows(60)),
        "transactions": write_profiles(folder / "transactions.csv", rows),
        "user_aliases": write_profiles(folder / "aliases.csv", aliases),
    }


def read_back(log):
    return [
        Transaction(
            user_of(logged_id),
            datetime.fromisoformat(at),
            Decimal(amount) * RATES[currency],
            is_refund,
        )
        for logged_id, at, amount, currency, is_refund in log
    ]


@pytest.fixture(scope="module")
def berlin(tmp_path_factory):
    """One currency, days in Berlin, an as-of date before the end of the log."""
    folder = tmp_path_factory.mktemp("berlin")
    log = random_log(1, ["EUR"])
    day = date(2025, 6, 15)
    settings = {"time_zone": "Europe/Berlin", "as_of_date": str(day)} | SHOW_ALL
    build = green_build(
        folder, arguments=PURCHASES, **log_files(folder, log_rows(log)), **settings
    )
    return Case(build, read_back(log), "Europe/Berlin", day)


@pytest.fixture(scope="module")
def project_with_rates(tmp_path_factory):
    project = copy_project(tmp_path_factory.mktemp("rates"))
    (project / "seeds/exchange_rates.csv").write_text(RATES_FILE)
    return project


@pytest.fixture(scope="module")
def converted(tmp_path_factory, project_with_rates):
    """Three currencies with rates, days in UTC, up to the newest one."""
    folder = tmp_path_factory.mktemp("converted")
    log = random_log(2, CURRENCIES) + FORTUNE
    build = green_build(
        folder,
        project=project_with_rates,
        arguments=PURCHASES,
        **log_files(folder, log_rows(log)),
        **SHOW_ALL,
    )
    transactions = read_back(log)
    newest = max(one.day("UTC") for one in transactions)
    return Case(build, transactions, "UTC", newest)


@pytest.fixture(params=["berlin", "converted"])
def case(request):
    return request.getfixturevalue(request.param)


def customers_of(build):
    """The mart, amounts as text, since floats would hide a cent."""
    return build.query(
        """
        select columns(* exclude (as_of_date, purchase_amount, refund_amount,
            net_revenue)),
            cast(columns(['as_of_date', 'purchase_amount', 'refund_amount',
            'net_revenue']) as varchar)
        from marts.customers order by user_id
        """
    ).set_index("user_id")


def test_the_logs_have_what_they_are_to_test(berlin, converted):
    for case in (berlin, converted):
        purchases = case.purchases
        customers = customer_table(purchases)
        assert purchases["purchase_count"].min() == 0
        assert len(customers) < len(purchases) < len(USERS)
        for column in ("days_since_last_purchase", "purchase_count"):
            assert customers[column].duplicated().any()
        assert (
            customers["repeat_purchase_day_count"] < customers["purchase_count"] - 1
        ).any()
        assert customers["purchase_segment"].nunique() > 5
    dates = ["first_purchase_date", "last_purchase_date"]
    in_utc = purchase_table(berlin.transactions, "UTC", berlin.as_of_date)
    moved = in_utc.loc[berlin.purchases.index, dates] != berlin.purchases[dates]
    assert moved.sum().min() > 3
    assert max(one.day("UTC") for one in berlin.transactions) > berlin.as_of_date


def test_rejected_rows_are_the_further_deliveries_and_the_broken_ones(case):
    reasons = case.build.query(
        """
        select reason, row_count from staging.stg_rejection_reasons
        where source = 'transactions' and row_count > 0
        """
    ).set_index("reason")["row_count"]
    count = len(case.transactions)
    assert reasons.pop("transaction_id_repeated") == len(range(0, count, 50))
    assert reasons.sum() == len(range(0, count, 100))


def test_customers_are_right_to_the_day_and_the_cent(case):
    expected = customer_table(case.purchases)
    found = customers_of(case.build)
    assert found.index.tolist() == sorted(expected.index)
    expected = expected.loc[found.index]
    assert set(found["as_of_date"]) == {str(case.as_of_date)}
    for column in ("first_purchase_date", "last_purchase_date"):
        assert found[column].dt.date.tolist() == expected[column].tolist()
    for column in ("purchase_amount", "refund_amount", "net_revenue"):
        amounts = [str(cents(amount)) for amount in expected[column]]
        assert found[column].tolist() == amounts
    for column in (
        "purchase_count",
        "refund_count",
        "days_since_last_purchase",
        "recency_score",
        "frequency_score",
        "monetary_score",
        "purchase_segment",
        "repeat_purchase_day_count",
        "repeat_purchase_recency_days",
        "customer_age_days",
    ):
        assert found[column].tolist() == expected[column].tolist(), column
    assert found["average_repeat_purchase_day_value"].tolist() == pytest.approx(
        expected["average_repeat_purchase_day_value"].tolist(), rel=1e-12, nan_ok=True
    )


def test_every_user_has_the_features_of_purchases(case):
    expected = feature_table(case.purchases, USERS)
    found = case.build.query("from features.user_purchases").set_index("user_id")
    assert sorted(found.index) == sorted(USERS)
    assert sorted(found.columns) == sorted(expected.columns)
    for column in expected:
        assert found.loc[USERS, column].astype(float).tolist() == pytest.approx(
            expected[column].tolist(), rel=1e-12, nan_ok=True
        ), column


def test_customer_segments_add_up_the_customers(case):
    expected = segment_table(customer_table(case.purchases))
    found = case.build.query(
        """
        select purchase_segment, customer_count, customer_share,
            cast(net_revenue as varchar) as net_revenue, net_revenue_share
        from marts.customer_segments
        """
    ).set_index("purchase_segment")
    assert {
        name: (row["customer_count"], Decimal(row["net_revenue"]))
        for name, row in found.iterrows()
    } == expected
    assert found["customer_share"].sum() == pytest.approx(1)
    assert found["net_revenue_share"].sum() == pytest.approx(1)


def test_users_worked_out_by_hand_are_right(berlin):
    customers = customers_of(berlin.build)
    assert customers.loc[ANN].drop(["recency_score", "frequency_score"]).drop(
        ["monetary_score", "purchase_segment"]
    ).astype(str).to_dict() == {
        "first_purchase_date": "2025-03-30 00:00:00",
        "last_purchase_date": "2025-04-10 00:00:00",
        "as_of_date": "2025-06-15",
        "purchase_count": "3",
        "refund_count": "1",
        "purchase_amount": "120.35",
        "refund_amount": "5.05",
        "net_revenue": "115.30",
        "days_since_last_purchase": "66",
        "repeat_purchase_day_count": "1",
        "repeat_purchase_recency_days": "11",
        "customer_age_days": "77",
        "average_repeat_purchase_day_value": "20.0",
    }
    assert BEN not in customers.index
    assert customers["purchase_amount"][CLEO] == "1000000000.01"
    assert customers["monetary_score"][CLEO] == 5
    features = berlin.build.query("from features.user_purchases").set_index("user_id")
    assert features["net_revenue"][BEN] == -7
    assert features["refund_share"].loc[[ANN, BEN]].tolist() == [0.25, 1]


def test_amounts_are_exact_where_floats_are_not(converted):
    amounts = customers_of(converted.build)["purchase_amount"]
    assert amounts[CLEO] == "100000999999000.01"


def test_a_converted_amount_is_not_rounded_before_it_is_added_up(converted):
    known = [one for one in converted.transactions if one.user_id in USERS]
    rounded = [
        Transaction(one.user_id, one.occurred_at, cents(one.amount), one.is_refund)
        for one in known
    ]
    other = customer_table(purchase_table(rounded, "UTC", converted.as_of_date))
    found = customers_of(converted.build)["net_revenue"]
    assert (found != other["net_revenue"].loc[found.index].map(str)).any()


@pytest.fixture(scope="module")
def empty_build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    profiles = write_profiles(folder / "users.csv", sample_rows(60))
    return green_build(folder, arguments=PURCHASES, user_profiles=profiles)


def test_without_a_log_no_purchases_are_known(empty_build):
    assert "Read for transactions: nothing." in empty_build.output
    features = empty_build.query("from features.user_purchases").set_index("user_id")
    assert len(features) == len(USERS)
    assert features.isna().all(axis=None)


def test_without_a_log_there_are_no_customers(empty_build):
    assert empty_build.query("from marts.customers").empty
    segments = empty_build.query("from marts.customer_segments")
    assert len(segments) == 10
    assert (segments[["customer_count", "net_revenue"]] == 0).all(axis=None)
    shares = segments[["customer_share", "net_revenue_share"]]
    assert shares.isna().all(axis=None)


def test_too_many_rejected_transactions_stop_the_build_with_one_line(tmp_path):
    rows = [
        {
            "transaction_id": f"t{number}",
            "user_id": ANN,
            "occurred_at": "2025-05-01T12:00:00Z",
            "amount": "-5" if number < 2 else "5",
            "currency": "euro" if number == 1 else "EUR",
            "is_refund": "false",
        }
        for number in range(20)
    ]
    files = log_files(tmp_path, rows)
    build = build_project(tmp_path, arguments=TRANSACTIONS, **files)
    assert build.returncode != 0
    line = (
        "Of 20 rows of transactions read, 2 were rejected: 10%, where the variable "
        "max_rejected_share allows 5%. The commonest reasons: amount_below_0 (2): "
        "amount is below 0: write a refund as a positive amount with is_refund true. "
        "currency_unknown (1): currency is not of three letters, like EUR. Every "
        f"rejected row stands in staging.stg_rejected_rows of {build.database} with "
        "its reasons. To allow more: max_rejected_share: 0.1 in dbt_project.yml, or "
        "in one --vars with transactions."
    )
    assert line in [said.strip() for said in build.output.splitlines()]
    assert "Traceback" not in build.output


@pytest.fixture(scope="module")
def messages(tmp_path_factory):
    """What dbt says of other rates for three currencies; parses the project once."""
    folder = tmp_path_factory.mktemp("currencies")
    rows = [
        {
            "transaction_id": currency,
            "user_id": ANN,
            "occurred_at": "2025-05-01T12:00:00Z",
            "amount": "5",
            "currency": currency,
            "is_refund": "false",
        }
        for currency in CURRENCIES
    ]
    files = log_files(folder, rows)
    project = copy_project(folder)
    build = green_build(
        folder,
        project=project,
        arguments=[*TRANSACTIONS, "--exclude", "stg_transactions"],
        **files,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("DUCKDB_PATH", str(build.database))
        options = [
            *("--target-path", str(folder), "--log-level-file", "none"),
            *("--vars", yaml.safe_dump(files)),
        ]
        manifest = dbtRunner().invoke(["--quiet", "parse", *options]).result
        runner = dbtRunner(manifest=manifest)

        def run(rates):
            (project / "seeds/exchange_rates.csv").write_text("currency,rate\n" + rates)
            assert runner.invoke(
                ["seed", "--select", "exchange_rates", *options]
            ).success
            outcome = runner.invoke(["run", "--select", "stg_transactions", *options])
            assert outcome.exception is None, outcome.exception
            return [node.message for node in outcome.result if node.status == "error"]

        yield run


SEVERAL = "The transactions are in EUR, JPY, USD, and cannot be added up: "
LIST_ALL = ". List every currency there, with 1 for the one to add up in."


@pytest.mark.parametrize(
    ("rates", "message"),
    [
        (
            "",
            SEVERAL
            + "seeds/exchange_rates.csv has no rate for EUR, JPY, USD"
            + LIST_ALL,
        ),
        (
            "EUR,1\nUSD,0.85\n",
            SEVERAL + "seeds/exchange_rates.csv has no rate for JPY" + LIST_ALL,
        ),
        ("EUR,1.1\nUSD,0.85\nJPY,0.006\n", "no currency has the rate 1: give it to"),
        ("EUR,1\nUSD,0\nJPY,0.006\n", "the rate of USD is 0; it must be a"),
        ("EUR,1\nUSD,-0.85\nJPY,0.006\n", "the rate of USD is -0.85; it must be"),
        ("EUR,1\nUSD,\nJPY,0.006\n", "the rate of USD is empty; it must be a number"),
        (
            "EUR,1\nUSD,0.85\nusd,0.86\n",
            'USD, the last as "usd": keep the one that is right.',
        ),
        ("EUR,1\nEUR,1\n", 'EUR, the last as "EUR": keep the one that is right.'),
        ("EUR,1\n,0.85\n", "exchange_rates.csv: a row with the rate 0.85 has no"),
        (
            "EUR,1\nUSD,0.1234567890123\nJPY,0.006\n",
            "the rate of USD is 0.1234567890123; it can have seven digits before the",
        ),
        ("EUR,1\nUSD,12345678\nJPY,1\n", "12345678; it can have seven digits before"),
    ],
)
def test_currencies_without_a_use_of_rates_are_refused(messages, rates, message):
    (said,) = messages(rates)
    assert message in said


def test_currencies_with_rates_are_taken(messages):
    assert messages(RATES_FILE.split("\n", 1)[1]) == []


def test_every_rule_of_transactions_has_a_sentence_and_is_unit_tested():
    with (ROOT / "seeds/log_rejection_reasons.csv").open(newline="") as seed:
        listed = {
            row["reason"]
            for row in csv.DictReader(seed)
            if row["source"] == "transactions"
        }
    properties = ROOT / "models/staging/stg_checked_transactions.yml"
    unit_tests = yaml.safe_load(properties.read_text())["unit_tests"]
    reasons = [
        row.get("rejection_reasons")
        for test in unit_tests
        for row in test["expect"]["rows"]
    ]
    tested = {code for codes in reasons if codes for code in re.split(", ", codes)}
    assert tested == listed
