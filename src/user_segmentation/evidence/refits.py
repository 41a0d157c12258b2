"""Techniques for the fits that evidence makes by the hundred, of few users each."""

from functools import partial

from user_segmentation.evidence.many_starts import kmeans
from user_segmentation.training.techniques import TECHNIQUES, bisecting_kmeans

# For draws: the segments of `TECHNIQUES`.
REFITS = TECHNIQUES | {"kmeans": kmeans}
# For the test against shuffled copies: as exact with fewer starts, as long as data and
# copies have as many, and in a third of the time.
TEST_RESTARTS = 3
TEST_REFITS = REFITS | {
    "kmeans": partial(kmeans, restarts=TEST_RESTARTS),
    "bisecting_kmeans": partial(bisecting_kmeans, restarts=TEST_RESTARTS),
}
