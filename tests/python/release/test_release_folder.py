"""Publishing and stepping back touch nothing that the project did not write."""

import fcntl
import os
import re
import select
import shutil
import subprocess
import sys

import pytest

from small_releases import contents, current, publish_all, releases, small_build
from user_segmentation.release.folder import MARKER, ReleaseFolderError
from user_segmentation.release.history import new_release
from user_segmentation.release.publishing import NotPublishedError
from user_segmentation.release.rolling_back import NotRolledBackError, roll_back

# As an older version of the project named and left them.
OLDER = "2026-11-30T08-02-33.372995Z"
OLDEST = "2026-11-30T08-01-35.333889Z"


@pytest.fixture
def connection():
    with small_build() as connection:
        yield connection


def assert_refused(connection, folder, words):
    """Nothing must be published nor changed; the reason must be one plain line."""
    before = contents(folder)
    with pytest.raises(NotPublishedError, match=words) as problem:
        publish_all(connection, folder, "refused")
    assert "\n" not in str(problem.value)
    assert contents(folder) == before


def not_rolled_back(folder, words):
    before = contents(folder)
    with pytest.raises(NotRolledBackError, match=words) as problem:
        roll_back(folder)
    assert "\n" not in str(problem.value)
    assert contents(folder) == before


def write(file, text="mine"):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def replace(link, target):
    link.unlink()
    link.symlink_to(target)


@pytest.mark.parametrize(
    "name",
    [
        *("releases/v1.0/important.txt", "marts.duckdb", "report.html", "notes.txt"),
        *("current", "a\nb", ".DS_Store", ".lock", "releases/a/files.txt"),
    ],
)
def test_a_folder_with_anything_in_it_is_somebody_elses(connection, tmp_path, name):
    write(tmp_path / name)
    assert_refused(connection, tmp_path, "is not a folder of releases of this project")
    with pytest.raises(NotRolledBackError, match="is not a folder of releases"):
        roll_back(tmp_path)


def test_a_refusal_names_what_is_there_and_says_what_to_do(connection, tmp_path):
    for name in "dcba":
        write(tmp_path / name)
    words = re.escape("it holds 'a', 'b', 'c' and 1 more. Have PUBLISH_PATH name an")
    assert_refused(connection, tmp_path, words)


def test_a_folder_with_an_empty_lock_and_other_files_is_somebody_elses(
    connection, tmp_path
):
    write(tmp_path / ".lock", "")
    write(tmp_path / "notes.txt")
    assert_refused(connection, tmp_path, "is not a folder of releases")


def test_a_missing_folder_becomes_ours_and_says_so(connection, tmp_path):
    publish_all(connection, tmp_path / "new/published", "a")
    assert (tmp_path / "new/published/.lock").read_bytes() == MARKER


@pytest.mark.parametrize("text", [b"", MARKER[:10], MARKER])
def test_a_folder_that_was_only_begun_becomes_ours(connection, tmp_path, text):
    (tmp_path / ".lock").write_bytes(text)
    publish_all(connection, tmp_path, "a")
    assert (tmp_path / ".lock").read_bytes() == MARKER


def test_the_folder_may_be_reached_through_a_link(connection, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "published").symlink_to("there")
    publish_all(connection, tmp_path / "published", "a", "b")
    assert releases(tmp_path / "there") == ["a", "b"]


