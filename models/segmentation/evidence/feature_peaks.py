import pandas as pd

from user_segmentation.evidence.single_columns import dip_p_value

COLUMN_TYPES = {"feature": "str", "p_value": "float64", "has_several_peaks": "bool"}
# For all features together (Bonferroni).
LARGEST_P_VALUE = 0.01


def model(dbt, session):
    """One row per numeric feature that forms segments of some objective."""
    users = dbt.ref("evidence_sample").df()
    scales = dbt.ref("feature_scales").df()
    features = sorted(set(scales["feature"]))
    p_values = [dip_p_value(users[feature].to_numpy(float)) for feature in features]
    peaks = pd.DataFrame({"feature": features, "p_value": p_values}).dropna()
    peaks["has_several_peaks"] = peaks["p_value"] * len(peaks) < LARGEST_P_VALUE
    return peaks.astype(COLUMN_TYPES)
