"""Copies of the project with a declared file of users."""

import csv

import yaml

from conftest import copy_project

NAME = "people"


def declared_project(folder, columns, rows, *, encoding="utf-8"):
    """A copy of the project that knows one file of users more.

    Parameters
    ----------
    folder : Path
    columns : dict of str to dict
        `meta` of each column, by header.
    rows : iterable of sequence
        The file's rows, in the order of the columns.

    Returns
    -------
    Path
        The project's folder. The table is called `NAME`.
    """
    project = copy_project(folder)
    file = folder / f"{NAME}.csv"
    with file.open("w", newline="", encoding=encoding) as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)
    table = {
        "name": NAME,
        "description": "People. One row per user.",
        "config": {"meta": {"file": str(file)}},
        "columns": [
            {"name": header, "description": "A column.", "config": {"meta": meta}}
            for header, meta in columns.items()
        ],
    }
    source = {"name": "files", "schema": "raw", "tables": [table]}
    inputs = project / "models/inputs"
    inputs.mkdir(exist_ok=True)
    (inputs / f"{NAME}.yml").write_text(
        yaml.safe_dump({"sources": [source]}, sort_keys=False, allow_unicode=True)
    )
    return project
