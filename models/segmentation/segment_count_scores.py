import pandas as pd
from segment_counts import score_segment_counts
from training import read_vectors

# More users change neither the choice nor the scores, and cost in proportion.
MOST_USERS = 2000
COLUMNS = [
    "objective",
    "segment_count",
    "inertia",
    "worst_jaccard",
    "is_chosen",
    "reason",
]


def model(dbt, session):
    """One row per objective and number of segments."""
    training_matrix = dbt.ref("training_matrix")
    scores = []
    for objective in dbt.ref("objectives").df().itertuples():
        matrix = read_vectors(
            training_matrix, objective.objective, most_users=MOST_USERS
        )
        if len(matrix):  # `dbt build --empty` sends no rows
            scores += [
                {"objective": objective.objective, **score}
                for score in score_segment_counts(
                    matrix, objective.segment_count, objective.fallback_segment_count
                )
            ]
    return pd.DataFrame(scores, columns=COLUMNS)
