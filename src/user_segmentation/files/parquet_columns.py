"""What stands in the columns of Parquet files, each by the types of its own."""

import itertools

import duckdb

from user_segmentation.files.globs import one_glob
from user_segmentation.files.header import BLANKS


def column_groups(pattern):
    """Files that have columns of the same names and types, and can be read together.

    Read together, files of different types would take one type for a column, and write
    the identifier 1 of one file as 1.0 because of another.

    Parameters
    ----------
    pattern : str
        Path or glob of Parquet files.

    Returns
    -------
    list of dict
        `files`, paths or, of the only group, the pattern; `glob`, one for all of them,
        as Spark reads it; and `columns`, each with its `name`, its `header` without
        outer blanks and its `type`, as DuckDB calls it.
    """
    with duckdb.connect() as connection:
        rows = connection.execute(
            """
            select file_name, name, duckdb_type, coalesce(num_children, 0)
            from parquet_schema(?)
            order by file_name, column_id
            """,
            [pattern],
        ).fetchall()
    groups = {}
    for file, entries in itertools.groupby(rows, key=lambda row: row[0]):
        columns = list(_top_columns(entry[1:] for entry in entries))
        # Whatever their order in the file.
        _, files = groups.setdefault(frozenset(columns), (columns, []))
        files.append(file)
    return [
        {
            "files": files if len(groups) > 1 else [pattern],
            "glob": one_glob(files) if len(groups) > 1 else pattern,
            "columns": [
                {"name": name, "header": name.strip(BLANKS), "type": kind}
                for name, kind in columns
            ],
        }
        for columns, files in groups.values()
    ]


def _top_columns(entries):
    """Names and types of a file's columns, without what is nested in them."""
    # The first entry is the file's own, of which the columns are children.
    next(entries)
    nested = 0
    for name, kind, child_count in entries:
        if nested:
            nested += child_count - 1
        else:
            yield name, kind
            nested = child_count
