from dbt.adapters.events.logging import AdapterLogger

from user_segmentation.evidence.kept import KeptTable

COLUMN_TYPES = {
    "objective": "str",
    "segment_number": "int32",
    "condition": "str",
    "coverage": "float64",
    "precision": "float64",
    "recall": "float64",
    "fidelity": "float64",
    "case_expression": "str",
}


def model(dbt, session):
    """One row per objective and segment."""
    sample = dbt.ref("evidence_sample")
    users = sample.df().sort_values("sample_rank")
    sampled_segments = dbt.ref("user_segments").join(sample, "user_id")
    labels = sampled_segments.project("objective, user_id, segment_number").df()
    sizes = dbt.ref("segment_sizes").df().sort_values("segment_number")
    scales = dbt.ref("feature_scales").df().sort_values("feature")
    answers = dbt.ref("answer_values").df()
    attributes = dict(zip(answers["feature"], answers["attribute"], strict=True))
    kinds = dbt.ref("feature_catalog").df().set_index("feature")["kind"]

    rules = KeptTable(dbt, session, COLUMN_TYPES)
    for objective, own_labels in labels.groupby("objective"):
        features = scales.loc[scales["objective"] == objective, "feature"].tolist()
        rules.add(
            _fitted,
            objective,
            users[features],
            own_labels.set_index("user_id").loc[users["user_id"], "segment_number"],
            sizes.loc[
                sizes["objective"] == objective, ["segment_number", "segment_key"]
            ],
            {
                feature: (kinds[feature], attributes.get(feature))
                for feature in features
            },
            objective=objective,
        )
    return rules.rows()


def _fitted(objective, users, labels, sizes, features):
    # Not loaded where nothing is computed: it takes a second.
    from user_segmentation.evidence.rules import fitted_rules  # noqa: PLC0415

    AdapterLogger("segmentation").info(
        f"{objective}: fitting rules to {len(users)} users"
    )
    rules, fidelity = fitted_rules(
        users,
        labels,
        sizes["segment_number"],
        {feature: kind for feature, (kind, _) in features.items()},
        {feature: asked for feature, (_, asked) in features.items() if asked},
    )
    cases = [
        f"when {condition} then '{segment_key}'"
        for condition, segment_key in zip(
            rules["condition"], sizes["segment_key"], strict=True
        )
        if condition
    ]
    return rules.assign(
        objective=objective,
        fidelity=fidelity,
        case_expression=f"case {' '.join(cases)} end",
    )
