"""Wrong settings are refused with one plain line."""

import pytest
import yaml
from dbt.cli.main import dbtRunner

from conftest import ROOT, build_project

pytestmark = pytest.mark.slow


def objective(**settings):
    """The variables of one objective in which only `settings` are unusual."""
    usual = {
        "block_weights": {"interests": 1},
        "outcome": "conversion_rate",
        "segment_count": "auto",
    }
    return {"objectives": {"marketing": usual | settings}}


def named(name):
    return {"objectives": {name: objective()["objectives"]["marketing"]}}


def without(setting):
    variables = objective()
    del variables["objectives"]["marketing"][setting]
    return variables


def weighing(**block_weights):
    return objective(block_weights=block_weights)


@pytest.fixture(scope="module")
def invoke(tmp_path_factory):
    """What dbt says of a run of one model on a seeded database."""
    folder = tmp_path_factory.mktemp("objectives")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("DUCKDB_PATH", str(folder / "objectives.duckdb"))
        paths = ["--target-path", str(folder), "--log-level-file", "none"]
        runner = dbtRunner()
        manifest = runner.invoke(["--quiet", "parse", *paths]).result
        runner = dbtRunner(manifest=manifest)
        assert runner.invoke(["run", "--select", "feature_catalog", *paths]).success

        def run(model, variables):
            arguments = ["run", "--select", model, *paths]
            return runner.invoke([*arguments, "--vars", yaml.safe_dump(variables)])

        yield run


@pytest.fixture(scope="module")
def run_model(invoke):
    """The result of one model."""

    def run(model, variables):
        outcome = invoke(model, variables)
        assert outcome.exception is None, outcome.exception
        return next(node for node in outcome.result if node.node.name == model)

    return run


@pytest.mark.parametrize(
    "variables",
    [
        objective(),
        objective(segment_count=8),
        objective(outcome=None),
        without("outcome"),
        {"min_cell_size": 0},
        {"max_protected_association": 0},
        {"max_protected_association": 1},
        {"max_feature_drift": 0.01},
        {"max_feature_drift": 100},
    ],
)
def test_good_objectives_pass(run_model, variables):
    assert run_model("objectives", variables).status == "success"


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"objectives": {}}, "The variable objectives is empty"),
        ({"objectives": None}, "The variable objectives is empty"),
        ({"objectives": ["marketing"]}, "objectives is empty or no mapping"),
        ({"objectives": {"marketing": None}}, "marketing: it has no settings"),
        (named("Marketing"), "Marketing: the name becomes part of an SQL name"),
        (named("up-sell"), "up-sell: the name becomes part of an SQL name"),
        (named("5_stars"), "5_stars: the name becomes part of an SQL name"),
        (named("o'brien"), "o'brien: the name becomes part of an SQL name"),
        (named(5), "5: the name becomes part of an SQL name"),
        (without("block_weights"), "block_weights is missing"),
        (without("segment_count"), "segment_count is missing"),
        (objective(colour="red"), "colour is not known"),
        (objective(technique="magic"), "technique is magic; it can be kmeans, bisect"),
        (objective(technique=None), "technique is None; it can be kmeans, bisecting"),
        (objective(technique="magic"), "src/user_segmentation/training/techniques.py"),
        ({"strict_verdict": "yes"}, "strict_verdict is yes; it must be true or false"),
        (objective(segment_count=1), "segment_count is 1; it can be auto or"),
        (objective(segment_count=9), "segment_count is 9; it can be auto or"),
        (objective(segment_count=5.0), "segment_count is 5.0; it can be auto or"),
        (objective(segment_count="five"), "segment_count is five; it can be auto or"),
        (objective(segment_count=None), "segment_count is None; it can be auto or"),
        (objective(block_weights=None), "block_weights is empty"),
        (objective(block_weights={}), "block_weights is empty"),
        (objective(block_weights=["interests"]), "block_weights is empty or no map"),
        (weighing(interests=0), "the weight of block interests is 0; it must be"),
        (weighing(interests=-1), "the weight of block interests is -1; it must be"),
        (weighing(interests="much"), "the weight of block interests is much"),
        (weighing(interests=None), "the weight of block interests is None"),
        (weighing(interests=True), "the weight of block interests is True"),
        (weighing(interests=float("inf")), "the weight of block interests is inf"),
        (weighing(interests=float("nan")), "the weight of block interests is nan"),
        (
            objective(block_weights={"purchases": 1}, outcome="net_revenue"),
            "the block purchases cannot form segments that net_revenue judges: both "
            "are made of transactions. Choose another outcome, or leave the block out.",
        ),
        (
            weighing(mood=1),
            "mood is not a block of features that can form segments; these can: ",
        ),
        (weighing(reaction_count=1), "reaction_count is not a block of features"),
        (weighing(interests=1, age_years=1), "age_years is protected"),
        (weighing(gender=1), "gender is protected"),
        (objective(outcome="happiness"), "the outcome happiness is not a feature"),
        (objective(outcome=""), "the outcome  is not a feature"),
        ({"fallback_segment_count": 1}, "fallback_segment_count is 1; it must be"),
        ({"fallback_segment_count": "few"}, "fallback_segment_count is few"),
        ({"min_cell_size": -1}, "min_cell_size is -1; it must be a whole number"),
        ({"min_cell_size": 2.5}, "min_cell_size is 2.5; it must be a whole number"),
        ({"min_cell_size": "ten"}, "min_cell_size is ten; it must be a whole number"),
        ({"min_cell_size": None}, "min_cell_size is None; it must be a whole number"),
        ({"min_cell_size": True}, "min_cell_size is True; it must be a whole number"),
        *(
            (
                {"max_protected_association": bound},
                f"max_protected_association is {bound}; it must be a number from 0 to",
            )
            for bound in (-0.1, 1.1, 10, "10%", "0.1", None, True, float("nan"))
        ),
        *(
            (
                {"max_feature_drift": drift},
                f"max_feature_drift is {drift}; it must be a number above 0, and at",
            )
            for drift in (0, -0.1, 101, "0.25", None, True, float("nan"), float("inf"))
        ),
    ],
)
def test_bad_objectives_are_refused_before_any_model_runs(invoke, variables, message):
    assert_refused(invoke("objectives", variables), message)


