"""Logs in other columns, declared as somebody would."""

import yaml


def declare(project, name, table, columns):
    """Write the declaration of a log into a project.

    Parameters
    ----------
    project : Path
    name : str
        Of the table, by which a variable names it.
    table : dict
        The meta of the table.
    columns : dict of str to dict
        The meta of each column, by header.
    """
    declared = {
        "name": name,
        "description": "One row per row.",
        "config": {"meta": table},
        "columns": [
            {"name": header, "description": header, "config": {"meta": meta}}
            for header, meta in columns.items()
        ],
    }
    source = {"name": "files", "schema": "raw", "tables": [declared]}
    folder = project / "models/inputs"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yml").write_text(yaml.safe_dump({"sources": [source]}))
