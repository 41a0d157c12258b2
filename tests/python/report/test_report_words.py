"""Numbers and codes of the report, as people read them."""

import datetime
from types import SimpleNamespace

import pytest

from user_segmentation.report.words import (
    DASH,
    MINUS,
    amount,
    anchor,
    day,
    decimal,
    moment,
    number,
    percent,
    quantity,
    short,
    short_name,
    signed,
    title,
    wrapped,
)


def test_shares_have_as_many_places_as_say_something():
    shares = [0.234, 0.0412, 0.00123, 0.02, 0.01, 1, 0, -0.123]
    assert list(map(percent, shares)) == [
        *("23%", "4.1%", "0.12%", "2%", "1%", "100%", "0%", f"{MINUS}12%")
    ]


def test_differences_have_a_sign_unless_they_round_to_nothing():
    differences = [0.956, -0.956, -0.001, 0]
    assert list(map(signed, differences)) == ["+0.96", f"{MINUS}0.96", "0.00", "0.00"]


def test_quantities_have_three_digits_and_their_unit():
    assert quantity(3.8149, "hours") == "3.81 hours"
    assert quantity(78.83, "accounts") == "78.8 accounts"
    assert quantity(7639.4, "reactions") == "7,639 reactions"
    assert quantity(0.0001, "hours") == "0.00 hours"
    assert quantity(0, "hours") == "0 hours"
    assert quantity(0.164, "share") == "16%"
    assert quantity(3.25, "rank") == "3.25"
    assert amount(3.8149, "hours") == "3.81"


def test_what_is_hidden_or_missing_is_a_dash():
    assert {number(None), percent(None), decimal(None), signed(None)} == {DASH}
    assert {amount(None, "share"), quantity(None, "hours")} == {DASH}


def test_codes_dates_and_counts():
    assert title("personalized_marketing") == "Personalized marketing"
    assert anchor("customer_service-1") == "customer-service-1"
    assert number(1234567) == "1,234,567"
    assert day(datetime.date(2026, 1, 2)) == "2 January 2026"
    assert moment(datetime.datetime(2026, 1, 2, 3, 4)) == "2 January 2026, 03:04 UTC"


def test_long_names_are_cut_and_say_so():
    assert short("x" * 500) == "x" * 43 + "…"
    assert short("x" * 44) == "x" * 44


@pytest.mark.parametrize("text", ["", "one", "a b c d e f g " * 20, "x" * 500])
def test_labels_fit_into_three_lines(text):
    lines = wrapped(text)
    assert 1 <= len(lines) <= 3
    assert max(map(len, lines)) <= 26


def test_labels_break_between_words():
    assert wrapped("Share of events at the weekend") == [
        *("Share of events at", "the weekend")
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Readers (customer care)", "Readers (customer care)"),
        ("Frequent readers (customer care)", "Frequent readers"),
        ("Frequent readers of marketing (sales)", "Frequent readers of mark…"),
        ("Frequent readers of much (customer care)", "Frequent readers of much"),
    ],
)
def test_a_long_name_leaves_out_its_objective_first(name, shown):
    segment = SimpleNamespace(objective="customer_care", segment_name=name)
    assert short_name(segment, 25) == shown
