"""Publish the marts: a new release beside the old ones, then one atomic switch.

A release is a folder with one DuckDB file and a Parquet file for each mart, a CSV file
of what is sent on, the report made from them, and a DuckDB file of what cannot be built
again (`restoring`). Readers follow the link `current`, which is replaced in one step:
they see the old release or the new one, whole. Links named `previous` chain a release
to the one that it replaced.

    published/marts.duckdb -> current/marts.duckdb
    published/report.html  -> current/report.html
    published/current      -> releases/<release id>
    published/releases/<release id>/
        {marts.duckdb, report.html, users.parquet, …, memory.duckdb, previous}
"""

import fcntl
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import duckdb

RELEASES_KEPT = 3
DATABASE = "marts.duckdb"
MEMORY = "memory.duckdb"
REPORT = "report.html"
# Tables that are sent to platforms, which read CSV.
LISTS = {"audiences"}
# A format that DuckDB 1.3 and later open.
STORAGE_VERSION = "v1.3.0"
# What a spreadsheet takes for the start of a formula. A plain number is none.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001
NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)*$"


class NotPublishedError(Exception):
    """Why nothing was published, in one plain line."""


def publish_folder():
    """Where the releases are: `PUBLISH_PATH`, or `published` in the working directory.

    Returns
    -------
    Path
    """
    return Path(os.environ.get("PUBLISH_PATH") or "published")


class Tables(NamedTuple):
    """What a release is made of: names with schemas, and what orders the rows.

    An order is the columns of a key, or ``all``, which sorts by every column and takes
    twice the time on long tables: in both the same rows are the same bytes.

    Attributes
    ----------
    marts : mapping of str to str
        Tables that are published.
    memory : mapping of str to str
        Tables that go on from build to build.
    """

    marts: Mapping[str, str]
    memory: Mapping[str, str] = MappingProxyType({})


def publish(connection, tables, release_id, folder, *, make_report=None):
    """Copy tables to a new release and make it the current one.

    Parameters
    ----------
    connection : DuckDBPyConnection
        To the database of the build.
    tables : Tables
    release_id : str
        Name of the new release.
    folder : Path
        Where the releases are; made where it is missing.
    make_report : callable, optional
        Returns the report as text, given the path of the published database: made
        before readers see the release, so that both are always of one build.

    Raises
    ------
    NotPublishedError
        If anything fails; the release that was current then still is.
    """
    try:
        with _locked(folder):
            releases = folder / "releases"
            releases.mkdir(exist_ok=True)
            history = _history(folder)
            # Without a current release, any of the others may be what somebody needs.
            if history:
                _remove_all_but(releases, history)
            unfinished = releases / f"{release_id}.unfinished"
            try:
                unfinished.mkdir()
                _write_marts(connection, tables.marts, unfinished)
                _write_memory(connection, tables.memory, unfinished)
                if make_report:
                    _write_report(make_report, unfinished)
                _protect(unfinished)
                if history:
                    previous = Path("..") / history[0].name
                    (unfinished / "previous").symlink_to(previous)
                _flush(unfinished)
                unfinished.rename(releases / release_id)
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            for file in [DATABASE, REPORT] if make_report else [DATABASE]:
                _link(folder / file, Path("current") / file)
            _link(folder / "current", Path("releases") / release_id)
            # The new release is what readers see from here on, whatever happens.
            with suppress(OSError):
                _flush(folder)
                _remove_all_but(releases, _history(folder)[:RELEASES_KEPT])
    except (OSError, duckdb.Error) as error:
        raise NotPublishedError(
            f"Nothing is published, and what was published stays: {_reason(error)}. "
            "Mend this and build again."
        ) from error


def roll_back(folder):
    """Make the release that the current one replaced current again.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    tuple of str
        Identifiers of the release that was current and of the one that is.

    Raises
    ------
    NotPublishedError
        If there is no such release.
    """
    with _locked(folder):
        history = _history(folder)
        if len(history) < 2:  # noqa: PLR2004
            raise NotPublishedError(
                f"There is no release in {folder} to step back to: it holds "
                + (f"{history[0].name} only." if history else "none.")
            )
        _link(folder / "current", Path("releases") / history[1].name)
        _flush(folder)
    return history[0].name, history[1].name


