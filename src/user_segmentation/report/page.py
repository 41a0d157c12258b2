"""The page of a release, put together from its marts."""

from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from user_segmentation.report import words
from user_segmentation.report.cards import cards
from user_segmentation.report.charts.count_curve import count_curve
from user_segmentation.report.charts.flows import CAUSES, flows, newest_moves, users_of
from user_segmentation.report.charts.heat_map import heat_map
from user_segmentation.report.charts.outcome_lift import outcome_lifts
from user_segmentation.report.charts.radar import radar
from user_segmentation.report.charts.user_map import user_map
from user_segmentation.report.markers import looks, marker
from user_segmentation.report.reading import read_marts
from user_segmentation.report.verdicts import VERDICTS, evidence_of

TEMPLATES = Path(__file__).parent / "templates"


def make_report(database):
    """The page of a release as HTML.

    Parameters
    ----------
    database : Path
        The published DuckDB file.

    Returns
    -------
    str
        The same for the same marts, to the byte.
    """
    marts = read_marts(database)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        # Answers and names are what anybody may have typed.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    readable = (
        *("number", "counted", "percent", "decimal", "signed", "amount", "quantity"),
        *("at_least", "known_of", "known_part", "title", "short_name", "anchor"),
        *("day", "moment"),
    )
    environment.filters |= {name: getattr(words, name) for name in readable}
    environment.globals["marker"] = marker
    objectives = [_objective(row, marts) for row in marts.segmentations]
    (release,) = marts.release
    return environment.get_template("page.html.j2").render(
        release=release,
        marts=marts,
        objectives=objectives,
        without_structure=[
            objective for objective in objectives if objective.row.verdict == "none"
        ],
        sources=_sources(marts),
        has_profiles=(has_profiles := _has_profiles(marts)),
        user_count=release.accepted_count if has_profiles else _placed_count(marts),
    )


def _has_profiles(marts):
    return any(row.source == "user_profiles" for row in marts.sources)


def _placed_count(marts):
    """Users of logs: those in the segments of any objective, which has them all."""
    return sum(
        segment.user_count
        for segment in marts.segments
        if segment.objective == marts.segments[0].objective
    )


def _objective(row, marts):
    """All that the page shows of one objective."""

    def own(rows):
        return [found for found in rows if found.objective == row.objective]

    segments = own(marts.segments)
    colors = [segment.color for segment in segments]
    for segment, look in zip(segments, looks(colors), strict=True):
        segment.look = look
    traits = own(marts.segment_traits)
    names = {segment.segment_key: segment.segment_name for segment in segments}
    moves = newest_moves(own(marts.segment_migrations))
    return SimpleNamespace(
        row=row,
        title=words.title(row.objective),
        anchor=words.anchor(row.objective),
        verdict=VERDICTS[row.verdict],
        evidence=evidence_of(row),
        segments=segments,
        largest_share=max((segment.user_share for segment in segments), default=1),
        cards=cards(segments, marts),
        radar=radar(segments, traits),
        heat_map=heat_map(segments, traits),
        user_map=user_map(segments, own(marts.segment_map)),
        count_curve=count_curve(own(marts.segment_counts)),
        counts=own(marts.segment_counts),
        outcomes=outcome_lifts(row.outcome, own(marts.segment_outcomes), names),
        names=names,
        audits=own(marts.protected_attribute_audit),
        techniques=own(marts.technique_scores),
        moves=moves,
        flows=flows(moves) if moves else None,
        causes=[
            (sentence, users_of(own_moves))
            for cause, sentence in CAUSES.items()
            if (own_moves := [move for move in moves if move.cause == cause])
        ],
        drift=(drift := own(marts.feature_drift)),
        moved_features=[row for row in drift if row.band != "stable"],
    )


def _sources(marts):
    """Each source that was read, with what was wrong in its rows."""
    return [
        SimpleNamespace(
            row=source,
            reasons=[
                reason
                for reason in marts.rejection_counts
                if reason.source == source.source
            ],
        )
        for source in marts.sources
    ]
