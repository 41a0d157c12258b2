"""Releases of a few rows, published in this process."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import duckdb

from user_segmentation.release.publishing import Tables, publish

TABLES = ["release", "segments", "users"]
MARTS = {f"marts.{table}": "all" for table in TABLES}


@contextmanager
def small_build():
    """A database in memory with marts."""
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        fill(connection)
        yield connection


def fill(connection, *, user_count=5):
    """Tables whose numbers tell the releases apart."""
    ((database,),) = connection.execute("select current_database()").fetchall()
    connection.execute(
        f"""
        create or replace table "{database}".marts.users as
        select
            cast(number as varchar) as user_id,
            case when number % 2 = 0 then 'Berlin' end as location,
            number / 3 as hours,
            number > 2 as is_odd
        from range({user_count}) as numbers (number);
        create or replace table "{database}".marts.segments as
        select 'all' as segment_key, cast({user_count} as bigint) as user_count
        """
    )


def releases(folder):
    return sorted(release.name for release in (folder / "releases").iterdir())


def current(folder):
    return (folder / "current").resolve().name


def publish_all(connection, folder, *release_ids):
    for release_id in release_ids:
        name_release(connection, release_id)
        publish(connection, Tables(MARTS), release_id, folder)


def name_release(connection, release_id):
    """The mart that says of which release it is."""
    # That of a connection which fails on purpose.
    connection = getattr(connection, "intact", connection)
    ((database,),) = connection.execute("select current_database()").fetchall()
    connection.execute(
        f"""
        create or replace table "{database}".marts.release as
        select '{release_id}' as release_id
        """
    )


def contents(folder):
    """All that is in a folder: modes, targets of links, bytes of files."""
    found = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = os.readlink(path)
        elif path.is_file():
            found[name] = (path.stat().st_mode, path.read_bytes())
        else:
            found[name] = path.lstat().st_mode
    return found


# What statements are run behind; they find their arguments in `given`.
KILLED = """
import itertools, os, signal, sys
from pathlib import Path
import duckdb
from user_segmentation.release import publishing, rolling_back

step, place, *given = sys.argv[1:]
owner = os if step == "fsync" else Path
done = getattr(owner, step)
calls = itertools.count()

def kill_once(*arguments, **keywords):
    result = done(*arguments, **keywords)
    if next(calls) == int(place):
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, step, kill_once)
"""


def kill_after(step, place, statements, *given):
    """Run statements in a process that ends, as by a power cut, after a step.

    Parameters
    ----------
    step : str
        A method of `Path`, or fsync.
    place : int
        Which of its calls is the last, from 0.
    statements : str
    *given : str or Path
        What they are about.
    """
    killed = subprocess.run(
        [sys.executable, "-c", KILLED + statements, step, str(place), *given],
        env={},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
