import pandas as pd
from dbt.adapters.events.logging import AdapterLogger

from model_registry import COLUMN_TYPES, model_rows, new_versions
from techniques import TECHNIQUES
from training import read_vectors


def model(dbt, session):
    """One row per objective, model version, segment and feature."""
    training_matrix = dbt.ref("training_matrix")
    scores = dbt.ref("segment_count_scores").filter("is_chosen").df()
    objectives = dbt.ref("objectives").df().set_index("objective")
    scales = dbt.ref("feature_scales").df().sort_values("feature")
    scale_columns = ["objective", "feature", "transform", "center", "scale", "clip"]

    fitted = []
    for score in scores.sort_values("objective").itertuples():
        matrix = read_vectors(training_matrix, score.objective)
        AdapterLogger("segmentation").info(
            f"{score.objective}: fitting {score.segment_count} segments "
            f"to {len(matrix)} users"
        )
        fit = TECHNIQUES[objectives.loc[score.objective, "technique"]]
        segments = fit(matrix, score.segment_count)
        own_scales = scales.loc[scales["objective"] == score.objective, scale_columns]
        fitted.append(model_rows(segments, own_scales))

    if dbt.is_incremental:
        registry = session.sql(f"select * from {dbt.this}").df()
    else:
        registry = pd.DataFrame(columns=list(COLUMN_TYPES))
    return new_versions(fitted, registry)
