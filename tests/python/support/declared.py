"""What the YAML files declare of the case study's users, and what follows from it."""

import yaml

from conftest import ROOT
from user_segmentation.declaration.answers import declared_answers, list_items
from user_segmentation.declaration.features import catalog

PLACE = "seeds/raw_user_profiles.yml"


def columns():
    """The meta of each column, by header."""
    (seed,) = yaml.safe_load((ROOT / PLACE).read_text())["seeds"]
    return {column["name"]: column["config"]["meta"] for column in seed["columns"]}


def models():
    """The meta of the columns of models that make features, by model."""
    return {
        model["name"]: {
            column["name"]: column["config"]["meta"]
            for column in model["columns"]
            if column.get("config", {}).get("meta", {}).get("feature")
        }
        for file in sorted((ROOT / "models/features").rglob("*.yml"))
        for model in yaml.safe_load(file.read_text())["models"]
    }


def catalog_rows():
    """The rows of feature_catalog."""
    return catalog(columns(), models())


def answers():
    """The answers to each question, in their order."""
    listed = {}
    for row in declared_answers(columns()):
        listed.setdefault(row["attribute"], []).append(row["answer"])
    return listed


def items(attribute="top_interests"):
    """The items that a list can have."""
    return [
        row["item"] for row in list_items(columns()) if row["attribute"] == attribute
    ]
