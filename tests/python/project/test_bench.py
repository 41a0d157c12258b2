"""What the bench reckons and writes; never how long anything takes."""

import json
from collections import Counter
from types import SimpleNamespace

import duckdb
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import layers
import peers
import sampling
import scoring
import small
import tutorial
from bare import declared_answers, features, profile, read_users, sample, score
from conftest import ROOT
from generate_sample import main as generate_sample
from inertia import inertia
from measure import Cost
from study import CATEGORIES, NUMERICS, SEGMENT_COUNT


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A CSV file of users in random order of their ids."""
    path = tmp_path_factory.mktemp("bench") / "users.csv"
    generate_sample(["--users", "2000", "--output", str(path)])
    pd.read_csv(path).sample(frac=1, random_state=1).to_csv(path, index=False)
    return path


@pytest.fixture
def database(file):
    """The users as the bare way reads them."""
    with duckdb.connect() as connection:
        read_users(connection, file, declared_answers())
        yield connection


@pytest.fixture
def centroids(file):
    """The features of some users, so that no segment is empty."""
    return sorted_matrix(pd.read_csv(file))[:SEGMENT_COUNT]


def bare_labels(database, centroids):
    expressions = features(database, declared_answers())
    score(database, expressions, declared_answers(), centroids)
    return database.sql("select * from labels").df().set_index("user_id")["segment"]


def sorted_matrix(users):
    """The matrix of the tutorial with answers in the order of the catalogue."""
    transformer = tutorial.preprocessor()
    matrix = pd.DataFrame(transformer.fit_transform(users))
    matrix.columns = transformer.get_feature_names_out()
    answers = [
        f"categories__{name}_{answer}"
        for name, found in declared_answers().items()
        for answer in found
    ]
    return matrix[[*matrix.columns[: len(NUMERICS)], *answers]].to_numpy()


def test_the_bare_way_fits_on_the_features_of_the_tutorial(file, database):
    drawn = sample(database, features(database, declared_answers()))
    expected = sorted_matrix(pd.read_csv(file))
    np.testing.assert_allclose(
        drawn[np.lexsort(drawn.T.round(3))],
        expected[np.lexsort(expected.T.round(3))],
        atol=1e-5,
    )


def test_the_bare_way_gives_every_user_the_nearest_centroid(file, database, centroids):
    users = pd.read_csv(file)
    matrix = sorted_matrix(users)
    distances = np.linalg.norm(matrix[:, None] - centroids[None], axis=2)
    labels = bare_labels(database, centroids)
    nearest = distances.argmin(axis=1)
    assert len(set(nearest)) == SEGMENT_COUNT
    assert labels.loc[users["User ID"]].tolist() == nearest.tolist()


def test_the_bare_way_profiles_as_the_tutorial_does(file, database, centroids):
    users = pd.read_csv(file)
    segments = bare_labels(database, centroids).loc[users["User ID"]].to_numpy()
    expected = tutorial.profile(users, pd.Series(segments))
    found = profile(database).df().set_index("segment")
    assert found["Users"].tolist() == expected["Users"].tolist()
    np.testing.assert_allclose(found[NUMERICS], expected[NUMERICS], rtol=1e-5)
    for name in CATEGORIES:
        counts = users.groupby([segments, name]).size()
        # Of answers that are equally common either is right.
        for segment, answer in found[name].items():
            assert counts[segment, answer] == counts[segment].max()


def test_inertia_is_that_of_the_matrix(file, tmp_path):
    users = pd.read_csv(file)
    segments = tutorial.segment(users, restarts=1)
    matrix = pd.DataFrame(tutorial.preprocessor().fit_transform(users))
    means = matrix.groupby(segments).transform("mean")
    labels = pd.DataFrame({"user_id": users["User ID"], "segment": segments})
    # In another order than the users.
    labels[::-1].to_parquet(tmp_path / "labels.parquet")
    expected = ((matrix - means) ** 2).to_numpy().sum()
    assert inertia(file, tmp_path / "labels.parquet") == pytest.approx(expected)
    assert inertia(file, tmp_path) == pytest.approx(expected)


@pytest.mark.parametrize("damage", ["missing", "doubled", "strange", "empty"])
def test_inertia_wants_one_segment_for_each_user(file, tmp_path, damage):
    ids = pd.read_csv(file)["User ID"]
    labels = pd.DataFrame({"user_id": ids, "segment": 1})
    damaged = {
        "missing": labels[1:],
        "doubled": pd.concat([labels, labels[:1]]),
        "strange": labels.replace({"user_id": {ids[0]: -1}}),
        "empty": labels.assign(segment=labels["segment"].where(labels.index > 0)),
    }
    damaged[damage].to_parquet(tmp_path / "labels.parquet")
    with pytest.raises(ValueError, match="one segment for each user"):
        inertia(file, tmp_path / "labels.parquet")


def test_ratios_of_peers_are_those_within_a_round():
    costs = {
        "tutorial, one thread": [Cost(10, 1, 100), Cost(20, 1, 100)],
        "bare": [Cost(4, 1, 50), Cost(6, 1, 50)],
    }
    inertias = {"tutorial, one thread": 200.0, "bare": 201.0}
    first, second = peers.rows(1000, "personas", 10, costs, inertias).splitlines()
    assert first.endswith("| 1 | 1.00000 |")
    assert second.endswith("| 0.35 [0.30-0.40] | 1.00500 |")


def test_a_sample_of_everybody_loses_nothing():
    matrix = sampling.clusters(2_000, 0.6)
    ((users, ratio, index),) = sampling.compare(matrix, [2_000])
    assert users == 2_000
    assert ratio == pytest.approx(1)
    assert index == 1


def test_a_sample_is_compared_with_the_full_fit():
    matrix = sampling.clusters(2_000, 1.6)
    ((_, ratio, index),) = sampling.compare(matrix, [20])
    full = sampling.fit_segments(matrix, SEGMENT_COUNT)
    part = sampling.fit_segments(matrix[:20], SEGMENT_COUNT).centroids
    distances = ((matrix[:, None] - part[None]) ** 2).sum(axis=2)
    assert ratio == pytest.approx(distances.min(axis=1).sum() / full.inertia)
    assert index == adjusted_rand_score(full.labels, distances.argmin(axis=1))
    assert ratio > 1
    assert index < 1


KINDS = Counter(view=3, table=4, seed=2, generic=11, singular=5)


def test_the_trivial_project_has_as_many_of_everything(tmp_path, dbt_parse):
    small.write_project(KINDS, tmp_path / "trivial")
    assert small.counted(dbt_parse(tmp_path / "trivial")) == KINDS


@pytest.fixture
def dbt_parse(tmp_path, monkeypatch):
    """The manifest of a project, by dbt."""

    def parse(project):
        small.run_project("parse", tmp_path, {}, project)
        return json.loads((tmp_path / "target" / "manifest.json").read_text())

    return parse


def event(name, unique_id="model.project.users", path="marts/users.sql"):
    node = SimpleNamespace(
        unique_id=unique_id, resource_type=unique_id.partition(".")[0], node_path=path
    )
    return SimpleNamespace(
        info=SimpleNamespace(name=name), data=SimpleNamespace(node_info=node)
    )


def test_a_meter_adds_up_nodes_by_layer():
    ticks = iter([1.0, 3.0, 10.0, 11.0, 20.0, 24.0])
    meter = layers.Meter(clock=lambda: next(ticks))
    hook = ("operation.project.publish", "hooks/publish.sql")
    for told in [
        event("NodeStart"),
        event("LogModelResult"),
        event("NodeFinished"),
        event("NodeStart", "model.project.days", "marts/days.sql"),
        event("NodeFinished", "model.project.days", "marts/days.sql"),
        event("LogHookStartLine", *hook),
        event("LogHookEndLine", *hook),
        event("NodeFinished", *hook),
    ]:
        meter(told)
    assert meter.seconds == {"marts": 3.0, layers.layer("operation", ""): 4.0}
    assert meter.nodes == {"marts": 2, layers.layer("operation", ""): 1}


def test_what_is_in_no_node_is_dbt_itself():
    meter = layers.Meter()
    meter.seconds["marts"] = 3.0
    meter.nodes["marts"] = 2
    assert layers.rows(500_000, meter, 5.0).splitlines() == [
        "| 500,000 | marts | 2 | 3.00 | 6.00 |",
        "| 500,000 | dbt itself |  | 2.00 | 4.00 |",
        "| 500,000 | all |  | 5.00 | 10.00 |",
    ]


def test_scoring_is_measured_on_the_columns_of_the_model(tmp_path):
    path = tmp_path / "bench.duckdb"
    scoring.make_database(path, users=50, logarithms=8)
    query = scoring.compiled_query(path)
    with duckdb.connect(path) as database:
        for statement in scoring.statements(query).values():
            database.execute(statement).fetchall()
        found = database.sql(query)
        features = {f"feature_{number}" for number in range(1, 21)}
        parts = ["segment_number", "distance", "margin", "runner_up_number"]
        told = {f"{scoring.OBJECTIVE}_{part}" for part in [*parts, "model_version"]}
        assert set(found.columns) == features | told | {"user_id"}
        assert len(found.fetchall()) == 50


def test_scoring_is_compared_with_the_same_rows_written():
    seconds = {
        "scan": [1.0],
        "write segments": [2.0],
        "segments alone": [6.0],
        "write users": [4.0],
        "scored_users": [7.5],
    }
    lines = scoring.rows(1000, "none", seconds).splitlines()
    assert [line.split(" | ")[-1].split()[0] for line in lines] == [
        *("|", "|", "2.00", "|", "1.50")
    ]


def test_every_script_of_the_bench_is_run_by_make_or_is_a_way():
    makefile = (ROOT / "Makefile").read_text()
    scripts = [
        path.name
        for path in (ROOT / "bench").glob("*.py")
        if '__name__ == "__main__"' in path.read_text()
    ]
    for script in set(scripts) - set(peers.WAYS.values()):
        assert f"bench/{script}" in makefile
