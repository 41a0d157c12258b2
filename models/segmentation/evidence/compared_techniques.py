from dbt.adapters.events.logging import AdapterLogger

from user_segmentation.evidence.kept import SEAL, KeptTable
from user_segmentation.training.matrix import read_vectors

COLUMN_TYPES = {
    "objective": "str",
    "technique": "str",
    "is_used": "bool",
    "segment_count": "int32",
    "agreement": "float64",
    "worst_jaccard": "float64",
    "gain": "float64",
    "p_value": "float64",
    "border_density": "float64",
    "smallest_share": "float64",
    "outcome_variance_explained": "float64",
}


def model(dbt, session):
    """One row per objective and technique."""
    most_users = dbt.config.meta_get("most_users")
    training_matrix = dbt.ref("training_matrix")
    users = dbt.ref("evidence_sample").df().sort_values("sample_rank")[:most_users]
    scales = dbt.ref("feature_scales").df().sort_values("feature")
    chosen = dbt.ref("segment_count_scores").filter("is_chosen").df()
    chosen = chosen.drop(columns=SEAL)
    scores = {score.objective: score for score in chosen.itertuples(index=False)}
    compared = KeptTable(dbt, session, COLUMN_TYPES)
    for objective in dbt.ref("objectives").df().itertuples():
        name = objective.objective
        matrix = read_vectors(training_matrix, name, most_users=most_users)
        if not len(matrix):  # `dbt build --empty` sends no rows
            continue
        compared.add(
            _compared,
            name,
            matrix,
            scales.loc[scales["objective"] == name, ["source", "block"]],
            _outcome(users, objective.outcome),
            scores[name],
            objective.technique,
            objective=name,
        )
    return compared.rows()


def _outcome(users, feature):
    # Where only some objectives have one, pandas makes nan of the others' null.
    return users[feature].to_numpy(float) if isinstance(feature, str) else None


def _compared(name, *inputs):
    # Not loaded where nothing is computed: it takes a second.
    from user_segmentation.evidence.technique_comparison import (  # noqa: PLC0415
        compare_techniques,
    )

    AdapterLogger("segmentation").info(f"{name}: comparing techniques")
    return [{"objective": name, **row} for row in compare_techniques(*inputs)]
