"""Seven planted designs of mixed data.

They are those of the study that chose the default treatment: 1,000 users of five
personas, with four columns of engagement that may tell personas apart and three that
are noise, three ordered and three nominal answers, and fifteen interests.

How strong engagement and answers are was set so that two other treatments find the
personas about as well as in that study: the tutorial's, and engagement alone. The
default treatment had no say in it. Interests are weaker than in the shipped sample.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import skew

from planted import (
    PERSONA_COUNT,
    catalog_rows,
    draw_answers,
    draw_interests,
    draw_numbers,
)

USER_COUNT = 1000
SIGNAL_COLUMNS = 4
NOISE_COLUMNS = 3
ENGAGEMENT = [
    f"engagement_{position}"
    for position in range(1, SIGNAL_COLUMNS + NOISE_COLUMNS + 1)
]
ORDERED_ANSWERS = {"education": 5, "household_size": 6, "income": 6}
NOMINAL_ANSWERS = {"device": 4, "language": 4, "location": 3}

# Skewed columns are log-normal: half of the users have less than 20.
LOG_MEDIAN = np.log(20)
LOG_DEVIATION = 1.25
OUTLIER_FACTOR = 20
# From here on an analyst takes logarithms.
SKEWED = 1

OTHER_INTEREST_SHARE = 0.2


@dataclass(frozen=True)
class Design:
    """What tells personas apart.

    Attributes
    ----------
    description : str
    engagement, answers : float
        Standard deviation of the personas' centroids, in standard deviations within a
        persona; 0 is noise.
    interest_share : float
        Probability to name one of the persona's three interests; any other is named
        with `OTHER_INTEREST_SHARE`.
    is_skewed : bool
        Whether all columns of engagement, noise too, are log-normal.
    outlier_share : float
        Share of users with `OUTLIER_FACTOR` times the engagement.
    """

    description: str
    engagement: float
    answers: float = 0
    interest_share: float = OTHER_INTEREST_SHARE
    is_skewed: bool = False
    outlier_share: float = 0


DESIGNS = {
    "A": Design("engagement only", 1.22),
    "B": Design("engagement, answers", 0.81, answers=0.83),
    "C": Design("answers mainly", 0.37, answers=1.25),
    "D": Design("B, skewed", 0.81, answers=0.83, is_skewed=True),
    "E": Design(
        "D, 1% outliers", 0.81, answers=0.83, is_skewed=True, outlier_share=0.01
    ),
    "F": Design("engagement, interests", 0.81, interest_share=0.6),
    "G": Design("A, skewed", 1.22, is_skewed=True),
}


BOT_VALUE = 1_000_000


class MixedData(NamedTuple):
    """One draw of a design.

    Attributes
    ----------
    users : DataFrame of `USER_COUNT` rows
        Columns of engagement, answers as numbers from 0, flags.
    features : DataFrame
        Catalogue with the default weights of blocks, as `treatment.treated` takes it.
    truth : ndarray of shape (USER_COUNT,)
        The persona of each user, from 0.
    numerics, categories : list of str
        Columns that the tutorial standardises, and that it encodes one-hot; it has no
        treatment of several answers to one question, such as interests.
    """

    users: pd.DataFrame
    features: pd.DataFrame
    truth: np.ndarray
    numerics: list[str]
    categories: list[str]


def mixed_design(name, seed):
    """Draw the users of a design.

    Parameters
    ----------
    name : str
        One of `DESIGNS`.
    seed : int
        D is B, E is D and G is A with other columns of engagement, for the same seed.

    Returns
    -------
    MixedData
    """
    design = DESIGNS[name]
    generator = np.random.default_rng(seed)
    truth = generator.integers(PERSONA_COUNT, size=USER_COUNT)
    engagement = np.hstack(
        [
            draw_numbers(generator, truth, design.engagement, SIGNAL_COLUMNS),
            draw_numbers(generator, truth, 0, NOISE_COLUMNS),
        ]
    )
    answers, answer_features = draw_answers(
        generator, truth, design.answers, ORDERED_ANSWERS, NOMINAL_ANSWERS
    )
    interests, interest_features = draw_interests(
        generator, truth, design.interest_share, OTHER_INTEREST_SHARE
    )
    if design.is_skewed:
        engagement = np.exp(
            LOG_MEDIAN + LOG_DEVIATION * engagement / engagement.std(axis=0)
        )
    outlier_count = int(design.outlier_share * USER_COUNT)
    outliers = generator.choice(USER_COUNT, size=outlier_count, replace=False)
    engagement[outliers] *= OUTLIER_FACTOR

    engagement_features = catalog_rows(ENGAGEMENT, "engagement", "numeric").assign(
        transform=np.where(skew(engagement) > SKEWED, "log1p", "none")
    )
    return MixedData(
        users=pd.concat(
            [pd.DataFrame(engagement, columns=ENGAGEMENT), answers, interests],
            axis="columns",
        ),
        features=pd.concat([engagement_features, answer_features, interest_features]),
        truth=truth,
        numerics=ENGAGEMENT,
        categories=[*ORDERED_ANSWERS, *NOMINAL_ANSWERS],
    )


def with_bots(data, bot_count, seed):
    """Some users with a million in one column of engagement, each column in turn.

    Parameters
    ----------
    data : MixedData
    bot_count : int
    seed : int
        Says which users.

    Returns
    -------
    MixedData
    """
    generator = np.random.default_rng(seed)
    bots = generator.choice(len(data.users), size=bot_count, replace=False)
    engagement = data.users[ENGAGEMENT].to_numpy(copy=True)
    engagement[bots, np.arange(bot_count) % len(ENGAGEMENT)] = BOT_VALUE
    return data._replace(
        users=data.users.assign(**dict(zip(ENGAGEMENT, engagement.T, strict=True)))
    )
