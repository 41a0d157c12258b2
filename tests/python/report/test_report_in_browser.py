"""The report of the sample as a browser shows it, against the marts."""

import csv
import math

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import ROOT
from report_pages import chromium, opened, overflow
from user_segmentation.report.words import decimal, rounded_down

pytestmark = pytest.mark.slow

OBJECTIVES = [
    *("customer_service", "personalized_marketing", "product_recommendation"),
]


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def report(sample_build):
    return sample_build.database.parent / "published/report.html"


@pytest.fixture(scope="module")
def page(browser, report):
    with opened(browser, report.resolve()) as page:
        yield page


@pytest.fixture(params=OBJECTIVES)
def objective(request):
    return request.param


@pytest.fixture
def section(page, objective):
    return page.locator(f"#{objective.replace('_', '-')}")


@pytest.fixture
def rows(sample_build, objective):
    """Rows of a mart of the objective, as dicts."""

    def read(mart, order="all"):
        return sample_build.query(
            f"from marts.{mart} where objective = '{objective}' order by {order}"
        ).to_dict("records")

    return read


@pytest.fixture
def segments(rows):
    """As the report shows them: the largest first."""
    return rows("segments", "sort_order")


def texts(locator):
    return [text.strip() for text in locator.all_inner_texts()]


def tip_of(hit):
    """The lines that a mark shows, with single blanks; it must show them."""
    tip = hit.locator(".tip")
    assert tip.is_visible()
    lines = tip.locator("text").all_text_contents()
    return [" ".join(line.split()) for line in lines]


def signed(value):
    text = f"{value:+.2f}"
    return "0.00" if float(text) == 0 else text.replace("-", "\N{MINUS SIGN}")


def test_the_report_is_of_the_release_beside_it(sample_build, page, report):
    release = sample_build.query("select release_id from marts.release").iloc[0, 0]
    assert report.resolve().parent.name == release
    assert release in texts(page.locator("footer code"))


def test_the_page_has_one_title_and_a_section_for_each_objective(page, sample_build):
    titles = texts(page.locator("main h2"))
    objectives = sample_build.query(
        "select objective from marts.segmentations order by objective"
    )["objective"]
    expected = [name.replace("_", " ").capitalize() for name in objectives]
    assert titles == [*expected, "Data"]
    assert page.locator("h1").count() == 1
    assert texts(page.locator("nav a")) == titles
    for link in page.locator("nav a, .summary a, .size-name a, .skip").all():
        assert page.locator(link.get_attribute("href")).count() == 1


def test_the_verdict_comes_first_with_its_evidence(section, rows):
    (segmentation,) = rows("segmentations")
    first = section.locator(".inner > *").nth(1)
    assert "verdict" in first.get_attribute("class").split()
    text = first.inner_text()
    assert f"Verdict: {segmentation['verdict']}" in text
    assert segmentation["verdict_reason"] in text
    assert decimal(rounded_down(segmentation["worst_jaccard"])) in text
    assert first.locator(".met").count() == 5 or segmentation["verdict"] != "strong"


def test_sizes_are_those_of_the_marts_and_bars_in_proportion(section, segments):
    found = texts(section.locator(".sizes li"))
    for text, segment in zip(found, segments, strict=True):
        assert segment["segment_name"] in text
        assert f"{segment['user_count']} users" in text
    widths = [bar.bounding_box()["width"] for bar in section.locator(".size-bar").all()]
    for width, segment in zip(widths, segments, strict=True):
        share = segment["user_count"] / segments[0]["user_count"]
        assert width / widths[0] == pytest.approx(share, abs=0.01)


def look_of(segment):
    """Place of the segment's colour in the palette, which its shape goes with."""
    with (ROOT / "seeds/segment_palette.csv").open(newline="") as palette:
        positions = {row["color"]: row["position"] for row in csv.DictReader(palette)}
    return positions[segment["color"]]


def test_segments_have_the_colours_that_bi_tools_show(section, segments):
    bars = section.locator(".size-bar").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    expected = [
        f"rgb{tuple(bytes.fromhex(segment['color'].removeprefix('#')))}"
        for segment in segments
    ]
    assert bars == expected


def test_there_is_a_card_for_each_segment(section, segments, rows):
    rules = {rule["segment_key"]: rule for rule in rows("segment_rules")}
    for card, segment in zip(section.locator(".card").all(), segments, strict=True):
        text = card.text_content()
        assert card.locator("h4").inner_text().strip() == segment["segment_name"]
        assert segment["description"] in text
        assert segment["recommended_action"] in text
        assert rules[segment["segment_key"]]["condition"] in text


def test_cards_hold_every_claim(section, segments, rows):
    for card, segment in zip(section.locator(".card").all(), segments, strict=True):
        claims = [
            claim["words"]
            for claim in rows("segment_claims", "claim_number")
            if claim["segment_key"] == segment["segment_key"]
        ]
        found = card.locator(".data tbody th").all_text_contents()
        assert found == claims


