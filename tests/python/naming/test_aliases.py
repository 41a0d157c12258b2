"""Names that people give to segments."""

import shutil

import pytest
from dbt.cli.main import dbtRunner

from conftest import copy_project, green_build

pytestmark = pytest.mark.slow

HEADER = "segment_key,rule_name,alias,named_by,named_on\n"
OBJECTIVE = "personalized_marketing"
KEY = f"{OBJECTIVE}-5"
RULE_NAME = "Social-leaning active social users"
ALIAS = f"{KEY},{RULE_NAME},Night owls,Ann,2026-01-31\n"


# Marts that show names of segments, and the column.
NAMES = {
    "users": f"{OBJECTIVE}_segment",
    "segment_traits": "segment_name",
    "segment_answers": "segment_name",
    "segment_list_items": "segment_name",
    "segment_claims": "segment_name",
}


@pytest.fixture
def build_with_aliases(sample_build, tmp_path):
    """Build some models again on the sample's database, with other aliases."""
    shutil.copy(sample_build.database, tmp_path)
    project = copy_project(tmp_path)

    def build(aliases, *selection):
        (project / "seeds/segment_aliases.csv").write_text(HEADER + aliases)
        return green_build(
            tmp_path,
            project=project,
            arguments=["--select", "segment_aliases", "segments", *selection],
        )

    return build


def named_segments(build):
    return build.query(
        f"from marts.segments where objective = '{OBJECTIVE}' order by segment_number"
    ).set_index("rule_name")


def test_the_shipped_aliases_are_an_empty_table_of_the_right_types(sample_build):
    columns = sample_build.query(
        """
        select column_name, data_type from information_schema.columns
        where table_name = 'segment_aliases' order by ordinal_position
        """
    )
    assert columns.to_numpy().tolist() == [
        ["segment_key", "VARCHAR"],
        ["rule_name", "VARCHAR"],
        ["alias", "VARCHAR"],
        ["named_by", "VARCHAR"],
        ["named_on", "DATE"],
    ]
    assert sample_build.query("from raw.segment_aliases").empty


def test_an_alias_is_shown_everywhere_and_hides_nothing(
    sample_build, build_with_aliases
):
    before = named_segments(sample_build)
    # Another objective may use the same alias.
    rule_name = "Weekday-heavy web-leaning users"
    other = f"customer_service-1,{rule_name},Night owls,Bob,2026-02-01\n"
    build = build_with_aliases(ALIAS + other, "segments+")
    after = named_segments(build)
    assert after["segment_name"][RULE_NAME] == "Night owls"
    assert after["named_by"].dropna().to_dict() == {RULE_NAME: "Ann"}
    assert str(after["named_on"][RULE_NAME].date()) == "2026-01-31"
    for column in ("description", "recommended_action"):
        assert after[column].to_dict() == before[column].to_dict()
    for mart, column in NAMES.items():
        names = set(build.query(f"select {column} from marts.{mart}")[column])
        assert "Night owls" in names, mart
        assert RULE_NAME not in names, mart


def test_an_alias_of_no_segment_is_told_and_stops_nothing(build_with_aliases):
    aliases = ALIAS.replace(KEY, f"{OBJECTIVE}-99")
    build = build_with_aliases(aliases, "every_alias_fits_a_segment")
    assert (
        "seeds/segment_aliases.csv: there is no segment personalized_marketing-99, so "
        "the alias Night owls names none."
    ) in build.output
    assert "WARN 1 every_alias_fits_a_segment" in build.output
    assert named_segments(build)["named_by"].isna().all()


def test_an_alias_stays_with_its_segment_whatever_the_rule_calls_it(
    build_with_aliases,
):
    aliases = ALIAS.replace(RULE_NAME, "Bored users")
    build = build_with_aliases(aliases, "users", "every_alias_fits_a_segment")
    assert (
        "the rule called personalized_marketing-5 Bored users when it was named Night "
        f"owls, and calls it {RULE_NAME} now: check the alias, and correct rule_name."
    ) in build.output
    assert "WARN 1 every_alias_fits_a_segment" in build.output
    assert named_segments(build)["segment_name"][RULE_NAME] == "Night owls"


@pytest.fixture(scope="module")
def messages(sample_build, tmp_path_factory):
    """What dbt says of other aliases; parses the project once."""
    folder = tmp_path_factory.mktemp("aliases")
    database = shutil.copy(sample_build.database, folder)
    project = copy_project(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("DUCKDB_PATH", str(database))
        paths = ["--target-path", str(folder), "--log-level-file", "none"]
        manifest = dbtRunner().invoke(["--quiet", "parse", *paths]).result
        runner = dbtRunner(manifest=manifest)

        def run(aliases):
            (project / "seeds/segment_aliases.csv").write_text(HEADER + aliases)
            assert runner.invoke(
                ["seed", "--select", "segment_aliases", *paths]
            ).success
            outcome = runner.invoke(["run", "--select", "segments", *paths])
            assert outcome.exception is None, outcome.exception
            return [node.message for node in outcome.result if node.status == "error"]

        yield run


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        (
            ALIAS + ALIAS.replace("Night owls", "Larks"),
            "personalized_marketing-5 has two aliases: keep one.",
        ),
        (
            ALIAS.replace("Night owls", "rural Outdoors fans"),
            "would be the name of two segments of objective personalized_marketing: "
            "give another alias.",
        ),
        (
            ALIAS + ALIAS.replace(KEY, f"{OBJECTIVE}-3"),
            "Night owls would be the name of two segments of objective",
        ),
        (
            ALIAS.replace("Ann", ""),
            "named_by is missing in the row of alias Night owls for "
            "personalized_marketing-5: say who named which segment, what the rule",
        ),
        (ALIAS.replace("2026-01-31", ""), "named_on is missing in the row of alias"),
        (ALIAS.replace("Night owls", '" "'), "alias is missing in the row of alias"),
        (ALIAS.replace(RULE_NAME, ""), "rule_name is missing in the row of alias"),
        (ALIAS.replace(KEY, ""), "segment_key is missing in the row of alias"),
    ],
)
def test_aliases_in_doubt_are_refused_with_one_line(messages, aliases, message):
    (said,) = messages(aliases)
    assert "seeds/segment_aliases.csv: " in said
    assert message in said
