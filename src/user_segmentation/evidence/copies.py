"""Copies of users in which columns have lost what the segments are to be tested for."""

import numpy as np
from scipy.stats import norm, rankdata

from user_segmentation.training.clustering import one_thread
from user_segmentation.training.known import at_center

# After so many rounds the correlations of copies are those of the data, as far as
# chance lets them.
ROUNDS = 3
COPIES_PER_ROUND = 4


def columns_of_sources(sources):
    """Columns that come from the same raw column.

    Parameters
    ----------
    sources : sequence of str, of length feature_count
        The raw column that each feature comes from.

    Returns
    -------
    list of ndarray of int
        Positions of the columns of each source.
    """
    sources = np.asarray(sources)
    return [np.flatnonzero(sources == source) for source in np.unique(sources)]


def inseparable_columns(matrix, sources):
    """Columns that cannot be taken apart: single ones, and answers to one question.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count

    Returns
    -------
    list of ndarray of int
        Positions of the columns of each unit. Columns of a source in which few users
        differ, as flags of one answer each, stay together: apart, they would be answers
        that nobody can give.
    """
    units = []
    for columns in columns_of_sources(sources):
        known = matrix[_known(matrix, columns)]
        kinds = np.unique(known[:, columns], axis=0)
        excludes = len(columns) > 1 and len(kinds) <= len(columns) + 1
        units += [columns] if excludes else np.split(columns, len(columns))
    return units


def shuffled_sources(matrix, sources, generator):
    """A copy in which sources have nothing to do with each other.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
        The columns of one source stay together.
    generator : numpy.random.Generator

    Returns
    -------
    ndarray of shape (user_count, feature_count)
    """
    copy = np.empty_like(matrix)
    for columns in columns_of_sources(sources):
        order = generator.permutation(len(matrix))
        copy[:, columns] = matrix[order[:, None], columns]
    return copy


def shuffled_columns(matrix, units, generator):
    """A copy in which no two units of columns have to do with each other.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        What is not known of a user is not known of the same user in the copy: that the
        columns of a source are missing together is no structure.
    units : list of ndarray of int
        As from `inseparable_columns`.
    generator : numpy.random.Generator

    Returns
    -------
    ndarray of shape (user_count, feature_count)
    """
    copy = matrix.copy()
    for columns in units:
        known = _known(matrix, columns)
        copy[np.ix_(generator.permutation(known), columns)] = matrix[
            np.ix_(known, columns)
        ]
    return copy


class CorrelatedCopies:
    """Copies that keep every column, and how any two go together, but no groups.

    The ranks of a copy are those of a multivariate normal sample. Its correlations are
    set so that normal scores of copies have the correlations of the data's. Answers to
    one question have an order: that in which they go with the other columns most.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features, nan where one is not known; it stays so of the same user.
    sources : sequence of str, of length feature_count
    generator : numpy.random.Generator

    References
    ----------
    Iman and Conover (1982), A distribution-free approach to inducing rank correlation
    among input variables, Communications in Statistics B 11. Cario and Nelson (1997),
    Modeling and generating random vectors with arbitrary marginal distributions and
    correlation matrix, for the correction where values are equal.
    """

    def __init__(self, matrix, sources, generator):
        self.matrix = matrix
        self.generator = generator
        self.units = inseparable_columns(matrix, sources)
        self.known = [_known(matrix, columns) for columns in self.units]
        with one_thread():
            values = [_one_column(matrix, columns) for columns in self.units]
        # The users of whom a unit is known, from its lowest value to its highest.
        self.ordered = [
            known[np.argsort(value[known], kind="stable")]
            for known, value in zip(self.known, values, strict=True)
        ]
        scores = np.zeros((len(matrix), len(self.units)))
        for unit, (known, value) in enumerate(zip(self.known, values, strict=True)):
            ranks = rankdata(value[known]) - 0.5
            scores[known, unit] = norm.ppf(ranks / max(len(known), 1))
        self.mixing = self._fitted_mixing(scores)

    def draw(self):
        """Make a copy.

        Returns
        -------
        ndarray of shape (user_count, feature_count)
        """
        copy = self.matrix.copy()
        for columns, givers, takers in zip(
            self.units, self.ordered, self._drawn_orders(self.mixing), strict=True
        ):
            copy[np.ix_(takers, columns)] = self.matrix[np.ix_(givers, columns)]
        return copy

    def _fitted_mixing(self, scores):
        wanted = latent = _correlations(scores)
        for _ in range(ROUNDS):
            mixing = _square_root(latent)
            found = [
                _correlations(self._reordered(scores, mixing))
                for _ in range(COPIES_PER_ROUND)
            ]
            latent = np.clip(latent + wanted - np.mean(found, axis=0), -1, 1)
        return _square_root(latent)

    def _reordered(self, scores, mixing):
        copy = np.zeros_like(scores)
        for unit, takers in enumerate(self._drawn_orders(mixing)):
            copy[takers, unit] = scores[self.ordered[unit], unit]
        return copy

    def _drawn_orders(self, mixing):
        with one_thread():
            drawn = self.generator.normal(size=(len(self.matrix), len(mixing))) @ mixing
        return [
            known[np.argsort(drawn[known, unit], kind="stable")]
            for unit, known in enumerate(self.known)
        ]


def _known(matrix, columns):
    return np.flatnonzero(~np.isnan(matrix[:, columns]).any(axis=1))


def _one_column(matrix, columns):
    """Values of a unit as one number a user; 0 where it is not known."""
    if len(columns) == 1:
        return at_center(matrix[:, columns[0]])
    values, known = np.zeros(len(matrix)), _known(matrix, columns)
    if not len(known):
        return values
    answers, given = np.unique(
        matrix[np.ix_(known, columns)], axis=0, return_inverse=True
    )
    own = np.eye(len(answers))[given]
    others = np.delete(at_center(matrix[known]), columns, axis=1)
    together = (own - own.mean(axis=0)).T @ (others - others.mean(axis=0))
    direction = np.linalg.svd(together)[0][:, 0]
    # A direction has no sign of its own.
    direction *= np.sign(direction[np.abs(direction).argmax()])
    values[known] = direction[given]
    return values


def _correlations(scores):
    centered = scores - scores.mean(axis=0)
    lengths = np.sqrt((centered**2).sum(axis=0))
    unit = centered / np.where(lengths > 0, lengths, 1)
    return unit.T @ unit


def _square_root(correlations):
    """The nearest that normal variables can have to these correlations, as a factor."""
    with one_thread():
        values, vectors = np.linalg.eigh(correlations)
    root = (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T
    lengths = np.sqrt((root**2).sum(axis=0))
    return root / np.where(lengths > 0, lengths, 1)
