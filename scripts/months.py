"""Twelve months of refits on users of whom the truth is known.

    python scripts/months.py
    python scripts/months.py --draws 5 --replacements 20 --turnover 25

Prints Markdown tables: how many users change their segment without cause, and what
becomes of the keys when a persona makes room for another one.
"""

import argparse

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from planted import PERSONA_COUNT, planted, uniform
from refit_ways import WAYS, first_model, monthly_scales
from user_segmentation.training.identity import user_overlap

USER_COUNT = 1000
MONTHS = 12
# Users who are replaced each month, and as many who change: 5% each.
TURNOVER = 50
# Enough rows for every user who comes or changes in twelve months.
POOL_ROWS = 4 * USER_COUNT

DELTAS = [0.75, 1.0, 1.5]


def draw_pool(delta, seed):
    """Rows to draw users from.

    Parameters
    ----------
    delta : float or None
        As for `planted`; None for users without any structure.
    seed : int

    Returns
    -------
    pool : DataFrame of POOL_ROWS rows
        Features, whose variances are the weights that they are to have.
    truth : ndarray of shape (POOL_ROWS,)
        Persona of each row; where there is no structure, all have the same.
    """
    if delta is None:
        matrix, _ = uniform(seed, POOL_ROWS)
        truth = np.zeros(POOL_ROWS, dtype=int)
    else:
        matrix, _, truth = planted(delta, seed, POOL_ROWS)
    return pd.DataFrame(matrix), truth


def monthly_rows(truth, generator, turnover=TURNOVER):
    """Who the users are, month by month, without end.

    Parameters
    ----------
    truth : ndarray of shape (POOL_ROWS,)
    generator : numpy.random.Generator
    turnover : int

    Yields
    ------
    rows : ndarray of shape (USER_COUNT,)
        Row of the pool that each user has.
    is_untouched : ndarray of shape (USER_COUNT,)
        Whether the user is the same as in the month before: `turnover` of them are
        replaced by new ones, and as many keep their persona and have another row of it.
    """
    unused = {
        persona: iter(USER_COUNT + np.flatnonzero(truth[USER_COUNT:] == persona))
        for persona in np.unique(truth)
    }
    rows, is_untouched = np.arange(USER_COUNT), np.ones(USER_COUNT, dtype=bool)
    while True:
        yield rows, is_untouched
        touched = generator.choice(USER_COUNT, 2 * turnover, replace=False)
        personas = truth[rows[touched]]
        personas[:turnover] = generator.choice(truth, turnover)
        rows = rows.copy()
        rows[touched] = [next(unused[persona]) for persona in personas]
        is_untouched = np.ones(USER_COUNT, dtype=bool)
        is_untouched[touched] = False


def monthly_changes(delta, seed, way, *, months=MONTHS, turnover=TURNOVER):
    """Refit every month and count the users who change their key without cause.

    Parameters
    ----------
    delta : float or None
    seed : int
    way : str
        A key of `WAYS`.
    months, turnover : int

    Returns
    -------
    changes : ndarray of shape (months,)
        Share of the users who are the same as in the month before and have another
        key.
    retired_count : int
        Keys that were given up in all the months, though no persona ever vanishes.
    """
    generator = np.random.default_rng(seed)
    pool, truth = draw_pool(delta, seed)
    changes, retired_count, model = [], 0, None
    for (rows, is_untouched), _ in zip(
        monthly_rows(truth, generator, turnover), range(months + 1), strict=False
    ):
        users = pool.loc[rows]
        scales = monthly_scales(users, pool)
        if model is None:
            model = first_model(users, scales, generator)
            continue
        previous, model = model, WAYS[way](model, users, scales, generator)
        has_changed = previous.user_keys != model.user_keys
        changes.append(has_changed[is_untouched].mean())
        retired_count += len(np.setdiff1d(previous.keys, model.keys))
    return np.array(changes), retired_count


