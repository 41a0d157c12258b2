"""What the marts hide cannot be worked out from what they show.

The attacker knows the total of every segment and every answer, and asks a linear
program how low and how high each hidden count can be.
"""

import duckdb
import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from conftest import ROOT
from hidden_counts import PublishedTable, published_tables
from test_protected_attributes import cramers_v

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


def tables_that_look_alike(published, counts, cell):
    """Tables of the same totals in which the cell, and three more, differ by one."""
    is_hidden = np.isnan(published.counts)
    for corner in np.argwhere(is_hidden):
        rectangle = np.ix_(*zip(cell, corner, strict=True))
        if (cell != corner).all() and is_hidden[rectangle].all():
            for step in (1, -1):
                moved = counts.copy()
                moved[rectangle] += [[step, -step], [-step, step]]
                if (moved >= 0).all():
                    yield moved


def test_the_association_of_the_audit_does_not_tell_what_the_sample_hides(sample_build):
    audit = sample_build.query("from marts.protected_attribute_audit").set_index(
        ["objective", "attribute"]
    )
    hidden_count = 0
    for objective, attribute, _, _, published in published_tables(sample_build):
        if attribute not in VARIABLES["protected_sources"]:
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


@pytest.fixture(scope="module")
def disclose(sample_build):
    """Run the SQL of the models, as dbt compiled it, on any table of counts."""
    compiled = sample_build.database.parent / "target/compiled/user_segmentation/models"
    segment_shares, disclosed_shares = (
        (compiled / "segmentation" / f"{model}.sql").read_text()
        for model in ("segment_shares", "disclosed_shares")
    )
    with duckdb.connect() as connection:
        connection.execute(
            """
            attach ':memory:' as build;
            use build;
            create schema raw;
            create schema segmentation;
            create table raw.interest_themes (interest text);
            """
        )

        def run(counts, segment_sizes):
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
            connection.execute(
                "create or replace view segmentation.segment_shares as "
                + segment_shares
            )
            disclosed = connection.sql(disclosed_shares).df()
            shown = disclosed.pivot(
                index="segment_number", columns="answer", values="user_count"
            )
            shares = disclosed.groupby("answer")["population_share"].first()
            return PublishedTable(
                counts=shown.to_numpy(float),
                segment_totals=counts.sum(axis=1),
                answer_totals=(shares.to_numpy() * segment_sizes.sum()).round(),
                segment_sizes=segment_sizes,
            )

        yield run


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
