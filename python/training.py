"""The training matrix as NumPy sees it."""

import numpy as np


def read_vectors(training_matrix, objective, *, most_users=None):
    """Scaled features of the sampled users of one objective.

    Parameters
    ----------
    training_matrix : relation of the model training_matrix
    objective : str
    most_users : int, optional
        Take only so many users, from the top of the sample.

    Returns
    -------
    ndarray of shape (user_count, feature_count)
        Users in the order of the sample, features in the order of their names.
    """
    condition = f"objective = '{objective}'"
    if most_users:
        condition += f" and sample_rank <= {most_users}"
    rows = training_matrix.filter(condition).df().sort_values("sample_rank")
    return np.stack(rows["vector"].to_numpy()) if len(rows) else np.empty((0, 0))