def test_the_radar_has_a_mark_for_each_segment_on_each_axis(section, segments):
    chart = section.locator(".radar")
    axes = chart.locator(".hit").count()
    assert 3 <= axes <= 10
    assert chart.locator(".outline").count() == len(segments)
    assert chart.locator(".vertex").count() == axes * len(segments)
    assert chart.locator("circle.zero").first.get_attribute("r") == "111.0"


def name_in_section(segment, longest):
    """A name, without its objective where it does not fit."""
    name, objective = segment["segment_name"], segment["objective"].replace("_", " ")
    return name if len(name) <= longest else name.replace(f" ({objective})", "")


def radar_lines(segments, traits, label):
    """The lines of the tip of an axis, from the marts."""
    differences = {
        trait["segment_key"]: trait["standardised_difference"]
        for trait in traits
        if trait["label"] == label
    }
    return [
        f"{signed(differences[segment['segment_key']])} {name_in_section(segment, 34)}"
        for segment in segments
    ]


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_an_axis_of_the_radar_tells_the_values(section, segments, rows, way):
    traits = rows("segment_traits")
    hits = section.locator(".radar .hit")
    for place in range(hits.count()):
        hit = hits.nth(place)
        hit.locator(".area").hover() if way == "hover" else hit.focus()
        label, *lines = tip_of(hit)
        assert lines == radar_lines(segments, traits, label)
    assert section.locator(".radar .tip:visible").count() == 1


def test_tips_are_hidden_until_they_are_asked_for(browser, report):
    with opened(browser, report.resolve()) as page:
        assert page.locator(".tip").count() > 50
        assert page.locator(".tip:visible").count() == 0


def test_the_heat_map_shows_the_index_of_every_cell(section, segments, rows):
    traits = {
        (trait["label"], trait["segment_key"]): trait
        for trait in rows("segment_traits")
    }
    lines = section.locator(".heat-map tbody tr:has(td)")
    shown = set()
    for line in lines.all():
        label = line.locator("th").inner_text()
        shown.add(label)
        for text, segment in zip(texts(line.locator("td")), segments, strict=True):
            trait = traits[label, segment["segment_key"]]
            if trait["is_suppressed"]:
                assert text == "hidden"
            elif math.isnan(trait["index"]):
                assert text[0] in "+\N{MINUS SIGN}0"
                shown_value = float(text.replace("\N{MINUS SIGN}", "-"))
                difference = trait["standardised_difference"]
                assert shown_value == pytest.approx(difference, abs=0.05001)
            else:
                assert int(text.replace(",", "")) == round(trait["index"])
    must_show = {
        trait["label"]
        for trait in traits.values()
        if trait["role"] in ("basis", "outcome") or trait["is_distinctive"]
    }
    assert shown == must_show


def test_the_map_shows_every_user_of_the_mart_in_the_colour_of_its_segment(
    section, segments, rows
):
    points = rows("segment_map")
    for segment in segments:
        users = [
            point
            for point in points
            if point["point_kind"] == "user"
            and point["segment_key"] == segment["segment_key"]
        ]
        dots = section.locator(f".user-map .points .dot{look_of(segment)}")
        assert dots.count() == len(users) == segment["user_count"]
        assert dots.first.locator("title").text_content() == segment["segment_name"]


def test_a_centre_tells_its_segment_and_size(section, segments):
    hits = section.locator(".user-map .hit")
    for segment, hit in zip(segments, hits.all(), strict=True):
        hit.focus()
        name, size = tip_of(hit)
        assert name == name_in_section(segment, 44)
        assert size.startswith(f"{segment['user_count']} users")


def test_the_curve_tells_every_number_that_was_tried(section, rows):
    tried = [row for row in rows("segment_counts") if row["segment_count"] > 1]
    hits = section.locator(".count-curve .hit")
    for row, hit in zip(tried, hits.all(), strict=True):
        hit.locator(".area").hover()
        first, strength, *_ = tip_of(hit)
        assert first.startswith(f"{row['segment_count']} segments")
        assert first.endswith("chosen") == row["is_chosen"]
        assert strength.endswith(f" {row['prediction_strength']:.2f}")
    assert section.locator(".count-curve .chosen").count() == 1
    assert section.locator(".count-curve .limit").count() == 1


def test_outcomes_stand_beside_their_baselines(section, rows):
    expected = rows("segment_outcomes")
    hits = section.locator(".outcome .hit")
    assert hits.count() == len(expected)
    by_label = {(row["label"], row["grouping"]): row for row in expected}
    for chart in section.locator(".outcome").all():
        label = chart.locator("figcaption").text_content().partition(" the obj")[0]
        ours = by_label[label, "segments"]
        hit = chart.locator(".hit").first
        hit.locator(".area").hover()
        value, interval, *_ = tip_of(hit)
        assert value == f"Segments: {ours['highest_lift']:.2f} times all users"
        assert interval == (
            f"95% interval {ours['lift_low']:.2f} to {ours['lift_high']:.2f}"
        )
        answer = "Yes" if ours["beats_baselines"] else "No"
        assert chart.locator(".answer").inner_text().startswith(answer)


