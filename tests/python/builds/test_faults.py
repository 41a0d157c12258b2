"""Full disks, damaged files, too little memory: a clear line, and no release lost."""

import os
import random
import re
import shutil

import duckdb
import pytest
import yaml

from faults import hide_scikit_learn, read_only, small_disk
from growing_project import GrowingProject
from published_marts import TABLES, read_database, read_parquet
from user_segmentation.release.publishing import NotPublishedError, Tables, publish

MARTS = {f"marts.{table}": "all" for table in TABLES}

KEPT = "what was published stays"
# From where nothing fits to where the build or its publication almost does.
KILOBYTES_FOR_THE_DATABASE = [4, 64, 128, 256, 512]
SHARES_OF_THE_DATABASE = [0.1, 0.15, 0.2, 0.3]
MEGABYTES_OF_MEMORY = [8, 12, 16, 24, 32, 48]
SHARES_OF_A_RELEASE = [0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9]
SHARES_CUT_OFF = [0.3, 0.6, 0.9]
SHARES_OF_DAMAGED_BLOCKS = [0.05, 0.25, 0.45, 0.65, 0.85]

pytestmark = pytest.mark.chaos


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The project after a green build."""
    project = GrowingProject(tmp_path_factory.mktemp("faults"))
    project.build_green()
    return project


@pytest.fixture(autouse=True)
def intact(project):
    """Give the database back as it was, whatever a test does to it."""
    database = project.folder / "build.duckdb"
    copy = shutil.copy(database, project.folder / "intact.duckdb")
    yield copy
    shutil.copy(copy, database)
    database.with_name("build.duckdb.wal").unlink(missing_ok=True)


@pytest.fixture
def fails(project, record_property):
    """Build; it must fail, say some words in plain lines, and leave the release."""
    before = read_database(project.published)

    def build(*words, **options):
        run = project.build(**options)
        assert run.process.returncode != 0, run.output
        for word in words:
            assert word in " ".join(run.output.split())
        # dbt-duckdb has one for whatever stops a Python model.
        of_models = run.output.count("Python model failed:")
        assert run.output.count("Traceback") == of_models
        # What nanobind says of objects that outlive DuckDB.
        assert "leaked" not in run.output
        assert read_database(project.published) == before
        assert read_parquet(project.published) == before
        record_property("Faults", 1)

    return build


@pytest.mark.parametrize("kilobytes", KILOBYTES_FOR_THE_DATABASE)
def test_a_disk_without_room_for_the_database(project, fails, kilobytes):
    with small_disk(project.folder / "small", kilobytes) as disk:
        fails("No space left on device", DUCKDB_PATH=str(disk / "build.duckdb"))


@pytest.mark.parametrize("share", SHARES_OF_THE_DATABASE)
def test_a_disk_that_fills_in_the_middle_of_a_build(
    project, fails, intact, share, record_property
):
    kilobytes = int(share * os.path.getsize(intact) / 1024)
    with small_disk(project.folder / "small", kilobytes) as disk:
        database = str(disk / "build.duckdb")
        if share == min(SHARES_OF_THE_DATABASE):
            fails("No space left on device", KEPT, DUCKDB_PATH=database)
            return
        # A new database takes less room than one that was built on again.
        run = project.build(DUCKDB_PATH=database)
    assert read_database(project.published).is_consistent
    if run.process.returncode:
        assert "No space left on device" in run.output
        assert KEPT in run.output
    record_property("Builds on a small disk", 1)
    record_property("Builds on a small disk that fail", run.process.returncode)


def test_a_disk_that_was_full_is_built_on_again(project, fails):
    with small_disk(project.folder / "small", 64_000) as disk:
        filler = disk / "filler"
        filler.write_bytes(bytes(63_700 * 1024))
        database = str(disk / "build.duckdb")
        fails("No space left on device", DUCKDB_PATH=database)
        filler.unlink()
        project.build_green(DUCKDB_PATH=database)


@pytest.mark.parametrize("share", SHARES_OF_A_RELEASE)
def test_a_disk_without_room_for_a_release(project, share, record_property):
    with (
        small_disk(project.folder / "releases", 64_000) as disk,
        duckdb.connect(project.folder / "build.duckdb") as connection,
    ):
        publish(connection, Tables(MARTS), "old", disk)
        before = read_database(disk)
        space = shutil.disk_usage(disk)
        (disk / "filler").write_bytes(bytes(space.free - int(share * space.used)))
        with pytest.raises(NotPublishedError, match="No space left on device"):
            publish(connection, Tables(MARTS), "new", disk)
        assert os.readlink(disk / "current") == "releases/old"
        assert read_database(disk) == read_parquet(disk) == before
        assert [folder.name for folder in (disk / "releases").iterdir()] == ["old"]
        (disk / "filler").unlink()
        publish(connection, Tables(MARTS), "new", disk)
        assert os.readlink(disk / "current") == "releases/new"
    record_property("Faults", 1)


def test_a_build_whose_release_finds_no_room_fails(project, fails):
    with small_disk(project.folder / "releases", 64) as disk:
        fails(KEPT, "No space left on device", PUBLISH_PATH=str(disk))


def test_a_folder_of_releases_that_cannot_be_written_to(project, fails):
    with read_only(project.published):
        fails(KEPT, "Read-only file system", str(project.published))
    project.build_green()


def test_a_folder_of_the_database_that_cannot_be_written_to(project, fails):
    (project.folder / "locked").mkdir()
    with read_only(project.folder / "locked") as folder:
        database = str(folder / "build.duckdb")
        fails("cannot be opened", database, DUCKDB_PATH=database)


def overwrite(file, start, length):
    """Put noise in the place of some bytes."""
    with file.open("r+b") as damaged:
        damaged.seek(start)
        damaged.write(random.Random(0).randbytes(length))


def with_noise(file):
    overwrite(file, 0, file.stat().st_size)


def with_noise_in_both_headers(file):
    overwrite(file, 4096, 8192)


def without_its_end(file):
    os.truncate(file, 20_000)


@pytest.mark.parametrize(
    "damage", [with_noise, with_noise_in_both_headers, without_its_end]
)
def test_a_damaged_database_is_named_with_what_to_do(project, fails, damage):
    database = project.folder / "build.duckdb"
    damage(database)
    fails(
        f"The database {database} cannot be opened",
        "move it away and build again",
        KEPT,
    )


def test_a_build_without_the_damaged_database_is_green(project):
    (project.folder / "build.duckdb").unlink()
    project.build_green()


def cut_off(share):
    return lambda file: os.truncate(file, int(share * file.stat().st_size))


def with_noise_in_a_block(share):
    block = 256 * 1024
    return lambda file: overwrite(
        file, 12 * 1024 + int(share * (file.stat().st_size // block)) * block, block
    )


def test_what_is_read_from_a_damaged_database_is_never_published(
    project, intact, record_property
):
    database = project.folder / "build.duckdb"
    outcomes = {True: 0, False: 0}
    for damage in [
        *(cut_off(share) for share in SHARES_CUT_OFF),
        *(with_noise_in_a_block(share) for share in SHARES_OF_DAMAGED_BLOCKS),
    ]:
        shutil.copy(intact, database)
        database.with_name("build.duckdb.wal").unlink(missing_ok=True)
        damage(database)
        before = read_database(project.published)
        run = project.build()
        after = read_database(project.published)
        is_green = run.process.returncode == 0
        # A build writes anew all that it reads, but for the models.
        if is_green:
            assert after.user_counts == (project.user_count,)
            assert after.is_consistent
        else:
            assert KEPT in run.output
            # DuckDB notices when it opens the file, or when it reads a block.
            assert re.search("is damaged[,:] move it away", run.output)
            assert after == before
        outcomes[is_green] += 1
    record_property("Faults", sum(outcomes.values()))
    record_property("Damaged databases that a build fails on", outcomes[False])
    record_property("Damages in places that a build does not read", outcomes[True])


@pytest.mark.parametrize("length", [100, 5_000])
def test_a_damaged_log_of_the_database_does_no_harm(project, length, record_property):
    run = project.start_build()
    run.wait_for("START python incremental model")
    run.stop()
    log = project.folder / "build.duckdb.wal"
    overwrite(log, 0, length)
    project.build_green()
    record_property("Faults", 1)


@pytest.mark.parametrize("megabytes", MEGABYTES_OF_MEMORY)
def test_too_little_memory_fails_the_build_or_does_no_harm(
    project, fails, megabytes, record_property
):
    profiles = yaml.safe_load((project.project / "profiles.yml").read_text())
    output = profiles["user_segmentation"]["outputs"]["dev"]
    # Without a folder to go on in.
    output["settings"]["max_temp_directory_size"] = "0KB"
    folder = project.folder / "profiles"
    folder.mkdir(exist_ok=True)
    (folder / "profiles.yml").write_text(yaml.safe_dump(profiles))
    settings = {
        "DBT_PROFILES_DIR": str(folder),
        "DUCKDB_MEMORY_LIMIT": f"{megabytes}MB",
    }
    if megabytes == min(MEGABYTES_OF_MEMORY):
        fails("Out of Memory Error", KEPT, **settings)
        return
    run = project.build(**settings)
    assert read_database(project.published).is_consistent
    if run.process.returncode:
        assert "Out of Memory Error" in run.output
        assert KEPT in run.output
    record_property("Builds with little memory", 1)
    record_property("Builds with little memory that fail", run.process.returncode)


def test_a_missing_package_is_named_at_once_with_what_to_do(project, fails):
    fails(
        "These packages are not installed: scikit-learn. Install them with make build",
        PYTHONPATH=hide_scikit_learn(project.folder / "hidden"),
    )


@pytest.mark.parametrize("target", [None, "releases/gone"])
def test_a_link_to_the_current_release_that_is_broken_is_made_again(
    project, target, record_property
):
    current = project.published / "current"
    current.unlink()
    if target:
        current.symlink_to(target)
    project.build_green()
    assert read_database(project.published).is_consistent
    record_property("Faults", 1)
