"""Python models hold a bounded sample in memory, however many users there are."""

import importlib.util
import json
from types import SimpleNamespace

import duckdb
import pytest

from conftest import ROOT, green_build

pytestmark = pytest.mark.chaos

SAMPLE_SIZE = 300
USER_COUNT = 1000
MODELS = sorted((ROOT / "models").rglob("*.py"))


class Watched:
    """A relation that notes what is read of it."""

    def __init__(self, relation, frames):
        self.relation = relation
        self.frames = frames

    def filter(self, condition):
        return Watched(self.relation.filter(condition), self.frames)

    def project(self, columns):
        return Watched(self.relation.project(columns), self.frames)

    def join(self, other, column):
        return Watched(self.relation.join(other.relation, column), self.frames)

    def df(self):
        frame = self.relation.df()
        self.frames.append(frame)
        return frame


@pytest.fixture(scope="module")
def trained_anew(tmp_path_factory):
    """Fewer users in the sample than there are, and models that are replaced."""
    folder = tmp_path_factory.mktemp("bounded")
    green_build(folder, training_sample_size=SAMPLE_SIZE)
    build = green_build(folder, training_sample_size=SAMPLE_SIZE, retrain="always")
    assert len(build.query("from features.user_features")) == USER_COUNT
    return folder


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_a_python_model_reads_no_more_users_than_the_sample_has(trained_anew, path):
    manifest = json.loads((trained_anew / "target/manifest.json").read_text())
    nodes = {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] in {"model", "seed"}
    }
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    frames = []
    with duckdb.connect(trained_anew / "build.duckdb", read_only=True) as database:

        def relation(name):
            return f"{nodes[name]['schema']}.{nodes[name]['alias']}"

        def watched(query):
            return Watched(database.sql(query), frames)

        dbt = SimpleNamespace(
            ref=lambda name: watched(f"from {relation(name)}"),
            this=relation(path.stem),
            is_incremental=True,
            config=SimpleNamespace(meta_get=nodes[path.stem]["config"]["meta"].get),
        )
        module.model(dbt, SimpleNamespace(sql=watched))
    assert frames
    for frame in frames:
        names = frame.columns.intersection(["user_id", "sample_rank"])
        # What says nothing of users does not grow with them.
        most = frame[names[0]].nunique() if len(names) else len(frame)
        assert most <= (SAMPLE_SIZE if len(names) else USER_COUNT - 1)
