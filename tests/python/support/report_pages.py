"""Reports from changed copies of the marts, and what a browser makes of them."""

import shutil
from contextlib import contextmanager

import duckdb
import pytest

from user_segmentation.report.page import make_report


def changed_marts(build, folder, *statements):
    """A copy of the published marts of a build, after some statements of SQL."""
    database = folder / "marts.duckdb"
    shutil.copyfile(build.database.parent / "published/marts.duckdb", database)
    with duckdb.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)
    return database


def written_report(database):
    """The report of a DuckDB file, written beside it; its path."""
    file = database.with_name("report.html")
    file.write_text(make_report(database), encoding="utf-8")
    return file


@contextmanager
def chromium():
    """Debian's Chromium under Playwright, or a skipped test where one is missing."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed"
    )
    executable = shutil.which("chromium")
    if not executable:
        pytest.skip("there is no chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        # Containers run as root, for whom Chromium has no sandbox.
        browser = driver.chromium.launch(
            executable_path=executable, args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@contextmanager
def opened(browser, file, *, width=1200, scheme="light"):
    """A report in the browser; at the end, that it asked and complained of nothing."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    page = context.new_page()
    requests, complaints = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(file.as_uri())
    yield page
    assert [url for url in requests if not url.startswith("data:")] == [file.as_uri()]
    assert complaints == []
    context.close()


def overflow(page):
    """Pixels by which the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
