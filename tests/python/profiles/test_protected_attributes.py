"""Segments that go with a protected answer are flagged, and others are not."""

import random

import numpy as np
import pytest
from scipy.stats.contingency import association

from associations import cramers_v
from conftest import copy_project, green_build, sample_rows, write_profiles

pytestmark = pytest.mark.slow


def test_the_correction_vanishes_with_many_users():
    counts = np.array([[30, 50, 20], [45, 15, 40]])
    plain = association(counts, method="cramer")
    assert cramers_v(counts) < plain - 0.005
    assert cramers_v(counts * 10_000) == pytest.approx(plain, abs=1e-5)


def audit(build):
    rows = build.query("from marts.protected_attribute_audit")
    return rows.set_index(["objective", "attribute"])


def test_associations_of_the_sample_are_those_of_scipy(sample_build):
    audited = audit(sample_build)
    assert len(audited) == 6
    for (objective, attribute), row in audited.iterrows():
        shares = sample_build.query(
            f"""
            from segmentation.segment_shares
            where objective = '{objective}' and attribute = '{attribute}'
            """
        )
        counts = shares.pivot(
            index="segment_number", columns="answer", values="user_count"
        ).to_numpy()
        assert row["cramers_v"] == round(cramers_v(counts), 2)
        assert row["largest_share_difference"] <= (
            (shares["share"] - shares["population_share"]).abs().max()
        )
        assert row["is_flagged"] == (row["cramers_v"] > row["threshold"])


HOURS = ["Time Spent Online (hrs/weekday)", "Time Spent Online (hrs/weekend)"]


def with_hours_by_gender(rows):
    """Most women are online for long, most men are not; all else stays as it is."""
    generator = random.Random(0)
    users = []
    for row in rows:
        is_typical = generator.random() < 0.85
        is_long = (row["Gender"] == "Female") == is_typical
        lowest = 4 if is_long else 0.5
        hours = {
            header: round(generator.uniform(lowest, lowest + 1), 1) for header in HOURS
        }
        users.append(row | hours)
    return users


def with_shuffled_gender(rows):
    genders = [row["Gender"] for row in rows]
    random.Random(0).shuffle(genders)
    return [row | {"Gender": gender} for row, gender in zip(rows, genders, strict=True)]


def build_of(folder, rows, **options):
    file = write_profiles(folder / "users.csv", rows)
    return green_build(
        folder,
        user_profiles=file,
        objectives={
            "service": {
                "block_weights": {"engagement": 1},
                "outcome": "conversion_rate",
                "segment_count": 4,
            }
        },
        **options,
    )


WARNING = "Objective service: its segments go with gender, a protected answer"


def test_segments_that_stand_in_for_gender_are_flagged(tmp_path):
    build = build_of(tmp_path, with_hours_by_gender(sample_rows()))
    row = audit(build).loc[("service", "gender")]
    assert row["is_flagged"]
    assert row["cramers_v"] == pytest.approx(0.7, abs=0.1)
    assert row["largest_share_difference"] > 0.3
    assert WARNING in build.output


@pytest.mark.chaos
def test_the_same_segments_of_users_of_any_gender_are_not_flagged(tmp_path):
    rows = with_shuffled_gender(with_hours_by_gender(sample_rows()))
    build = build_of(tmp_path, rows)
    assert not audit(build).loc[("service", "gender"), "is_flagged"]
    assert WARNING not in build.output


ACCOUNTS = "followed_account_count"


@pytest.fixture
def project_that_protects_a_number(tmp_path):
    """The project with one of its numbers protected, as a year of birth would be."""
    project = copy_project(tmp_path)
    declaration = project / "seeds/raw_user_profiles.yml"
    text = declaration.read_text()
    name = f"            name: {ACCOUNTS}\n"
    assert text.count(name) == 1
    declaration.write_text(
        text.replace(name, f"{name}            is_protected: true\n")
    )
    return project


def test_a_protected_number_is_audited_by_bands(
    project_that_protects_a_number, tmp_path
):
    # Who is online for long follows many: a segment of hours stands in for accounts.
    rows = [
        {
            **row,
            "Followed Accounts": str(int(20 * float(row[HOURS[0]])) + place % 7),
        }
        for place, row in enumerate(sample_rows())
    ]
    build = build_of(
        tmp_path,
        rows,
        project=project_that_protects_a_number,
    )
    row = audit(build).loc[("service", ACCOUNTS)]
    assert row["is_flagged"]
    assert f"its segments go with {ACCOUNTS}, a protected answer" in build.output

    # The same from the users themselves.
    bands = build.query(
        f"""
        select answer, lower_edge, upper_edge, rank from segmentation.known_answers
        where attribute = '{ACCOUNTS}' order by rank
        """
    )
    assert 2 <= len(bands) <= 10
    users = build.query(
        f"""
        select segment_number, {ACCOUNTS} as number
        from segmentation.user_segments inner join staging.stg_users using (user_id)
        """
    )
    edges = bands["lower_edge"].iloc[1:].to_numpy()
    users["rank"] = 1 + np.searchsorted(edges, users["number"], side="right")
    counts = users.groupby(["segment_number", "rank"]).size().unstack(fill_value=0)
    assert row["cramers_v"] == round(cramers_v(counts.to_numpy()), 2)

    shown = build.query(
        f"""
        select segment_number, answer_rank, user_count, is_suppressed
        from marts.segment_answers where attribute = '{ACCOUNTS}'
        """
    )
    assert set(shown["answer_rank"]) == set(bands["rank"])
    counted = counts.stack()
    for cell in shown.itertuples():
        true_count = counted.get((cell.segment_number, cell.answer_rank), 0)
        if 0 < true_count < 10:
            assert cell.is_suppressed
        if not cell.is_suppressed:
            assert cell.user_count == true_count
    assert shown["is_suppressed"].any()


def test_answers_need_no_bands(sample_build):
    assert sample_build.query("from segmentation.known_answers where is_band").empty
