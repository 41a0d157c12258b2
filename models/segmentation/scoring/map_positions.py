import pandas as pd

from user_segmentation.training.matrix import read_vectors
from user_segmentation.training.projection import project

COLUMN_TYPES = {
    "objective": "str",
    "point_kind": "str",
    "point_number": "int32",
    "x": "float64",
    "y": "float64",
    "x_variance_share": "float64",
    "y_variance_share": "float64",
}


def model(dbt, session):
    """One row per objective and point."""
    most_users = dbt.config.meta_get("most_users")
    training_matrix = dbt.ref("training_matrix")
    centroids = dbt.ref("model_registry").filter("is_current").df()
    points = []
    for name in dbt.ref("objectives").df()["objective"]:
        matrix = read_vectors(training_matrix, name, most_users=most_users)
        if not len(matrix):  # `dbt build --empty` sends no rows
            continue
        # By segment and feature, as the vectors are by feature.
        centres = centroids[centroids["objective"] == name].pivot(
            index="segment_number", columns="feature", values="centroid"
        )
        found = project(matrix, centres.to_numpy())
        x_variance_share, y_variance_share = found.variance_shares
        points += [
            (name, kind, number, x, y, x_variance_share, y_variance_share)
            for kind, numbers, positions in [
                ("user", range(1, len(matrix) + 1), found.users),
                ("centre", centres.index, found.centres),
            ]
            for number, (x, y) in zip(numbers, positions, strict=True)
        ]
    return pd.DataFrame(points, columns=list(COLUMN_TYPES)).astype(COLUMN_TYPES)
