"""Rules that say in raw units who is in a segment, as SQL."""

from fractions import Fraction
from math import ceil

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, precision_recall_fscore_support
from sklearn.model_selection import PredefinedSplit, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from user_segmentation.training.clustering import SEED

DEEPEST = 4
SMALLEST_LEAF = 0.01
FOLDS = 10
UNKNOWN = "is null"


def fitted_rules(users, labels, segment_numbers, kinds, attributes):
    """Fit one tree to all segments, and say of each what its rule is worth.

    Parameters
    ----------
    users : DataFrame of shape (user_count, feature_count)
        Features in raw units, nan where one is not known; at least two users.
    labels : ndarray of shape (user_count,)
        Number of each user's segment.
    segment_numbers : sequence of int
        All segments; some may have no user here.
    kinds : mapping of str to str
        Kind of each feature: "numeric", "ordered" (an answer on a scale) or "flag" (0
        or 1).
    attributes : mapping of str to str
        What was asked, for each feature that follows from one answer.

    Returns
    -------
    rules : DataFrame
        One row per segment, in the order of the numbers: segment_number; condition,
        None where the tree puts nobody into the segment; coverage, the share of users
        whom the condition picks; precision and recall, cross-validated, nan where there
        is nothing to divide by. All three are nan where the condition asks nothing but
        one answer: they would count, segment by segment, the users who gave it.
    fidelity : float
        Share of the users whom the tree puts into their own segment, cross-validated.

    References
    ----------
    scikit-learn, DecisionTreeClassifier: the CART of Breiman et al. (1984).
    """
    matrix = users.to_numpy(float)
    tree = new_tree().fit(matrix, labels)
    paths = tree_paths(tree, matrix, list(users.columns))
    picked = tree.predict(matrix)
    # A tree that has not seen the user tells what the rule does for the next ones.
    foreseen = cross_val_predict(new_tree(), matrix, labels, cv=even_folds(labels))
    precision, recall, _, _ = precision_recall_fscore_support(
        labels, foreseen, labels=segment_numbers, zero_division=np.nan
    )
    rules = pd.DataFrame(
        {
            "segment_number": segment_numbers,
            "condition": [
                condition(paths[number], kinds) if number in paths else None
                for number in segment_numbers
            ],
            "coverage": [np.mean(picked == number) for number in segment_numbers],
            "precision": precision,
            "recall": recall,
        }
    )
    is_counting = [
        _asks_one_answer(paths.get(number, []), attributes)
        for number in segment_numbers
    ]
    rules.loc[is_counting, ["coverage", "precision", "recall"]] = np.nan
    return rules, float(accuracy_score(labels, foreseen))


def new_tree():
    """Make a tree that people can read, not fitted yet.

    Returns
    -------
    DecisionTreeClassifier
    """
    return DecisionTreeClassifier(
        max_depth=DEEPEST, min_samples_leaf=SMALLEST_LEAF, random_state=SEED
    )


def even_folds(labels):
    """Deal the users of each segment out to ten folds, or to one each if they are few.

    scikit-learn's own stratified folds want as many members of a segment as folds.

    Parameters
    ----------
    labels : ndarray of shape (user_count,)
        The order of users must not tell anything about them.

    Returns
    -------
    PredefinedSplit
        The numbers of a segment's users in any two folds differ by one at most.
    """
    folds = np.empty(len(labels), dtype=int)
    folds[np.argsort(labels, kind="stable")] = np.arange(len(labels)) % FOLDS
    return PredefinedSplit(folds)


