"""The report of marts that are hostile, large, without structure or with a history."""

import duckdb
import pytest

from conftest import CASE_STUDY, green_build
from report_pages import changed_marts, chromium, opened, overflow, written_report
from user_segmentation.report.page import make_report

pytestmark = pytest.mark.slow

NO_STRUCTURE = """
    update {table} set verdict = 'none'
    where objective in ('customer_service', 'personalized_marketing',
        'product_recommendation')
"""
HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</title></style></svg><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} &amp; &lt;b&gt;",
    "\N{RIGHT-TO-LEFT OVERRIDE}مرحبا بالعالم (1)",
    "👩‍👩‍👧‍👦 \N{COMBINING ENCLOSING KEYCAP} \N{ZERO WIDTH SPACE} ﷽",
    "x" * 500,
    "word " * 100,
]


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def hostile_statements():
    """Each hostile text in the place of a name, an answer and a sentence."""
    named = [
        *("segments", "segment_traits", "segment_claims", "segment_answers"),
        *("segment_list_items", "segment_rules", "segment_map"),
    ]
    for number, text in enumerate(HOSTILE, start=1):
        for table in named:
            yield (
                f"update {table} set segment_name = {quoted(text)} "
                f"where segment_key like '%-{number}'"
            )
        yield (
            f"update segments set description = {quoted(text)}, rule_name = "
            f"{quoted(text)}, recommended_action = {quoted(text)}, named_by = "
            f"{quoted(text)}, named_on = date '2026-01-02' "
            f"where segment_key like '%-{number}'"
        )
        yield (
            f"update segment_answers set answer = {quoted(text)} "
            f"where is_distinctive and index > 100 and segment_key like '%-{number}'"
        )
        yield (
            f"update segment_list_items set item = {quoted(text)} "
            f"where is_distinctive and index > 100 and segment_key like '%-{number}'"
        )
        yield (
            f"insert into rejection_counts values ('events', 'r{number}', "
            f"{quoted(text)}, {number})"
        )
        yield (
            f"update segment_rules set condition = {quoted(text)} "
            f"where segment_key like '%-{number}'"
        )
    yield f"update segment_traits set label = {quoted(HOSTILE[6])} where role = 'basis'"
    yield (
        "update protected_attribute_audit "
        f"set most_different_answer = {quoted(HOSTILE[0])}"
    )
    yield f"update sources set input = {quoted(HOSTILE[1])}"
    yield f"update segmentations set verdict_reason = {quoted(HOSTILE[2])}"


