"""One build at a time: the database is held as long as the run lasts."""

import os
import re
import sys
import threading
import time
import traceback
from pathlib import Path

import duckdb
from dbt.adapters.events.logging import AdapterLogger
from dbt_common.exceptions import DbtRuntimeError

SECONDS_BETWEEN_TRIES = 0.5
SECONDS_BETWEEN_MESSAGES = 60
# What DuckDB writes first: three headers, each of 4 kB.
HEADER_BYTES = 12_288


def hold_database(path, config):
    """Open a database as soon as no other process has it open; say so while waiting.

    Parameters
    ----------
    path : str
    config : dict
        Options of `duckdb.connect`.

    Returns
    -------
    DuckDBPyConnection
        While it is open, no other process can open the database, even to read.

    Raises
    ------
    DbtRuntimeError
        If the database cannot be opened for another reason, or dbt is to end.
    """
    next_message = time.monotonic()
    is_new = False
    while True:
        try:
            connection = duckdb.connect(path, config=config)
            _remove_spilled_files(path)
            return connection
        except duckdb.Error as error:
            reason = " ".join(str(error).split())
        if "Could not set lock" not in reason:
            if _is_begun(path) and not is_new:
                os.remove(path)
                is_new = True
                continue
            raise DbtRuntimeError(
                f"The database {path} cannot be opened, and what was published stays: "
                f"{reason.rstrip('.!')}. If the file is damaged, move it away"
                f"{_with_log(path)} and build again, after make restore if there is a "
                "release: all tables come back but for models and moves since that "
                "release."
            )
        if time.monotonic() >= next_message:
            holder = re.search(r" \(PID \d+\)", reason)
            AdapterLogger("segmentation").info(
                f"{path} is in use by another process{holder[0] if holder else ''}, "
                "such as another build: waiting for it to end"
            )
            next_message += SECONDS_BETWEEN_MESSAGES
        if _is_interrupted():
            raise DbtRuntimeError("Interrupted while waiting for the database.")
        time.sleep(SECONDS_BETWEEN_TRIES)


def _remove_spilled_files(path):
    """Remove what a build that was killed had put on disk for want of memory.

    DuckDB leaves it for ever. Whoever holds the database is alone in its folder.
    """
    folder = Path(f"{path}.tmp")
    if Path(path).is_file() and folder.is_dir() and not folder.is_symlink():
        for file in folder.glob("duckdb_temp_*"):
            file.unlink()


def _is_begun(path):
    """Whether DuckDB was killed, or ran out of room, before it had made the file."""
    if not os.path.isfile(path):
        return False
    with open(path, "rb") as file:
        start = file.read(HEADER_BYTES)
    return not start or (len(start) < HEADER_BYTES and start[8:12] == b"DUCK")


def _with_log(path):
    """What goes with a database that is moved away: another may not read it."""
    return f", with {path}.wal," if os.path.lexists(f"{path}.wal") else ""


def _is_interrupted():
    """Whether Ctrl-C has reached the main thread, which then waits for this one."""
    frame = sys._current_frames()[threading.main_thread().ident]
    return any(
        caller.f_code.co_name == "shutdown" for caller, _ in traceback.walk_stack(frame)
    )
