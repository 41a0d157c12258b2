"""Who a segment is: what its card shows of the marts."""

from dataclasses import dataclass

from segment_report.geometry import Scale

# More than that nobody reads on a card; the heat map shows the rest.
MOST_TRAITS = 5
MOST_ANSWERS = 4
MOST_INTERESTS = 4
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
    interests: tuple[object, ...]
    rule: object
    grade: str
    claims: tuple[object, ...]


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
        told=tuple(_trait(row) for row in traits if row.is_held_out)[:MOST_TRAITS],
        answers=tuple(commonest(own(marts.segment_answers)))[:MOST_ANSWERS],
        interests=tuple(commonest(own(marts.segment_interests)))[:MOST_INTERESTS],
        rule=rule,
        grade=GRADES.get(rule.grade, rule.grade) if rule else "",
        claims=tuple(own(marts.segment_claims)),
    )


def strongest(traits):
    """Distinctive traits, the largest difference first."""
    return sorted(
        (trait for trait in traits if trait.is_distinctive),
        key=lambda trait: (-abs(trait.standardised_difference), trait.feature),
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


def _trait(row):
    scale = Scale(-LONGEST_BAR, LONGEST_BAR, 0, 100)
    end = min(100, max(0, scale(row.standardised_difference)))
    return Trait(row, bar_start=min(50, end), bar_width=abs(end - 50))