@pytest.fixture(scope="module")
def hostile_report(sample_build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    return written_report(changed_marts(sample_build, folder, *hostile_statements()))


@pytest.mark.parametrize("width", [360, 1200])
def test_hostile_texts_are_shown_as_text(browser, hostile_report, width):
    with opened(browser, hostile_report, width=width) as page:
        assert page.evaluate("document.scripts.length + document.images.length") == 0
        attributes = page.evaluate(
            """() => [...document.querySelectorAll('*')].flatMap(one =>
                one.getAttributeNames()).filter(name => name.startsWith('on'))"""
        )
        assert attributes == []
        section = page.locator("#customer-service")
        shown = section.locator(".card h4 bdi").all_text_contents()
        assert set(shown) == set(HOSTILE[:5])
        assert HOSTILE[0] in page.locator(".warning").first.text_content()
        assert HOSTILE[2] in section.locator(".verdict").text_content()
        reasons = page.locator("#data .reasons").text_content()
        assert all(text.strip() in reasons for text in HOSTILE)
        page.locator("details").evaluate_all(
            "all => all.forEach(one => one.open = true)"
        )
        assert overflow(page) == 0


def test_a_name_cannot_turn_its_surroundings_round(browser, hostile_report):
    # What follows a name that is written from right to left stays where it was.
    with opened(browser, hostile_report) as page:
        marks = page.locator(".sizes li", has_text="مرحبا").first
        name, text = (
            marks.locator(selector).bounding_box()
            for selector in (".size-name", ".size-text")
        )
        assert name["x"] < text["x"]
        assert marks.locator(".size-text").inner_text().endswith("%")


def eight_segments():
    """Statements that give every objective eight segments and a map of 2,000 users."""
    keyed = [
        *("segments", "segment_traits", "segment_claims", "segment_answers"),
        *("segment_list_items", "segment_rules"),
    ]
    for number in range(5, 9):
        key = f"objective || '-{number}'"
        for table in keyed:
            yield (
                f"insert into {table} select * replace ({key} as segment_key) "
                f"from {table} where segment_key like '%-1' and {key} not in "
                "(select segment_key from segments)"
                if table != "segments"
                else f"create temp table added_{number} as select {key} as segment_key "
                f"from segments where segment_key like '%-1' and {key} not in "
                "(select segment_key from segments)"
            )
        yield (
            f"insert into segments select * replace ({key} as segment_key, "
            f"segment_name || ' {number}' as segment_name, 9 as sort_order, "
            f"'#00000{number}' as color) from segments "
            "where segment_key like '%-1' "
            f"and {key} in (select segment_key from added_{number})"
        )
        yield (
            f"insert into segment_map select * replace ({key} as segment_key, "
            f"{number} as point_number) from segment_map "
            "where point_kind = 'centre' and point_number = 1 "
            f"and {key} in (select segment_key from added_{number})"
        )
    yield (
        "insert into segment_map select * replace (x + 0.01 as x, "
        "point_number + 1000 as point_number, "
        "objective || '-' || (1 + point_number % 8) as segment_key) "
        "from segment_map where point_kind = 'user'"
    )


@pytest.fixture(scope="module")
def large_report(sample_build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    return written_report(changed_marts(sample_build, folder, *eight_segments()))


def test_eight_segments_of_three_objectives_are_below_six_megabytes(
    browser, large_report
):
    assert large_report.stat().st_size < 6_000_000
    with opened(browser, large_report, width=360) as page:
        for section in page.locator(".objective:not(#data)").all():
            assert section.locator(".card").count() == 8
            assert section.locator(".sizes li").count() == 8
            assert section.locator(".points path").count() == 2000
            assert section.locator(".user-map .hit").count() == 8
        assert overflow(page) == 0


@pytest.fixture(scope="module")
def report_without_structure(sample_build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("none")
    statements = [
        NO_STRUCTURE.format(table=table)
        for table in ("segmentations", "segments", "segment_rules")
    ]
    return written_report(changed_marts(sample_build, folder, *statements))


def assert_says_first_that_there_are_no_segments(page):
    """The first thing under the title, in the first window, and large."""
    alarm = page.locator(".alarm-title")
    assert alarm.inner_text() == "No natural segments were found in this data."
    box = alarm.bounding_box()
    assert box["y"] + box["height"] < 900
    for other in (".summary", "main", ".card", "h2"):
        assert page.locator(other).first.bounding_box()["y"] > box["y"]
    sizes = page.evaluate(
        """() => ['.alarm-title', '.card h4', 'h3', 'body'].map(selector => parseFloat(
            getComputedStyle(document.querySelector(selector)).fontSize))"""
    )
    assert sizes[0] > max(sizes[1:])
    for section in page.locator(".objective:not(#data)").all():
        text = section.locator(".verdict").inner_text()
        assert "No natural segments were found in this data." in text
        assert "slices of convenience" in text
        assert "No actions are recommended." in section.locator(".caution").inner_text()
        assert (
            "what to do" not in section.locator("h3", has_text="Who they").inner_text()
        )


@pytest.mark.parametrize("width", [360, 1200])
def test_no_structure_is_said_first(browser, report_without_structure, width):
    with opened(browser, report_without_structure, width=width) as page:
        assert_says_first_that_there_are_no_segments(page)


@pytest.mark.chaos
def test_the_case_study_is_said_to_have_no_segments(browser, tmp_path, case_study_file):
    build = green_build(tmp_path / "build", user_profiles=str(CASE_STUDY))
    report = (build.database.parent / "published/report.html").resolve()
    with opened(browser, report) as page:
        assert_says_first_that_there_are_no_segments(page)


def test_no_structure_of_one_objective_names_it(browser, sample_build, tmp_path):
    report = written_report(
        changed_marts(
            sample_build,
            tmp_path,
            "update segmentations set verdict = 'none' "
            "where objective = 'customer_service'",
        )
    )
    with opened(browser, report) as page:
        assert page.locator(".alarm-title").inner_text() == (
            "No natural segments were found for customer service."
        )
        assert page.locator(".verdict.verdict-none").count() == 1


def test_segments_are_shown_by_size_whatever_their_numbers(
    browser, sample_build, tmp_path
):
    report = written_report(
        changed_marts(
            sample_build,
            tmp_path,
            "update segments set sort_order = 0 "
            "where segment_key = 'customer_service-5'",
        )
    )
    with opened(browser, report) as page:
        first = page.locator("#customer-service .card h4 bdi").first.inner_text()
        (name,) = sample_build.query(
            "select segment_name from marts.segments "
            "where segment_key = 'customer_service-5'"
        )["segment_name"]
        assert first == name


HISTORY = [
    """
    create or replace table segment_migrations as
    select * from (values
        ('customer_service', timestamp '2026-01-01', 'Old', 'Older', 'user', 7),
        ('customer_service', timestamp '2026-02-01', 'Readers', 'Buyers', 'user', 30),
        ('customer_service', timestamp '2026-02-01', 'Readers', 'Buyers', 'both', 10),
        ('customer_service', timestamp '2026-02-01', null, 'Buyers', 'came', 20),
        ('customer_service', timestamp '2026-02-01', 'Readers', null, 'left', null)
    ) as moves (
        objective, moved_at, from_segment_name, to_segment_name, cause, user_count
    )
    """,
    """
    create or replace table feature_drift as
    select * from (values
        ('customer_service', 'a', 'Feature a', 0.31, 0.01, 'drifted', 'Fit anew.'),
        ('customer_service', 'b', 'Feature b', 0.05, 0.01, 'stable', 'Nothing.')
    ) as drift (
        objective, feature, label, stability_index, expected_index, band, action
    )
    """,
]


def test_a_history_is_shown_where_there_is_one(browser, sample_build, tmp_path):
    report = written_report(changed_marts(sample_build, tmp_path, *HISTORY))
    with opened(browser, report) as page:
        assert page.locator(".flows").count() == 1
        section = page.locator("#customer-service")
        flows = section.locator(".flows .hit")
        assert flows.count() == 2
        flows.first.focus()
        tip = flows.first.locator(".tip text")
        assert tip.all_text_contents() == ["20 users", "from New users", "to Buyers"]
        text = section.inner_text()
        assert "What is known of the user has changed: 30." in text
        assert "Users who are gone: hidden." in text
        assert "since the build of 1 February 2026" in text
        assert "Older" not in section.locator(".flows").text_content()
        cells = section.locator(".drift tbody tr").first.locator("th, td")
        assert cells.all_text_contents() == [
            *("Feature a", "0.310", "0.010", "Drifted", "Fit anew.")
        ]


def test_the_first_release_has_no_moves_and_no_drift(sample_build):
    text = (sample_build.database.parent / "published/report.html").read_text()
    assert "Who has moved" not in text
    counts = sample_build.query(
        "select count(*) as n from marts.feature_drift group by objective"
    )["n"]
    for count in counts:
        assert f"All {count} features are stable." in text


@pytest.mark.parametrize("change", ["drop table", "delete from"])
def test_without_a_history_nothing_is_said_of_one(sample_build, tmp_path, change):
    changes = [f"{change} segment_migrations", f"{change} feature_drift"]
    text = make_report(changed_marts(sample_build, tmp_path, *changes))
    assert "Who has moved" not in text
    assert "How far the data has moved" not in text


def test_the_same_marts_give_the_same_report_in_any_order_of_rows(
    sample_build, tmp_path
):
    database = changed_marts(sample_build, tmp_path)
    expected = make_report(database)
    assert make_report(database) == expected
    with duckdb.connect(database) as connection:
        tables = [name for (name,) in connection.execute("show tables").fetchall()]
        for table in tables:
            connection.execute(
                f"create or replace table {table} as "
                f"from {table} order by hash({table})"
            )
    assert make_report(database) == expected


def test_another_release_of_the_same_marts_differs_in_its_time_only(
    sample_build, tmp_path
):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one = make_report(changed_marts(sample_build, tmp_path / "one"))
    two = make_report(
        changed_marts(
            sample_build,
            tmp_path / "two",
            "update release set release_id = 'another_release', "
            "built_at = timestamp '2001-02-03 04:05:06'",
        )
    )
    release = sample_build.query("from marts.release").iloc[0]
    day = f"{release['built_at'].day} {release['built_at']:%B %Y}"
    for new, old in [
        ("another_release", release["release_id"]),
        ("3 February 2001", day),
        ("04:05", f"{release['built_at']:%H:%M}"),
    ]:
        assert new in two
        two = two.replace(new, old)
    assert two == one


def test_hidden_counts_change_nothing_in_the_report(sample_build, tmp_path):
    # As if somebody had written numbers behind the marts' back.
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    written = [
        f"update {table} set share = 0.987654, index = 98765, is_distinctive = true "
        "where is_suppressed"
        for table in ("segment_answers", "segment_list_items")
    ]
    one = make_report(changed_marts(sample_build, tmp_path / "one"))
    two = make_report(changed_marts(sample_build, tmp_path / "two", *written))
    assert one == two
