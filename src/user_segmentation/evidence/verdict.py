"""What the evidence says of a segmentation, in one word."""

from user_segmentation.evidence.prediction_strength import PREDICTIVE_STRENGTH
from user_segmentation.evidence.stability import STABLE_JACCARD

# What goes together by less makes slices, but is hardly worth a segmentation.
MODERATE_GAIN = 0.05
# Half as many users at the border as at the emptier of the two centres.
MOST_AT_BORDER = 0.5


def verdict(null_test, groups_test, worst_jaccard, prediction_strength, border_density):
    """Judge a segmentation.

    The rule was calibrated on data without groups and on planted groups: `make
    calibrate` shows what it says of each.

    Parameters
    ----------
    null_test, groups_test : NullTest
        Of the same number of segments, against shuffled copies and against those
        without groups.
    worst_jaccard : float
        Stability of the least stable segment, 0 to 1.
    prediction_strength : float
        Of the same number of segments, 0 to 1.
    border_density : float
        Of the fullest border.

    Returns
    -------
    {"none", "weak", "moderate", "strong"}
        No structure that shuffling would break; structure, but little of it or segments
        that do not all come back; segments that come back and may touch; separate
        groups that come back.
    """
    if not null_test.shows_structure:
        return "none"
    if worst_jaccard < STABLE_JACCARD or null_test.gain < MODERATE_GAIN:
        return "weak"
    is_strong = (
        groups_test.shows_groups
        and prediction_strength >= PREDICTIVE_STRENGTH
        and border_density <= MOST_AT_BORDER
    )
    return "strong" if is_strong else "moderate"
