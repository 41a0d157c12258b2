"""What the project lends to SQL: questions about files, which Python answers."""

import csv
import json
from difflib import get_close_matches
from pathlib import Path

import yaml

from user_segmentation.declaration import logs, parts
from user_segmentation.files.default_logs import default_log, is_sample, sample_problem
from user_segmentation.files.format import FileFormat, format_problem
from user_segmentation.files.gate import (
    file_fingerprint,
    file_problem,
    matching_files,
)
from user_segmentation.files.parquet_columns import column_groups
from user_segmentation.files.project_folder import placed
from user_segmentation.files.reading import for_macros, text_groups


def create_functions(connection, folder=Path()):
    """Make the functions known to a database.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    folder : Path
        Where relative paths start.
    """
    functions = Functions(folder)
    for name in (
        *("file_gate", "file_fingerprint", "parquet_columns", "read_path"),
        *("file_format", "text_groups"),
        *("default_file", "sample_gate", "is_sample_file", "unknown_variable"),
        *("seed_rows", "technique_problem", "declared", "declaration_problem"),
        *("log_columns", "log_problem"),
    ):
        connection.create_function(name, getattr(functions, name), side_effects=True)


class Functions:
    """The functions, each under its name in SQL.

    Parameters
    ----------
    folder : Path
        Where relative paths start.
    """

    def __init__(self, folder):
        self.folder = folder

    def read_path(self, pattern: str) -> str:
        """Where files are that a path or glob names."""
        return placed(self.folder, pattern)

    def file_gate(
        self,
        pattern: str,
        contract: str,
    ) -> str:
        """What is wrong with the files, or with what is declared of them, as JSON."""
        contract = json.loads(contract)
        declared = contract.pop("form")
        problem = format_problem(declared, declared["declared_in"]) or file_problem(
            self.read_path(pattern), **contract, form=FileFormat.of(declared)
        )
        return problem or ""

    def file_format(self, meta: str) -> str:
        """The format of files that the meta of a table declares, as JSON."""
        return json.dumps(for_macros(FileFormat.of(json.loads(meta))))

    def text_groups(self, pattern: str, form: str) -> str:
        """Text files that can be read together, and their columns, as JSON."""
        paths = matching_files(self.read_path(pattern))
        declared = json.loads(form)
        groups = text_groups(paths, declared["columns"], FileFormat.of(declared))
        return json.dumps(groups)

    def file_fingerprint(self, pattern: str) -> str:
        """SHA-256 of the files."""
        return file_fingerprint("\n".join(map(self.read_path, pattern.splitlines())))

    def parquet_columns(self, pattern: str) -> str:
        """Files that can be read together, and their columns, as JSON."""
        return json.dumps(column_groups(self.read_path(pattern)))

    def default_file(self, source: str, profiles: str, given: dict[str, str]) -> str:
        """Path of the log that belongs to the profiles; nothing where there is none."""
        return default_log(source, profiles, given, self.folder) or ""

    def sample_gate(self, profiles: str, given: dict[str, str]) -> str:
        """What of the sample would be joined to own data; nothing where all is well."""
        return sample_problem(profiles, given, self.folder) or ""

    def is_sample_file(self, path: str) -> bool:
        """Whether a file is one of the shipped sample."""
        return is_sample(path, self.folder)

    def seed_rows(self, path: str) -> str:
        """Rows of a seed's file, as JSON: what it says before it is in the database."""
        with Path(placed(self.folder, path)).open(
            encoding="utf-8-sig", newline=""
        ) as file:
            return json.dumps(list(csv.DictReader(file)))

    def declared(self, part: str, declaration: str) -> str:
        """A part of what a declaration says, as JSON."""
        return parts.part_of(part, declaration)

    def declaration_problem(self, declaration: str) -> str:
        """What is wrong with a declaration; nothing where all is well."""
        return parts.problem_of(declaration) or ""

    def log_columns(self, declaration: str) -> str:
        """How the columns of a declared log are made, as JSON."""
        said = json.loads(declaration)
        return json.dumps(
            logs.log_columns(said["source"], said["table"], said["columns"])
        )

    def log_problem(self, declaration: str) -> str:
        """What is wrong with a declared log; nothing where all is well."""
        return logs.log_problem(**json.loads(declaration)) or ""

    def technique_problem(self, name: str) -> str:
        """What to say of a technique that is not listed; nothing of one that is."""
        # To import what fits takes longer than all other checks.
        from user_segmentation.training.techniques import TECHNIQUES  # noqa: PLC0415

        if name in TECHNIQUES:
            return ""
        return (
            f"technique is {name}; it can be {', '.join(TECHNIQUES)}, which are listed "
            "in src/user_segmentation/training/techniques.py."
        )

    def unknown_variable(self, names: list[str]) -> str:
        """What to say of the first name that is no variable of the project."""
        project = yaml.safe_load((self.folder / "dbt_project.yml").read_text())
        known = list(project["vars"])
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
