"""Structure inside a single column, which shuffled copies cannot see."""

import numpy as np
from diptest import diptest

# Fewer different values are answers on a scale, whose peaks mean nothing.
FEWEST_VALUES = 10


def dip_p_value(values):
    """Chance that a feature with one peak looks as much like several as this one.

    Equal values, which rounding makes, would be peaks of their own: they are spread
    evenly over the space between them and their neighbours.

    Parameters
    ----------
    values : ndarray of shape (user_count,)
        In any unit; nan where it is not known.

    Returns
    -------
    float or None
        None with fewer than `FEWEST_VALUES` different values.

    References
    ----------
    Hartigan and Hartigan (1985), The dip test of unimodality, Annals of Statistics 13;
    the package diptest.
    """
    different, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    if len(different) < FEWEST_VALUES:
        return None
    middles = (different[1:] + different[:-1]) / 2
    # The outermost values reach as far out as in.
    bounds = np.concatenate(
        [[2 * different[0] - middles[0]], middles, [2 * different[-1] - middles[-1]]]
    )
    spread = [
        low + (np.arange(count) + 0.5) / count * (high - low)
        for low, high, count in zip(bounds[:-1], bounds[1:], counts, strict=True)
    ]
    return float(diptest(np.concatenate(spread))[1])
