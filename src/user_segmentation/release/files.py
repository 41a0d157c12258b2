"""The files of a release: DuckDB, Parquet and CSV, from queries."""

import errno
import os
from contextlib import contextmanager

from user_segmentation.release.history import (
    DATABASE,
    MEMORY,
    REPORT,
    beside,
    is_plain_file,
)

# Tables that are sent to platforms, which read CSV.
LISTS = {"audiences"}
# A format that DuckDB 1.3 and later open.
STORAGE_VERSION = "v1.3.0"
# What a spreadsheet takes for the start of a formula. A plain number is none.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001
NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)*$"


def files_of(marts, *, has_report):
    """Names of the files of a release of such tables.

    Parameters
    ----------
    marts : collection of str
        Names of tables, without a schema.
    has_report : bool

    Returns
    -------
    list of str
    """
    forms = [f"{table}.{form}" for table in marts for form in _forms(table)]
    return [DATABASE, MEMORY, *([REPORT] if has_report else []), *forms]


def write_marts(connection, queries, release):
    """Write tables that are published, in all of their forms.

    Parameters
    ----------
    connection : DuckDBPyConnection
    queries : mapping of str to str
        What is in each table, by its name.
    release : Path
        Folder to write in.
    """
    with _new_database(connection, release / DATABASE) as (cursor, copy):
        for table, query in queries.items():
            copied = f"{copy}.{identifier(table)}"
            cursor.execute(f"create table {copied} as {query}")
            for form in _forms(table):
                file = literal(release / f"{table}.{form}")
                cursor.execute(
                    f"""
                    copy (select {_without_formulas(cursor, copied)} from {copied})
                    to {file} (format {form}, preserve_order true)
                    """
                )


def write_memory(connection, queries, release):
    """Write tables that go on from build to build.

    Parameters
    ----------
    connection : DuckDBPyConnection
    queries : mapping of str to str
        What is in each table, by its name with its schema.
    release : Path
        Folder to write in.
    """
    with _new_database(connection, release / MEMORY) as (cursor, copy):
        for table, query in queries.items():
            names = table.split(".")
            schema = identifier(*names[:-1])
            cursor.execute(f"create schema if not exists {copy}.{schema}")
            cursor.execute(f"create table {copy}.{identifier(*names)} as {query}")


def identifier(*names):
    """The name of a table, after those of its database and schema, as SQL has it."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def literal(value):
    """A text or a path as SQL has it."""
    return "'" + str(value).replace("'", "''") + "'"


@contextmanager
def attached(cursor, file, name):
    """Open a finished DuckDB file, which is no link, to read it in the block.

    Parameters
    ----------
    cursor : DuckDBPyConnection
    file : Path
    name : str
        Of the database in queries.

    Yields
    ------
    str
        The name, quoted.
    """
    if not is_plain_file(file):
        raise FileNotFoundError(errno.ENOENT, "It is missing or no file", str(file))
    # DuckDB would read it, and wait where it is a pipe.
    for path in beside(file):
        if os.path.lexists(path):
            raise FileExistsError(
                errno.EEXIST, "Move away what lies beside the database", str(path)
            )
    cursor.execute(f"attach {literal(file)} as {identifier(name)} (read_only)")
    try:
        yield identifier(name)
    finally:
        cursor.execute(f"detach {identifier(name)}")


def tables_of(cursor, name):
    """Tables of a database that is attached, by schema and name; views are none.

    Parameters
    ----------
    cursor : DuckDBPyConnection
    name : str
        As it was given to `attached`.

    Returns
    -------
    list of tuple of str
    """
    return cursor.execute(
        """
        select schema_name, table_name from duckdb_tables()
        where database_name = ? order by all
        """,
        [name],
    ).fetchall()


def _forms(table):
    return ["parquet", "csv"] if table in LISTS else ["parquet"]


@contextmanager
def _new_database(connection, path):
    """A cursor, and the name of a new database."""
    cursor = connection.cursor()
    # No other database bears this name, whatever its file is called.
    copy = identifier(f"{path.parent.name}/{path.name}")
    cursor.execute(
        f"attach {literal(path)} as {copy} (storage_version '{STORAGE_VERSION}')"
    )
    try:
        yield cursor, copy
    finally:
        cursor.execute(f"detach {copy}")
        cursor.close()


def _without_formulas(cursor, table):
    """The columns of a table, text that looks like a formula made plain text."""
    columns = cursor.execute(f"describe {table}").fetchall()
    starts = ", ".join(f"chr({ord(start)})" for start in FORMULA_STARTS)
    # The first character tells nearly always, at a fraction of what a pattern costs.
    return ", ".join(
        f"""case
            when {name}[1] in ({starts})
                and not regexp_matches({name}, '{NUMBER}') then '''' || {name}
            else {name}
        end as {name} """
        if kind == "VARCHAR"
        else name
        for name, kind in ((identifier(name), kind) for name, kind, *_ in columns)
    )
