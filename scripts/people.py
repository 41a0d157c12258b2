"""The people of a sample: habits of their own, names, and the day they signed up.

Beside the users there are strangers, who never sign up, and aliases, under which
some users were logged before they did.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from personas import ANSWERS, BACKGROUND, PERSONAS, Habits

STRANGER_SHARE = 0.005  # of the users, and so of the events
ALIAS_SHARE = 0.05
ALIASES_PER_CHAIN = 25  # one alias in this many is reached through another one
SIGN_UP_DAYS = (14, 90)  # first and last possible day of a late sign-up

ACTIVITY_SIGMA = 0.35  # of the logarithm, between users of one persona
ORDER_VALUE_SIGMA = 0.2
# How tightly a user's shares gather around the persona's; low, so personas overlap.
SHARE_KAPPA = 12.0

ALIAS_SCHEMA = pa.schema([("alias", pa.string()), ("user_id", pa.string())])


@dataclass(frozen=True)
class People:
    """Users, then strangers.

    Attributes
    ----------
    user_count
        Number of users, n.
    habits
        Attribute of `Habits` to one entry per person; `channels` has a row per person.
    devices : numpy.ndarray, one entry per person
        Position in the answers about device usage.
    names
        Names of all people, then the aliases.
    signed_up, aliased_again : numpy.ndarray, shape (n,)
        Seconds into the period until which a user has the last alias, and the first
        one of two; 0 for no alias.
    last_alias, first_alias : numpy.ndarray, shape (n,)
        Positions of those aliases in `names`.
    """

    user_count: int
    habits: dict[str, np.ndarray]
    devices: np.ndarray
    names: pa.Array
    signed_up: np.ndarray
    aliased_again: np.ndarray
    last_alias: np.ndarray
    first_alias: np.ndarray

    def names_at(self, who: np.ndarray, seconds: np.ndarray) -> np.ndarray:
        """Position in `names` of each of `who` at that time."""
        user = np.minimum(who, self.user_count - 1)
        is_user = who < self.user_count
        name = np.where(
            is_user & (seconds < self.signed_up[user]), self.last_alias[user], who
        )
        return np.where(
            is_user & (seconds < self.aliased_again[user]), self.first_alias[user], name
        )

    def alias_table(self) -> pa.Table:
        """The columns of `ALIAS_SCHEMA`: each alias and whom it leads to."""
        late = np.flatnonzero(self.signed_up)
        chained = np.flatnonzero(self.aliased_again)
        aliases = np.concatenate([self.last_alias[late], self.first_alias[chained]])
        leads_to = np.concatenate([late, self.last_alias[chained]])
        table = pa.table(
            {
                "alias": self.names.take(pa.array(aliases)),
                "user_id": self.names.take(pa.array(leads_to)),
            },
            schema=ALIAS_SCHEMA,
        )
        return table.sort_by("alias")


def draw_people(
    stream: Callable[[str], np.random.Generator],
    personas: np.ndarray,
    profiles: pa.Table,
    first_anonymous: int,
) -> People:
    """Draw the habits of users, given their personas, and of strangers.

    Parameters
    ----------
    stream
        Purpose to source of randomness.
    personas : numpy.ndarray, shape (n,)
        Position in `PERSONAS`, or `BACKGROUND`.
    profiles : pyarrow.Table, n rows
        Their profiles.
    first_anonymous
        Number of the first anonymous identifier; at most n are used.

    Returns
    -------
    People
    """
    user_count = len(personas)
    stranger_count = round(STRANGER_SHARE * user_count)
    personas = np.append(personas, np.full(stranger_count, BACKGROUND))
    devices = _draw_devices(stream("devices"), profiles, stranger_count)
    habits = draw_habits(stream("habits"), personas)

    rng = stream("aliases")
    late = rng.choice(user_count, round(ALIAS_SHARE * user_count), replace=False)
    chained = late[: len(late) // ALIASES_PER_CHAIN]
    day = 24 * 60 * 60
    signed_up, aliased_again, last_alias, first_alias = np.zeros(
        (4, user_count), dtype=np.int64
    )
    first, last = SIGN_UP_DAYS
    signed_up[late] = rng.integers(first * day, last * day, size=len(late))
    aliased_again[chained] = signed_up[chained] // 2
    anonymous_count = stranger_count + len(late) + len(chained)
    # Shuffled, so that the number does not tell a stranger from an alias.
    anonymous = pa.array(rng.permutation(anonymous_count) + first_anonymous)
    last_alias[late] = np.arange(len(late)) + len(personas)
    first_alias[chained] = np.arange(len(chained)) + len(personas) + len(late)
    return People(
        user_count=user_count,
        habits=habits,
        devices=devices,
        names=pa.concat_arrays(
            [
                profiles["User ID"].combine_chunks().cast(pa.string()),
                numbered("anon-", anonymous, 6),
            ]
        ),
        signed_up=signed_up,
        aliased_again=aliased_again,
        last_alias=last_alias,
        first_alias=first_alias,
    )


def draw_habits(
    rng: np.random.Generator, personas: np.ndarray
) -> dict[str, np.ndarray]:
    """Draw what each person does, around the means of the persona.

    Parameters
    ----------
    rng
        Source of randomness.
    personas : numpy.ndarray, shape (n,)
        Position in `PERSONAS`, or `BACKGROUND`, which is uniform over everything.

    Returns
    -------
    dict of str to numpy.ndarray
        Attribute of `Habits` to n entries, or to n rows for `channels`.
    """
    habits = {
        field.name: _draw_habit(rng, personas, field.name)
        for field in fields(Habits)
        if field.name not in {"channels", "night_share", "weekend_share"}
    }
    activity = _draw_factor(rng, len(personas), ACTIVITY_SIGMA)
    habits["sessions_per_week"] *= activity
    habits["orders"] *= activity
    habits["order_value_eur"] *= _draw_factor(rng, len(personas), ORDER_VALUE_SIGMA)
    for name in ("night_share", "weekend_share"):
        share = np.array([getattr(persona.habits, name) for persona in PERSONAS])
        both = np.column_stack([share, 1 - share])
        habits[name] = _draw_shares(rng, personas, both)[:, 0]
    channels = np.array([persona.habits.channels for persona in PERSONAS])
    habits["channels"] = _draw_shares(rng, personas, channels)
    return habits


def draw_codes(
    rng: np.random.Generator, shares: np.ndarray, rows: np.ndarray
) -> np.ndarray:
    """Draw a position in the given row of shares, one per entry of `rows`."""
    bounds = np.cumsum(shares, axis=1)
    drawn = rng.random(len(rows))
    # Left out is the last bound: it is 1, unless rounding puts it just below.
    return (drawn[:, None] >= bounds[rows, :-1]).sum(axis=1)


def numbered(prefix: str, numbers: pa.Array, digits: int) -> pa.Array:
    """Texts of the prefix and the number, with zeros before it up to the digits."""
    padded = pc.utf8_lpad(numbers.cast(pa.string()), digits, "0")
    return pc.binary_join_element_wise(prefix, padded, "")


def _draw_devices(
    rng: np.random.Generator, profiles: pa.Table, stranger_count: int
) -> np.ndarray:
    answers = ANSWERS["Device Usage"]
    of_users = pc.index_in(profiles["Device Usage"].combine_chunks(), pa.array(answers))
    of_strangers = rng.integers(len(answers), size=stranger_count)
    return np.append(of_users.to_numpy(zero_copy_only=False), of_strangers)


def _draw_habit(
    rng: np.random.Generator, personas: np.ndarray, name: str
) -> np.ndarray:
    means = np.array([getattr(persona.habits, name) for persona in PERSONAS])
    broad = rng.uniform(means.min(), means.max(), size=len(personas))
    return np.where(personas == BACKGROUND, broad, np.append(means, 0)[personas])


def _draw_factor(rng: np.random.Generator, size: int, sigma: float) -> np.ndarray:
    return rng.lognormal(-(sigma**2) / 2, sigma, size=size)  # of mean 1


def _draw_shares(
    rng: np.random.Generator, personas: np.ndarray, shares: np.ndarray
) -> np.ndarray:
    # The background's Dirichlet(1, 1, ...) is uniform.
    alphas = np.vstack([SHARE_KAPPA * shares, np.ones(shares.shape[1])])
    parts = rng.standard_gamma(alphas[personas])
    return parts / parts.sum(axis=1, keepdims=True)
