"""How well treatments of mixed data find planted personas."""

import numpy as np
from sklearn.metrics import adjusted_rand_score

from mixed_designs import DESIGNS, mixed_design, with_bots
from planted import PERSONA_COUNT
from treatment import treated
from tutorial import preprocessor
from user_segmentation.training.clustering import fit_segments


def tutorial_treatment(data):
    """The tutorial's matrix: z-scores beside one-hot answers, and no interests.

    Parameters
    ----------
    data : MixedData

    Returns
    -------
    ndarray of shape (user_count, column_count)
    """
    return preprocessor(data.numerics, data.categories).fit_transform(data.users)


def engagement_treatment(data):
    """The default treatment of engagement alone.

    Parameters
    ----------
    data : MixedData

    Returns
    -------
    ndarray of shape (user_count, feature_count)
    """
    is_engagement = data.features["block"] == "engagement"
    return treated(data.users, data.features[is_engagement])[0]


def default_treatment(data):
    """The matrix that the project would fit.

    Parameters
    ----------
    data : MixedData

    Returns
    -------
    ndarray of shape (user_count, feature_count)
    """
    return treated(data.users, data.features)[0]


TREATMENTS = {
    "tutorial": tutorial_treatment,
    "engagement alone": engagement_treatment,
    "default": default_treatment,
}

# Up to one user in a hundred.
BOT_COUNTS = [1, 5, 10]


def recovery(treatment, seeds, bot_count=0):
    """How well the segments found after a treatment agree with the personas.

    Parameters
    ----------
    treatment : str
        One of `TREATMENTS`.
    seeds : sequence of int
        Each design is drawn once for each.
    bot_count : int
        How many of the 1,000 users are bots.

    Returns
    -------
    dict of str to float
        For each design, the adjusted Rand index of five segments, averaged over seeds.
    """

    def adjusted_rand_index(data):
        segments = fit_segments(TREATMENTS[treatment](data), PERSONA_COUNT)
        return adjusted_rand_score(data.truth, segments.labels)

    return {
        name: float(
            np.mean(
                [
                    adjusted_rand_index(
                        with_bots(mixed_design(name, seed), bot_count, seed)
                    )
                    for seed in seeds
                ]
            )
        )
        for name in DESIGNS
    }


def treatment_table(seeds=range(10)):
    """The recovery of every design by every treatment.

    Parameters
    ----------
    seeds : sequence of int

    Returns
    -------
    str
        A Markdown table, with the means over the designs in its last row.
    """
    columns = {treatment: recovery(treatment, seeds) for treatment in TREATMENTS}
    columns |= {
        f"default, bots: {bot_count}": recovery("default", seeds, bot_count)
        for bot_count in BOT_COUNTS
    }
    recoveries = list(columns.values())
    rows = [
        ["design", *columns],
        ["---", *("---:" for _ in columns)],
        *(
            [
                f"{name}: {design.description}",
                *(f"{found[name]:.2f}" for found in recoveries),
            ]
            for name, design in DESIGNS.items()
        ),
        ["mean", *(f"{np.mean(list(found.values())):.2f}" for found in recoveries)],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
