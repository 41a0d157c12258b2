import pandas as pd
from dbt.adapters.events.logging import AdapterLogger

from user_segmentation.evidence.kept import SEAL, KeptTable
from user_segmentation.training.matrix import read_vectors

COLUMN_TYPES = {
    "objective": "str",
    "segment_number": "int32",
    "jaccard": "float64",
    "border_density": "float64",
    "nearest_segment_number": "int32",
    "verdict": "str",
}


def model(dbt, session):
    """One row per objective and segment."""
    most_users = dbt.config.meta_get("most_users")
    training_matrix = dbt.ref("training_matrix")
    objectives = dbt.ref("objectives").df().set_index("objective")
    scores = dbt.ref("segment_count_scores").filter("is_chosen").df()
    scores = scores.drop(columns=SEAL)
    models = dbt.ref("model_registry").filter("is_current").df()
    judged = KeptTable(dbt, session, COLUMN_TYPES)
    for score in scores.sort_values("objective").itertuples(index=False):
        name = score.objective
        rows = models[models["objective"] == name]
        wide = rows.pivot(index="segment_number", columns="feature", values="centroid")
        judged.add(
            _judged,
            read_vectors(training_matrix, name, most_users=most_users),
            wide.to_numpy(),
            wide.index.to_numpy(),
            score,
            objectives.loc[name, "technique"],
            objective=name,
        )
    return judged.rows()


def _judged(matrix, centroids, numbers, score, technique):
    # Not loaded where nothing is computed: it takes a second.
    from user_segmentation.evidence.segment_judgement import (  # noqa: PLC0415
        judge_segments,
    )

    AdapterLogger("segmentation").info(
        f"{score.objective}: judging {len(centroids)} segments on {len(matrix)} users"
    )
    judgement = judge_segments(matrix, centroids, score, technique)
    return pd.DataFrame(judgement).assign(
        objective=score.objective,
        segment_number=numbers,
        nearest_segment_number=numbers[judgement["neighbour"]],
    )
