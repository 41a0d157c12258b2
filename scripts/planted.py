"""Users with planted personas, and users without any structure, as models see them.

Beside the sample's generator, to calibrate what a build says of its segments.
"""

import numpy as np
import pandas as pd

from treatment import treated
from user_segmentation.evidence.copies import shuffled_sources

PERSONA_COUNT = 5
# The most columns in which five centroids can be uncorrelated.
FRAME_COLUMNS = PERSONA_COUNT - 1
# Answers say half as much of a persona as numbers do.
ANSWER_TILT = 0.5

NUMBERS = [f"number_{position}" for position in range(1, FRAME_COLUMNS + 1)]
# Answers to each question.
ORDERED_ANSWERS = {"education": 5, "income": 6}
NOMINAL_ANSWERS = {"location": 4}
INTEREST_COUNT = 15

BLOCK_WEIGHTS = {"engagement": 1, "demographics": 0.5, "interests": 0.5}


def planted(delta, seed, user_count=1000):
    """Users of five personas that lie equally far apart.

    In four numbers the centroids are the corners of a regular simplex, turned at
    random: no two come close to each other, and no column is privileged. Two ordered
    answers and a nominal one are tilted half as much.

    Parameters
    ----------
    delta : float
        Standard deviation of the centroids in each number, in standard deviations
        within a persona; any two centroids are sqrt(10) times as far apart. At 0 there
        are no personas.
    seed : int
    user_count : int

    Returns
    -------
    matrix : ndarray of shape (user_count, feature_count)
        Users after the default treatment.
    sources : list of str, of length feature_count
        The raw column that each feature comes from.
    truth : ndarray of shape (user_count,)
        The persona of each user, from 0; all are equally likely.
    """
    generator = np.random.default_rng(seed)
    truth = generator.integers(PERSONA_COUNT, size=user_count)
    numbers = draw_numbers(generator, truth, delta, len(NUMBERS))
    answers, answer_features = draw_answers(
        generator, truth, delta * ANSWER_TILT, ORDERED_ANSWERS, NOMINAL_ANSWERS
    )
    users = answers.assign(**dict(zip(NUMBERS, numbers.T, strict=True)))
    features = catalog_rows(NUMBERS, "engagement", "numeric")
    return *treated(users, pd.concat([features, answer_features])), truth


def uniform(seed, user_count=1000):
    """Users of whom no two columns have anything to do with each other.

    Four uniform numbers, two ordered answers and fifteen interests, of which a user
    names each with a probability of 0.2.

    Parameters
    ----------
    seed, user_count : int

    Returns
    -------
    matrix, sources
        As from `planted`. All interests are one source.
    """
    generator = np.random.default_rng(seed)
    numbers = generator.uniform(size=(user_count, len(NUMBERS)))
    nobody = np.zeros(user_count, dtype=int)
    answers, answer_features = draw_answers(generator, nobody, 0, ORDERED_ANSWERS, {})
    interests, interest_features = draw_interests(generator, nobody, 0.2, 0.2)
    users = pd.concat([answers, interests], axis="columns").assign(
        **dict(zip(NUMBERS, numbers.T, strict=True))
    )
    features = catalog_rows(NUMBERS, "engagement", "numeric")
    return treated(users, pd.concat([features, answer_features, interest_features]))


def correlated_cloud(rho, seed, user_count=1000):
    """One Gaussian cloud: columns that go together, and no groups.

    Parameters
    ----------
    rho : float
        Correlation of any two of the four numbers, from 0 to 1.
    seed, user_count : int

    Returns
    -------
    matrix, sources
        As from `planted`.
    """
    generator = np.random.default_rng(seed)
    common = generator.normal(size=(user_count, 1))
    own = generator.normal(size=(user_count, len(NUMBERS)))
    numbers = np.sqrt(rho) * common + np.sqrt(1 - rho) * own
    return treated(*plain_numbers(numbers))


def shuffled(matrix, sources, seed):
    """A copy in which sources have nothing to do with each other.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
        The columns of one source stay together.
    seed : int

    Returns
    -------
    matrix, sources
        As from `planted`.
    """
    generator = np.random.default_rng(seed)
    return shuffled_sources(matrix, sources, generator), sources


