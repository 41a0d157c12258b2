import pandas as pd
from dbt.adapters.events.logging import AdapterLogger

from user_segmentation.evidence.rules import fitted_rules

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

    fitted = [pd.DataFrame(columns=list(COLUMN_TYPES))]
    for objective, own_labels in labels.groupby("objective"):
        AdapterLogger("segmentation").info(
            f"{objective}: fitting rules to {len(users)} users"
        )
        own_sizes = sizes[sizes["objective"] == objective]
        rules, fidelity = fitted_rules(
            users[scales.loc[scales["objective"] == objective, "feature"]],
            own_labels.set_index("user_id").loc[users["user_id"], "segment_number"],
            own_sizes["segment_number"],
            kinds,
            attributes,
        )
        cases = [
            f"when {condition} then '{segment_key}'"
            for condition, segment_key in zip(
                rules["condition"], own_sizes["segment_key"], strict=True
            )
            if condition
        ]
        fitted.append(
            rules.assign(
                objective=objective,
                fidelity=fidelity,
                case_expression=f"case {' '.join(cases)} end",
            )
        )
    return pd.concat(fitted, ignore_index=True)[list(COLUMN_TYPES)].astype(COLUMN_TYPES)
