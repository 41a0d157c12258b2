"""Keys and values of every YAML file that dbt reads, against dbt's own JSON schemas.

dbt itself applies them on four warehouses, of which DuckDB is none: without this a
misspelt key passes in silence, and the test or the setting that it names with it.
"""

import copy
from dataclasses import fields

import pytest
import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials, Retries
from dbt.contracts.project import ProjectFlags
from dbt.jsonschemas.jsonschemas import project_schema, resources_schema
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

from conftest import ROOT


def closed_object(properties):
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


def settings_of(dataclass, **properties):
    """The schema of a mapping whose keys are the fields of a dataclass."""
    known = {field.name: {} for field in fields(dataclass)}
    return closed_object(known | properties)


# Any flag passes dbt's schema.
PROJECT_SCHEMA = copy.deepcopy(project_schema())
PROJECT_SCHEMA["properties"]["flags"] = settings_of(ProjectFlags)

# dbt ships no schema for profiles; dbt-duckdb says what an output can have.
OUTPUT_SCHEMA = settings_of(
    DuckDBCredentials,
    type={"const": "duckdb"},
    threads={"type": "integer"},
    retries=settings_of(Retries),
)
PROFILES_SCHEMA = {
    "type": "object",
    "additionalProperties": closed_object(
        {
            "target": {"type": "string"},
            "outputs": {"type": "object", "additionalProperties": OUTPUT_SCHEMA},
        }
    ),
}


def schema_of(path):
    own = {"dbt_project.yml": PROJECT_SCHEMA, "profiles.yml": PROFILES_SCHEMA}
    return own.get(path, resources_schema())


def read(path):
    return yaml.safe_load((ROOT / path).read_text())


def complaint(path, content):
    """What is wrong in a file, as one line, or None."""
    error = best_match(Draft7Validator(schema_of(path)).iter_errors(content))
    return error and f"{path}: {error.json_path}: {error.message}"


def yaml_paths():
    project = read("dbt_project.yml")
    folders = {
        folder
        for kind in ("model", "seed", "test", "macro")
        for folder in project[f"{kind}-paths"]
    }
    files = [
        file
        for folder in sorted(folders)
        for file in sorted((ROOT / folder).rglob("*.y*ml"))
    ]
    return [
        "dbt_project.yml",
        "profiles.yml",
        *(file.relative_to(ROOT).as_posix() for file in files),
    ]


@pytest.mark.parametrize("path", yaml_paths())
def test_every_key_is_one_that_dbt_reads(path):
    assert complaint(path, read(path)) is None


GOOD_MODEL = """
models:
  - name: users
    description: One row per user.
    config:
      materialized: table
      contract:
        enforced: true
    data_tests:
      - is_unique_together:
          arguments:
            columns: [user_id]
    columns:
      - name: user_id
        data_type: string
        constraints:
          - type: not_null
        data_tests:
          - unique
unit_tests:
  - name: users_are_users
    model: users
    given:
      - input: ref('stg_users')
        rows: [{user_id: a}]
    expect:
      rows: [{user_id: a}]
exposures:
  - name: dashboard
    type: dashboard
    owner:
      name: Analytics
"""


def test_a_good_file_passes():
    assert complaint("models/users.yml", yaml.safe_load(GOOD_MODEL)) is None


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("models:", "model:"),
        ("description:", "descripton:"),
        ("materialized:", "materialised:"),
        ("materialized: table", "materialized: tabel"),
        ("contract:", "contracts:"),
        ("enforced:", "enforce:"),
        ("    data_tests:\n      -", "    data_test:\n      -"),
        ("        data_tests:\n          -", "        data_test:\n          -"),
        ("arguments:", "argument:"),
        ("columns:\n", "colums:\n"),
        ("data_type:", "datatype:"),
        ("constraints:", "constraint:"),
        ("not_null", "notnull"),
        ("unit_tests:", "unit_test:"),
        ("given:", "givens:"),
        ("input:", "inputs:"),
        ("expect:", "expected:"),
        ("exposures:", "exposure:"),
        ("type: dashboard", "type: dashbord"),
        ("owner:\n      name:", "owner:\n      nmae:"),
    ],
)
def test_a_misspelt_word_in_a_properties_file_is_found(right, wrong):
    assert GOOD_MODEL.count(right) == 1
    content = yaml.safe_load(GOOD_MODEL.replace(right, wrong))
    assert complaint("models/users.yml", content)


@pytest.mark.parametrize(
    ("path", "right", "wrong"),
    [
        ("dbt_project.yml", "model-paths:", "models-paths:"),
        ("dbt_project.yml", "+materialized: view", "+materialised: view"),
        ("dbt_project.yml", "+materialized: view", "materialized: view"),
        ("dbt_project.yml", "+materialized: view", "+materialized: veiw"),
        ("dbt_project.yml", "warn_error_options:", "warn_errors_options:"),
        ("profiles.yml", "outputs:", "output:"),
        ("profiles.yml", "type: duckdb", "type: duckbd"),
        ("profiles.yml", "module_paths:", "module_path:"),
        ("profiles.yml", "plugins:", "plugin:"),
    ],
)
def test_a_misspelt_word_in_a_settings_file_is_found(path, right, wrong):
    text = (ROOT / path).read_text()
    assert right in text
    assert complaint(path, yaml.safe_load(text.replace(right, wrong)))
