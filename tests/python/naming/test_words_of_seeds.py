"""What the seeds say of users in actions and in names."""

import csv
import re

import yaml

from conftest import ROOT
from declared import catalog_rows


def seed_rows(name):
    with (ROOT / f"seeds/{name}.csv").open(newline="") as seed:
        return list(csv.DictReader(seed))


ACTIONS = [row["recommended_action"] for row in seed_rows("segment_actions")]
CATALOG = catalog_rows()


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


def test_no_low_name_says_that_nobody_does():
    # A quarter of a standard deviation below all users is enough for a low name.
    absolute = re.compile(
        r"\b(non|un\w+|absentees|free|averse|skippers|outside|dormant|never|rare)\b"
    )
    words = [row[column] for row in CATALOG for column in ("adjective_low", "noun_low")]
    words = list(filter(None, words))
    assert len(words) > 30
    assert [word for word in words if absolute.search(word)] == []


def test_no_name_says_what_users_are_like():
    # Counts, shares and lengths are known, and lists of interests: neither why, nor how
    # users feel, nor what they do beside it.
    unknown = re.compile(
        r"regular|selective|hurried|happy|attentive|watch|view|connected|sociable"
        r"|outgoing|reserved|contribut|quiet|loving|artistic|owl|spender|loyal"
    )
    words = {
        row[f"{word}_{direction}"]: row["block"]
        for row in CATALOG
        for word in ("adjective", "noun")
        for direction in ("high", "low")
        if row[f"{word}_{direction}"]
    }
    assert len(words) > 80
    assert [text for text in words if unknown.search(text)] == []
    minded = {block for text, block in words.items() if text.endswith("-minded")}
    assert minded == {"interests"}


def test_every_trait_that_can_lead_a_segment_has_an_action():
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text())
    listed = {
        (row["objective"], row["feature"], row["direction"])
        for row in seed_rows("segment_actions")
    }
    leading = {
        (objective, row["feature"], direction)
        for objective, settings in project["vars"]["objectives"].items()
        for row in CATALOG
        for direction in ("high", "low")
        if row["role"] == "basis"
        and row["block"] in settings["block_weights"]
        and row[f"noun_{direction}"]
    }
    assert len(leading) >= 100
    assert leading - listed == set()
    # What forms no segments, or has no words, chooses no action.
    assert listed - leading == set()
