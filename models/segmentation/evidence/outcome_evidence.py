import pandas as pd

from user_segmentation.evidence.outcomes import explain_outcome

COLUMN_TYPES = {
    "objective": "str",
    "outcome": "str",
    "grouping": "str",
    "user_count": "int64",
    "group_count": "int64",
    "variance_explained": "float64",
    "variance_explained_low": "float64",
    "variance_explained_high": "float64",
    "corrected_variance_explained": "float64",
    "p_value": "float64",
    "highest_lift": "float64",
    "lift_low": "float64",
    "lift_high": "float64",
    "highest_lift_group": "str",
}
GROUPINGS = ["segments", "age_and_gender", "engagement_quartiles", "random_labels"]


def model(dbt, session):
    """One row per objective, outcome and grouping."""
    fewest_users = int(dbt.config.meta_get("fewest_users"))
    sample = dbt.ref("outcome_sample").df().sort_values("sample_rank")
    explained = [
        {
            "objective": objective,
            "outcome": outcome,
            "grouping": grouping,
            **explain_outcome(
                users["outcome_value"].to_numpy(),
                users[grouping].to_numpy(str),
                fewest_users=fewest_users,
            ),
        }
        for (objective, outcome), users in sample.groupby(["objective", "outcome"])
        for grouping in GROUPINGS
    ]
    return pd.DataFrame(explained, columns=list(COLUMN_TYPES)).astype(COLUMN_TYPES)
