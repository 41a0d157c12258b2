"""Python models and the project's own Python for dbt-spark's session method.

dbt-spark runs Python models on Databricks only. It does nothing where dbt-spark is not
installed.
"""

try:
    from dbt.adapters import spark
except ImportError:
    spark = None

if spark is not None:
    from dbt.adapters.base import PythonJobHelper
    from dbt.adapters.base.meta import available
    from dbt_common.exceptions import DbtRuntimeError

    class SessionJob(PythonJobHelper):
        """A Python model in the session that dbt-spark itself uses."""

        def __init__(self, parsed_model, credentials):
            self.path = parsed_model["original_file_path"]
            self.settings = credentials.server_side_parameters

        def submit(self, compiled_code):
            """Run a model, and the line behind it that writes what it returns."""
            from user_segmentation.engines.spark_session import Session  # noqa: PLC0415

            code = compile(compiled_code, self.path, "exec")
            try:
                # In one namespace, so that the functions of the model see each other.
                exec(code, {"session": Session(self.settings), "__name__": "model"})
            except Exception as error:
                raise DbtRuntimeError(
                    f"Python model {self.path} failed: {error!r}"
                ) from error

    # dbt finds modules by the first part of this name.
    class SparkAdapter(spark.SparkAdapter):
        """dbt-spark's adapter with Python models, and with the project's functions."""

        @property
        def python_submission_helpers(self):
            """Ways to run a Python model, by name."""
            return {**super().python_submission_helpers, "session": SessionJob}

        @property
        def default_python_submission_method(self):
            """The session where there is one, as with method session."""
            if self.config.credentials.method == "session":
                return "session"
            return super().default_python_submission_method

        @available.parse_list
        def local_rows(self, query):
            """Columns and rows of a query that a DuckDB in the driver answers."""
            import duckdb  # noqa: PLC0415

            from user_segmentation.engines.sql_functions import create_functions  # noqa: PLC0415
            from user_segmentation.files.project_folder import project_folder  # noqa: PLC0415

            with duckdb.connect() as connection:
                create_functions(connection, project_folder())
                rows = connection.sql(query)
                return [tuple(rows.columns), *rows.fetchall()]

    # dbt takes the adapter from here for each run.
    spark.Plugin.adapter = SparkAdapter
