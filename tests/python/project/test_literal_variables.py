"""What a variable says is text: dbt runs none of it, and SQL takes it for no code."""

import re
import subprocess
from types import SimpleNamespace

import pytest
import yaml

from conftest import ROOT, dbt_command
from project_macros import Macros
from user_segmentation.plugins.literal_variables import template_problem

pytestmark = pytest.mark.slow

SECRET = "what-nobody-may-read"
OBJECTIVE = {"outcome": "conversion_rate", "block_weights": {"interests": 1}}


@pytest.mark.parametrize("template", ["{{ 1 }}", "{% do x %}", "{# #}"])
@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("user_profiles", "{}.csv"),
        ("consents", "folder/{}/*.parquet"),
        ("time_zone", "{}"),
        ("holdout_salt", "{}"),
        ("retrain", "{}"),
        ("as_of_date", "{}"),
        ("no_session_ids", ["{}"]),
        ("objectives", {"{}": OBJECTIVE}),
        ("objectives", {"marketing": OBJECTIVE | {"outcome": "{}"}}),
        ("objectives", {"marketing": OBJECTIVE | {"block_weights": {"{}": 1}}}),
        ("objectives", {"marketing": OBJECTIVE | {"segment_count": "{}"}}),
        ("objectives", {"marketing": [["{}"]]}),
    ],
)
def test_a_template_in_any_variable_is_refused(template, variable, value):
    text = yaml.safe_dump(value).replace("{}", template.replace("'", "''"))
    variables = {"min_cell_size": 10, variable: yaml.safe_load(text)}
    problem = template_problem(variables)
    assert problem.startswith(f"The variable {variable} holds {template[:2]}, which")
    assert template not in problem


def test_the_name_of_a_variable_is_no_template():
    assert "name with {{" in template_problem({"{{ env_var('TOKEN') }}": 1})


def test_what_the_project_ships_is_no_template():
    shipped = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    assert template_problem(shipped) is None
    assert (
        template_problem({"user_profiles": "a{b}, {c.csv", "as_of_date": None}) is None
    )


@pytest.mark.parametrize(
    "template", ["{{ env_var('SECRET_TOKEN') }}", "{% do run_query('drop schema x') %}"]
)
def test_dbt_stops_before_it_renders_a_path(tmp_path, template):
    file = tmp_path / f"{template}.csv"
    file.write_bytes((ROOT / "seeds/raw_user_profiles.csv").read_bytes())
    variables = yaml.safe_dump({"user_profiles": str(file)})
    command, environment = dbt_command(
        tmp_path, "run", "--select", "stg_users", "--vars", variables
    )
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"SECRET_TOKEN": SECRET},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "The variable user_profiles holds {" in run.stdout
    assert SECRET not in run.stdout + (tmp_path / "logs/dbt.log").read_text()
    # Not even parsed, and no database opened.
    assert not (tmp_path / "build.duckdb").exists()
    assert not (tmp_path / "target/manifest.json").exists()


def refuse(message):
    raise ValueError(message)


@pytest.mark.parametrize("name", ["x'; drop y; --", "Big", "1st", "", None, "a b"])
def test_names_from_tables_that_would_be_sql_are_refused(name):
    exceptions = SimpleNamespace(raise_compiler_error=refuse)
    macros = Macros("default", "shared", exceptions=exceptions)
    rows = [{"feature": "net_revenue"}, {"feature": name}]
    with pytest.raises(
        ValueError, match=re.escape(f"a.csv: the feature {name} becomes")
    ):
        macros.plain_names(rows, ["feature"], "a.csv")
    assert macros.plain_names(rows[:1], ["feature"], "a.csv") == rows[:1]
