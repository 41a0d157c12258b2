"""What the README says of the sample."""

import pytest

from conftest import ROOT

pytestmark = pytest.mark.slow

README = (ROOT / "README.md").read_text()
# Whatever its lines are broken at.
PROSE = " ".join(README.split())


def test_the_readme_shows_the_segments_of_the_sample(sample_build):
    segments = sample_build.query(
        """
        select segment_name, user_count, recommended_action from marts.segments
        where objective = 'personalized_marketing' order by segment_number
        """
    )
    table = [" | ".join(map(str, row)) for row in segments.to_numpy()]
    assert "".join(f"| {line} |\n" for line in table) in README


def test_the_readme_states_the_numbers_of_segments(sample_build):
    counts = sample_build.query(
        "select objective, segment_count from marts.segmentations"
    ).set_index("objective")["segment_count"]
    assert (
        f"On the sample they find {counts['personalized_marketing']}, "
        f"{counts['product_recommendation']} and {counts['customer_service']} segments"
    ) in PROSE


def test_the_readme_states_the_gains_of_the_sample(sample_build):
    gains = sample_build.query("select min(gain), max(gain) from marts.segmentations")
    low, high = gains.round(2).to_numpy()[0]
    assert f"(gains {low:.2f} to {high:.2f})" in PROSE


def test_every_table_of_the_readme_is_built(sample_build):
    built = sample_build.query(
        """
        select table_schema || '.' || table_name as name
        from information_schema.tables
        """
    )["name"]
    named = [line.split("`")[1] for line in README.splitlines() if line[:3] == "| `"]
    tables = [name for name in named if "." in name]
    assert len(tables) >= 9
    assert set(tables) <= set(built)


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 150
