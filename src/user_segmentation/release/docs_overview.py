"""Put the verdicts of the current release on the first page of the docs site.

dbt knows the project and no data: this adds what `make docs` finds published to the
text of the overview, which is in the finished page.
"""

import json

import duckdb

from user_segmentation.release.history import DATABASE

OVERVIEW = "doc.user_segmentation.__overview__"
NOTHING = "## Verdicts\n\nNothing is published yet.\n\n"


def verdicts(folder):
    """The verdicts of the current release as Markdown.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    str
        A section with its heading.
    """
    if not (folder / DATABASE).exists():
        return NOTHING
    with duckdb.connect(folder / DATABASE, read_only=True) as release:
        ((release_id, users, rejected),) = release.execute(
            "select release_id, (select count(*) from users), rejected_count "
            "from release"
        ).fetchall()
        rows = release.execute(
            """
            select objective, verdict, segment_count, verdict_reason
            from segmentations order by objective
            """
        ).fetchall()
    lines = [
        f"| `{objective}` | **{verdict}** | {count} | {_plain(reason)} |"
        for objective, verdict, count, reason in rows
    ]
    return "\n".join(
        [
            "## Verdicts of the last release",
            "",
            f"Release `{release_id}`: {users:,} users, {rejected:,} rows rejected.",
            "",
            "| objective | verdict | segments | why |",
            "|---|---|---:|---|",
            *lines,
            "",
            "",
        ]
    )


def add_to_overview(target, section):
    """Put a section before the others of the overview.

    Parameters
    ----------
    target : Path
        Where dbt wrote `manifest.json` and `static_index.html`.
    section : str

    Raises
    ------
    ValueError
        If the page does not have the overview where it is expected.
    """
    page = target / "static_index.html"
    manifest = json.loads((target / "manifest.json").read_text())
    overview = manifest["docs"][OVERVIEW]["block_contents"]
    before, heading, after = overview.partition("## ")
    parts = page.read_text().split(json.dumps(overview))
    if len(parts) != 2 or not heading:  # noqa: PLR2004
        raise ValueError(f"The overview is not where it was expected in {page}.")
    page.write_text(json.dumps(before + section + heading + after).join(parts))


def _plain(text):
    """Text that Markdown, a table and a page take for nothing else."""
    return text.replace("<", "&lt;").replace("|", "\\|").replace("\n", " ")
