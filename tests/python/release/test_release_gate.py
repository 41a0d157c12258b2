"""Which runs of dbt publish: whole builds whose tests all pass, and no others.

The hooks, macros and settings are the project's; its models are replaced by one, so
that a build takes a second.
"""

import shutil
import subprocess
import sys

import duckdb
import pytest
import yaml
from dbt.cli.main import dbtRunner

from conftest import copy_project

pytestmark = pytest.mark.slow

MODEL = """
with users as (
    select * from {{ ref('raw_user_profiles') }}
)

select
    '{{ release_id() }}' as release_id,
    count(*) as user_count
from users
"""
PROPERTIES = """
models:
  - name: release
    columns:
      - {name: release_id, data_type: varchar, data_tests: [unique]}
      - {name: user_count, data_type: bigint}

unit_tests:
  - name: release_counts_users
    model: release
    given:
      - {input: ref('raw_user_profiles'), rows: [{User ID: "1"}, {User ID: "2"}]}
    expect: {rows: [{user_count: 2}]}
"""
FIRING_TEST = "select * from {{ ref('release') }}"


class Project:
    """A small project that is built in this process, one build after the other."""

    def __init__(self, folder):
        self.folder = folder
        self.paths = ["--target-path", str(folder / "target"), "--log-level-file=none"]

    def run(self, command, *arguments, succeeds=True):
        """What dbt says; it must succeed, or else fail."""
        events = []
        runner = dbtRunner(callbacks=[lambda event: events.append(event.info)])
        outcome = runner.invoke(["--quiet", command, *arguments, *self.paths])
        said = "\n".join(event.msg for event in events if event.level != "debug")
        assert outcome.success == succeeds, said
        return said

    def published(self):
        """Identifier of the release that readers see."""
        database = self.folder / "published/marts.duckdb"
        with duckdb.connect(database, read_only=True) as reader:
            ((release_id,),) = reader.execute(
                "select release_id from release"
            ).fetchall()
        return release_id

    def write(self, path, text):
        (self.folder / path).write_text(text)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The project after a green build."""
    folder = copy_project(tmp_path_factory.mktemp("gate"))
    for replaced in ("models", "snapshots", "tests"):
        shutil.rmtree(folder / replaced)
    for file in (folder / "seeds").iterdir():
        if file.stem != "raw_user_profiles":
            file.unlink()
    (folder / "models/marts").mkdir(parents=True)
    (folder / "tests/generic").mkdir(parents=True)
    # A setting for a folder that has no models is an error.
    settings = yaml.safe_load((folder / "dbt_project.yml").read_text())
    layers = settings["models"]["user_segmentation"]
    settings["models"]["user_segmentation"] = {"marts": layers["marts"]}
    del settings["snapshots"]
    # Nor has it the models that sources go through, and that features are made by.
    settings["on-run-start"] = [
        hook
        for hook in settings["on-run-start"]
        if "check_sources" not in hook and "check_objectives" not in hook
    ]
    (folder / "dbt_project.yml").write_text(yaml.safe_dump(settings))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("DUCKDB_PATH", str(folder / "build.duckdb"))
        patch.setenv("PUBLISH_PATH", str(folder / "published"))
        project = Project(folder)
        project.write("models/marts/release.sql", MODEL)
        project.write("models/marts/release.yml", PROPERTIES)
        project.run("build")
        yield project


@pytest.fixture
def project(built):
    """The project as it was at first, whatever the last test made of it."""
    yield built
    built.write("models/marts/release.sql", MODEL)
    built.write("models/marts/release.yml", PROPERTIES)
    for test in (built.folder / "tests").glob("*.sql"):
        test.unlink()


@pytest.mark.parametrize(
    "arguments", [[], ["--full-refresh"], ["--exclude-resource-type", "unit_test"]]
)
def test_a_whole_green_build_publishes(project, arguments):
    before = project.published()
    said = project.run("build", *arguments)
    assert project.published() > before
    assert f"Published release {project.published()}." in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--select", "release"],
        ["build", "--exclude", "test_type:generic"],
        ["build", "--exclude-resource-type", "test"],
        ["build", "--resource-type", "model"],
    ],
)
def test_a_build_of_some_nodes_publishes_nothing_and_says_so(project, arguments):
    before = project.published()
    said = project.run(*arguments)
    assert "Nothing is published" in said
    assert "this build left out" in said
    assert project.published() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["test"],
        ["seed"],
        ["compile"],
        ["docs", "generate"],
        ["build", "--empty"],
    ],
)
def test_what_is_no_build_publishes_nothing(project, arguments):
    before = project.published()
    assert "Published" not in project.run(*arguments)
    assert project.published() == before


def assert_nothing_is_published(project):
    before = project.published()
    said = project.run("build", succeeds=False)
    assert "Nothing is published" in said
    assert project.published() == before


def test_a_failing_data_test_publishes_nothing(project):
    project.write("tests/fires.sql", FIRING_TEST)
    assert_nothing_is_published(project)


def test_a_failing_unit_test_publishes_nothing(project):
    failing = PROPERTIES.replace("{user_count: 2}", "{user_count: 3}")
    project.write("models/marts/release.yml", failing)
    assert_nothing_is_published(project)


def test_a_failing_model_publishes_nothing(project):
    project.write("models/marts/release.sql", MODEL.replace("count(*)", "error('no')"))
    assert_nothing_is_published(project)


def test_a_test_that_only_warns_lets_the_build_be_published(project):
    warning = "{{ config(severity='warn') }} " + FIRING_TEST
    project.write("tests/warns.sql", warning)
    before = project.published()
    said = project.run("build")
    assert "Warning in test warns" in said
    assert project.published() > before


def test_a_refused_file_publishes_nothing(project):
    seed = project.folder / "seeds/raw_user_profiles.csv"
    sample = seed.read_text()
    seed.write_text("no,header\n1,2\n")
    before = project.published()
    assert "header_is_absent" in project.run("build", succeeds=False)
    assert project.published() == before
    seed.write_text(sample)
    project.run("build")
    assert project.published() > before


def test_a_model_that_is_gone_is_not_published(project):
    gone = project.folder / "models/marts/gone"
    gone.with_suffix(".sql").write_text("select 1 as number")
    gone.with_suffix(".yml").write_text(
        "models: [{name: gone, columns: [{name: number, data_type: int}]}]"
    )
    project.run("build")
    assert (project.folder / "published/current/gone.parquet").exists()
    gone.with_suffix(".sql").unlink()
    gone.with_suffix(".yml").unlink()
    project.run("build")
    current = project.folder / "published/current"
    assert (current / "release.parquet").exists()
    assert not (current / "gone.parquet").exists()


def test_a_publication_that_fails_fails_the_build_with_a_plain_line(
    project, monkeypatch
):
    blocked = project.folder / "blocked"
    blocked.touch()
    monkeypatch.setenv("PUBLISH_PATH", str(blocked / "published"))
    said = project.run("build", succeeds=False)
    assert "Nothing is published, and what was published stays" in said
    assert str(blocked) in said
    assert "Traceback" not in said


def can_be_opened(database):
    code = "import sys, duckdb; duckdb.connect(sys.argv[1]).close()"
    arguments = [sys.executable, "-c", code, database]
    return subprocess.run(arguments, capture_output=True, check=False).returncode == 0


@pytest.mark.chaos
def test_a_process_that_goes_on_to_another_database_lets_go_of_the_first(
    project, monkeypatch
):
    project.run("seed")
    assert not can_be_opened(project.folder / "build.duckdb")
    monkeypatch.setenv("DUCKDB_PATH", str(project.folder / "another.duckdb"))
    project.run("seed")
    assert can_be_opened(project.folder / "build.duckdb")
