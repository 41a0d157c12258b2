"""What is hidden cannot be worked out from what the marts and the report show."""

import re
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from associations import cramers_v
from conftest import ROOT
from hidden_counts import (
    EXACT,
    FIGURES,
    PublishedTable,
    Sum,
    attacked_tables,
    mart_figures,
    published_tables,
    report_figures,
    tables_that_look_alike,
)
from report_pages import changed_marts, written_report

pytestmark = pytest.mark.slow

VARIABLES = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
MINIMUM = VARIABLES["min_cell_size"]


def test_the_attacker_adds_up_the_totals_of_several_lines():
    # Each line hides two cells at least; 7 + 11 - 7 - 7 is the 4 in the middle.
    hidden = np.array([[3, 4, 0, 0], [4, 3, 4, 0], [0, 0, 3, 4], [0, 0, 4, 3]])
    table = PublishedTable(
        counts=np.where(hidden > 0, np.nan, 50),
        segment_totals=hidden.sum(axis=1) + 50 * (hidden == 0).sum(axis=1),
        answer_totals=hidden.sum(axis=0) + 50 * (hidden == 0).sum(axis=0),
        segment_sizes=np.full(4, 200),
    )
    assert not table.leaves_open((1, 2), 4)
    assert table.leaves_open((0, 0), 3)
    assert table.highest((0, 0)) == 7


def assert_no_small_count_is_determined(published, counts):
    """But for those that the totals tell, whatever is hidden."""
    is_hidden = np.isnan(published.counts)
    is_small = (counts > 0) & (counts < MINIMUM)
    assert is_hidden[is_small].all()
    assert (published.counts == counts)[~is_hidden].all()
    for cell in np.argwhere(is_small):
        count = counts[*cell]
        if not published.leaves_open(cell, count):
            assert not published.hiding_everything().leaves_open(cell, count)


def assert_lines_hide_enough(published, counts):
    """Two cells at least, with MINIMUM users together, or the whole line."""
    is_hidden = np.isnan(published.counts)
    # The zeros of an answer that nobody gave are no secret.
    table = np.dstack([counts, is_hidden])[:, counts.any(axis=0)]
    for line in [*table, *table.swapaxes(0, 1)]:
        hidden_counts = line[line[:, 1] == 1, 0]
        if 0 < len(hidden_counts) < len(line):
            assert len(hidden_counts) >= 2
            assert hidden_counts.sum() >= MINIMUM


def assert_small_counts_may_be_large(published, counts):
    """Unless all counts of the segment, or of the answer, are small."""
    has_large = counts >= MINIMUM
    may_be_large = np.outer(has_large.any(axis=1), has_large.any(axis=0))
    for cell in np.argwhere(may_be_large & (counts > 0) & ~has_large):
        assert published.highest(cell) >= MINIMUM


def assert_no_small_total_is_determined(published, counts):
    """Where a segment's answers are its users: of interests no total is known."""
    totals = counts.sum(axis=0)
    is_shown = ~np.isnan(published.answer_totals)
    assert (published.answer_totals == totals)[is_shown].all()
    assert not ((totals > 0) & (totals < MINIMUM) & is_shown).any()
    if is_shown.any() and not is_shown.all() and (totals[~is_shown] > 0).sum() > 1:
        for answer in np.flatnonzero(~is_shown):
            low, high = published.total_bounds(answer)
            assert low < high or low == totals[~is_shown].sum() == 0


def true_counts(build, objective, attribute):
    shares = build.query(
        f"""
        from segmentation.segment_shares
        where objective = '{objective}' and attribute = '{attribute}'
        """
    )
    return shares.pivot(
        index="segment_number", columns="answer", values="user_count"
    ).to_numpy()


def test_no_small_count_of_the_sample_can_be_told_from_a_large_one(sample_build):
    small_count = 0
    for objective, attribute, _, _, published in published_tables(sample_build):
        counts = true_counts(sample_build, objective, attribute)
        small_count += ((counts > 0) & (counts < MINIMUM)).sum()
        assert_no_small_count_is_determined(published, counts)
        assert_lines_hide_enough(published, counts)
        assert_small_counts_may_be_large(published, counts)
    assert small_count > 50


@pytest.fixture(scope="module")
def figures(sample_build):
    """Every number about a feature in a segment, of the marts and of the report."""
    page = (sample_build.database.parent / "published/report.html").read_text()
    report = report_figures(sample_build, page)
    assert len(report) > 2000
    return pd.concat([mart_figures(sample_build), report])


def solved_cells(build, figures):
    """The hidden cells that are solved by all that is published together."""
    found = []
    for objective, attribute, published in attacked_tables(build, figures):
        if not published.sums:
            continue
        counts = true_counts(build, objective, attribute)
        assert published.allows(counts)
        found += [
            (objective, attribute, *cell)
            for cell in np.argwhere(published.is_hidden)
            if published.solves(cell, counts)
        ]
    return found


