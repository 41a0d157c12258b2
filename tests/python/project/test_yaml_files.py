"""Keys and values of every YAML file that dbt reads, against dbt's own JSON schemas.

dbt itself applies them on four warehouses, of which DuckDB is none: without this a
misspelt key passes in silence, and the test or the setting that it names with it.
"""

import copy
from dataclasses import fields

import pytest
import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials, Retries
from dbt.contracts.graph.unparsed import UnparsedMetric, UnparsedSemanticModel
from dbt.contracts.project import ProjectFlags
from dbt.jsonschemas.jsonschemas import project_schema, resources_schema
from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from mashumaro.jsonschema import build_json_schema

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

# dbt's schema of metrics is that of a spec which it does not read yet.
RESOURCES_SCHEMA = copy.deepcopy(resources_schema())
RESOURCES_SCHEMA["properties"] |= {
    kind: {"type": "array", "items": build_json_schema(unparsed).to_dict()}
    for kind, unparsed in {
        "metrics": UnparsedMetric,
        "semantic_models": UnparsedSemanticModel,
    }.items()
}

# dbt ships no schema for profiles; dbt-duckdb says what an output can have.
DUCKDB_SCHEMA = settings_of(
    DuckDBCredentials,
    type={"const": "duckdb"},
    threads={"type": "integer"},
    retries=settings_of(Retries),
)
# dbt-spark is in an environment of its own; of what it can have this is what the
# project says.
TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
SPARK_SCHEMA = closed_object(
    {
        "type": {"const": "spark"},
        "method": {"const": "session"},
        "host": {"type": "string"},
        "schema": {"type": "string"},
        "threads": {"type": "integer"},
        "server_side_parameters": TEXTS,
    }
)
OUTPUT_SCHEMA = {
    "if": {"properties": {"type": {"const": "spark"}}, "required": ["type"]},
    "then": SPARK_SCHEMA,
    "else": DUCKDB_SCHEMA,
}
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
    return own.get(path, RESOURCES_SCHEMA)


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


GOOD_METRIC = """
semantic_models:
  - name: users
    model: ref('users')
    defaults:
      agg_time_dimension: built_at
    entities:
      - name: user
        type: primary
        expr: user_id
    dimensions:
      - name: built_at
        type: time
        type_params:
          time_granularity: day
    measures:
      - name: user_count
        agg: count_distinct
        expr: user_id
metrics:
  - name: users
    label: Users
    type: simple
    type_params:
      measure: user_count
"""


@pytest.mark.parametrize("good", [GOOD_MODEL, GOOD_METRIC])
def test_a_good_file_passes(good):
    assert complaint("models/users.yml", yaml.safe_load(good)) is None


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("semantic_models:", "semantic_model:"),
        ("model: ref", "modell: ref"),
        ("defaults:", "default:"),
        ("agg_time_dimension:", "agg_time_dimenson:"),
        ("entities:", "entitys:"),
        ("dimensions:", "dimension:"),
        ("time_granularity:", "granularity:"),
        ("measures:", "measure_list:"),
        ("agg: count", "aggregation: count"),
        ("metrics:", "metric:"),
        ("label:", "lable:"),
        ("measure: user", "measured: user"),
    ],
)
def test_a_misspelt_word_of_a_metric_is_found(right, wrong):
    assert GOOD_METRIC.count(right) == 1
    content = yaml.safe_load(GOOD_METRIC.replace(right, wrong))
    assert complaint("models/users.yml", content)


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
        ("profiles.yml", "plugins:", "plugin:"),
        ("profiles.yml", "method: session", "methods: session"),
        ("profiles.yml", "server_side_parameters:", "server_side_parameter:"),
    ],
)
def test_a_misspelt_word_in_a_settings_file_is_found(path, right, wrong):
    text = (ROOT / path).read_text()
    assert right in text
    assert complaint(path, yaml.safe_load(text.replace(right, wrong)))
