"""Aliases, settings and logs that say nothing certain are refused in one plain line."""

import csv

import pytest
import yaml
from dbt.cli.main import dbtRunner

from conftest import ROOT, build_project, sample_rows, write_profiles
from event_logs import EVENT_MODELS, event, write_csv

pytestmark = pytest.mark.slow

IDENTITIES = ["--select", "stg_user_aliases", "stg_resolved_aliases"]


@pytest.fixture(scope="module")
def run_identities(tmp_path_factory):
    """Find whose each identifier of three users is; parses the project once."""
    folder = tmp_path_factory.mktemp("refusals")
    profiles = write_profiles(folder / "users.csv", sample_rows(3))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("DUCKDB_PATH", str(folder / "refusals.duckdb"))
        paths = ["--target-path", str(folder), "--log-level-file", "none"]
        manifest = dbtRunner().invoke(["--quiet", "parse", *paths]).result
        runner = dbtRunner(manifest=manifest)

        def run(*command, **variables):
            variables = {"user_profiles": profiles} | variables
            return runner.invoke(
                [*command, *paths, "--vars", yaml.safe_dump(variables)]
            )

        users = ["--select", "+stg_users", "--exclude-resource-type"]
        assert run("build", *users, "test", "unit_test").success

        yield lambda **variables: run("run", *IDENTITIES, **variables)


def refusal(outcome):
    """The one line that refuses to go on."""
    assert not outcome.success
    failed = [
        node.message for node in outcome.result or () if node.status == "error"
    ] or [str(outcome.exception)]
    (message,) = failed
    title, reason, *macros = filter(str.strip, message.splitlines())
    assert title.startswith("Compilation Error in")
    assert all(macro.strip().startswith(">") for macro in macros)
    return reason.strip()


GOOD_ALIASES = [("visitor", "1"), ("phone", "visitor"), ("stranger", "9")]


def written(path, aliases):
    rows = [{"alias": alias, "user_id": user_id} for alias, user_id in aliases]
    return write_csv(path, [*rows, *rows])


def test_good_aliases_and_settings_pass(run_identities, tmp_path):
    outcome = run_identities(
        user_aliases=written(tmp_path / "aliases.csv", GOOD_ALIASES),
        time_zone="Asia/Kolkata",
        as_of_date="2024-02-29",
        late_arrival_days=0,
    )
    assert outcome.success, outcome


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        ([("phone", "2")], "the alias phone stands for 2 and visitor: keep the right"),
        ([("a", "a")], "a -> a leads back to where it started: remove the row"),
        ([("a", "b"), ("b", "a")], "a -> b -> a leads back to where it started"),
        # The way into the circle is not a part of it.
        (
            [("A", "b"), ("b", "c"), ("c", "d"), ("d", "b")],
            "b -> c -> d -> b leads back to where it started",
        ),
        ([("2", "1")], "2 stands for 1, and has a profile of its own: remove"),
        ([(" ", "1")], "an empty alias stands for 1: fill in both columns, or"),
        ([("a", None)], "a stands for nobody: fill in both columns, or remove"),
    ],
)
def test_aliases_in_doubt_are_refused(run_identities, tmp_path, aliases, message):
    file = written(tmp_path / "aliases.csv", [*GOOD_ALIASES, *aliases])
    outcome = run_identities(user_aliases=file)
    assert refusal(outcome).startswith(f"user_aliases ({file}): {message}")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        *(("time_zone", zone) for zone in ("Mars", "", None, "+02:00", "U'TC")),
        *(
            ("as_of_date", day)
            for day in ("31.12.2025", "2025-02-30", "2025-1-1", 2025)
        ),
        *(("late_arrival_days", days) for days in (-1, 1.5, "7", None, True)),
        *(("earliest_date", day) for day in ("1600", "1990-02-30", None)),
        *(("max_session_hours", hours) for hours in (0, -1, "12", None, True, 9000)),
        *(("no_session_ids", words) for words in ("-1", None, 0)),
    ],
)
def test_settings_that_say_nothing_are_refused(run_identities, setting, value):
    reason = refusal(run_identities(**{setting: value}))
    assert reason.startswith(f"The variable {setting} is {value}; it must be ")


def test_every_rule_of_events_is_unit_tested():
    with (ROOT / "seeds/log_rejection_reasons.csv").open(newline="") as seed:
        rules = {
            row["reason"] for row in csv.DictReader(seed) if row["source"] == "events"
        }
    tested = set()
    for model in ("stg_checked_events", "stg_rejected_events"):
        properties = yaml.safe_load((ROOT / f"models/staging/{model}.yml").read_text())
        for unit_test in properties["unit_tests"]:
            for row in unit_test["expect"]["rows"]:
                tested.update((row.get("rejection_reasons") or "").split(", "))
    assert tested - {""} == rules


def test_too_many_rejected_events_stop_the_build_before_features(tmp_path):
    rows = [event(f"e{number}", "2025-12-31T12:00:00Z") for number in range(10)]
    rows[3]["channel"] = "television"
    rows[4]["occurred_at"] = "2025-12-31T12:00:00"
    build = build_project(
        tmp_path,
        arguments=EVENT_MODELS,
        user_profiles=write_profiles(tmp_path / "users.csv", sample_rows(3)),
        events=write_csv(tmp_path / "events.csv", rows),
        max_rejected_share=0.1,
    )
    assert build.returncode != 0
    assert (
        "Of 10 rows of events read, 2 were rejected: 20%, where the variable "
        "max_rejected_share allows 10%. The commonest reasons: channel_unknown (1): "
    ) in build.output
    assert "Traceback" not in build.output
    features = build.query(
        "select * from information_schema.tables where table_schema = 'features'"
    )
    assert features.empty
