"""Names and actions stay with their segments until what they say fails by a margin."""

import csv
import shutil
import subprocess

import duckdb
import pytest

from conftest import ROOT, dbt_command

pytestmark = pytest.mark.slow

KEY, NUMBER = "personalized_marketing-2", 2
NAME = "Weekend-leaning long visitors"
NOUN, ADJECTIVE = "session_minutes", "weekend_event_share"
# What chooses names from the statistics of a build, remembers and shows them.
MODELS = [
    *(
        "disclosed_statistics",
        "feature_profiles",
        "last_names",
        "leading_traits",
        "remembered_traits",
        "taken_names",
        "ordered_traits",
    ),
    *("name_claims", "segment_names", "chosen_actions", "segments", "segment_claims"),
    *("naming_history", "segment_name_changes"),
]


def seeded_action(feature):
    """What the seed says to do where the feature is high."""
    with (ROOT / "seeds/segment_actions.csv").open(newline="") as file:
        (action,) = (
            row["recommended_action"]
            for row in csv.DictReader(file)
            if row["objective"] == "personalized_marketing"
            and (row["feature"], row["direction"]) == (feature, "high")
        )
    return action


ACTION = seeded_action(NOUN)


class Names:
    """The names of the sample's segments in builds of which the statistics are given.

    Parameters
    ----------
    folder : Path
    sample_build : Build
    """

    def __init__(self, folder, sample_build):
        self.folder = folder
        self.database = folder / "build.duckdb"
        shutil.copy(sample_build.database, self.database)

    def execute(self, sql):
        """Rows of a query, which may change something."""
        with duckdb.connect(self.database) as connection:
            return connection.execute(sql).fetchall()

    def build(self, **differences):
        """Give features of the segment a difference from all users, and name it."""
        for feature, difference in differences.items():
            self.execute(
                f"""
                update segmentation.segment_statistics
                set standardised_difference = {difference}
                where objective = 'personalized_marketing'
                and segment_number = {NUMBER} and feature = '{feature}'
                """
            )
        command, environment = dbt_command(
            self.folder, "run", "--select", *MODELS, "--threads", "2"
        )
        completed = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert completed.returncode == 0, completed.stdout
        return self

    def shown(self):
        """Name and action that the segment has."""
        ((name, action),) = self.execute(
            "select segment_name, recommended_action from marts.segments "
            f"where segment_key = '{KEY}'"
        )
        return name, action

    def thresholds(self):
        """What each claim of the name has to reach."""
        return dict(
            self.execute(
                "select feature, threshold from marts.segment_claims "
                f"where segment_key = '{KEY}' and place = 'name'"
            )
        )

    def changes(self, key=KEY):
        """Name before and after, and why, of each change."""
        return self.execute(
            "select last_segment_name, segment_name, reason "
            f"from marts.segment_name_changes where segment_key = '{key}' "
            "order by change_number"
        )


@pytest.fixture
def names(sample_build, tmp_path):
    return Names(tmp_path, sample_build)


def test_a_name_stays_until_a_claim_fails_by_the_margin_and_does_not_flip_back(names):
    first = (None, NAME, "It has no name on record.")
    assert names.shown() == (NAME, ACTION)
    # Another trait is stronger by far, and the claims would not be made today.
    names.build(**{NOUN: 0.24, ADJECTIVE: 0.15, "reaction_count": 3})
    assert names.shown() == (NAME, ACTION)
    assert names.thresholds() == {NOUN: 0.15, ADJECTIVE: 0.15}
    assert names.changes() == [first]

    names.build(**{ADJECTIVE: 0.1499})
    renamed, action = names.shown()
    assert renamed.endswith("frequent reactors")
    # It is for the noun's trait, which holds.
    assert action == ACTION
    change = (
        NAME,
        renamed,
        "Share of events at the weekend is no longer 0.15 standard deviations or more "
        "above all users.",
    )
    assert names.changes() == [first, change]

    names.build(**{NOUN: 4, ADJECTIVE: 4})
    assert names.shown() == (renamed, ACTION)
    assert names.changes() == [first, change]


def test_an_action_goes_with_the_trait_that_it_is_for(names):
    names.build(**{NOUN: -0.2})
    name, action = names.shown()
    assert name != NAME
    assert action != ACTION
    *_, (last_name, now, reason) = names.changes()
    assert (last_name, now) == (NAME, name)
    assert reason == (
        "Length of a visit is no longer 0.15 standard deviations or more above all "
        "users."
    )


def test_a_name_that_was_given_up_is_given_to_nobody_else(names):
    other = "personalized_marketing-99"
    names.execute(
        f"""
        insert into segmentation.naming_history by name
        select * replace (
            99 as segment_number,
            'weekend-leaning long visitors' as name_words
        )
        from segmentation.naming_history
        where objective = 'personalized_marketing' and segment_number = {NUMBER};
        delete from segmentation.naming_history
        where objective = 'personalized_marketing' and segment_number = {NUMBER}
        """
    )
    names.build()
    name, _ = names.shown()
    assert name.startswith(f"{NAME} (")
    gone = names.execute(
        "select reason from marts.segment_name_changes "
        f"where segment_key = '{other}' and segment_name is null"
    )
    assert gone == [("No user is in it any more.",)]
    for days, is_free in [(364, False), (1, True)]:
        names.execute(
            f"""
            update segmentation.naming_history
            set changed_at = changed_at - interval {days} days
            where segment_number = 99;
            delete from segmentation.naming_history
            where objective = 'personalized_marketing' and segment_number = {NUMBER}
            """
        )
        names.build()
        # A segment of another objective has these words, too.
        free_name = f"{NAME} (personalized marketing)"
        assert (names.shown()[0] == free_name) == is_free


def test_a_name_of_two_objectives_says_that_of_the_later_one_from_now_on(names):
    # As a version left it that named objectives apart from each other.
    names.execute("alter table segmentation.naming_history drop column says_objective")
    names.execute(
        f"""
        update segmentation.naming_history
        set
            segment_name = '{NAME}',
            name_words = '{NAME.lower()}',
            name_traits = '{NOUN} high, {ADJECTIVE} high'
        where objective = 'customer_service' and segment_number = 2
        """
    )
    change = (
        NAME,
        f"{NAME} (customer service)",
        "A segment of another objective has its name, too.",
    )
    for _ in range(2):
        names.build()
        assert names.shown() == (NAME, ACTION)
        assert names.changes("customer_service-2")[1:] == [change]
    with_name = names.execute(
        f"select segment_key from marts.segments where segment_name = '{NAME}'"
    )
    assert with_name == [(KEY,)]
