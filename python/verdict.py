"""What the evidence says of a segmentation, in one word."""

from prediction_strength import PREDICTIVE_STRENGTH
from separation import BORDER_COPIES
from stability import STABLE_JACCARD

# What goes together by less makes slices, but is hardly worth a segmentation.
MODERATE_GAIN = 0.05
# Half as many users at the border as at the emptier of the two centres.
MOST_AT_BORDER = 0.5


def are_apart(border_density, border_p_value):
    """Whether the fullest border is empty, and emptier than in each of the copies.

    Parameters
    ----------
    border_density, border_p_value : float

    Returns
    -------
    bool
    """
    return border_density <= MOST_AT_BORDER and border_p_value <= 1 / (
        1 + BORDER_COPIES
    )


def verdict(
    null_test, worst_jaccard, prediction_strength, border_density, border_p_value
):
    """Judge a segmentation.

    The rule was calibrated on data without groups and on planted groups: `make
    calibrate` shows what it says of each.

    Parameters
    ----------
    null_test : NullTest
        Of the same number of segments.
    worst_jaccard : float
        Stability of the least stable segment, 0 to 1.
    prediction_strength : float
        Of the same number of segments, 0 to 1.
    border_density : float
        Of the fullest border.
    border_p_value : float

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
    is_strong = prediction_strength >= PREDICTIVE_STRENGTH and are_apart(
        border_density, border_p_value
    )
    return "strong" if is_strong else "moderate"
