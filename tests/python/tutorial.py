"""The tutorial's treatment of the profiles, to compare with."""

import numpy as np
import pandas as pd
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = [
    "Time Spent Online (hrs/weekday)",
    "Time Spent Online (hrs/weekend)",
    "Likes and Reactions",
    "Click-Through Rates (CTR)",
]
ANSWERS = ["Age", "Gender", "Income Level"]


def tutorial_matrix(profiles):
    """Standardised numbers beside raw one-hot answers, as the tutorial has them.

    Parameters
    ----------
    profiles : DataFrame
        The raw file.

    Returns
    -------
    ndarray of shape (user_count, 18)
    """
    return np.hstack(
        [
            StandardScaler().fit_transform(profiles[NUMBERS]),
            OneHotEncoder(sparse_output=False).fit_transform(profiles[ANSWERS]),
        ]
    )


def read_profiles(path):
    """The raw file, answers as text."""
    return pd.read_csv(path, dtype={"User ID": str})
