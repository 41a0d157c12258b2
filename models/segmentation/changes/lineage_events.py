import pandas as pd

from user_segmentation.training.identity import NONE
from user_segmentation.training.lineage import lineage

COLUMN_TYPES = {
    "objective": "str",
    "model_version": "int32",
    "previous_version": "Int32",
    "event": "str",
    "last_segment_number": "Int32",
    "segment_number": "Int32",
    "user_count": "int64",
    "share_of_last": "float64",
    "share_of_new": "float64",
}


def model(dbt, session):
    """One row per objective, model version and event."""
    overlaps = dbt.ref("segment_overlaps").df()
    replaced_models = dbt.ref("model_registry").filter("is_replaced").df()
    current_models = dbt.ref("model_registry").filter("is_current").df()
    told = [pd.DataFrame(columns=list(COLUMN_TYPES)).astype(COLUMN_TYPES)]
    for (objective, version), pairs in overlaps.groupby(["objective", "model_version"]):
        replaced = replaced_models[replaced_models["objective"] == objective]
        current = current_models[current_models["objective"] == objective]
        old_numbers = replaced["segment_number"].drop_duplicates().sort_values()
        new_numbers = current["segment_number"].drop_duplicates().sort_values()
        events = lineage(
            _positions(pairs["last_segment_number"], old_numbers),
            _positions(pairs["segment_number"], new_numbers),
            old_numbers.to_numpy(),
            new_numbers.to_numpy(),
            user_counts=pairs["user_count"].to_numpy(),
        ).rename(
            columns={
                "old_key": "last_segment_number",
                "new_key": "segment_number",
                "share_of_old": "share_of_last",
            }
        )
        told.append(
            events.assign(
                objective=objective,
                model_version=version,
                previous_version=replaced["model_version"].max(),
            )[list(COLUMN_TYPES)].astype(COLUMN_TYPES)
        )
    return pd.concat(told, ignore_index=True)


def _positions(numbers, known):
    """Position of each number among the known ones; `identity.NONE` elsewhere."""
    positions = pd.Series(range(len(known)), index=known)
    return positions.reindex(numbers, fill_value=NONE).to_numpy(int)
