"""What the evidence says of a segmentation, in one word."""

from stability import STABLE_JACCARD

# Below this a segment is not to be trusted (Hennig 2007).
REPRODUCIBLE_JACCARD = 0.60
# Half as many users at the border as at the emptier of the two centres.
MOST_AT_BORDER = 0.5
BORDER_P_VALUE = 0.05


def verdict(null_test, worst_jaccard, border_density):
    """Judge a segmentation.

    The rule was calibrated on structureless data and on planted groups:
    `make calibrate` shows what it says of each.

    Parameters
    ----------
    null_test : NullTest
        Of the same number of segments.
    worst_jaccard : float
        Stability of the least stable segment, 0 to 1.
    border_density : float
        Median over the segments.

    Returns
    -------
    {"none", "weak", "moderate", "strong"}
        No structure that shuffling would break; structure, but segments that do not all
        come back; segments that come back and may touch; separate groups that come
        back.
    """
    if not null_test.shows_structure:
        return "none"
    if worst_jaccard < REPRODUCIBLE_JACCARD:
        return "weak"
    are_apart = (
        border_density <= MOST_AT_BORDER and null_test.border_p_value <= BORDER_P_VALUE
    )
    if worst_jaccard >= STABLE_JACCARD and are_apart:
        return "strong"
    return "moderate"
