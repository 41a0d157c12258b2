import pandas as pd
from dbt.adapters.events.logging import AdapterLogger

from user_segmentation.files.gate import file_fingerprint
from user_segmentation.training.identity import NONE
from user_segmentation.training.matrix import read_user_ids, read_vectors
from user_segmentation.training.model_registry import (
    COLUMN_TYPES,
    SCALE_COLUMNS,
    model_rows,
    newest_version,
)


def model(dbt, session):
    """One row per objective, model version, segment and feature."""
    training_matrix = dbt.ref("training_matrix")
    # Of the users of the sample alone: all of them need not fit into memory.
    last_segments = dbt.ref("last_segments").join(dbt.ref("training_users"), "user_id")
    scores = dbt.ref("segment_count_scores").filter("is_chosen").df()
    segment_counts = scores.set_index("objective")["segment_count"]
    techniques = dbt.ref("objectives").df().set_index("objective")["technique"]
    scales = dbt.ref("feature_scales").df().sort_values("feature")
    if dbt.is_incremental:
        registry = session.sql(f"select * from {dbt.this}").df()
    else:
        registry = pd.DataFrame(columns=list(COLUMN_TYPES))

    trained = [pd.DataFrame(columns=list(COLUMN_TYPES)).astype(COLUMN_TYPES)]
    decisions = dbt.ref("retrain_decisions").filter("not is_kept").df()
    for decision in decisions.sort_values("objective").itertuples():
        objective = decision.objective
        if objective not in segment_counts:  # `dbt build --empty` sends no rows
            continue
        # Not loaded where nothing is trained: they take a second.
        from user_segmentation.training.succession import (  # noqa: PLC0415
            Predecessor,
            first_model,
            successor,
        )
        from user_segmentation.training.techniques import TECHNIQUES  # noqa: PLC0415

        matrix = read_vectors(training_matrix, objective)
        AdapterLogger("segmentation").info(
            f"{objective}: fitting {segment_counts[objective]} segments "
            f"to {len(matrix)} users. {decision.reason}"
        )
        past = registry[registry["objective"] == objective]
        highest_number = past["segment_number"].max() if len(past) else 0
        asked = {
            "matrix": matrix,
            "segment_count": segment_counts[objective],
            "scales": scales.loc[
                scales["objective"] == objective, SCALE_COLUMNS
            ].reset_index(drop=True),
            "fit": TECHNIQUES[techniques[objective]],
        }
        if decision.retrain_trigger in {"first", "users"}:
            fitted = first_model(highest_number=highest_number, **asked)
        else:
            numbers = last_segments.filter(f"objective = '{objective}'").project(
                "user_id, segment_number"
            )
            user_numbers = (
                numbers.df()
                .set_index("user_id")["segment_number"]
                .reindex(read_user_ids(training_matrix, objective), fill_value=NONE)
            )
            predecessor = Predecessor(
                newest_version(past),
                user_numbers.to_numpy(),
                highest_number,
                may_stay=decision.retrain_trigger == "age",
            )
            fitted = successor(predecessor=predecessor, **asked)
        facts = {
            "objective": objective,
            "model_version": past["model_version"].max() + 1 if len(past) else 1,
            "trained_at": decision.decided_at,
            "reason": f"{decision.reason} {fitted.remark}".strip(),
            "definition_fingerprint": decision.definition_fingerprint,
            "is_sample": decision.is_sample,
            "input_fingerprint": file_fingerprint(decision.input),
            "user_count": len(matrix),
            "inertia": fitted.inertia,
        }
        trained.append(
            model_rows(fitted.centroids, fitted.numbers, fitted.scales, facts)
        )
    return pd.concat(trained, ignore_index=True)