@pytest.mark.parametrize("kind", ["link", "dangling link", "folder", "pipe"])
def test_a_lock_that_is_no_file_is_neither_followed_nor_waited_for(
    connection, tmp_path, kind
):
    folder = tmp_path / "published"
    publish_all(connection, folder, "a", "b")
    lock = folder / ".lock"
    lock.unlink()
    notes = write(tmp_path / "notes.txt")
    if kind == "folder":
        lock.mkdir()
    elif kind == "pipe":
        os.mkfifo(lock)
    else:
        lock.symlink_to(notes if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(NotPublishedError, match=r"\.lock"):
        publish_all(connection, folder, "c")
    with pytest.raises(NotRolledBackError, match=r"\.lock"):
        roll_back(folder)
    assert current(folder) == "b"
    assert notes.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("lock", [fcntl.LOCK_SH, fcntl.LOCK_EX])
def test_who_waits_for_the_folder_says_so_in_one_line(connection, tmp_path, lock):
    publish_all(connection, tmp_path, "a", "b")
    with (tmp_path / ".lock").open() as held:
        fcntl.flock(held, lock)
        waiting = subprocess.Popen(
            [sys.executable, "-m", "user_segmentation.cli", "rollback"],
            env={"PUBLISH_PATH": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with waiting:
            is_said, *_ = select.select([waiting.stderr], [], [], 60)
            fcntl.flock(held, fcntl.LOCK_UN)
            _, said = waiting.communicate(timeout=60)
    assert is_said
    assert said == (
        f"{tmp_path} is in use by another publication or rollback: waiting for it to "
        "end.\n"
    )
    assert waiting.returncode == 0
    assert current(tmp_path) == "a"


def test_who_need_not_wait_says_nothing(connection, tmp_path, capsys):
    publish_all(connection, tmp_path, "a", "b")
    roll_back(tmp_path)
    assert capsys.readouterr().err == ""


def older_folder(connection, folder):
    """A folder of releases as an older version of the project left it."""
    publish_all(connection, folder, OLDEST, OLDER)
    for release in (folder / "releases").iterdir():
        (release / "files.txt").unlink()
    (folder / ".lock").write_bytes(b"")


def test_the_folder_of_an_older_version_is_accepted_and_marked(connection, tmp_path):
    older_folder(connection, tmp_path)
    write(tmp_path / "releases/v1.0/important.txt")
    publish_all(connection, tmp_path, "c", "d", "e", "f")
    assert (tmp_path / ".lock").read_bytes() == MARKER
    # What no list speaks of may be somebody else's.
    assert releases(tmp_path) == [OLDEST, OLDER, "d", "e", "f", "v1.0"]


def test_a_release_of_an_older_version_can_be_stepped_back_to(connection, tmp_path):
    older_folder(connection, tmp_path)
    assert roll_back(tmp_path) == (OLDER, OLDEST, OLDEST)
    assert current(tmp_path) == OLDEST


@pytest.mark.parametrize("name", ["marts.duckdb", "current", "report.html"])
@pytest.mark.parametrize("kind", ["file", "folder", "link", ".new"])
def test_what_is_no_link_of_ours_is_not_replaced(connection, tmp_path, name, kind):
    publish_all(connection, tmp_path, "a", "b")
    link = tmp_path / (f".{name}.new" if kind == ".new" else name)
    link.unlink(missing_ok=True)
    if kind == "folder":
        write(link / "important.txt")
    elif kind == "link":
        link.symlink_to("/etc/hostname")
    else:
        write(link)
    if name == "report.html":
        # Nothing is published there without a report.
        before = contents(tmp_path)[link.name]
        publish_all(connection, tmp_path, "c")
        assert contents(tmp_path)[link.name] == before
    else:
        assert_refused(connection, tmp_path, re.escape(str(link)))
        if name == "marts.duckdb":
            not_rolled_back(tmp_path, re.escape(str(link)))


@pytest.mark.parametrize("kind", ["link", "file"])
def test_releases_must_be_a_folder_of_its_own(connection, tmp_path, kind):
    publish_all(connection, tmp_path, "a", "b")
    elsewhere = tmp_path / "releases"
    elsewhere.rename(tmp_path / "elsewhere")
    if kind == "link":
        elsewhere.symlink_to("elsewhere")
    else:
        write(elsewhere)
    assert_refused(connection, tmp_path, "Move it away")
    not_rolled_back(tmp_path, "Move it away|does not lead to")


def test_folders_and_links_without_a_list_of_ours_stay(connection, tmp_path):
    publish_all(connection, tmp_path, "a", "b")
    mine = [
        write(tmp_path / "releases/v1.0/important.txt"),
        write(tmp_path / "releases/v2.0.unfinished/important.txt"),
        write(tmp_path / "releases/v3.0/files.txt", "Files of v3.0:\nimportant.txt\n"),
        write(tmp_path / "elsewhere/important.txt"),
        write(tmp_path / "releases/file"),
    ]
    (tmp_path / "releases/v4.0").symlink_to(tmp_path / "elsewhere")
    # A copy keeps the list of the release, and is somebody's own.
    shutil.copytree(tmp_path / "releases/a", tmp_path / "releases/backup")
    copied = contents(tmp_path / "releases/backup")
    publish_all(connection, tmp_path, "c", "d", "e")
    assert all(file.read_text() == "mine" for file in mine[:2] + mine[3:])
    assert mine[2].exists()
    assert contents(tmp_path / "releases/backup") == copied
    assert not (tmp_path / "releases/a").exists()


HEADING = "Files of release {} of user_segmentation:\n"


@pytest.mark.parametrize("text", ["my own list\n", HEADING.format("b"), "Files of b"])
def test_a_list_of_somebody_else_in_an_unfinished_folder_stays(
    connection, tmp_path, text
):
    publish_all(connection, tmp_path, "a")
    listed = write(tmp_path / "releases/mine.unfinished/files.txt", text)
    linked = tmp_path / "releases/linked.unfinished/files.txt"
    linked.parent.mkdir()
    linked.symlink_to(listed)
    publish_all(connection, tmp_path, "b", "c")
    assert listed.read_text() == text
    assert linked.is_symlink()


@pytest.mark.parametrize("length", [None, 0, 1, 20, -1, 100])
def test_what_a_kill_left_of_a_list_goes_with_its_folder(connection, tmp_path, length):
    publish_all(connection, tmp_path, "a")
    unfinished = tmp_path / "releases/x.unfinished"
    unfinished.mkdir()
    if length is not None:
        write(unfinished / "files.txt", HEADING.format("x")[:length])
    publish_all(connection, tmp_path, "b")
    assert releases(tmp_path) == ["a", "b"]


def test_foreign_files_in_a_release_stay_when_it_is_removed(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    release = tmp_path / "releases/a"
    notes = write(release / "notes.txt")
    (release / "users.csv").symlink_to("users.parquet")
    (release / "tmp_users.parquet").mkdir()
    publish_all(connection, tmp_path, "b", "c", "d", "e")
    assert notes.read_text() == "mine"
    assert {path.name for path in release.iterdir()} == {
        *("files.txt", "notes.txt", "users.csv", "tmp_users.parquet"),
    }
    assert releases(tmp_path) == ["a", "c", "d", "e"]


@pytest.mark.parametrize(
    "names", ["../../notes.txt", "/etc/hostname", "..", ".", "", "a/b", "notes.txt\0"]
)
def test_a_list_that_names_files_elsewhere_is_none(connection, tmp_path, names):
    publish_all(connection, tmp_path, "a")
    notes = write(tmp_path / "notes.txt")
    written = tmp_path / "releases/a/files.txt"
    written.chmod(0o600)
    written.write_text(f"{written.read_text()}{names}\n")
    publish_all(connection, tmp_path, "b", "c", "d", "e")
    assert notes.read_text() == "mine"
    assert (tmp_path / "releases/a/users.parquet").exists()


def test_a_list_that_is_a_link_is_none(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    listed = tmp_path / "releases/a/files.txt"
    listed.rename(tmp_path / "files.txt")
    listed.symlink_to("../../files.txt")
    publish_all(connection, tmp_path, "b", "c", "d", "e")
    assert (tmp_path / "releases/a/users.parquet").exists()


def test_a_folder_of_somebody_else_is_not_written_in(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    for name in ("b", "c.unfinished"):
        write(tmp_path / "releases" / name / "important.txt")
    before = contents(tmp_path)
    for release_id in ("b", "c"):
        with pytest.raises(NotPublishedError):
            publish_all(connection, tmp_path, release_id)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["../b", "/b", "..", "", "a/b", "b\n"])
def test_no_file_of_a_new_release_lies_elsewhere(tmp_path, name):
    with (
        pytest.raises(ReleaseFolderError, match="is no name of a file of ours"),
        new_release(tmp_path, "a", [name]),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_in_the_folder_stops_nothing(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "releases/a/pipe")
    publish_all(connection, tmp_path, "b", "c", "d", "e")
    roll_back(tmp_path)
    assert releases(tmp_path) == ["a", "c", "d", "e"]


@pytest.mark.parametrize(
    "target",
    [
        *("/tmp", "../../outside", "../../../outside", "..", ".", "../..", "../b"),
        *("../a/../../../outside", "../nowhere", "../file", "../link", "b"),
        *("../c.unfinished", "../releases/a"),
    ],
)
def test_a_history_ends_where_it_leaves_the_releases(connection, tmp_path, target):
    folder = tmp_path / "published"
    publish_all(connection, folder, "a", "b")
    write(folder / "releases/file")
    (folder / "releases/link").symlink_to("a")
    shutil.copytree(folder / "releases/a", tmp_path / "outside")
    shutil.copytree(folder / "releases/a", folder / "releases/c.unfinished")
    replace(folder / "releases/b/previous", target)
    not_rolled_back(folder, "b/previous does not lead to another release")
    publish_all(connection, folder, "d")
    assert current(folder) == "d"
    assert roll_back(folder)[:2] == ("d", "b")


@pytest.mark.parametrize(
    "target", ["/etc", "releases", "releases/..", "../releases/a", "elsewhere/a", "a"]
)
def test_a_link_to_the_current_release_that_leaves_the_releases_stays(
    connection, tmp_path, target
):
    publish_all(connection, tmp_path, "a", "b")
    replace(tmp_path / "current", target)
    assert_refused(connection, tmp_path, "current is not the link")
    not_rolled_back(tmp_path, "current does not lead to another release")


@pytest.mark.parametrize("start", ["a", "b"])
def test_a_cycle_ends(connection, tmp_path, start):
    publish_all(connection, tmp_path, "a", "b")
    link = tmp_path / "releases/a/previous"
    link.symlink_to(f"../{start}")
    for status in (0, 1):
        stepped = subprocess.run(
            [sys.executable, "-m", "user_segmentation.cli", "rollback"],
            env={"PUBLISH_PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert stepped.returncode == (status if start == "a" else 0)
    if start == "a":
        assert stepped.stderr.count("\n") == 1
        assert "a/previous does not lead to another release" in stepped.stderr
    publish_all(connection, tmp_path, "c")
    assert current(tmp_path) == "c"


def test_stepping_back_makes_no_folder(tmp_path):
    with pytest.raises(NotRolledBackError, match="does not exist"):
        roll_back(tmp_path / "published")
    assert not (tmp_path / "published").exists()


def test_stepping_back_in_an_empty_folder_says_that_it_holds_none(tmp_path):
    not_rolled_back(tmp_path, "holds no release")


def test_stepping_back_to_nothing_says_what_is_there(connection, tmp_path):
    publish_all(connection, tmp_path, "a")
    not_rolled_back(tmp_path, "it holds a only")


def damage(file, how):
    file.chmod(0o600)
    if how == "gone":
        file.unlink()
    elif how == "linked":
        moved = file.rename(file.with_name("moved"))
        file.symlink_to(moved)
    else:
        file.write_bytes(b"" if how == "empty" else b"garbage" * 5000)


@pytest.mark.parametrize("how", ["gone", "empty", "linked", "garbage"])
@pytest.mark.parametrize("name", ["marts.duckdb", "users.parquet", "memory.duckdb"])
def test_a_release_that_is_not_whole_is_not_stepped_back_to(
    connection, tmp_path, name, how
):
    publish_all(connection, tmp_path, "a", "b")
    damage(tmp_path / "releases/a" / name, how)
    not_rolled_back(tmp_path, "release a is not whole")


def test_a_release_with_the_marts_of_another_is_not_stepped_back_to(
    connection, tmp_path
):
    publish_all(connection, tmp_path, "a", "b", "c")
    own = tmp_path / "releases/b/marts.duckdb"
    own.unlink()
    shutil.copy(tmp_path / "releases/a/marts.duckdb", own)
    not_rolled_back(tmp_path, "its marts are of another release")


def test_a_release_with_lists_of_other_rows_is_not_stepped_back_to(
    connection, tmp_path
):
    publish_all(connection, tmp_path, "a", "b")
    users = tmp_path / "releases/a/users.parquet"
    users.unlink()
    shutil.copy(tmp_path / "releases/a/segments.parquet", users)
    not_rolled_back(tmp_path, "users.parquet has other rows than marts.duckdb")