def _reason(error):
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {error.filename}"
    # DuckDB says much of its own state before what happened.
    return " ".join(str(error).rpartition("Original error: ")[2].split())


@contextmanager
def _locked(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _history(folder):
    """The current release and those before it, newest first."""
    history = []
    release = folder / "current"
    while release.exists():
        history.append(release.resolve())
        release = history[-1] / "previous"
    return history


def _remove_all_but(releases, kept):
    for release in releases.iterdir():
        is_folder = release.is_dir() and not release.is_symlink()
        if is_folder and release.resolve() not in kept:
            shutil.rmtree(release)


@contextmanager
def _new_database(connection, path):
    """A cursor, the names of the database of the build and of a new one."""
    cursor = connection.cursor()
    ((database,),) = cursor.execute("select current_database()").fetchall()
    # No other database bears this name, whatever its file is called.
    copy = f'"{path.parent.name}/{path.name}"'
    cursor.execute(
        f"attach '{_escaped(path)}' as {copy} (storage_version '{STORAGE_VERSION}')"
    )
    try:
        yield cursor, f'"{database}"', copy
    finally:
        cursor.execute(f"detach {copy}")
        cursor.close()


def _write_marts(connection, marts, release):
    with _new_database(connection, release / DATABASE) as (cursor, database, copy):
        for mart, order in marts.items():
            table = mart.rpartition(".")[2]
            copied = f"{copy}.{table}"
            cursor.execute(
                f"create table {copied} as from {database}.{mart} order by {order}"
            )
            for kind in ["parquet", "csv"] if table in LISTS else ["parquet"]:
                cursor.execute(
                    f"""
                    copy (select {_without_formulas(cursor, copied)} from {copied})
                    to '{_escaped(release / table)}.{kind}' (format {kind})
                    """
                )


def _write_memory(connection, tables, release):
    with _new_database(connection, release / MEMORY) as (cursor, database, copy):
        for table, order in tables.items():
            cursor.execute(f"create schema if not exists {copy}.{table.split('.')[0]}")
            cursor.execute(
                f"""
                create table {copy}.{table} as from {database}.{table} order by {order}
                """
            )


def _write_report(make_report, release):
    try:
        report = make_report(release / DATABASE)
    # Whatever it is, it must neither hide the marts' own state nor publish half.
    except Exception as error:
        raise NotPublishedError(
            "Nothing is published, and what was published stays: the report failed "
            f"with {type(error).__name__}: {_reason(error)}. Mend this and build again."
        ) from error
    (release / REPORT).write_text(report, encoding="utf-8", newline="\n")


def _protect(release):
    for file in release.iterdir():
        if not file.is_symlink():
            file.chmod(0o444)


def _without_formulas(cursor, table):
    """The columns of a table, text that looks like a formula made plain text."""
    columns = cursor.execute(f"describe {table}").fetchall()
    starts = ", ".join(f"chr({ord(start)})" for start in FORMULA_STARTS)
    # The first character tells nearly always, at a fraction of what a pattern costs.
    return ", ".join(
        f"""case
            when "{name}"[1] in ({starts})
                and not regexp_matches("{name}", '{NUMBER}') then '''' || "{name}"
            else "{name}"
        end as "{name}" """
        if kind == "VARCHAR"
        else f'"{name}"'
        for name, kind, *_ in columns
    )


def _escaped(path):
    return str(path).replace("'", "''")


def _link(link, target):
    """Make a link, or replace it in one step."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)


def _flush(folder):
    """Have the files of a folder, and the folder itself, on the disk."""
    for path in (*folder.iterdir(), folder):
        if path.is_dir() and path != folder:
            continue
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


if __name__ == "__main__":
    try:
        old, new = roll_back(publish_folder())
    except (NotPublishedError, OSError) as problem:
        sys.exit(str(problem))
    print(f"Stepped back from release {old} to {new}.")