def test_all_that_is_published_together_solves_no_hidden_cell(sample_build, figures):
    assert {"mean", "index", "difference"} == set(figures["kind"])
    assert solved_cells(sample_build, figures) == []


@pytest.fixture(scope="module")
def hidden_means(sample_build):
    """Hidden means, one of each feature and objective, with all that tells them."""
    return sample_build.query(
        """
        select
            objective || '-' || segment_number as segment_key,
            feature,
            mean,
            standardised_difference,
            100 * mean / nullif(population_mean, 0) as index
        from segmentation.disclosed_statistics
        where is_mean_hidden
        qualify row_number() over (
            partition by objective, feature order by segment_number
        ) = 1
        order by all
        """
    )


def solved_by(build, hidden, figures):
    """The cells that a segment's figures of one feature solve."""
    is_own = figures["segment_key"] == hidden.segment_key
    is_own &= figures["feature"] == hidden.feature
    return solved_cells(build, figures[is_own])


def test_each_hidden_mean_would_solve_a_cell(sample_build, hidden_means):
    assert len(hidden_means) > 5
    for hidden in hidden_means.itertuples():
        told = (hidden.segment_key, hidden.feature, "mean", hidden.mean, hidden.mean)
        told = pd.DataFrame([told], columns=FIGURES)
        assert solved_by(sample_build, hidden, told)


def test_a_hidden_mean_in_the_report_alone_is_found(
    sample_build, hidden_means, tmp_path
):
    changes = [
        f"""
        update segment_traits
        set is_suppressed = false, user_count = 100, mean = {hidden.mean},
            standardised_difference = {hidden.standardised_difference},
            certain_difference = {hidden.standardised_difference},
            index = {"null" if np.isnan(hidden.index) else hidden.index}
        where segment_key = '{hidden.segment_key}' and feature = '{hidden.feature}'
        """
        for hidden in hidden_means.itertuples()
    ]
    page = written_report(changed_marts(sample_build, tmp_path, *changes)).read_text()
    told = report_figures(sample_build, page)
    found = [
        bool(solved_by(sample_build, one, told)) for one in hidden_means.itertuples()
    ]
    assert sum(found) >= len(found) / 2


def test_a_rule_with_figures_does_not_ask_one_answer_alone(sample_build):
    attributes = dict(
        sample_build.query(
            "select distinct feature, attribute from segmentation.answer_values"
        ).to_numpy()
    )
    rules = sample_build.query("from marts.segment_rules where recall is not null")
    assert len(rules) > 5
    for condition in rules["condition"]:
        asked = {
            attributes.get(feature) for feature in re.findall("[a-z_]{4,}", condition)
        }
        assert len(asked) > 1 or None in asked


def test_the_association_of_the_audit_does_not_tell_what_the_sample_hides(sample_build):
    audit = sample_build.query("from marts.protected_attribute_audit").set_index(
        ["objective", "attribute"]
    )
    hidden_count = 0
    for objective, attribute, _, _, published in published_tables(sample_build):
        if attribute not in set(audit.index.get_level_values("attribute")):
            continue
        counts = true_counts(sample_build, objective, attribute)
        shown = audit.loc[(objective, attribute), "cramers_v"]
        assert round(cramers_v(counts), 2) == shown
        for cell in np.argwhere(np.isnan(published.counts)):
            hidden_count += 1
            assert any(
                round(cramers_v(table), 2) == shown
                for table in tables_that_look_alike(published, counts, cell)
            )
    assert hidden_count


# Numbers of `segment_statistics` that say nothing of what is hidden.
STATISTICS = [
    *("user_count", "mean", "standard_deviation"),
    *("lower_quartile", "median", "upper_quartile"),
    *("population_mean", "population_standard_deviation", "standardised_difference"),
]


