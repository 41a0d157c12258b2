"""What is known of each number of segments."""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import (
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_score,
)

from user_segmentation.evidence.null_test import (
    COPIES_BESIDE,
    NullTest,
    groups_test,
    shuffled_copies_test,
    structure_test,
)
from user_segmentation.evidence.prediction_strength import (
    PREDICTIVE_STRENGTH,
    prediction_strength,
)
from user_segmentation.evidence.refits import REFITS, TEST_REFITS
from user_segmentation.evidence.separation import border_density
from user_segmentation.evidence.stability import (
    DRAWS,
    STABLE_JACCARD,
    jaccards_by_draw,
    standard_errors,
)
from user_segmentation.training.clustering import one_thread
from user_segmentation.training.known import at_center
from user_segmentation.training.techniques import TECHNIQUES


@dataclass
class Score:
    """What is known of one number of segments; None for what one segment has not."""

    segment_count: int
    inertia: float
    smallest_share: float
    silhouette: float | None = None
    davies_bouldin: float | None = None
    calinski_harabasz: float | None = None
    worst_jaccard: float | None = None
    worst_jaccard_error: float | None = None
    prediction_strength: float | None = None
    prediction_strength_error: float | None = None
    gain: float | None = None
    p_value: float | None = None
    copy_count: int | None = None
    is_within_sources: bool | None = None
    group_gain: float | None = None
    group_p_value: float | None = None
    group_copy_count: int | None = None
    border_density: float | None = None
    is_supported: bool = False
    is_chosen: bool = False
    reason: str | None = None

    @property
    def is_predictive(self):
        """Whether halves of the users predict each other's segments."""
        return self.prediction_strength >= PREDICTIVE_STRENGTH

    @property
    def null_test(self):
        """The test against shuffled copies, None where it was not made."""
        if self.p_value is None:
            return None
        return NullTest(
            self.gain, self.p_value, self.copy_count, bool(self.is_within_sources)
        )

    @property
    def groups_test(self):
        """The test against copies without groups, of the number that is chosen."""
        return NullTest(self.group_gain, self.group_p_value, self.group_copy_count)

    @property
    def is_no_tighter(self):
        """Whether the test was made and shows no structure."""
        return self.null_test is not None and not self.null_test.shows_structure


class CountEvidence:
    """What a technique finds in the data, written into scores as it is asked for.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
        The raw column that each feature comes from.
    technique : str
        A key of `TECHNIQUES`.
    """

    def __init__(self, matrix, sources, technique):
        self.matrix = matrix
        self.sources = sources
        self.fit = TECHNIQUES[technique]
        self.refit = REFITS[technique]
        self.test_fit = TEST_REFITS[technique]
        # By the number of segments.
        self.segments = {}
        self.draw_counts = {}

    def score(self, segment_count):
        """Fit so many segments and score the partition by itself."""
        segments = self.fit(self.matrix, segment_count)
        self.segments[segment_count] = segments
        score = _indices(self.matrix, segment_count, segments)
        score.prediction_strength, score.prediction_strength_error = (
            prediction_strength(self.matrix, segment_count, fit=self.test_fit)
        )
        return score

    def is_stable(self, score, draws=DRAWS):
        """Whether all segments come back; those that plainly fail are given up."""
        if self.draw_counts.get(score.segment_count, 0) < draws:
            self._draw(score, draws, may_give_up=True)
        return score.worst_jaccard >= STABLE_JACCARD

    def shows_structure(self, score):
        """Whether the segments beat all shuffled copies."""
        if score.null_test is None:
            found = structure_test(
                self.matrix,
                self.sources,
                self._test_segments(score),
                fit=self.test_fit,
            )
            score.gain, score.p_value = found.gain, found.p_value
            score.copy_count = found.copy_count
            score.is_within_sources = found.is_within_sources
        return score.null_test.shows_structure

    def stand_beside(self, score):
        """Say how much tighter the segments are, which decides nothing."""
        found = shuffled_copies_test(
            self.matrix,
            self.sources,
            self._test_segments(score),
            fit=self.test_fit,
            most_copies=COPIES_BESIDE,
        )
        score.gain, score.copy_count = found.gain, found.copy_count

    def complete(self, score):
        """Find out what is not known yet of the number that is chosen."""
        if not self.is_stable(score):
            self._draw(score, DRAWS, may_give_up=False)
        self.shows_structure(score)
        found = groups_test(
            self.matrix, self.sources, self._test_segments(score), fit=self.test_fit
        )
        score.group_gain, score.group_p_value = found.gain, found.p_value
        score.group_copy_count = found.copy_count

    def _draw(self, score, draws, *, may_give_up):
        jaccards = jaccards_by_draw(
            self.matrix,
            self.segments[score.segment_count],
            fit=self.refit,
            draws=draws,
            may_give_up=may_give_up,
        )
        means = jaccards.mean(axis=0)
        score.worst_jaccard = float(means.min())
        score.worst_jaccard_error = float(standard_errors(jaccards)[means.argmin()])
        self.draw_counts[score.segment_count] = draws

    def _test_segments(self, score):
        return self.test_fit(self.matrix, score.segment_count)


def _indices(matrix, segment_count, segments):
    labels = segments.labels
    score = Score(
        segment_count,
        segments.inertia,
        smallest_share=float(np.bincount(labels).min() / len(labels)),
        border_density=border_density(matrix, segments),
    )
    # Where every user is a segment, nothing is left to compare.
    if segment_count < len(matrix):
        complete = at_center(matrix)
        with one_thread():
            score.silhouette = float(silhouette_score(complete, labels))
            score.davies_bouldin = float(davies_bouldin_score(complete, labels))
            score.calinski_harabasz = float(calinski_harabasz_score(complete, labels))
    return score
