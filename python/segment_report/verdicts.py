"""What a verdict means for somebody who has to decide."""

from dataclasses import dataclass

from null_test import COPIES, SMALLEST_GAIN
from segment_report.words import decimal, percent
from stability import STABLE_JACCARD
from verdict import BORDER_P_VALUE, MOST_AT_BORDER


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
            "What follows are slices of convenience: the users could as well be cut in "
            "any other way. Use them to spread work or to rotate themes, if at all. Do "
            "not treat users differently in the belief that they are of different "
            "kinds."
        ),
        label="Slices of convenience",
    ),
    "weak": Verdict(
        headline="There is structure, but these segments do not hold.",
        advice=(
            "The answers go together in some way, yet another sample of the same "
            "users would give other segments. Take them as ideas to try out, not as "
            "groups to plan by."
        ),
        label="Segments that do not hold",
    ),
    "moderate": Verdict(
        headline="The same segments come back, but users shade into one another.",
        advice=(
            "These are slices of a continuum: good for choosing an emphasis, while "
            "users near a border might as well be next door. Nothing changes suddenly "
            "where one segment ends."
        ),
        label="Slices of a continuum",
    ),
    "strong": Verdict(
        headline="There are separate groups of users, and they come back.",
        advice=(
            "Drawn again, the users fall into the same groups, with fewer of them "
            "between the groups than inside. They can be planned by. Whether a "
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
            percent(segmentation.gain),
            f"asked for: {percent(SMALLEST_GAIN)}, and beyond all {COPIES} copies",
            segmentation.gain >= SMALLEST_GAIN
            and segmentation.p_value <= 1 / (1 + COPIES),
        ),
        Evidence(
            "Does the least stable segment come back?",
            decimal(segmentation.worst_jaccard),
            f"asked for: {STABLE_JACCARD:.2f}; 1 is always",
            segmentation.worst_jaccard >= STABLE_JACCARD,
        ),
        Evidence(
            "How full are borders, beside centres?",
            decimal(segmentation.border_density),
            f"asked for: at most {MOST_AT_BORDER:.2f}; 1 is as full",
            segmentation.border_density <= MOST_AT_BORDER
            and segmentation.border_p_value <= BORDER_P_VALUE,
        ),
    ]
