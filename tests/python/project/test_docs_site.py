"""The docs site in a browser, from the disk: what it shows, and what it asks for."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import sync_playwright

from conftest import ROOT, dbt_command
from user_segmentation.release.docs_overview import add_to_overview, verdicts

pytestmark = pytest.mark.slow

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
LAYERS = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["models"][
    "user_segmentation"
]
# Pixels of a canvas that something is painted on.
PAINTED = """
[...document.querySelectorAll("canvas")].filter(canvas => canvas.width).map(canvas => {
    const size = [canvas.width, canvas.height];
    const data = canvas.getContext("2d").getImageData(0, 0, ...size).data;
    return data.filter((value, place) => place % 4 == 3 && value).length;
})
"""
NODES = """
window.graph.nodes().filter(node => node.visible()).map(
    node => [node.data("unique_id"), node.style("background-color")]
)
"""


@dataclass
class Site:
    """The page of the docs site, and all that it asked for."""

    page: object
    address: str
    manifest: dict
    requests: list = field(default_factory=list)
    errors: list = field(default_factory=list)

    def open(self, place):
        """Load the site anew at a place."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#!/{place}")
        self.page.wait_for_selector(".app-content h1")


@pytest.fixture(scope="module")
def built_site(sample_build, tmp_path_factory):
    """Folder with the site of the sample, as `make docs` makes it."""
    folder = sample_build.database.parent
    target = tmp_path_factory.mktemp("docs")
    command, environment = dbt_command(
        folder, *("docs", "generate", "--static", "--target-path", str(target))
    )
    for arguments in (
        command,
        [sys.executable, "-m", "user_segmentation.cli", "overview", target],
    ):
        completed = subprocess.run(
            arguments,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert completed.returncode == 0, completed.stdout + completed.stderr
    return target


@pytest.fixture(scope="module")
def site(built_site):
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}; CHROMIUM can tell where it is")
    page = built_site / "static_index.html"
    manifest = json.loads((built_site / "manifest.json").read_text())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND"],
        )
        site = Site(browser.new_page(), page.as_uri(), manifest)
        # Laying out the whole lineage takes the browser most of a minute.
        site.page.set_default_timeout(240_000)
        site.page.on("request", lambda request: site.requests.append(request.url))
        site.page.on("pageerror", lambda error: site.errors.append(str(error)))
        yield site
        browser.close()


def test_the_overview_begins_with_the_verdicts_of_the_release(site, sample_build):
    site.open("overview")
    assert site.page.inner_text("h2 >> nth=0") == "Verdicts of the last release"
    table = site.page.locator("table >> nth=0").locator("tbody tr")
    shown = [row.locator("td").all_inner_texts() for row in table.all()]
    expected = sample_build.query(
        """
        select objective, verdict, segment_count::varchar, verdict_reason
        from marts.segmentations order by objective
        """
    )
    assert shown == expected.to_numpy().tolist()
    release = sample_build.query("from marts.release")
    assert release["release_id"][0] in site.page.inner_text(".app-content")


def test_the_lineage_shows_every_layer_in_its_colour(site):
    exposures = [exposure["name"] for exposure in site.manifest["exposures"].values()]
    shown = "%20".join(f"%2Bexposure:{name}" for name in exposures)
    site.open(f"overview?g_v=1&g_i={shown}")
    site.page.wait_for_function("window.graph?.nodes().length > 50")
    site.page.wait_for_function(f"Math.max(0, ...({PAINTED})) > 1000")
    nodes = dict(site.page.evaluate(NODES))
    for exposure in site.manifest["exposures"].values():
        assert {exposure["unique_id"], *exposure["depends_on"]["nodes"]} <= set(nodes)
    colors = {
        unique_id: LAYERS[node["schema"]]["+docs"]["node_color"]
        for unique_id, node in site.manifest["nodes"].items()
        if node["resource_type"] == "model" and unique_id in nodes
    }
    assert {unique_id: nodes[unique_id] for unique_id in colors} == colors
    layers = {site.manifest["nodes"][unique_id]["schema"] for unique_id in colors}
    assert layers == {"staging", "features", "segmentation", "marts"}


def test_the_search_finds_a_column(site):
    site.open("overview")
    site.page.fill("input[placeholder*=Search]", "holdout_share_that_nobody_has")
    site.page.wait_for_selector("text=0 search results")
    site.page.fill("input[placeholder*=Search]", "standardised_difference")
    site.page.wait_for_selector("text=columns: standardised_difference")
    assert "segment_traits" in site.page.inner_text(".app-content, body")


def test_a_mart_shows_its_columns_with_types_descriptions_and_tests(site):
    site.open("model/model.user_segmentation.segments")
    rows = {
        row[0].strip(): row
        for row in (
            line.locator("td").all_inner_texts()
            for line in site.page.locator(".column-row").all()
        )
    }
    columns = site.manifest["nodes"]["model.user_segmentation.segments"]["columns"]
    assert set(rows) == set(columns)
    for row in rows.values():
        assert len(row[2].strip()) > 10
    assert rows["segment_key"][4].strip() == "U"
    assert rows["objective"][4].strip() == "F"
    assert rows["user_count"][1].strip() == "BIGINT"


@pytest.mark.parametrize(
    "exposure", ["segment_dashboard", "campaign_planning", "report"]
)
def test_an_exposure_shows_its_owner_and_what_it_reads(site, exposure):
    site.open(f"exposure/exposure.user_segmentation.{exposure}")
    text = site.page.inner_text("body")
    node = site.manifest["exposures"][f"exposure.user_segmentation.{exposure}"]
    assert node["owner"]["name"] in text
    for model in node["depends_on"]["nodes"]:
        assert model.rpartition(".")[2] in text


def test_no_request_leaves_the_machine(site, built_site):
    places = [
        "overview",
        "overview?g_v=1",
        "model/model.user_segmentation.segments",
        "metric/metric.user_segmentation.users",
        "exposure/exposure.user_segmentation.segment_dashboard",
    ]
    for place in places:
        site.open(place)
        site.page.wait_for_timeout(500)
    folder = built_site.as_uri()
    elsewhere = {
        request.partition("#")[0]
        for request in site.requests
        if not request.startswith((folder, "data:", "about:"))
    }
    assert elsewhere == set()
    assert len(site.requests) >= len(places)
    assert site.errors == []


@pytest.mark.parametrize("text", ["no overview in it", None])
def test_a_page_that_is_not_as_expected_is_refused(built_site, tmp_path, text):
    (tmp_path / "manifest.json").write_bytes(
        (built_site / "manifest.json").read_bytes()
    )
    page = built_site / "static_index.html"
    (tmp_path / page.name).write_text(text or page.read_text())
    with pytest.raises(ValueError, match="not where it was expected"):
        add_to_overview(tmp_path, "## Verdicts\n\n")


def test_without_a_release_the_overview_says_so(tmp_path):
    assert "Nothing is published yet" in verdicts(tmp_path)


def test_the_front_page_names_every_mart():
    page = (ROOT / "models/_overview.md").read_text()
    marts = {path.stem for path in (ROOT / "models/marts").glob("*.sql")}
    assert {mart for mart in marts if f"| `{mart}` |" not in page} == set()
