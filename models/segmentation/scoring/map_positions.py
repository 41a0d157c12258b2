from user_segmentation.evidence.kept import KeptTable
from user_segmentation.training.matrix import read_vectors

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
    points = KeptTable(dbt, session, COLUMN_TYPES)
    for name in dbt.ref("objectives").df()["objective"]:
        matrix = read_vectors(training_matrix, name, most_users=most_users)
        if not len(matrix):  # `dbt build --empty` sends no rows
            continue
        # By segment and feature, as the vectors are by feature.
        centres = centroids[centroids["objective"] == name].pivot(
            index="segment_number", columns="feature", values="centroid"
        )
        points.add(
            _positions,
            *(name, matrix, centres.to_numpy(), centres.index.tolist()),
            objective=name,
        )
    return points.rows()


def _positions(name, matrix, centres, segment_numbers):
    # Not loaded where nothing is computed: it takes a second.
    from user_segmentation.training.projection import project  # noqa: PLC0415

    found = project(matrix, centres)
    x_variance_share, y_variance_share = found.variance_shares
    return [
        (name, kind, number, x, y, x_variance_share, y_variance_share)
        for kind, numbers, positions in [
            ("user", range(1, len(matrix) + 1), found.users),
            ("centre", segment_numbers, found.centres),
        ]
        for number, (x, y) in zip(numbers, positions, strict=True)
    ]