def replace_persona(delta, seed, way):
    """In an ordinary month, let a persona vanish and another one come elsewhere.

    All users of the persona are replaced by users who lie as far from the middle of all
    users on the other side: 0.77 times as far from the others as these lie from each
    other.

    Parameters
    ----------
    delta : float
    seed : int
    way : str
        A key of `WAYS`.

    Returns
    -------
    are_kept : bool
        Whether every other persona has the key that it had.
    is_reused : bool
        Whether the key of the vanished persona is still there.
    """
    generator = np.random.default_rng(seed)
    pool, truth = draw_pool(delta, seed)
    months = monthly_rows(truth, generator)
    vanished = generator.integers(PERSONA_COUNT)

    rows, _ = next(months)
    users = pool.loc[rows]
    previous = first_model(users, monthly_scales(users, pool), generator)
    old_keys = _keys_of_personas(previous, truth[rows])

    rows, _ = next(months)
    users = pool.loc[rows]
    is_vanished = truth[rows] == vanished
    users[is_vanished] -= 2 * pool[truth == vanished].mean()
    model = WAYS[way](previous, users, monthly_scales(users, pool), generator)
    new_keys = _keys_of_personas(model, truth[rows])

    is_other = np.arange(PERSONA_COUNT) != vanished
    return (
        bool((old_keys == new_keys)[is_other].all()),
        bool(old_keys[vanished] in model.keys),
    )


def _keys_of_personas(model, truth):
    """Key of the segment that is each persona, by the users they share."""
    shared = user_overlap(truth, model.labels, PERSONA_COUNT, PERSONA_COUNT)
    _, segments = linear_sum_assignment(shared[:-1, :-1], maximize=True)
    return model.keys[segments]


def row(*cells):
    """A line of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def months_table(draws, turnover):
    """Users who change their key without cause, by data and way.

    Parameters
    ----------
    draws, turnover : int

    Returns
    -------
    str
        A Markdown table: mean share per month and the worst month, and how many keys
        were given up in a year.
    """
    lines = [row("data", "way", "mean", "worst month", "keys retired in a year")]
    lines.append(row(*["---"] * 5))
    for delta in [None, *DELTAS]:
        data = "no structure" if delta is None else f"personas, delta {delta}"
        for way in WAYS:
            results = [
                monthly_changes(delta, seed, way, turnover=turnover)
                for seed in range(draws)
            ]
            changes = np.array([shares for shares, _ in results])
            retired = np.mean([count for _, count in results])
            shares = f"{changes.mean():.2%}", f"{changes.max():.1%}"
            lines.append(row(data, way, *shares, f"{retired:.1f}"))
    return "\n".join(lines)


def replacements_table(draws):
    """What becomes of keys when a persona makes room for another one.

    Parameters
    ----------
    draws : int

    Returns
    -------
    str
        A Markdown table: in how many draws all others keep their keys, and in how many
        the key of the vanished persona is used again.
    """
    lines = [row("delta", "way", "draws", "others keep their keys", "key reused")]
    lines.append(row(*["---"] * 5))
    for delta in DELTAS:
        for way in ["plain matching", "every month", "when worthwhile"]:
            results = [replace_persona(delta, seed, way) for seed in range(draws)]
            lines.append(row(delta, way, draws, *np.sum(results, axis=0)))
    return "\n".join(lines)


def main(arguments=None):
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--draws", type=int, default=10, help="default: 10")
    parser.add_argument("--replacements", type=int, default=100, help="default: 100")
    parser.add_argument(
        "--turnover",
        type=int,
        default=TURNOVER,
        help=f"of {USER_COUNT} users, how many come, and how many change, each month; "
        f"default: {TURNOVER}",
    )
    options = parser.parse_args(arguments)
    print(months_table(options.draws, options.turnover))
    print()
    print(replacements_table(options.replacements))


if __name__ == "__main__":
    main()
