"""What a verdict means for somebody who has to decide."""

from dataclasses import dataclass

from user_segmentation.evidence.null_test import (
    COPIES,
    GROUP_COPIES,
    SMALLEST_GAIN,
    SMALLEST_GROUP_GAIN,
    NullTest,
)
from user_segmentation.evidence.prediction_strength import PREDICTIVE_STRENGTH
from user_segmentation.evidence.stability import STABLE_JACCARD
from user_segmentation.evidence.verdict import MODERATE_GAIN, MOST_AT_BORDER
from user_segmentation.report.words import decimal, percent, rounded_down, rounded_up


@dataclass(frozen=True)
class Verdict:
    """A verdict in words.

    Attributes
    ----------
    headline : str
    advice : str
        What the segments are good for, and what not.
    label : str
        What the segments are, for a small place.
    """

    headline: str
    advice: str
    label: str


VERDICTS = {
    "none": Verdict(
        headline="No natural segments were found in this data.",
        advice=(
            "What follows are slices of convenience: shuffled data gives slices as "
            "tight, or nearly so. Use them to spread work or to rotate themes, if at "
            "all. Do not treat users differently in the belief that they are of "
            "different kinds; no actions are recommended."
        ),
        label="Slices of convenience",
    ),
    "weak": Verdict(
        headline="There is structure, but little, or not all of these segments hold.",
        advice=(
            "The answers go together in some way, but by little, or so that another "
            "sample of the same users would give some of the segments otherwise: the "
            "stability of each stands beside its name. Take them as ideas to try out, "
            "not as groups to plan by."
        ),
        label="Little structure, or not all segments hold",
    ),
    "moderate": Verdict(
        headline="The segments come back, but are not shown to be separate groups.",
        advice=(
            "Drawn again, most of each segment is found again: good for choosing an "
            "emphasis. Users near a border might as well be in the next segment, and "
            "nothing shows that users change suddenly where one ends."
        ),
        label="Slices that come back",
    ),
    "strong": Verdict(
        headline="There are separate groups of users, and they come back.",
        advice=(
            "Drawn again, the users fall into the same groups, with fewer of them "
            "between neighbouring groups than inside. You can plan by them. Whether a "
            "campaign for one of them pays, only a trial can show."
        ),
        label="Separate groups",
    ),
}


@dataclass(frozen=True)
class Evidence:
    """One number behind a verdict, beside what is asked for."""

    question: str
    answer: str
    asked: str
    is_met: bool


def evidence_of(segmentation):
    """The numbers that decide the verdict.

    Parameters
    ----------
    segmentation : row of the mart segmentations

    Returns
    -------
    list of Evidence
    """
    return [
        Evidence(
            "How much tighter than in shuffled data?",
            percent(rounded_down(segmentation.gain, 3)),
            f"asked for: {SMALLEST_GAIN:.0%}, for more than weak "
            f"{MODERATE_GAIN:.0%}, and tighter than each of {COPIES} shuffled "
            f"copies{_copies_as_tight(segmentation)}",
            segmentation.gain >= MODERATE_GAIN
            and segmentation.p_value <= 1 / (1 + COPIES),
        ),
        Evidence(
            "Does the least stable segment come back?",
            decimal(rounded_down(segmentation.worst_jaccard)),
            f"asked for: {STABLE_JACCARD:.2f}; 1 is always",
            segmentation.worst_jaccard >= STABLE_JACCARD,
        ),
        Evidence(
            "Do halves of the users predict each other's segments?",
            decimal(rounded_down(segmentation.prediction_strength)),
            f"asked of separate groups: {PREDICTIVE_STRENGTH:.2f}; 1 is perfectly",
            segmentation.prediction_strength >= PREDICTIVE_STRENGTH,
        ),
        Evidence(
            "How full is the fullest border, beside its centres?",
            decimal(rounded_up(segmentation.border_density)),
            f"asked of separate groups: at most {MOST_AT_BORDER:.2f}; 1 is as full",
            segmentation.border_density <= MOST_AT_BORDER,
        ),
        Evidence(
            "How much tighter than in data without groups?",
            percent(rounded_down(segmentation.group_gain, 3)),
            f"asked of separate groups: {SMALLEST_GROUP_GAIN:.0%}, and tighter than "
            f"each of {GROUP_COPIES} copies whose columns go together as these do (p = "
            f"{decimal(segmentation.group_p_value)}; asked for: "
            f"{1 / (1 + GROUP_COPIES):.2f})",
            NullTest(
                segmentation.group_gain,
                segmentation.group_p_value,
                segmentation.group_copy_count,
            ).shows_groups,
        ),
    ]


def _copies_as_tight(segmentation):
    """Which copies decided against the segments; empty where none did."""
    made = segmentation.copy_count
    as_tight = round(segmentation.p_value * (1 + made)) - 1
    if not as_tight:
        return ""
    stop = "" if made == COPIES else ", and the test stopped early"
    return f"; {as_tight} of {made} were as tight{stop}"
