"""What purchases come to a second time, and not from the project's SQL.

Written from the descriptions of the columns, one user at a time, in exact decimals.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pandas as pd

from conftest import ROOT


@dataclass(frozen=True)
class Transaction:
    """Who paid or got back how much of the common currency, and when, with a zone."""

    user_id: str
    occurred_at: datetime
    amount: Decimal
    is_refund: bool

    def day(self, time_zone):
        """Day on the calendar of a zone."""
        return self.occurred_at.astimezone(ZoneInfo(time_zone)).date()


def purchase_table(transactions, time_zone, as_of_date):
    """What each user bought and gave back, with days on the calendar of a zone.

    Parameters
    ----------
    transactions : list of Transaction
        Those of users, none of them under an alias.
    time_zone : str
    as_of_date : datetime.date

    Returns
    -------
    pandas.DataFrame
        One row per user with a purchase or a refund until the as-of date.
    """
    days = pd.DataFrame(
        [
            (one.user_id, one.day(time_zone), one.amount, one.is_refund)
            for one in transactions
            if one.day(time_zone) <= as_of_date
        ],
        columns=["user_id", "day", "amount", "is_refund"],
    )
    rows = [
        {"user_id": user_id} | _purchases_of(own_days, as_of_date)
        for user_id, own_days in days.groupby("user_id")
    ]
    return pd.DataFrame(rows).set_index("user_id")


def _purchases_of(days, as_of_date):
    purchases, refunds = days[~days["is_refund"]], days[days["is_refund"]]
    paid, returned = sum(purchases["amount"]), sum(refunds["amount"])
    row = {
        "purchase_count": len(purchases),
        "refund_count": len(refunds),
        "purchase_amount": Decimal(paid),
        "refund_amount": Decimal(returned),
        "net_revenue": Decimal(paid - returned),
        "refund_share": len(refunds) / len(days),
    }
    if purchases.empty:
        return row
    per_day = purchases.groupby("day")["amount"].agg(sum).sort_index()
    first, last = per_day.index[0], per_day.index[-1]
    return row | {
        "first_purchase_date": first,
        "last_purchase_date": last,
        "average_order_value": float(paid / len(purchases)),
        "days_since_last_purchase": (as_of_date - last).days,
        **lifetime_summary(per_day, as_of_date),
    }


def lifetime_summary(per_day, as_of_date):
    """What models of customer lifetime value read of one customer.

    With days as the periods, as in `summary_data_from_transaction_data` of the package
    lifetimes, whose monetary value leaves the first period out when it is asked for
    repeat transactions only.

    Parameters
    ----------
    per_day : pandas.Series
        Money spent by day, for days with a purchase.
    as_of_date : datetime.date

    Returns
    -------
    dict
        The frequency, recency, T and monetary value under the names of `customers`.
    """
    repeats = per_day[per_day.index > min(per_day.index)]
    return {
        "repeat_purchase_day_count": len(repeats),
        "repeat_purchase_recency_days": (max(per_day.index) - min(per_day.index)).days,
        "customer_age_days": (as_of_date - min(per_day.index)).days,
        "average_repeat_purchase_day_value": (
            float(sum(repeats) / len(repeats)) if len(repeats) else float("nan")
        ),
    }


def fifths(values):
    """Fifth in which each value is, by the share of all values that are smaller.

    Parameters
    ----------
    values : pandas.Series

    Returns
    -------
    list of int
        From 1 to 5: how many of the shares 0, 1/5, 2/5, 3/5 and 4/5 have less.
    """
    smaller = [sum(other < value for other in values) for value in values]
    return [
        sum(Fraction(count, len(values)) >= Fraction(step, 5) for step in range(5))
        for count in smaller
    ]


def customer_table(purchases):
    """The customers among the users, with their scores and their segment.

    Parameters
    ----------
    purchases : pandas.DataFrame
        What `purchase_table` returns.

    Returns
    -------
    pandas.DataFrame
    """
    customers = purchases[purchases["purchase_count"] > 0].copy()
    customers["recency_score"] = fifths(-customers["days_since_last_purchase"])
    customers["frequency_score"] = fifths(customers["purchase_count"])
    customers["monetary_score"] = fifths(customers["net_revenue"])
    with (ROOT / "seeds/purchase_segments.csv").open(newline="") as seed:
        names = {
            (int(row["recency_score"]), int(row["frequency_score"])): row[
                "purchase_segment"
            ]
            for row in csv.DictReader(seed)
        }
    scores = zip(customers["recency_score"], customers["frequency_score"], strict=True)
    customers["purchase_segment"] = [names[pair] for pair in scores]
    return customers


def feature_table(purchases, user_ids):
    """The features of every user: counts of 0 without a purchase, and nothing more.

    Parameters
    ----------
    purchases : pandas.DataFrame
        What `purchase_table` returns.
    user_ids : list of str

    Returns
    -------
    pandas.DataFrame
    """
    counted = ["purchase_count", "purchase_amount", "net_revenue"]
    unknown = ["average_order_value", "days_since_last_purchase", "refund_share"]
    features = purchases.reindex(user_ids)[
        [*counted, *unknown, "customer_age_days"]
    ].astype(float)
    return features.fillna(dict.fromkeys(counted, 0))


def segment_table(customers):
    """How many customers each segment of the seed has, and what they bring.

    Parameters
    ----------
    customers : pandas.DataFrame
        What `customer_table` returns.

    Returns
    -------
    dict
        Number of customers and net revenue to the cent by segment.
    """
    with (ROOT / "seeds/purchase_segments.csv").open(newline="") as seed:
        names = {row["purchase_segment"] for row in csv.DictReader(seed)}
    counts = Counter(customers["purchase_segment"])
    revenues = {
        name: sum(map(cents, rows["net_revenue"]))
        for name, rows in customers.groupby("purchase_segment")
    }
    return {name: (counts[name], revenues.get(name, Decimal(0))) for name in names}


def cents(amount):
    """The amount to the cent, halves away from zero.

    Parameters
    ----------
    amount : decimal.Decimal

    Returns
    -------
    decimal.Decimal
    """
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
