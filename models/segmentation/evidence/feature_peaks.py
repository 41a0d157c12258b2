import pandas as pd

from user_segmentation.evidence.kept import KeptTable

COLUMN_TYPES = {"feature": "str", "p_value": "float64", "has_several_peaks": "bool"}
# For all features together (Bonferroni).
LARGEST_P_VALUE = 0.01


def model(dbt, session):
    """One row per numeric feature that forms segments of some objective."""
    users = dbt.ref("evidence_sample").df().sort_values("sample_rank")
    scales = dbt.ref("feature_scales").df()
    values = users[sorted(set(scales["feature"]))]
    peaks = KeptTable(dbt, session, COLUMN_TYPES)
    peaks.add(_tested, values, LARGEST_P_VALUE)
    return peaks.rows()


def _tested(values, largest_p_value):
    # Not loaded where nothing is computed: it takes half a second.
    from user_segmentation.evidence.single_columns import dip_p_value  # noqa: PLC0415

    p_values = [dip_p_value(values[feature].to_numpy(float)) for feature in values]
    peaks = pd.DataFrame({"feature": list(values), "p_value": p_values}).dropna()
    peaks["has_several_peaks"] = peaks["p_value"] * len(peaks) < largest_p_value
    return peaks