def assert_refused(outcome, message):
    """A hook has refused to begin, with one line."""
    assert not outcome.success
    assert outcome.result is None
    title, reason, *macros = filter(str.strip, str(outcome.exception).splitlines())
    assert title.startswith("Compilation Error in operation")
    assert message in reason
    assert all(macro.strip().startswith(">") for macro in macros)


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"user_profile": "users.csv"}, "no variable user_profile in dbt_project.yml"),
        ({"user_profile": "users.csv"}, "did you mean user_profiles?"),
        ({"x'); drop; --": 1}, "There is no variable x'); drop; -- in dbt_project"),
        ({"zzz": 1}, "the variables are user_profiles, events, transactions, "),
        (
            {"events": ["a.csv", "b.csv"]},
            "events is ['a.csv', 'b.csv']; it must be one",
        ),
        (
            {"user_profiles": "customers"},
            "The variable user_profiles names customers, which no YAML file declares",
        ),
    ],
)
def test_bad_variables_are_refused_before_any_model_runs(invoke, variables, message):
    assert_refused(invoke("objectives", variables), message)


def refusal(result):
    """The one line that refuses to build a model."""
    assert result.status == "error"
    title, reason, *macros = filter(str.strip, result.message.splitlines())
    assert title.startswith(f"Compilation Error in model {result.node.name}")
    assert all(macro.strip().startswith(">") for macro in macros)
    return reason


@pytest.mark.parametrize(
    "share", [-0.01, 1.01, 5, "5%", "0.05", None, True, float("nan")]
)
def test_bad_shares_of_rejected_rows_are_refused(run_model, share):
    reason = refusal(run_model("stg_users", {"max_rejected_share": share}))
    assert f"max_rejected_share is {share}; it must be a number from 0 to 1." in reason


def test_a_refusal_on_the_command_line_is_no_traceback(tmp_path):
    build = build_project(tmp_path, **without("block_weights"))
    assert build.returncode != 0
    assert "Objective marketing: block_weights is missing." in build.output
    assert "Traceback" not in build.output
    assert "has no attribute" not in build.output
