"""The command line: what it offers, and what it says where there is nothing."""

import re
import webbrowser

import pytest

from user_segmentation.cli import COMMANDS, main


@pytest.fixture
def shown(monkeypatch):
    """Addresses that a browser is asked to show."""
    addresses = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def test_open_shows_the_report(tmp_path, monkeypatch, capsys, shown):
    folder = tmp_path / "published here"
    folder.mkdir()
    report = folder / "report.html"
    report.touch()
    monkeypatch.setenv("PUBLISH_PATH", str(folder))
    main(["open"])
    assert capsys.readouterr().out == f"{report}\n"
    assert shown == [f"file://{report}"]


@pytest.mark.parametrize("command", ["open", "models", "restore", "rollback"])
@pytest.mark.parametrize("folder", [".", "nowhere"])
def test_without_a_release_a_command_says_so_in_one_line(
    tmp_path, monkeypatch, command, folder
):
    monkeypatch.setenv("PUBLISH_PATH", str(tmp_path / folder))
    monkeypatch.setenv("DUCKDB_PATH", str(tmp_path / "build.duckdb"))
    with pytest.raises(SystemExit) as ended:
        main([command])
    said = ended.value.code
    assert re.fullmatch(r"(There is no|Nothing is (restored|rolled back): ).*", said)
    assert list(tmp_path.iterdir()) in ([], [tmp_path / ".lock"])


def test_help_says_what_each_command_does(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    words = " ".join(capsys.readouterr().out.split())
    for name, run in COMMANDS.items():
        assert f"{name} {run.__doc__}" in words
