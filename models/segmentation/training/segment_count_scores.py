from dataclasses import asdict

import pandas as pd
from dbt.adapters.events.logging import AdapterLogger

from user_segmentation.evidence.asked_counts import Asked
from user_segmentation.evidence.kept import KeptTable
from user_segmentation.training.matrix import read_vectors

COLUMN_TYPES = {
    "objective": "str",
    "segment_count": "int32",
    "inertia": "float64",
    "smallest_share": "float64",
    "silhouette": "float64",
    "davies_bouldin": "float64",
    "calinski_harabasz": "float64",
    "worst_jaccard": "float64",
    "worst_jaccard_error": "float64",
    "prediction_strength": "float64",
    "prediction_strength_error": "float64",
    "gain": "float64",
    "p_value": "float64",
    "copy_count": "Int32",
    "is_within_sources": "boolean",
    "group_gain": "float64",
    "group_p_value": "float64",
    "group_copy_count": "Int32",
    "border_density": "float64",
    "is_supported": "bool",
    "is_chosen": "bool",
    "reason": "str",
}


def model(dbt, session):
    """One row per objective and number of segments."""
    most_users = dbt.config.meta_get("most_users")
    training_matrix = dbt.ref("training_matrix")
    scales = dbt.ref("feature_scales").df().sort_values("feature")
    decisions = dbt.ref("retrain_decisions").df().set_index("objective")
    scores = KeptTable(dbt, session, COLUMN_TYPES)
    for objective in dbt.ref("objectives").df().itertuples():
        name = objective.objective
        matrix = read_vectors(training_matrix, name, most_users=most_users)
        if not len(matrix):  # `dbt build --empty` sends no rows
            continue
        decision = decisions.loc[name]
        previous_count = decision["previous_segment_count"]
        asked = Asked(
            objective.segment_count,
            int(objective.fallback_segment_count),
            None if pd.isna(previous_count) else int(previous_count),
            is_fixed=bool(decision["is_kept"]),
        )
        sources = scales.loc[scales["objective"] == name, "source"].tolist()
        scores.add(
            _scored,
            *(name, matrix, sources, asked, objective.technique),
            objective=name,
            needed=_needed,
        )
    return scores.rows()


def _needed(rows, *sources):
    *others, asked, technique = sources
    return *others, asked.as_it_matters(rows), technique


def _scored(name, matrix, sources, asked, technique):
    # Not loaded where nothing is computed: it takes a second.
    from user_segmentation.evidence.segment_counts import (  # noqa: PLC0415
        score_segment_counts,
    )

    logger = AdapterLogger("segmentation")
    logger.info(f"{name}: {asked.segment_count} segments, tried on {len(matrix)} users")
    return [
        {"objective": name, **asdict(score)}
        for score in score_segment_counts(
            matrix,
            sources,
            asked,
            technique=technique,
            tell=lambda step: logger.info(f"{name}: {step}"),
        )
    ]
