"""Skew of numbers, and which columns are nearly copies of each other."""

import numpy as np

from user_segmentation.draft.reading import TABLE

# Ranks of so many rows say it as well as those of all.
MOST_ROWS = 200_000
# Bulmer (1979): above 1 a distribution is highly skewed.
SKEWED = 1.0
NEAR_COPY = 0.95
# Of numbers up to 1: below it they differ by rounding alone.
LEAST_DEVIATION = 1e-12
FEWEST_PAIRS = 3


def read_numbers(connection, guesses, row_count):
    """Numbers of columns, of every k-th row where there are many.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    guesses : list of Guess
    row_count : int

    Returns
    -------
    list of numpy.ndarray
        One for each guess; nan where a number is missing.
    """
    if not guesses:
        return []
    step = -(-row_count // MOST_ROWS)
    columns = ", ".join(
        f"cast({guess.number} as double) as n{place}"
        for place, guess in enumerate(guesses)
    )
    frame = connection.sql(
        f"select {columns} from {TABLE} where rowid % {step} = 0 order by rowid"
    ).df()
    return [frame[column].to_numpy(dtype=float) for column in frame]


def skewness(values):
    """Third standardised moment of the numbers that are known.

    Parameters
    ----------
    values : numpy.ndarray

    Returns
    -------
    float
        0 where all are the same.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return 0.0
    # Of any size: powers of large numbers would be infinite.
    spread = np.abs(known).max() or 1.0
    centred = known / spread - np.mean(known / spread)
    deviation = np.sqrt(np.mean(centred**2))
    if deviation <= LEAST_DEVIATION:
        return 0.0
    return float(np.mean((centred / deviation) ** 3))


def needs_log(values):
    """Skew of numbers before and after log1p, where that mends it.

    Parameters
    ----------
    values : numpy.ndarray

    Returns
    -------
    before, after : float
        None where there is nothing to mend.
    """
    known = values[~np.isnan(values)]
    if not len(known) or known.min() < 0:
        return None
    before = skewness(known)
    if before <= SKEWED:
        return None
    after = skewness(np.log1p(known))
    return (before, after) if abs(after) < abs(before) else None


def ranks(values):
    """Average ranks of the numbers that are known, nan for the others.

    Parameters
    ----------
    values : numpy.ndarray

    Returns
    -------
    numpy.ndarray
    """
    is_known = ~np.isnan(values)
    _, places, counts = np.unique(
        values[is_known], return_inverse=True, return_counts=True
    )
    ends = np.cumsum(counts)
    ranked = np.full(len(values), np.nan)
    ranked[is_known] = (ends - (counts - 1) / 2)[places]
    return ranked


def rank_correlation(one, other):
    """Correlation of ranks, over the rows in which both are known.

    Parameters
    ----------
    one, other : numpy.ndarray
        Ranks.

    Returns
    -------
    float
        0 where one of them is the same everywhere.
    """
    is_known = ~np.isnan(one) & ~np.isnan(other)
    if is_known.sum() < FEWEST_PAIRS:
        return 0.0
    one = one[is_known] - one[is_known].mean()
    other = other[is_known] - other[is_known].mean()
    scale = np.sqrt((one @ one) * (other @ other))
    return float(one @ other / scale) if scale else 0.0


def is_one_to_one(connection, one, other):
    """Whether each answer of a column stands beside one of the other, and the same.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    one, other : Guess

    Returns
    -------
    bool
    """
    # Rows in which both are known; all answers have to be among them.
    (found,) = connection.execute(
        f"select count(distinct (a, b)), count(distinct a), count(distinct b) from ("
        f"select lower({one.text}) as a, lower({other.text}) as b from {TABLE})"
        " where a is not null and b is not null"
    ).fetchall()
    return found == (len(one.answers),) * 3
