"""How far groups and answers go together."""

import numpy as np
from scipy.stats import chi2_contingency


def cramers_v(counts):
    """Bias-corrected Cramér's V (Bergsma 2013) of a table of counts."""
    counts = counts[:, counts.any(axis=0)]
    most_chance = counts.sum() - 1
    freedoms = np.array(counts.shape) - 1
    phi_squared = chi2_contingency(counts, correction=False).statistic / counts.sum()
    corrected = max(phi_squared - freedoms.prod() / most_chance, 0)
    return np.sqrt(corrected / (freedoms - freedoms**2 / most_chance).min())
