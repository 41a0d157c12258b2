"""What the project lends to SQL: questions about files, which Python answers."""

from default_logs import default_log, is_sample
from file_gate import file_fingerprint, file_problem


def create_functions(connection):
    """Make the functions known to a database.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    """
    for function in (file_gate, file_fingerprint, default_file, is_sample_file):
        connection.create_function(function.__name__, function, side_effects=True)


def file_gate(
    pattern: str, columns: list[str], optional: list[str], may_be_empty: bool
) -> str:
    """What is wrong with the files; nothing where all is well."""
    problem = file_problem(pattern, columns, optional, may_be_empty=may_be_empty)
    return problem or ""


def default_file(source: str, profiles: str) -> str:
    """Path of the log that belongs to the profiles; nothing where there is none."""
    return default_log(source, profiles) or ""


def is_sample_file(path: str) -> bool:
    """Whether a file is one of the shipped sample."""
    return is_sample(path)
