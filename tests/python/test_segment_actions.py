"""What seeds/segment_actions.csv says of the users whom an action is for."""

import csv
import re

from conftest import ROOT

with (ROOT / "seeds/segment_actions.csv").open(newline="") as seed:
    ACTIONS = [row["recommended_action"] for row in csv.DictReader(seed)]


def test_a_reason_compares_with_all_users_and_claims_no_more():
    # A trait says that a segment is above or below all users: neither what its users
    # never do, nor what they do next.
    reasons = [reason for _, _, reason in (text.partition(":") for text in ACTIONS)]
    given = [reason.strip(" .") for reason in reasons if reason]
    assert len(given) > 20
    assert [reason for reason in given if "than average" not in reason] == []


def test_no_action_takes_a_lower_mean_for_none():
    absolute = re.compile(
        r"\b(never|seldom|always|nothing|every day|out of|first time)\b"
    )
    assert [text for text in ACTIONS if absolute.search(text)] == []
    assert [text for text in ACTIONS if "first purchase" in text] == []
