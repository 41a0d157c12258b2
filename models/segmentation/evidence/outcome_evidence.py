from user_segmentation.evidence.kept import KeptTable

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


def model(dbt, session):
    """One row per objective, outcome and grouping."""
    fewest_users = int(dbt.config.meta_get("fewest_users"))
    sample = dbt.ref("outcome_sample").df().sort_values(["outcome", "sample_rank"])
    groupings = dbt.ref("outcome_groupings").df().sort_values("grouping")
    evidence = KeptTable(dbt, session, COLUMN_TYPES)
    for objective, users in sample.groupby("objective"):
        own = groupings.loc[groupings["objective"] == objective, "grouping"].tolist()
        columns = users[["outcome", "outcome_value", *own]]
        evidence.add(
            _explained,
            *(objective, columns, own, fewest_users),
            objective=objective,
        )
    return evidence.rows()


def _explained(objective, columns, groupings, fewest_users):
    # Not loaded where nothing is computed: it takes half a second.
    from user_segmentation.evidence.outcomes import explain_outcome  # noqa: PLC0415

    return [
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
        for outcome, users in columns.groupby("outcome")
        for grouping in groupings
    ]
