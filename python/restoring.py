"""Bring back what cannot be built again: models, and the history of segments.

A release has it beside its marts. All other tables are made by the next build.
"""

import os
import sys
from pathlib import Path

import duckdb

from publishing import MEMORY, STORAGE_VERSION, publish_folder


class NotRestoredError(Exception):
    """Why nothing was restored, in one plain line."""


def restore(release, database):
    """Copy what goes on from build to build from a release to a database.

    Parameters
    ----------
    release : Path
        Folder of the release.
    database : Path
        Made where it is missing.

    Returns
    -------
    dict of str to int
        Number of rows of each table, by the name with its schema.

    Raises
    ------
    NotRestoredError
        If the release has nothing to restore, or the database has one of the tables.
    """
    memory = release / MEMORY
    if not memory.exists():
        raise NotRestoredError(
            f"There is nothing to restore: {memory} does not exist. PUBLISH_PATH can "
            "say where the releases are."
        )
    config = {"storage_compatibility_version": STORAGE_VERSION}
    with duckdb.connect(database, config=config) as connection:
        path = str(memory).replace("'", "''")
        connection.execute(f"attach '{path}' as memory_of_release (read_only)")
        connection.begin()
        tables = _tables(connection, "memory_of_release")
        known = _tables(
            connection, connection.execute("select current_database()").fetchall()[0][0]
        )
        if there := sorted(tables & known):
            raise NotRestoredError(
                f"Nothing is restored: {database} has its own {there[0]}. Move that "
                "file away first, or build with it."
            )
        for table in sorted(tables):
            connection.execute(f"create schema if not exists {table.split('.')[0]}")
            connection.execute(
                f"create table {table} as from memory_of_release.{table}"
            )
        connection.commit()
        return {
            table: connection.table(table).count("*").fetchall()[0][0]
            for table in sorted(tables)
        }


def _tables(connection, database):
    rows = connection.execute(
        """
        select schema_name || '.' || table_name
        from duckdb_tables() where database_name = ?
        """,
        [database],
    ).fetchall()
    return {name for (name,) in rows}


if __name__ == "__main__":
    target = Path(os.environ.get("DUCKDB_PATH") or "user_segmentation.duckdb")
    source = publish_folder() / "current"
    try:
        restored = restore(source, target)
    except (NotRestoredError, OSError, duckdb.Error) as problem:
        sys.exit(str(problem))
    print(f"Restored to {target} from release {source.resolve().name}:")
    for name, row_count in restored.items():
        print(f"  {name}: {row_count} rows")
    print("make build makes all the rest.")
