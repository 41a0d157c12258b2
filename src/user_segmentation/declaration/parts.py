"""What macros ask of a declaration, as JSON."""

import json
from functools import cache

from user_segmentation.declaration.answers import declared_answers, list_items
from user_segmentation.declaration.columns import declared_columns
from user_segmentation.declaration.features import catalog, generated_features
from user_segmentation.declaration.problems import (
    declaration_problem,
    sql_feature_problem,
    table_problem,
)
from user_segmentation.declaration.reasons import rejection_reasons
from user_segmentation.files.format import FileFormat

PARTS = {
    "columns": lambda said: declared_columns(said["columns"]),
    "answers": lambda said: declared_answers(said["columns"]),
    "list_items": lambda said: list_items(said["columns"]),
    "features": lambda said: generated_features(said["columns"]),
    "catalog": lambda said: catalog(said["columns"], said["models"]),
    "rejection_reasons": lambda said: rejection_reasons(
        said["columns"], said["place"], FileFormat.of(said["table"]).decimal_separator
    ),
}


@cache
def part_of(part, declaration):
    """What follows from a declaration.

    Parameters
    ----------
    part : str
        A key of `PARTS`.
    declaration : str
        As JSON: `columns`, `meta` by header; `models`, `meta` by column of each model
        that makes features; `table`, `meta` of the users' table; `place`, its YAML
        file.

    Returns
    -------
    str
        As JSON.
    """
    return json.dumps(PARTS[part](json.loads(declaration)))


def problem_of(declaration):
    """What is wrong with a declaration.

    Parameters
    ----------
    declaration : str
        As in `part_of`.

    Returns
    -------
    str or None
        One line; None where all is well.
    """
    said = json.loads(declaration)
    problem = table_problem(said["table"], said["place"])
    # Users of logs are declared nowhere.
    if said["place"]:
        problem = problem or declaration_problem(said["columns"], said["place"])
    for model, columns in said["models"].items():
        problem = problem or sql_feature_problem(model, columns)
    return problem
