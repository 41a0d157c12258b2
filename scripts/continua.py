"""Users without groups that look as if they had some, for `make calibrate`.

Columns go together, and the answers to a question or a column with two modes leave gaps
by themselves: segments are stable, tighter than in shuffled data, and no groups.
"""

import numpy as np
import pandas as pd

from planted import (
    ORDERED_ANSWERS,
    catalog_rows,
    draw_answers,
    draw_interests,
    plain_numbers,
)
from treatment import treated

USER_COUNT = 1000
NUMBER_COUNT = 4
DEVICES = ["desktop", "phone", "tablet"]
LOADING = 0.85
CORRELATION = 0.5
# The fewer, the likelier are users who are far out in all columns at once.
DEGREES_OF_FREEDOM = 4
ZERO_SHARE = 0.3
MODE_DISTANCE = 5
NAMED_INTERESTS = 2
INTEREST_COUNT = 6


def one_factor(seed):
    """Seven numbers on one factor, and answers and interests at random."""
    generator = np.random.default_rng(seed)
    answers, answer_features = _random_answers(generator)
    interests, interest_features = draw_interests(
        generator, np.zeros(USER_COUNT, dtype=int), 0.2, 0.2
    )
    numbers, features = plain_numbers(_factor(generator, LOADING**2, 7))
    return treated(
        numbers.join(answers).join(interests),
        pd.concat([features, answer_features, interest_features]),
    )


def independent_device(seed):
    """Numbers that go together, and a device that has nothing to do with them."""
    generator = np.random.default_rng(seed)
    answers, answer_features = _random_answers(generator)
    numbers, features = plain_numbers(_factor(generator, CORRELATION, NUMBER_COUNT))
    return treated(numbers.join(answers), pd.concat([features, answer_features]))


def gaussian_copula(seed):
    """Numbers and a device that go together, with normal tails."""
    generator = np.random.default_rng(seed)
    return _with_device(generator, _factor(generator, CORRELATION, NUMBER_COUNT + 1))


def t_copula(seed):
    """Numbers and a device that go together most where they are extreme."""
    generator = np.random.default_rng(seed)
    drawn = _factor(generator, CORRELATION, NUMBER_COUNT + 1)
    spread = generator.chisquare(DEGREES_OF_FREEDOM, size=(USER_COUNT, 1))
    return _with_device(generator, drawn / np.sqrt(spread / DEGREES_OF_FREEDOM))


def skewed_with_zeros(seed):
    """Skewed numbers that go together, each of them 0 for many users."""
    generator = np.random.default_rng(seed)
    numbers = np.exp(_factor(generator, CORRELATION, NUMBER_COUNT))
    numbers[generator.random(size=numbers.shape) < ZERO_SHARE] = 0
    answers, answer_features = _random_answers(generator)
    numbers, features = plain_numbers(numbers)
    return treated(numbers.join(answers), pd.concat([features, answer_features]))


def two_modes(seed):
    """Numbers that go together, and one with two modes of its own."""
    generator = np.random.default_rng(seed)
    numbers = _factor(generator, CORRELATION, NUMBER_COUNT)
    modes = generator.normal(size=USER_COUNT)
    modes += MODE_DISTANCE * generator.integers(2, size=USER_COUNT)
    answers, answer_features = _random_answers(generator)
    numbers, features = plain_numbers(np.column_stack([numbers, modes]))
    return treated(numbers.join(answers), pd.concat([features, answer_features]))


def one_question(seed):
    """A question with three answers, as heavy as all the numbers, which are uniform."""
    generator = np.random.default_rng(seed)
    numbers, features = plain_numbers(
        generator.uniform(size=(USER_COUNT, NUMBER_COUNT))
    )
    flags, flag_features = _device(generator.integers(len(DEVICES), size=USER_COUNT))
    flag_features["weight"] = 1
    return treated(numbers.join(flags), pd.concat([features, flag_features]))


def two_interests(seed):
    """Numbers that go together by little, and two interests of six at random."""
    generator = np.random.default_rng(seed)
    numbers, features = plain_numbers(_factor(generator, 0.2, NUMBER_COUNT))
    ranks = generator.random(size=(USER_COUNT, INTEREST_COUNT)).argsort(axis=1)
    names = [f"interest_{position}" for position in range(1, INTEREST_COUNT + 1)]
    interests = pd.DataFrame(ranks < NAMED_INTERESTS, columns=names, dtype=float)
    interest_features = catalog_rows(names, "interests", "flag", "interests")
    interest_features["weight"] = 1
    return treated(numbers.join(interests), pd.concat([features, interest_features]))


def computed_columns(seed):
    """Features of one log that are computed from one another, and two of others."""
    generator = np.random.default_rng(seed)
    rate = generator.lognormal(size=USER_COUNT)
    share = generator.beta(2, 2, size=USER_COUNT)
    others = generator.normal(size=(USER_COUNT, 2))
    numbers, features = plain_numbers(
        np.column_stack([np.log1p(rate), share, np.log1p(rate * share), others])
    )
    return treated(numbers, features.assign(source="events"))


CONTINUA = {
    "one factor, answers at random": one_factor,
    "numbers, a device at random": independent_device,
    "Gaussian copula with a device": gaussian_copula,
    "t-copula with a device": t_copula,
    "skewed, with many zeros": skewed_with_zeros,
    "one column with two modes": two_modes,
    "one heavy question": one_question,
    "two interests of six": two_interests,
    "columns computed from others": computed_columns,
}


def _factor(generator, correlation, column_count):
    common = generator.normal(size=(USER_COUNT, 1))
    own = generator.normal(size=(USER_COUNT, column_count))
    return np.sqrt(correlation) * common + np.sqrt(1 - correlation) * own


def _random_answers(generator):
    nobody = np.zeros(USER_COUNT, dtype=int)
    return draw_answers(generator, nobody, 0, ORDERED_ANSWERS, {"device": len(DEVICES)})


def _with_device(generator, drawn):
    """The last column cut in three equal parts, the devices."""
    numbers, features = plain_numbers(drawn[:, :-1])
    flags, flag_features = _device(
        pd.qcut(drawn[:, -1], len(DEVICES), labels=False).astype(int)
    )
    return treated(numbers.join(flags), pd.concat([features, flag_features]))


def _device(answers):
    flags = pd.DataFrame(np.eye(len(DEVICES))[answers], columns=DEVICES)
    return flags, catalog_rows(DEVICES, "demographics", "flag", "device")
