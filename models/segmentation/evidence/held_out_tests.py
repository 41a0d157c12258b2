from user_segmentation.evidence.kept import KeptTable

COLUMN_TYPES = {
    "objective": "str",
    "segment_number": "int32",
    "feature": "str",
    "attribute": "str",
    "answer": "str",
    "p_value": "float64",
    "q_value": "float64",
}
KEY = ["objective", "segment_number", "question", "feature", "attribute", "answer"]


def model(dbt, session):
    """One row per objective, segment and feature or answer."""
    comparisons = dbt.ref("held_out_comparisons").df().sort_values(KEY)
    tests = KeptTable(dbt, session, COLUMN_TYPES)
    tests.add(_tested, comparisons)
    return tests.rows()


def _tested(comparisons):
    # Not loaded where nothing is computed: it takes half a second.
    from user_segmentation.evidence.group_comparison import (  # noqa: PLC0415
        compare_groups,
    )

    return compare_groups(comparisons)
