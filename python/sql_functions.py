"""What the project lends to SQL: questions about files, which Python answers."""

import json
from difflib import get_close_matches
from pathlib import Path

import yaml

from default_logs import default_log, is_sample, sample_problem
from file_gate import file_fingerprint, file_problem
from parquet_columns import column_groups


def create_functions(connection):
    """Make the functions known to a database.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    """
    for function in (
        *(file_gate, file_fingerprint, default_file, is_sample_file),
        *(sample_gate, parquet_columns, unknown_variable),
    ):
        connection.create_function(function.__name__, function, side_effects=True)


def file_gate(
    pattern: str,
    columns: list[str],
    optional: list[str],
    identifiers: list[str],
    may_be_empty: bool,
) -> str:
    """What is wrong with the files; nothing where all is well."""
    problem = file_problem(
        pattern, columns, optional, identifiers, may_be_empty=may_be_empty
    )
    return problem or ""


def parquet_columns(pattern: str) -> str:
    """Files that can be read together, and their columns, as JSON."""
    return json.dumps(column_groups(pattern))


def default_file(source: str, profiles: str, given: dict[str, str]) -> str:
    """Path of the log that belongs to the profiles; nothing where there is none."""
    return default_log(source, profiles, given) or ""


def sample_gate(profiles: str, given: dict[str, str]) -> str:
    """What of the sample would be joined to own data; nothing where all is well."""
    return sample_problem(profiles, given) or ""


def is_sample_file(path: str) -> bool:
    """Whether a file is one of the shipped sample."""
    return is_sample(path)


def unknown_variable(names: list[str]) -> str:
    """What to say of the first name that is no variable of the project, or nothing."""
    known = list(yaml.safe_load(Path("dbt_project.yml").read_text())["vars"])
    for name in names:
        if name not in known:
            likely = get_close_matches(name, known, n=1)
            remedy = (
                f"did you mean {likely[0]}?"
                if likely
                else f"the variables are {', '.join(known)}."
            )
            return f"There is no variable {name} in dbt_project.yml; {remedy}"
    return ""
