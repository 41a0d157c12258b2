"""One build at a time: the database is held as long as the run lasts."""

import re
import sys
import threading
import time
import traceback

import duckdb
from dbt.adapters.events.logging import AdapterLogger
from dbt_common.exceptions import DbtRuntimeError

SECONDS_BETWEEN_TRIES = 0.5
SECONDS_BETWEEN_MESSAGES = 60


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
    while True:
        try:
            return duckdb.connect(path, config=config)
        except duckdb.Error as error:
            reason = " ".join(str(error).split())
        if "Could not set lock" not in reason:
            raise DbtRuntimeError(
                f"The database {path} cannot be opened: {reason} What is published "
                "stays as it is. If the file is damaged, move it away and build again: "
                "all tables come back but for older versions of models."
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


def _is_interrupted():
    """Whether Ctrl-C has reached the main thread, which then waits for this one."""
    frame = sys._current_frames()[threading.main_thread().ident]
    return any(
        caller.f_code.co_name == "shutdown" for caller, _ in traceback.walk_stack(frame)
    )
