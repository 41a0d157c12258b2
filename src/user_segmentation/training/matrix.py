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
        Users in the order of the sample, features in the order of their names; nan
        where a feature is not known of a user.
    """
    vectors = _read(training_matrix, "vector", objective, most_users)
    if not len(vectors):
        return np.empty((0, 0))
    # DuckDB gives a list with nulls as a masked array.
    return np.ma.stack(vectors).filled(np.nan)


def read_user_ids(training_matrix, objective):
    """Identifiers of the sampled users of one objective.

    Parameters
    ----------
    training_matrix : relation of the model training_matrix
    objective : str

    Returns
    -------
    ndarray of shape (user_count,)
        In the order of the sample.
    """
    return _read(training_matrix, "user_id", objective)


def _read(training_matrix, column, objective, most_users=None):
    condition = f"objective = '{objective}'"
    if most_users:
        condition += f" and sample_rank <= {most_users}"
    rows = training_matrix.filter(condition).project(f"sample_rank, {column}").df()
    return rows.sort_values("sample_rank")[column].to_numpy()
