"""Who a segment is: what its card shows of the marts."""

from dataclasses import dataclass

from user_segmentation.evidence.stability import STABLE_JACCARD
from user_segmentation.report.geometry import Scale
from user_segmentation.report.words import percent

# More than that nobody reads on a card; the heat map shows the rest.
MOST_TRAITS = 5
MOST_ANSWERS = 4
MOST_ITEMS = 4
# From there on a segment and the users of an answer are the same, but for a few.
SAME_JACCARD = 0.9
# Standard deviations at the ends of the bars.
LONGEST_BAR = 2

GRADES = {
    "rule": "copies the segments well",
    "approximate rule": "comes close to the segments",
    "sketch": "is a sketch, not fit to decide about anybody",
}


@dataclass(frozen=True)
class Trait:
    """A feature that sets the segment apart; the bar is in percent of its room."""

    row: object
    bar_start: float
    bar_width: float


@dataclass(frozen=True)
class Card:
    """All that the card of a segment shows."""

    segment: object
    formed: tuple[Trait, ...]
    told: tuple[Trait, ...]
    answers: tuple[object, ...]
    lists: tuple[tuple[str, tuple[object, ...]], ...]
    rule: object
    grade: str
    claims: tuple[object, ...]
    remark: str


def cards(segments, marts):
    """The cards of the segments, in their order.

    Parameters
    ----------
    segments : list of rows of the mart segments
    marts : SimpleNamespace
        What `read_marts` found.

    Returns
    -------
    list of Card
    """
    return [_card(segment, marts) for segment in segments]


def _card(segment, marts):
    def own(rows):
        return [row for row in rows if row.segment_key == segment.segment_key]

    traits = strongest(own(marts.segment_traits))
    (rule,) = own(marts.segment_rules) or [None]
    return Card(
        segment=segment,
        formed=tuple(_trait(row) for row in traits if row.role == "basis")[
            :MOST_TRAITS
        ],
        told=tuple(_trait(row) for row in traits if row.is_outside_basis)[:MOST_TRAITS],
        answers=tuple(commonest(own(marts.segment_answers)))[:MOST_ANSWERS],
        lists=commonest_items(own(marts.segment_list_items)),
        rule=rule,
        grade=GRADES.get(rule.grade, rule.grade) if rule else "",
        claims=tuple(own(marts.segment_claims)),
        remark=remark(segment, traits),
    )


def remark(segment, traits):
    """Why a segment comes back though the segmentation has no structure.

    Parameters
    ----------
    segment : row of the mart segments
    traits : list of rows of the mart segment_traits of the segment

    Returns
    -------
    str
        Empty where there is structure, or the segment does not come back.
    """
    if segment.verdict != "none" or segment.jaccard < STABLE_JACCARD:
        return ""
    for trait in traits:
        if trait.role != "basis" or trait.unit != "share" or trait.is_suppressed:
            continue
        here, everywhere = (
            (trait.mean, trait.population_mean)
            if trait.standardised_difference > 0
            else (1 - trait.mean, 1 - trait.population_mean)
        )
        if same_users(segment.user_share, here, everywhere) >= SAME_JACCARD:
            no = "" if trait.standardised_difference > 0 else "no "
            return (
                "It comes back, and may lie apart on the map, because it is one answer "
                f"({no}“{trait.label}”: {percent(here)} of it, {percent(everywhere)} "
                "of all users), which shuffled data has as well."
            )
    return (
        "It comes back when users are drawn again, as slices of shuffled data can: "
        "that alone makes it no group."
    )


def same_users(segment_share, share_here, share_everywhere):
    """Jaccard similarity of a segment with the users who gave an answer.

    Parameters
    ----------
    segment_share : float
        Share of all users who are in the segment.
    share_here, share_everywhere : float
        Share of the segment's users, and of all users, who gave the answer.

    Returns
    -------
    float
        From 0 to 1, which is for the same users.
    """
    both = segment_share * share_here
    return both / (segment_share + share_everywhere - both)


def strongest(traits):
    """Distinctive traits, the largest difference first."""
    return sorted(
        (trait for trait in traits if trait.is_distinctive),
        key=lambda trait: (-abs(trait.certain_difference), trait.feature),
    )


def commonest(answers):
    """Distinctive answers that the segment gives more often, the highest index first.

    What is hidden because few gave it is never among them.
    """
    shown = (
        answer
        for answer in answers
        if answer.is_distinctive and not answer.is_suppressed and answer.index > 100  # noqa: PLR2004
    )
    # The marts are in the order of the answers already.
    return sorted(shown, key=lambda answer: -answer.index)


def commonest_items(rows):
    """The commonest items of each list, beside the list's label; lists without one are
    left out.
    """
    lists = {}
    for row in commonest(rows):
        lists.setdefault(row.attribute_label, []).append(row)
    return tuple(
        (label, tuple(items[:MOST_ITEMS])) for label, items in sorted(lists.items())
    )


def _trait(row):
    scale = Scale(-LONGEST_BAR, LONGEST_BAR, 0, 100)
    end = min(100, max(0, scale(row.certain_difference)))
    return Trait(row, bar_start=min(50, end), bar_width=abs(end - 50))