@pytest.fixture(scope="module")
def disclose(sample_build):
    """Run the SQL of the models, as dbt compiled it, on any table of counts."""
    compiled = sample_build.database.parent / "target/compiled/user_segmentation/models"
    segment_shares, disclosed_shares, disclosed_statistics = (
        (compiled / "segmentation/profiles" / f"{model}.sql").read_text()
        for model in ("segment_shares", "disclosed_shares", "disclosed_statistics")
    )
    with duckdb.connect() as connection:
        connection.execute(
            """
            attach ':memory:' as build;
            use build;
            create schema staging;
            create schema segmentation;
            create table staging.stg_declared_list_items (attribute text, item text);
            create table segmentation.feature_catalog as
            select 'feature_' || range as feature, 'ordered' as kind from range(9);
            """
        )

        def run(counts, segment_sizes, values=()):
            segments, answers = np.indices(counts.shape)
            cells = pd.DataFrame(
                {
                    "objective": "marketing",
                    "segment_number": segments.ravel(),
                    "attribute": "language",
                    "answer": answers.ravel().astype(str),
                    "user_count": counts.ravel(),
                }
            )
            inputs = {
                "segmentation.known_answers": cells[cells["segment_number"] == 0],
                "segmentation.segment_answer_counts": cells,
                "segmentation.answer_values": pd.DataFrame(
                    [
                        ("language", str(answer), f"feature_{feature}", value)
                        for feature, own in enumerate(values)
                        for answer, value in enumerate(own)
                    ],
                    columns=["attribute", "answer", "feature", "value"],
                ).astype({"value": float}),
                "segmentation.segment_statistics": pd.DataFrame(
                    [
                        ("marketing", segment, f"feature_{feature}", False)
                        for feature, _ in enumerate(values)
                        for segment in range(len(counts))
                    ],
                    columns=[
                        *("objective", "segment_number", "feature", "is_suppressed")
                    ],
                ).assign(**dict.fromkeys(STATISTICS, 0.0)),
                "segmentation.segment_sizes": pd.DataFrame(
                    {
                        "objective": "marketing",
                        "segment_number": segments[:, 0],
                        "user_count": segment_sizes,
                    }
                ),
            }
            for name, rows in inputs.items():
                connection.register("rows", rows)
                connection.execute(f"create or replace table {name} as from rows")
            for name, sql in (
                ("segment_shares", segment_shares),
                ("disclosed_shares", disclosed_shares),
            ):
                connection.execute(
                    f"create or replace table segmentation.{name} as {sql}"
                )
            disclosed = connection.sql("from segmentation.disclosed_shares").df()
            statistics = connection.sql(disclosed_statistics).df()
            hidden = statistics[statistics["is_mean_hidden"]]
            shown = disclosed.pivot(
                index="segment_number", columns="answer", values="user_count"
            )
            shares = disclosed.groupby("answer")["population_share"].first()
            return PublishedTable(
                counts=shown.to_numpy(float),
                segment_totals=counts.sum(axis=1),
                answer_totals=(shares.to_numpy() * segment_sizes.sum()).round(),
                segment_sizes=segment_sizes,
                sums=tuple(shown_sums(counts, values, hidden)),
            )

        yield run


def shown_sums(counts, values, hidden):
    """What the means tell that are not hidden: of segments, and of all users."""
    for feature, own in enumerate(values):
        rows = hidden[hidden["feature"] == f"feature_{feature}"]
        shown = ~np.isin(range(len(counts)), rows["segment_number"])
        lines = [*np.diag(shown)[shown]]
        if not rows["is_population_mean_hidden"].any():
            lines.append(np.ones(len(counts)))
        for line in lines:
            weights = np.outer(line, own)
            total = (weights * counts).sum()
            yield Sum(weights, total - EXACT, total + EXACT)


@st.composite
def tables(draw):
    """Counts of segments and answers, and the sizes of the segments.

    These are the sums of single answers, or less where users may give several.
    """
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    some_small = st.sampled_from([0, 1, 5, 9, 10, 11, 12, 14, 17, 20, 30, 50])
    counts = draw(npst.arrays(np.int64, shape, elements=some_small, fill=st.nothing()))
    counts[counts.sum(axis=1) == 0, 0] = 1  # there is no segment without a user
    if draw(st.booleans()):
        return counts, counts.sum(axis=1)
    others = draw(npst.arrays(np.int64, shape[0], elements=st.sampled_from([0, 1, 20])))
    return counts, counts.max(axis=1) + others


@given(tables())
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_no_small_count_of_any_table_can_be_determined(disclose, table):
    counts, segment_sizes = table
    published = disclose(counts, segment_sizes)
    assert_no_small_count_is_determined(published, counts)
    assert_lines_hide_enough(published, counts)
    assert_no_small_total_is_determined(published, counts)
    if (segment_sizes == counts.sum(axis=1)).all():
        assert_small_counts_may_be_large(published, counts)


@given(tables(), st.data())
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_no_mean_that_is_shown_tells_more_than_the_totals(disclose, table, data):
    counts, _ = table
    some = st.sampled_from([0, 1, 2, 5.5])
    values = data.draw(
        npst.arrays(float, (3, counts.shape[1]), elements=some, fill=st.nothing())
    )
    published = disclose(counts, counts.sum(axis=1), values)
    assert published.allows(counts)
    for cell in np.argwhere(published.is_hidden):
        if published.solves(cell, counts):
            assert replace(published, sums=()).solves(cell, counts)
