from user_segmentation.evidence.group_comparison import compare_groups

COLUMN_TYPES = {
    "objective": "str",
    "segment_number": "int32",
    "feature": "str",
    "attribute": "str",
    "answer": "str",
    "p_value": "float64",
    "q_value": "float64",
}


def model(dbt, session):
    """One row per objective, segment and feature or answer."""
    tests = compare_groups(dbt.ref("held_out_comparisons").df())
    return tests[list(COLUMN_TYPES)].astype(COLUMN_TYPES)
