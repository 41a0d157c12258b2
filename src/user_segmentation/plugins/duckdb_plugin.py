"""What the project adds to dbt-duckdb: a held database, and functions for SQL."""

import weakref
from importlib.util import find_spec
from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.events.logging import AdapterLogger
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError

from user_segmentation.engines.database_lock import hold_database
from user_segmentation.engines.sql_functions import create_functions
from user_segmentation.files.project_folder import placed, project_folder
from user_segmentation.release.access import (
    UnknownReadersError,
    keep_private,
    keep_run_private,
    release_modes,
)
from user_segmentation.release.folder import publish_folder
from user_segmentation.release.publishing import NotPublishedError, Tables, publish
from user_segmentation.release.summary import summary

# What the Python models import, and the packages that bring it.
NEEDED = {
    "sklearn": "scikit-learn",
    "pandas": "pandas",
    "threadpoolctl": "threadpoolctl",
}

# Commands that only look at what a build made, or go on from it.
LATER_COMMANDS = {"test", "snapshot", "show"}
NO_CLONE = (
    "dbt clone copies tables within a database, and each environment has one of its "
    "own here: copy the file, or run dbt build with another DUCKDB_PATH."
)


class Plugin(BasePlugin):
    """Plugin of dbt-duckdb, named in profiles.yml."""

    connection = None

    def initialize(self, plugin_config):
        """Say at once what would fail late, and with a traceback."""
        missing = [package for name, package in NEEDED.items() if not find_spec(name)]
        if missing:
            raise DbtRuntimeError(
                f"These packages are not installed: {', '.join(missing)}. Install them "
                "with make build, or with pip install --requirement requirements.txt."
            )

    def update_connection_config(self, creds, config):
        """Hold the database before dbt-duckdb, which lets go of it between nodes."""
        folder = project_folder()
        creds.path = placed(folder, creds.path)
        if self.connection is None:
            command = get_flags().WHICH
            if command == "clone":
                raise DbtRuntimeError(NO_CLONE)
            # Before it is opened, which would make it.
            if command in LATER_COMMANDS and not Path(creds.path).exists():
                _refuse_without_tables(command, creds.path)
            _keep_private(Path(creds.path))
            self.connection = hold_database(creds.path, config)
            if command in LATER_COMMANDS and not _has_tables(self.connection):
                self.connection.close()
                _refuse_without_tables(command, creds.path)
            # At the end of the process, or before: one process can run dbt several
            # times, each time on another database.
            weakref.finalize(self, self.connection.close)
            create_functions(self.connection, folder)
            _create_publishing(self.connection, folder)


def _keep_private(database):
    """Let nobody but owner and group read the database, nor what else is written."""
    try:
        release_modes()
    except UnknownReadersError as problem:
        raise DbtRuntimeError(str(problem)) from problem
    # Where the plugin of dbt-core that does so is not installed, too.
    keep_run_private(get_flags())
    beside = [database.with_name(f"{database.name}{end}") for end in (".wal", ".tmp")]
    keep_private(database, *beside)


def _has_tables(connection):
    """Whether a build has made any, besides those that it reads from files."""
    query = "select count(*) from duckdb_tables() where schema_name <> 'raw'"
    return connection.execute(query).fetchall()[0][0] > 0


def _refuse_without_tables(command, path):
    raise DbtRuntimeError(
        f"There are no tables in {path} for dbt {command} to look at: run dbt build "
        "first, or make build."
    )


def _create_publishing(connection, folder):
    """The function that publishes; its text says what is wrong, or nothing."""
    # A function that held its connection would keep it open.
    connection_of = weakref.ref(connection)

    def publish_tables(
        marts: dict[str, str],
        memory: dict[str, str],
        release_id: str,
        has_report: bool,
    ) -> str:
        # At the top it would load what `initialize` says is missing.
        from user_segmentation.report.page import make_report  # noqa: PLC0415

        # Asked for each time: a process can run dbt again with another one.
        published = folder / publish_folder()
        try:
            publish(
                *(connection_of(), Tables(marts, memory), release_id, published),
                make_report=make_report if has_report else None,
            )
        except NotPublishedError as problem:
            return str(problem)
        lines = summary(connection_of(), list(marts), published)
        logger = AdapterLogger("segmentation")
        logger.info("\n  ".join([f"Published release {release_id}.", *lines]))
        return ""

    connection.create_function(
        publish_tables.__name__, publish_tables, side_effects=True
    )
