"""The verdict, and the number of segments, on data of which the truth is known.

    make calibrate
    make calibrate ARGS="--draws 200 --first-seed 1000 --only copula"

Prints Markdown tables: data without groups, groups of many shapes, and the treatments
of mixed data.
"""

import argparse
from collections import Counter
from functools import partial

import numpy as np
from sklearn.metrics import adjusted_rand_score

from continua import CONTINUA
from groups import GROUPS
from planted import PERSONA_COUNT, correlated_cloud, planted, shuffled, uniform
from treatment_study import treatment_table
from user_segmentation.evidence.asked_counts import AUTO, Asked
from user_segmentation.evidence.segment_counts import score_segment_counts
from user_segmentation.evidence.verdict import verdict
from user_segmentation.training.clustering import fit_segments

VERDICTS = ["none", "weak", "moderate", "strong"]
# A build looks at no more of them.
MOST_USERS = 2000


def judge(matrix, sources, segment_count=AUTO):
    """What a build says of some users.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
    segment_count : int or str
        `AUTO` or a number of segments.

    Returns
    -------
    verdict : str
        One of `VERDICTS`.
    score : Score
        Of the number of segments that the verdict is about.
    """
    scores = score_segment_counts(
        matrix[:MOST_USERS], sources, Asked(str(segment_count), PERSONA_COUNT)
    )
    (score,) = [score for score in scores if score.is_chosen]
    return (
        verdict(
            score.null_test,
            score.groups_test,
            score.worst_jaccard,
            score.prediction_strength,
            score.border_density,
        ),
        score,
    )


def shuffled_draw(seed):
    """Users with personas, shuffled until nothing is left of them."""
    matrix, sources, _ = planted(1.5, seed)
    return shuffled(matrix, sources, seed)


WITHOUT_GROUPS = {
    "shuffled": shuffled_draw,
    "uniform": uniform,
    **{
        f"one cloud, correlation {rho}": partial(correlated_cloud, rho)
        for rho in (0.2, 0.5, 0.8)
    },
    **CONTINUA,
}


def agreements(matrix, truth, segment_count):
    """Adjusted Rand index of segments with the truth.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    truth : ndarray of shape (user_count,)
    segment_count : int
        The number found.

    Returns
    -------
    found, true : float
        Of as many segments as were found, and of as many as there are groups.
    """
    group_count = len(np.unique(truth))
    return tuple(
        adjusted_rand_score(truth, fit_segments(matrix, count).labels)
        for count in (segment_count, group_count)
    )


def row(*cells):
    """A line of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def show(kind, draw, seeds):
    """Print the line of one kind of data.

    Parameters
    ----------
    kind : str
    draw : callable
        From a seed to a matrix, its sources and, where there are groups, the truth.
    seeds : iterable of int
    """
    verdicts, numbers, found = Counter(), Counter(), []
    for seed in seeds:
        matrix, sources, *truth = draw(seed=seed)
        word, score = judge(matrix, sources)
        verdicts[word] += 1
        numbers[score.segment_count if score.is_supported else 1] += 1
        if truth:
            found.append(agreements(matrix, *truth, score.segment_count))
    cells = [f"{index:.2f}" for index in np.mean(found, axis=0)] if found else ["", ""]
    counts = ", ".join(f"{number}: {numbers[number]}" for number in sorted(numbers))
    tally = [verdicts[name] for name in VERDICTS]
    print(row(kind, sum(tally), *tally, counts, *cells), flush=True)


def main(arguments=None):
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--draws", type=int, default=10, help="of each kind; default: 10"
    )
    parser.add_argument("--first-seed", type=int, default=0, help="default: 0")
    parser.add_argument("--only", default="", help="kinds whose name has this text")
    asked = parser.parse_args(arguments)
    seeds = range(asked.first_seed, asked.first_seed + asked.draws)
    titles = ["data", "draws", *VERDICTS, "numbers found", "ARI", "ARI, true number"]
    print(row(*titles))
    print(row(*["---"] * len(titles)))
    for kind, draw in (WITHOUT_GROUPS | GROUPS).items():
        if asked.only in kind:
            show(kind, draw, seeds)
    if not asked.only:
        print()
        print(treatment_table(seeds))


if __name__ == "__main__":
    main()
