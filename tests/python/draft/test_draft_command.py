"""The command: what it writes where, and what it never writes over."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from user_segmentation.cli import main
from user_segmentation.draft.build import build_command
from user_segmentation.draft.folder import declared_name
from user_segmentation.draft.refusal import DraftRefusedError

ROWS = "id,visits,age\n" + "".join(f"{n},{n * 7 % 11},{20 + n}\n" for n in range(30))
DECLARATION = Path("models/inputs/people.yml")


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A folder with a file of users, in which commands start."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(ROWS)


def refusal(*arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert len(str(stopped.value).splitlines()) == 1
    return str(stopped.value)


def test_it_says_what_it_decided_and_what_comes_next(capsys):
    main(["draft", "people.csv"])
    assert capsys.readouterr().out.splitlines() == [
        "column  taken for          missing  why",
        "id      id".ljust(36) + "another value in each row, and none missing",
        "visits  number                      numbers from 0 to 10",
        "age     number, protected           numbers from 20 to 49; its name says age",
        "",
        f"The declaration is {DECLARATION}: read it, and correct what is wrong. Then:",
        "make build FILE=people.csv",
    ]
    assert DECLARATION.exists()


def test_a_draft_that_nobody_edited_is_drafted_anew():
    main(["draft", "people.csv"])
    first = DECLARATION.read_bytes()
    main(["draft", "people.csv"])
    assert DECLARATION.read_bytes() == first
    Path("people.csv").write_text(ROWS.replace("visits", "clicks"))
    main(["draft", "people.csv"])
    assert b"- name: clicks" in DECLARATION.read_bytes()


def test_an_edited_declaration_stays_as_it_is():
    main(["draft", "people.csv"])
    edited = DECLARATION.read_text().replace("minimum: 0", "minimum: 1", 1)
    DECLARATION.write_text(edited)
    assert refusal("draft", "people.csv") == (
        f"{DECLARATION}: it was edited since it was drafted, and stays as it is. To "
        "draft anew beside it: make draft FILE=people.csv TO=people_draft.yml"
    )
    assert DECLARATION.read_text() == edited
    main(["draft", "people.csv", "--to", "people_draft.yml"])
    assert "minimum: 0" in Path("people_draft.yml").read_text()


def test_the_declaration_of_another_file_stays_as_it_is():
    Path("other").mkdir()
    Path("other/people.csv").write_text(ROWS)
    main(["draft", "people.csv"])
    said = refusal("draft", "other/people.csv")
    assert "it is the declaration of people.csv, and stays as it is" in said


def test_nothing_is_written_of_a_file_that_is_refused():
    Path("people.csv").write_text("a,b\n1,2\n1,2\n")
    assert "which column identifies a user?" in refusal("draft", "people.csv")
    assert not DECLARATION.exists()


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("people.csv", "people"),
        ("data/My People.csv.gz", "my_people"),
        ("data/part-*.parquet", "part"),
        ("2024 users.TSV", "users_2024_users"),
        ("select.csv", "select_value"),
        ("年.csv", "users"),
    ],
)
def test_declarations_are_named_after_files(file, name):
    assert declared_name(file) == name


def test_a_build_has_places_of_its_own_beside_the_file():
    main(["draft", "people.csv"])
    command, settings = build_command("people.csv", {})
    assert command == [
        *("build", "--exclude-resource-type", "unit_test"),
        *("--vars", "{user_profiles: people}"),
    ]
    assert settings == {
        "DUCKDB_PATH": "people_segments/warehouse.duckdb",
        "PUBLISH_PATH": "people_segments/published",
    }
    absolute = str(Path("people.csv").absolute())
    assert build_command(absolute, {"DUCKDB_PATH": "a.duckdb"})[1] == {
        "DUCKDB_PATH": "a.duckdb",
        "PUBLISH_PATH": str(Path("people_segments/published").absolute()),
    }


def test_a_build_of_a_glob_is_beside_its_folder():
    Path("in/2024").mkdir(parents=True)
    Path("in/2024/people.csv").write_text(ROWS)
    main(["draft", "in/*/people.csv"])
    settings = build_command("in/*/people.csv", {})[1]
    assert settings["PUBLISH_PATH"] == "in/people_segments/published"


def test_a_build_needs_the_declaration_of_its_file():
    assert refusal("build", "people.csv") == (
        f"{DECLARATION}: there is no such file. make draft FILE=people.csv first."
    )
    main(["draft", "people.csv"])
    with pytest.raises(DraftRefusedError, match="it declares the file people"):
        build_command("other/people.csv", {})
    DECLARATION.write_text("sources: []\n")
    assert "it declares no table with a file" in refusal("build", "people.csv")


def make(*arguments, **environment):
    """The last line that make would run, had all been installed."""
    # Not as a part of the make that runs the tests, which would say where it is.
    own = {name: text for name, text in os.environ.items() if name[:4] != "MAKE"}
    completed = subprocess.run(
        ["make", "--dry-run", "--old-file=.venv/requirements.txt", *arguments],
        cwd=ROOT,
        env=own | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return " ".join(completed.stdout.replace("\\\n", " ").split())


def test_make_builds_the_sample_unless_a_file_is_named():
    sample = ".venv/bin/dbt build --exclude-resource-type unit_test"
    assert make("build") == sample
    # A variable of the shell is none of make's.
    assert make("build", FILE="people.csv") == sample
    assert make("build", "FILE=my people.csv") == (
        ".venv/bin/user-segmentation build 'my people.csv'"
    )


def test_make_drafts_whatever_a_file_is_called():
    assert make("draft", "FILE=it's a *.csv") == (
        r".venv/bin/user-segmentation draft 'it'\''s a *.csv'"
    )
    assert make("draft", "FILE=a.csv", "ID=User ID", "TO=b.yml") == (
        ".venv/bin/user-segmentation draft 'a.csv' --id 'User ID' --to 'b.yml'"
    )


def test_the_command_starts_without_a_traceback():
    completed = subprocess.run(
        [Path(sys.executable).parent / "user-segmentation", "draft", "none.csv"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 1
    assert completed.stderr == (
        "none.csv: there is no such file. Check the path: it starts in the project's "
        "folder; * ? [ ] are wildcards.\n"
    )
