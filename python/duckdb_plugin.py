"""What the project adds to dbt-duckdb: a held database, and functions for SQL."""

import weakref
from importlib.util import find_spec

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.adapters.events.logging import AdapterLogger
from dbt_common.exceptions import DbtRuntimeError

from database_lock import hold_database
from default_logs import default_log
from default_logs import is_sample as is_sample_file
from file_gate import file_fingerprint, file_problem
from publishing import NotPublishedError, Tables, publish, publish_folder
from summary import summary

# What the Python models import, and the packages that bring it.
NEEDED = {
    "sklearn": "scikit-learn",
    "pandas": "pandas",
    "threadpoolctl": "threadpoolctl",
}


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
        if self.connection is None:
            self.connection = hold_database(creds.path, config)
            # At the end of the process, or before: one process can run dbt several
            # times, each time on another database.
            weakref.finalize(self, self.connection.close)
            _create_functions(self.connection)


def _create_functions(connection):
    """Functions for SQL; text says what is wrong, or nothing where all is well."""
    # A function that held its connection would keep it open.
    connection_of = weakref.ref(connection)

    def file_gate(
        pattern: str, columns: list[str], optional: list[str], may_be_empty: bool
    ) -> str:
        problem = file_problem(pattern, columns, optional, may_be_empty=may_be_empty)
        return problem or ""

    def default_file(source: str, profiles: str) -> str:
        return default_log(source, profiles) or ""

    def is_sample(path: str) -> bool:
        return is_sample_file(path)

    def publish_tables(
        marts: dict[str, str],
        memory: dict[str, str],
        release_id: str,
        has_report: bool,
    ) -> str:
        # At the top it would load what `initialize` says is missing.
        from segment_report.page import make_report  # noqa: PLC0415

        try:
            publish(
                *(connection_of(), Tables(marts, memory), release_id, publish_folder()),
                make_report=make_report if has_report else None,
            )
        except NotPublishedError as problem:
            return str(problem)
        lines = summary(connection_of(), list(marts), publish_folder())
        logger = AdapterLogger("segmentation")
        logger.info("\n  ".join([f"Published release {release_id}.", *lines]))
        return ""

    functions = (file_gate, file_fingerprint, default_file, is_sample, publish_tables)
    for function in functions:
        connection.create_function(function.__name__, function, side_effects=True)
