import numpy as np
import pandas as pd
from dbt.adapters.events.logging import AdapterLogger

from user_segmentation.evidence.null_test import NullTest
from user_segmentation.evidence.separation import border_densities
from user_segmentation.evidence.stability import segment_jaccards
from user_segmentation.evidence.verdict import verdict
from user_segmentation.training.clustering import Segments, nearest_segments
from user_segmentation.training.matrix import read_vectors
from user_segmentation.training.techniques import TECHNIQUES

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
    models = dbt.ref("model_registry").filter("is_current").df()
    judged = [pd.DataFrame(columns=list(COLUMN_TYPES))]
    for score in scores.sort_values("objective").itertuples():
        matrix = read_vectors(training_matrix, score.objective, most_users=most_users)
        rows = models[models["objective"] == score.objective]
        wide = rows.pivot(index="segment_number", columns="feature", values="centroid")
        centroids, numbers = wide.to_numpy(), wide.index.to_numpy()
        AdapterLogger("segmentation").info(
            f"{score.objective}: judging {len(centroids)} segments "
            f"on {len(matrix)} users"
        )
        segments = Segments(centroids, nearest_segments(matrix, centroids), np.nan)
        fit = TECHNIQUES[objectives.loc[score.objective, "technique"]]
        jaccards = segment_jaccards(matrix, segments, fit=fit)
        densities, neighbours = border_densities(matrix, segments)
        null_test = NullTest(score.gain, score.p_value, score.copy_count)
        groups_test = NullTest(
            score.group_gain, score.group_p_value, score.group_copy_count
        )
        judged.append(
            pd.DataFrame(
                {
                    "objective": score.objective,
                    "segment_number": numbers,
                    "jaccard": jaccards,
                    "border_density": densities,
                    "nearest_segment_number": numbers[neighbours],
                    "verdict": verdict(
                        null_test,
                        groups_test,
                        jaccards.min(),
                        score.prediction_strength,
                        densities.max(),
                    ),
                }
            )
        )
    return pd.concat(judged, ignore_index=True).astype(COLUMN_TYPES)
