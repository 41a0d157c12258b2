"""What number of segments is asked for, and why it was chosen or was not."""

from dataclasses import dataclass, replace

AUTO = "auto"

CONFIGURED = "It is the objective's segment_count."
CRITERIA = (
    "do all segments come back when users are drawn again, do halves of the users "
    "predict each other's segments, and are these tighter than in shuffled data."
)
FOUND = (
    "The largest number whose segments all come back when users are drawn again, whose "
    "halves predict each other's segments, and which beats shuffled data."
)
FALLBACK = f"The fallback: at no number that was tested {CRITERIA}"
ALL_ONE = f"What the data supports: at no larger number that was tested {CRITERIA}"
UNSTABLE = "Not all of its segments come back when users are drawn again."
UNPREDICTABLE = (
    "Halves of the users do not predict each other's segments: other users like these "
    "would be divided elsewhere."
)
NO_TIGHTER = (
    "Its segments come back, but shuffled data gives segments as tight, or nearly so."
)
NOT_TESTED = (
    "Its segments come back, and were not tested against shuffled data: five larger "
    "numbers failed, and with each further test chance is likelier to pass one."
)
SMALLER = "A larger number is supported."
KEPT = (
    "That of the model before, so that segments go on meaning the same; users as they "
    "are now would be given another number."
)


@dataclass(frozen=True)
class Asked:
    """What number of segments is asked for.

    Attributes
    ----------
    segment_count : str
        A number; or "auto": the number that is supported, or the fallback where that
        is one.
    fallback_segment_count : int
    previous_count : int or None
        Number of segments of a model that may stay; "auto" then prefers it.
    is_fixed : bool
        Whether that model stays, whatever its number; if not, its number has to pass
        the test.
    """

    segment_count: str
    fallback_segment_count: int
    previous_count: int | None = None
    is_fixed: bool = False

    @property
    def is_auto(self):
        """Whether the data decides."""
        return self.segment_count == AUTO

    @property
    def own_count(self):
        """The number that is configured, for all cases or as the fallback."""
        return int(self.fallback_segment_count if self.is_auto else self.segment_count)

    def as_it_matters(self, scores):
        """Without a model before whose number is chosen for reasons of its own.

        Parameters
        ----------
        scores : DataFrame
            Rows of `segment_count_scores` that answer this.

        Returns
        -------
        Asked
            Another that has the same answer.
        """
        chosen = scores.loc[scores["is_chosen"], ["segment_count", "reason"]]
        for segment_count, reason in chosen.itertuples(index=False):
            if segment_count == self.previous_count and reason != KEPT:
                return replace(self, previous_count=None, is_fixed=False)
        return self
