"""Pictures of the top of reports, as the README shows them.

.venv/bin/python scripts/screenshots.py published/report.html docs/report_sample.png
"""

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDTH, HEIGHT = 1200, 1560


def main(arguments=None):
    """Take a picture of a report.

    Parameters
    ----------
    arguments : list of str, optional
        In place of those of the command line.
    """
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("report", type=Path)
    parser.add_argument("picture", type=Path)
    asked = parser.parse_args(arguments)
    executable = shutil.which("chromium")
    if not executable:
        sys.exit("There is no chromium: apt-get install chromium.")
    with sync_playwright() as driver:
        # Containers run as root, for whom Chromium has no sandbox.
        browser = driver.chromium.launch(
            executable_path=executable, args=["--no-sandbox"]
        )
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
        )
        page.goto(asked.report.resolve().as_uri())
        page.screenshot(path=asked.picture)
        browser.close()


if __name__ == "__main__":
    main()
