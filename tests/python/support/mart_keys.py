"""The published marts, by what their rows are told apart by."""

MARTS = {
    "users": "user_id",
    "segments": "segment_key",
    "segment_traits": "segment_key, feature",
    "segment_answers": "segment_key, attribute, answer",
    "segment_list_items": "segment_key, attribute, item",
    "segment_claims": "segment_key, claim_number",
    "segment_rules": "segment_key",
    "segmentations": "objective",
    "technique_scores": "objective, technique",
    "segment_outcomes": "objective, outcome, grouping",
    "protected_attribute_audit": "objective, attribute",
    "customers": "user_id",
    "customer_segments": "purchase_segment",
    "audiences": "objective, user_id",
    "audience_sizes": "segment_key, platform",
    "segment_lineage": "objective, model_version, last_segment_key, segment_key",
    "feature_drift": "objective, feature",
    "segment_drift": "segment_key",
    "segment_counts": "objective, segment_count",
    "segment_map": "objective, point_kind, point_number",
    "rejection_counts": "source, reason",
    "input_changes": "measure, subject",
    "outlier_counts": "feature",
    "left_out_features": "objective, feature",
}
# These name builds by their time, which no other build has.
TIMED = {
    *("model_versions", "segment_history", "segment_migrations"),
    "segment_name_changes",
}
