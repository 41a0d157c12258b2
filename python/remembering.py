"""Fits that are asked for again in the same build."""

from collections import OrderedDict
from functools import wraps
from hashlib import sha256

import numpy as np

# Enough for four objectives; of 2,000 users that many take 20 MB.
MOST_FITS = 1000


def remembered(fit):
    """Make a fit that is made once, however often it is asked for.

    Evidence is looked at from several sides in one build: the same users are drawn for
    the number of segments, for the verdict and beside other techniques.

    Parameters
    ----------
    fit : callable
        From a matrix and plain values to what is never changed afterwards; the same
        for the same bytes.

    Returns
    -------
    callable
        As `fit`; its `forget()` makes it fit anew.
    """
    found = OrderedDict()

    @wraps(fit)
    def fit_once(matrix, *asked):
        users = sha256(np.ascontiguousarray(matrix)).digest()
        key = (users, matrix.shape, matrix.dtype, asked)
        if key not in found:
            found[key] = fit(matrix, *asked)
            if len(found) > MOST_FITS:
                found.popitem(last=False)
        return found[key]

    fit_once.forget = found.clear
    return fit_once
