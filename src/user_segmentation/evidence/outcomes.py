"""How much of an outcome groups of users tell, and how sure that is."""

import numpy as np
from scipy.optimize import brentq
from scipy.stats import f, ncf, t

# Intervals leave out half of it at either end.
ERROR = 0.05
# Beyond, scipy finds no noncentral F distribution, and a share is 1 to four digits.
LARGEST_F = 1e8


def explain_outcome(values, labels, *, fewest_users):
    """Compare groups of users by an outcome.

    The test is the classical F test: where groups have nothing to do with the outcome,
    their variances are the same too, and it agrees with the interval.

    Parameters
    ----------
    values : ndarray of shape (user_count,)
        The outcome, in any unit.
    labels : ndarray of shape (user_count,)
        Name of each user's group.
    fewest_users : int
        As in `highest_lift`.

    Returns
    -------
    dict
        `variance_explained`, eta squared, is 0 where all values are the same;
        `corrected_variance_explained` is epsilon squared, which is 0 on average where
        there is nothing to explain, however many groups there are. That, the interval
        and the p-value are None where nothing varies, and with a single group or no
        two users in the same one.

    References
    ----------
    Okada (2013), Is omega squared less biased? A comparison of three major effect size
    indices in one-way ANOVA, Behaviormetrika 40.
    """
    values = np.asarray(values, dtype=float)
    names, groups = np.unique(labels, return_inverse=True)
    explained = {
        "user_count": len(values),
        "group_count": len(names),
        "variance_explained": 0.0,
        "variance_explained_low": None,
        "variance_explained_high": None,
        "corrected_variance_explained": None,
        "p_value": None,
        **highest_lift(values, names, groups, fewest_users=fewest_users),
    }
    # Rounding would leave a variance to a mean of equal values.
    if len(names) == 1 or np.ptp(values) == 0:
        return explained

    between, within = sums_of_squares(values, groups)
    explained["variance_explained"] = between / (between + within)
    group_freedom, rest_freedom = len(names) - 1, len(values) - len(names)
    if not rest_freedom:
        return explained

    chance = group_freedom * within / rest_freedom
    statistic = between / chance if chance else np.inf
    low, high = explained_interval(statistic, group_freedom, rest_freedom)
    return explained | {
        "variance_explained_low": low,
        "variance_explained_high": high,
        "corrected_variance_explained": (between - chance) / (between + within),
        "p_value": f.sf(statistic, group_freedom, rest_freedom),
    }


def variance_explained(values, groups):
    """Share of the variance that lies between groups (eta squared).

    Parameters
    ----------
    values : ndarray of shape (user_count,)
        nan where one is not known: the user is left out.
    groups : ndarray of shape (user_count,)
        Number of each user's group.

    Returns
    -------
    float or None
        From 0 to 1; 0 where all values are the same, None where none is known.
    """
    is_known = ~np.isnan(values)
    if not is_known.any():
        return None
    values = values[is_known]
    if np.ptp(values) == 0:
        return 0.0
    groups = np.unique(groups[is_known], return_inverse=True)[1]
    between, within = sums_of_squares(values, groups)
    return float(between / (between + within))


def sums_of_squares(values, groups):
    """Sums of squares of a one-way analysis of variance.

    Parameters
    ----------
    values : ndarray of shape (user_count,)
    groups : ndarray of shape (user_count,)
        Number of each user's group, from 0; every number has users.

    Returns
    -------
    between, within : float
        In squared units.
    """
    sizes = np.bincount(groups)
    centered = values - values.mean()
    means = np.bincount(groups, centered) / sizes
    return (sizes * means**2).sum(), ((centered - means[groups]) ** 2).sum()


def explained_interval(statistic, group_freedom, rest_freedom):
    """The 95% interval of the share of the variance that groups explain.

    It holds the shares among all users of the kind with which an F statistic as high,
    or as low, would come up in more than 2.5% of all samples. It starts at 0 unless
    the F test finds a difference at that level, and may end at 0.

    Parameters
    ----------
    statistic : float
        F, 0 or more.
    group_freedom, rest_freedom : int
        Degrees of freedom between groups and within them, 1 or more.

    Returns
    -------
    low, high : float
        From 0 to 1.

    References
    ----------
    Steiger (2004), Beyond the F test: effect size confidence intervals and tests of
    close fit in the analysis of variance and contrast analysis, Psychological Methods
    9.
    """
    if statistic > LARGEST_F:
        return 1.0, 1.0
    user_count = group_freedom + rest_freedom + 1
    bounds = []
    for chance in (1 - ERROR / 2, ERROR / 2):

        def excess(noncentrality, chance=chance):
            chance_below = ncf.cdf(
                statistic, group_freedom, rest_freedom, noncentrality
            )
            return chance_below - chance

        noncentrality = 0.0
        if excess(0) > 0:
            highest = 1 + statistic * group_freedom
            while excess(highest) > 0:
                highest *= 2
            noncentrality = brentq(excess, 0, highest)
        bounds.append(noncentrality / (noncentrality + user_count))
    return tuple(bounds)


def highest_lift(values, names, groups, *, fewest_users):
    """The group with the highest mean, relative to the mean of all users.

    Its interval is by the delta method, for the ratio of the group's mean to the mean
    of the group and all others, with as many errors allowed for as there are groups
    (Bonferroni): the group was picked for its mean, and the highest of many means is
    high by chance too.

    Parameters
    ----------
    values : ndarray of shape (user_count,)
        An amount or a share, not negative.
    names : ndarray of shape (group_count,)
    groups : ndarray of shape (user_count,)
        Each user's place in `names`.
    fewest_users : int
        Groups with fewer users, and those with fewer users outside, are passed over: a
        mean of very few tells of each. At least 2, to have a variance.

    Returns
    -------
    dict
        All None where the mean of all users is 0 or every group is passed over.
    """
    nothing = dict.fromkeys(
        ["highest_lift", "lift_low", "lift_high", "highest_lift_group"]
    )
    sizes = np.bincount(groups, minlength=len(names))
    fewest_users = max(fewest_users, 2)
    is_compared = (sizes >= fewest_users) & (len(values) - sizes >= fewest_users)
    mean = values.mean()
    if not mean or not is_compared.any():
        return nothing

    means = np.bincount(groups, values) / sizes
    best = np.where(is_compared, means, -np.inf).argmax()
    group, others = values[groups == best], values[groups != best]
    error = (len(others) / len(values) / mean**2) * np.hypot(
        others.mean() * group.std(ddof=1) / np.sqrt(len(group)),
        group.mean() * others.std(ddof=1) / np.sqrt(len(others)),
    )
    freedom = min(len(group), len(others)) - 1
    reach = t.isf(ERROR / 2 / is_compared.sum(), freedom) * error
    lift = means[best] / mean
    return {
        "highest_lift": lift,
        "lift_low": max(lift - reach, 0.0),
        "lift_high": lift + reach,
        "highest_lift_group": names[best],
    }
