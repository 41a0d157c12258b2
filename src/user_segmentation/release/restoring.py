"""Bring back what cannot be built again: models, and the history of segments.

A release has it beside its marts. All other tables are made by the next build.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import yaml

from user_segmentation.files.refusal import quoted
from user_segmentation.release.access import UnknownReadersError
from user_segmentation.release.files import (
    STORAGE_VERSION,
    attached,
    identifier,
    literal,
    tables_of,
)
from user_segmentation.release.folder import ReleaseFolderError, held, shown
from user_segmentation.release.history import MEMORY, beside, history, is_plain_file
from user_segmentation.release.publishing import reason

FROM = "memory of release"


class NotRestoredError(Exception):
    """Why nothing was restored, in one plain line."""


def restore(release, database, *, allowed):
    """Copy what goes on from build to build from a release to a database.

    Parameters
    ----------
    release : Path
        Folder of the release.
    database : Path
        Made where it is missing.
    allowed : collection of str
        Tables that may be restored, by the name with its schema.

    Returns
    -------
    dict of str to int
        Number of rows of each table, by the name with its schema.

    Raises
    ------
    NotRestoredError
        If the release has nothing to restore, or something else, or the database has
        one of the tables.
    """
    memory = release / MEMORY
    if not is_plain_file(memory):
        raise NotRestoredError(
            f"There is nothing to restore: {shown(memory)} does not exist. "
            "PUBLISH_PATH can say where the releases are."
        )
    try:
        tables = _checked_tables(memory, allowed)
        # A link may lead to a file that is to be made.
        file = Path(os.path.realpath(database))
        make = _copy if file.exists() else _copy_to_new
        return make(memory, file, tables)
    except (OSError, duckdb.Error) as error:
        raise NotRestoredError(f"Nothing is restored: {reason(error)}.") from error


def restore_current(folder, database, *, project):
    """Restore from the release that readers see.

    Parameters
    ----------
    folder : Path
        Where the releases are.
    database : Path
        Made where it is missing.
    project : Path
        The folder of the project.

    Returns
    -------
    release : Path
        Its folder.
    restored : dict of str to int
        Number of rows of each table, by the name with its schema.

    Raises
    ------
    NotRestoredError
    """
    try:
        with held(folder):
            release = current_release(folder)
            return release, restore(release, database, allowed=lasting_tables(project))
    except FileNotFoundError as problem:
        raise NotRestoredError(
            f"There is nothing to restore: {shown(folder)} does not exist. "
            "PUBLISH_PATH can say where the releases are."
        ) from problem
    except (ReleaseFolderError, UnknownReadersError, OSError) as problem:
        raise NotRestoredError(f"Nothing is restored: {problem}") from problem


def lasting_tables(project):
    """Tables that builds go on from, as the YAML files beside them say.

    Parameters
    ----------
    project : Path
        Its folder.

    Returns
    -------
    set of str
        Names with their schema, which is that of the layer.
    """
    layers = [*(project / "models").glob("*/"), project / "snapshots"]
    tables = set()
    for layer in layers:
        for file in layer.rglob("*.yml"):
            properties = yaml.safe_load(file.read_text(encoding="utf-8"))
            for node in properties.get("models", []) + properties.get("snapshots", []):
                if node.get("config", {}).get("meta", {}).get("goes_on"):
                    tables.add(f"{layer.name}.{node['name']}")
    return tables


def current_release(folder):
    """The release that readers see.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    Path

    Raises
    ------
    NotRestoredError
    """
    releases, broken = history(folder)
    if not releases:
        problem = (
            f"{shown(broken)} leads to no release of {shown(folder)}"
            if broken
            else f"{shown(folder)} has no release"
        )
        raise NotRestoredError(f"There is nothing to restore: {problem}.")
    return releases[0]


def _checked_tables(memory, allowed):
    """Tables of a memory, schema and name, none of which is unknown."""
    with (
        duckdb.connect() as connection,
        attached(connection, memory, FROM),
    ):
        tables = tables_of(connection, FROM)
        views = connection.execute(
            """
            select schema_name, view_name from duckdb_views()
            where database_name = ? and not internal order by all
            """,
            [FROM],
        ).fetchall()
    for names in views + tables:
        name = ".".join(names)
        if names in views or name not in allowed:
            raise NotRestoredError(
                f"Nothing is restored: {shown(memory)} holds {quoted(name)}, which "
                "no build goes on from. Restore with the version of the project that "
                "made the release, or do not trust the file."
            )
    return tables


def _copy_to_new(memory, database, tables):
    """Copy tables to a database that is not there before it is whole."""
    for file in beside(database):
        if os.path.lexists(file):
            raise NotRestoredError(
                f"Nothing is restored: {shown(file)} is left of a database that is "
                "gone. Move it away, too."
            )
    with TemporaryDirectory(dir=database.parent, prefix=f".{database.name}.") as folder:
        made = Path(folder) / database.name
        counts = _copy(memory, made, tables)
        if database.exists():
            raise NotRestoredError(
                f"Nothing is restored: another process has made {shown(database)} "
                "meanwhile."
            )
        made.rename(database)
    return counts


def _copy(memory, database, tables):
    """Copy tables, or none; the number of rows of each."""
    config = {"storage_compatibility_version": STORAGE_VERSION}
    with duckdb.connect(database, config=config) as connection:
        connection.execute(
            f"attach {literal(memory)} as {identifier(FROM)} (read_only)"
        )
        # What the file holds has no business with any other one.
        connection.execute("set enable_external_access = false")
        connection.begin()
        ((name,),) = connection.execute("select current_database()").fetchall()
        known = tables_of(connection, name)
        if there := [".".join(table) for table in tables if table in known]:
            raise NotRestoredError(
                f"Nothing is restored: {shown(database)} has its own {there[0]}. Move "
                "that file away first, or build with it."
            )
        counts = {}
        for schema, table in tables:
            connection.execute(f"create schema if not exists {identifier(schema)}")
            copied = identifier(name, schema, table)
            connection.execute(
                f"create table {copied} as from {identifier(FROM, schema, table)}"
            )
            ((counts[f"{schema}.{table}"],),) = connection.execute(
                f"select count(*) from {copied}"
            ).fetchall()
        connection.commit()
    return counts
