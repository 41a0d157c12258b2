"""What a reader of the published marts sees, and whether it agrees with itself."""

import json
import sys
import threading
import time
from collections import Counter
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb
from sqlalchemy import NullPool, create_engine
from sqlalchemy.exc import SQLAlchemyError

# Every number of users in it is the same where all tables are of one build.
QUERY = """
with user_counts as (
    select accepted_count as user_count from {release}
    union
    select count(*) from {users}
    union
    select count(distinct user_id) from {users}
    union
    select user_count from {segmentations}
    union
    select sum(user_count) from {segments} group by objective
    union
    select sum(user_count) from (
        -- Of most features all users are known.
        select objective, max(user_count) as user_count from {segment_traits}
        group by objective, segment_key
    )
    group by objective
),

segment_keys as (
    select distinct segment_key from {segment_traits}
    union all
    select distinct segment_key from {segment_answers}
    union all
    select distinct segment_key from {segment_list_items}
),

seen_keys as (
    select
        count(*) as detail_count,
        count(segments.segment_key) as known_count
    from segment_keys
    left join {segments} as segments using (segment_key)
)

select
    (select release_id from {release}) as release_id,
    (select array_agg(user_count order by user_count) from user_counts) as user_counts,
    (select detail_count from seen_keys) as detail_count,
    (select known_count from seen_keys) as known_count,
    (select count(*) from {segments}) as segment_count
"""
TABLES = [
    "release",
    "users",
    "segmentations",
    "segments",
    "segment_traits",
    "segment_answers",
    "segment_list_items",
]


@dataclass(frozen=True)
class Reading:
    """One look at all marts."""

    release_id: str
    user_counts: tuple[int, ...]
    detail_count: int
    known_count: int
    segment_count: int

    @property
    def is_consistent(self):
        """Whether the marts know the same users, and the same segments."""
        return (
            len(self.user_counts) == 1
            and self.known_count == self.detail_count == 3 * self.segment_count
        )


def read_database(folder):
    """Open the published database anew and look at all marts.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    Reading
    """
    database = folder / "marts.duckdb"
    with duckdb.connect(database, read_only=True) as reader:
        return look(reader.execute, {table: table for table in TABLES})


def bi_engine(folder):
    """What a BI tool makes of the URL in the README.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    sqlalchemy.Engine
        Keeps no connection for later: it would go on to see the release of its time,
        and keep others of the process from opening the file as they do.
    """
    url = f"duckdb:///{folder / 'marts.duckdb'}?access_mode=read_only"
    return create_engine(url, poolclass=NullPool)


def read_as_bi_tools_do(folder):
    """Open the published database through SQLAlchemy and look at all marts.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    Reading
    """
    with bi_engine(folder).connect() as reader:
        return look(reader.exec_driver_sql, {table: table for table in TABLES})


def read_parquet(folder):
    """Find the current release, and look at its Parquet files.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    Reading
    """
    release = (folder / "current").resolve()
    files = {table: f"read_parquet('{release}/{table}.parquet')" for table in TABLES}
    with duckdb.connect() as reader:
        return look(reader.execute, files)


def look(execute, sources):
    """Look at all marts in one query.

    Parameters
    ----------
    execute : callable
        Runs SQL; its result has `fetchall`.
    sources : dict
        SQL name of each table of `TABLES`.

    Returns
    -------
    Reading
    """
    rows = execute(QUERY.format_map(sources)).fetchall()
    ((release_id, user_counts, *counts),) = rows
    return Reading(release_id, tuple(map(int, user_counts)), *counts)


def keep_reading(read, folder):
    """Read again and again, and say what was read, when standard input ends.

    Parameters
    ----------
    read : callable
        `read_database`, `read_parquet` or `read_as_bi_tools_do`.
    folder : Path
        Where the releases are.
    """
    is_over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), is_over.set())).start()
    readings, errors, slowest = Counter(), [], 0
    while not is_over.is_set():
        start = time.perf_counter()
        try:
            readings[read(folder)] += 1
        except (duckdb.Error, SQLAlchemyError, OSError) as error:
            errors.append(str(error))
        slowest = max(slowest, time.perf_counter() - start)
    counts = [[*astuple(reading), count] for reading, count in readings.items()]
    print(json.dumps({"readings": counts, "errors": errors, "slowest": slowest}))


if __name__ == "__main__":
    keep_reading(globals()[sys.argv[1]], Path(sys.argv[2]))