def test_an_audit_that_warns_is_shown(section, rows):
    flagged = [row for row in rows("protected_attribute_audit") if row["is_flagged"]]
    warnings = section.locator(".warning strong")
    assert [
        f"The segments go with “{row['attribute_label']}”" for row in flagged
    ] == texts(warnings)


def test_data_quality_is_that_of_the_marts(page, sample_build):
    sources = sample_build.query("from marts.sources order by source")
    lines = page.locator("#data .sources tbody tr").all()
    for line, source in zip(lines, sources.itertuples(), strict=True):
        read, accepted, rejected, _ = texts(line.locator("td"))
        assert read == f"{source.read_count:,}"
        assert accepted == f"{source.accepted_count:,}"
        assert rejected.split()[0] == f"{source.rejected_count:,}"
    reasons = sample_build.query("from marts.rejection_counts order by all")
    assert texts(page.locator("#data .reasons li")) == [
        f"{row.row_count:,} {row.sentence}" for row in reasons.itertuples()
    ]
    outliers = sample_build.query(
        """
        select
            coalesce(cast(outlier_count as varchar), 'A few users') as users,
            label,
            low_outlier_count is distinct from 0 as has_low,
            high_outlier_count is distinct from 0 as has_high
        from marts.outlier_counts order by outlier_count desc, feature
        """
    )
    lines = texts(page.locator("#data .outliers li"))
    for line, row in zip(lines, outliers.itertuples(), strict=True):
        assert line.startswith(f"{row.users} {row.label}: ")
        assert ("below" in line, "above" in line) == (row.has_low, row.has_high)


def test_every_chart_has_a_table_that_says_the_same(section):
    for chart in section.locator("figure.chart").all():
        assert chart.locator("details.alternative table").count() >= 1


def grounds(page):
    return page.evaluate(
        """() => ['body', '.card', '.heat-map td', '.tick'].map(selector => {
            const style = getComputedStyle(document.querySelector(selector));
            return [style.color, style.backgroundColor, style.fill];
        })"""
    )


def brightness(colour):
    return sum(map(int, colour.removeprefix("rgb(").removesuffix(")").split(",")))


def test_the_dark_page_is_dark_and_the_light_one_light(browser, report):
    found = {}
    for scheme in ("light", "dark"):
        with opened(browser, report.resolve(), scheme=scheme) as page:
            found[scheme] = grounds(page)
    for (color, background, _), is_dark in (
        (found["light"][0], False),
        (found["dark"][0], True),
    ):
        assert (brightness(background) < brightness(color)) == is_dark
    for light, dark in zip(found["light"], found["dark"], strict=True):
        assert light != dark


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_nothing_is_wider_than_the_window(browser, report, width):
    with opened(browser, report.resolve(), width=width) as page:
        page.locator("details").evaluate_all(
            "all => all.forEach(one => one.open = true)"
        )
        assert overflow(page) == 0
        boxes = page.locator("p, h2, h3, h4, .card, figure, .heat-map").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert max(boxes) <= width


def test_what_scrolls_can_be_reached_by_keyboard(browser, report):
    with opened(browser, report.resolve(), width=360) as page:
        unreachable = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter(one =>
                one.scrollWidth > one.clientWidth + 1
                && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
                && one.tabIndex < 0).length"""
        )
        assert page.locator(".scroll").count() > 10
        assert unreachable == 0


def test_it_prints(browser, report):
    with opened(browser, report.resolve(), scheme="dark") as page:
        pages = page.pdf(format="A4").count(b"/Type /Page\n")
        page.emulate_media(media="print", color_scheme="dark")
        assert brightness(grounds(page)[0][1]) == 3 * 255
        for selector in (".verdict", ".card", ".radar svg", ".heat-map", "#data"):
            assert page.locator(selector).first.is_visible()
        assert not page.locator("nav").is_visible()
    assert 10 <= pages <= 60


@pytest.mark.parametrize(("scheme", "width"), [("light", 1200), ("dark", 360)])
def test_axe_finds_no_serious_violation(browser, report, scheme, width):
    with opened(browser, report.resolve(), scheme=scheme, width=width) as page:
        page.locator("details").evaluate_all(
            "all => all.forEach(one => one.open = true)"
        )
        found = Axe().run(page).response
        serious = [
            (violation["id"], violation["nodes"][0]["html"])
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert len(found["passes"]) > 20
    assert serious == []


def test_the_file_names_no_other_place(report):
    text = report.read_text()
    for trace in ("http:", "https:", "<script", "url(", "@import", "javascript:"):
        assert trace not in text
    assert str(ROOT) not in text