def tree_paths(tree, matrix, features):
    """Find the ways through a tree that lead to each segment.

    Parameters
    ----------
    tree : DecisionTreeClassifier
        Fitted to `matrix`.
    matrix : ndarray of shape (user_count, feature_count)
    features : list of str, of length feature_count

    Returns
    -------
    dict of int and list
        For each segment that the tree puts anybody into, its paths. A path is a dict of
        features, each a dict of the tightest threshold on its sides, ">" or "<=": None
        where it is beyond every number. Of a feature that is not known of everybody
        `UNKNOWN` tells whether the path is open to the others. Every user meets exactly
        one path: of the segment that the tree predicts.
    """
    nodes = tree.tree_
    # As trees see numbers.
    seen = matrix.astype(np.float32)
    has_unknowns = np.isnan(matrix).any(axis=0)

    def leaves(node, path):
        if nodes.children_left[node] == nodes.children_right[node]:
            return [(int(tree.classes_[nodes.value[node].argmax()]), path)]
        column = nodes.feature[node]
        threshold = _threshold(matrix, seen, column, nodes.threshold[node])
        is_left = bool(nodes.missing_go_to_left[node])
        feature = features[column]
        sides = path.get(feature, {})
        # Of several bounds on one side the last is the tightest, unless it is none.
        below, above = {"<=": threshold or sides.get("<=")}, {">": threshold}
        if has_unknowns[column]:
            below[UNKNOWN] = is_left and sides.get(UNKNOWN, True)
            above[UNKNOWN] = not is_left and sides.get(UNKNOWN, True)
        below, above = (path | {feature: sides | side} for side in (below, above))
        found = [
            *leaves(nodes.children_left[node], below),
            *leaves(nodes.children_right[node], above),
        ]
        # A question whose answers all lead to one segment need not be asked.
        segments = {segment for segment, _ in found}
        return found if len(segments) > 1 else [(segments.pop(), path)]

    paths = {}
    for segment, path in leaves(0, {}):
        paths.setdefault(segment, []).append(path)
    return paths


def condition(paths, kinds):
    """Write the paths to a segment as one condition in SQL.

    Parameters
    ----------
    paths : list of dict
        From `tree_paths`.
    kinds : mapping of str to str

    Returns
    -------
    str
    """
    written = [
        " and ".join(
            part
            for feature, sides in path.items()
            if (part := _asked_of(feature, sides, kinds[feature]))
        )
        for path in paths
    ]
    # The way through a tree that asks nothing is open to everybody.
    return f"({') or ('.join(written)})" if len(written) > 1 else written[0] or "true"


def _asked_of(feature, sides, kind):
    """What a path asks of one feature; nothing where it is open to everybody."""
    bounds = " and ".join(
        f"{feature} = {int(side == '>')}"
        if kind == "flag"
        else f"{feature} {side} {sides[side]}"
        for side in (">", "<=")
        if sides.get(side)
    )
    if UNKNOWN not in sides:
        return bounds
    if ">" in sides and sides[">"] is None:
        return f"{feature} is null"
    if not sides[UNKNOWN]:
        return bounds or f"{feature} is not null"
    return f"({bounds} or {feature} is null)" if bounds else ""


def _threshold(matrix, seen, column, threshold):
    """What a question of the tree compares with; None where it asks what is known."""
    if not np.isfinite(threshold):
        return None
    values, is_below = matrix[:, column], seen[:, column] <= threshold
    return shortest_threshold(np.max(values[is_below]), np.nanmin(values[~is_below]))


def _asks_one_answer(paths, attributes):
    asked = {attributes.get(feature) for path in paths for feature in path}
    return len(asked) == 1 and None not in asked


def shortest_threshold(low, high):
    """Find the shortest decimal number that keeps two numbers on different sides.

    Parameters
    ----------
    low, high : float
        In this order, and different as 32-bit numbers.

    Returns
    -------
    str
        At least `low` and below `high`; of those with the fewest characters the one
        nearest to the middle between them, and the smaller of two.
    """
    # As they are written: between two ways to write one number lies nothing.
    low, high = Fraction(repr(float(low))), Fraction(repr(float(high)))
    decimals, first, last = 0, ceil(low), ceil(high) - 1
    while first > last:
        decimals += 1
        first, last = ceil(low * 10**decimals), ceil(high * 10**decimals) - 1
    # The nearer to zero, the fewer digits.
    if first > 0:
        last = min(last, 10 ** len(str(first)) - 1)
    elif last < 0:
        first = max(first, 1 - 10 ** len(str(-last)))
    else:
        first, last = 0, min(last, 9)
    middle = ceil((low + high) / 2 * 10**decimals - Fraction(1, 2))
    digits = min(max(middle, first), last)
    sign = "-" if digits < 0 else ""
    whole, part = divmod(abs(digits), 10**decimals)
    return f"{sign}{whole}" + (f".{part:0{decimals}}" if decimals else "")