def persona_centers(generator, column_count):
    """Centroids of the personas, with a mean of 0 and a deviation of 1 in each column.

    Parameters
    ----------
    generator : numpy.random.Generator
    column_count : int

    Returns
    -------
    ndarray of shape (PERSONA_COUNT, column_count)
        Each four columns in turn are a regular simplex turned at random, whose corners
        are all sqrt(10) apart.
    """
    # Columns that are orthogonal to the first, which is constant, have a mean of 0.
    constant_first = np.eye(PERSONA_COUNT)
    constant_first[:, 0] = 1
    simplex = np.linalg.qr(constant_first)[0][:, 1:] * np.sqrt(PERSONA_COUNT)
    frames = [
        simplex @ np.linalg.qr(generator.normal(size=(FRAME_COLUMNS, FRAME_COLUMNS)))[0]
        for _ in range(0, column_count, FRAME_COLUMNS)
    ]
    return np.hstack(frames)[:, :column_count]


def draw_numbers(generator, truth, delta, column_count):
    """Numbers with a standard deviation of 1 within each persona.

    Parameters
    ----------
    generator : numpy.random.Generator
    truth : ndarray of shape (user_count,)
        The persona of each user.
    delta : float
        Standard deviation of the personas' centroids.
    column_count : int

    Returns
    -------
    ndarray of shape (user_count, column_count)
    """
    centers = delta * persona_centers(generator, column_count)
    return centers[truth] + generator.normal(size=(len(truth), column_count))


def draw_answers(generator, truth, delta, ordered_answers, nominal_answers):
    """Answers that personas lean to.

    An ordered answer is the rank that a number falls in, cut so that all ranks are
    equally common; a nominal one is what is most useful to the user (a logit model).

    Parameters
    ----------
    generator : numpy.random.Generator
    truth : ndarray of shape (user_count,)
        The persona of each user.
    delta : float
        Standard deviation of the personas' centroids in the numbers and in the
        utilities.
    ordered_answers, nominal_answers : dict of str to int
        The number of answers to each question.

    Returns
    -------
    users : DataFrame of user_count rows
        Each question's answer from 0, and a flag for each answer of nominal ones.
    features : DataFrame
        Catalogue of the ranks and the flags, all of the block demographics.
    """
    numbers = draw_numbers(generator, truth, delta, len(ordered_answers))
    users = pd.DataFrame(
        {
            question: pd.qcut(number, answer_count, labels=False)
            for (question, answer_count), number in zip(
                ordered_answers.items(), numbers.T, strict=True
            )
        },
        index=range(len(truth)),
    )
    features = [catalog_rows(list(ordered_answers), "demographics", "ordered")]
    for question, answer_count in nominal_answers.items():
        centers = delta * persona_centers(generator, answer_count)
        utility = centers[truth] + generator.gumbel(size=(len(truth), answer_count))
        users[question] = utility.argmax(axis=1)
        flags = pd.get_dummies(users[question], prefix=question, dtype=float)
        users = users.join(flags)
        features.append(catalog_rows(flags.columns, "demographics", "flag", question))
    return users, pd.concat(features)


def draw_interests(generator, truth, preferred_share, other_share):
    """Interests, of which each persona prefers three that are its own.

    Parameters
    ----------
    generator : numpy.random.Generator
    truth : ndarray of shape (user_count,)
        The persona of each user.
    preferred_share, other_share : float
        Probability to name a preferred interest, and any other.

    Returns
    -------
    users : DataFrame of user_count rows
        A flag for each interest.
    features : DataFrame
        Catalogue of the flags.
    """
    owner = np.arange(INTEREST_COUNT) % PERSONA_COUNT
    share = np.where(truth[:, None] == owner, preferred_share, other_share)
    named = generator.random(size=share.shape) < share
    names = [f"interest_{position:02}" for position in range(1, INTEREST_COUNT + 1)]
    users = pd.DataFrame(named, columns=names, dtype=float)
    return users, catalog_rows(names, "interests", "flag", "interests")


def plain_numbers(values):
    """Numbers with a name and a row of the catalogue each.

    Parameters
    ----------
    values : ndarray of shape (user_count, column_count)

    Returns
    -------
    users, features : DataFrame
    """
    names = [f"number_{position}" for position in range(1, values.shape[1] + 1)]
    features = catalog_rows(names, "engagement", "numeric")
    return pd.DataFrame(values, columns=names), features


def catalog_rows(features, block, kind, source=None, *, weight=None):
    """Rows of a catalogue, not transformed.

    Parameters
    ----------
    features : list of str
    block, kind : str
    source : str, optional
        The raw column of all of them; without it each is its own.
    weight : float, optional
        Of the block; without it the default.

    Returns
    -------
    DataFrame
        As `treatment.feature_scales` takes it.
    """
    return pd.DataFrame(
        {
            "feature": features,
            "source": features if source is None else source,
            "block": block,
            "kind": kind,
            "transform": "none",
            "weight": BLOCK_WEIGHTS[block] if weight is None else weight,
        }
    )
