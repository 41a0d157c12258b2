"""An attacker who puts together all that is published about hidden counts.

Sizes of segments and shares of all users are sums of counts. So are means of features
that follow from an answer: of these counts times the feature's value for each answer.
An integer program tells how low and how high each hidden count can be.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from html.parser import HTMLParser

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from user_segmentation.report.words import MINUS

# Of a number that is printed in full.
EXACT = 1e-7


@dataclass(frozen=True)
class Sum:
    """A weighted sum of counts, which is known to lie between two numbers."""

    weights: np.ndarray
    low: float
    high: float


@dataclass(frozen=True)
class PublishedTable:
    """Counts of segments (rows) and answers (columns), nan where they are hidden."""

    counts: np.ndarray
    segment_totals: np.ndarray
    answer_totals: np.ndarray
    segment_sizes: np.ndarray
    sums: tuple[Sum, ...] = field(default=())

    @property
    def is_hidden(self):
        return np.isnan(self.counts)

    def lowest(self, cell):
        return self._bound(cell, 1)

    def highest(self, cell):
        return self._bound(cell, -1)

    def _bound(self, cell, sign):
        counted = np.zeros(self.counts.shape)
        counted[*cell] = 1
        return self._extreme(counted[self.is_hidden], sign)

    def total_bounds(self, answer):
        """How few and how many of all users may have given an answer that is hidden."""
        _, answers = np.nonzero(self.is_hidden)
        return [self._extreme(answers == answer, sign) for sign in (1, -1)]

    def _extreme(self, counted, sign):
        # A hidden count is in one equation for its segment and in one for its answer,
        # but for an answer whose total is hidden, too. Corners of such a system are
        # whole numbers; with other sums they need not be.
        segments, answers = np.nonzero(self.is_hidden)
        equations = np.vstack(
            [
                segments == np.arange(len(self.segment_totals))[:, None],
                answers == np.arange(len(self.answer_totals))[:, None],
            ]
        )
        rest = np.concatenate(
            [
                self.segment_totals - np.nansum(self.counts, axis=1),
                self.answer_totals - np.nansum(self.counts, axis=0),
            ]
        )
        is_known = ~np.isnan(rest)
        limits, limited = self._limits()
        solution = linprog(
            sign * counted,
            A_eq=equations[is_known],
            b_eq=rest[is_known],
            A_ub=limited,
            b_ub=limits,
            bounds=[(0, self.segment_sizes[segment]) for segment in segments],
            integrality=int(len(limits) > 0),
        )
        assert solution.success, solution.message
        return sign * round(solution.fun)

    def _limits(self):
        """How high each of some weighted sums of the hidden counts can be."""
        lowest = {}
        for found in self.sums:
            known = np.nansum(found.weights * self.counts)
            weights = found.weights[self.is_hidden]
            for sign, bound in ((1, found.high), (-1, found.low)):
                limit = sign * (bound - known)
                if weights.any() and np.isfinite(limit):
                    key = tuple(sign * weights)
                    lowest[key] = min(limit, lowest.get(key, np.inf))
        width = np.count_nonzero(self.is_hidden)
        return list(lowest.values()), np.array([*lowest]).reshape(-1, width)

    def leaves_open(self, cell, count):
        """Whether the hidden count of a cell may be another one."""
        return self.highest(cell) > count or self.lowest(cell) < count

    def allows(self, table):
        """Whether a table of the same totals as the true one has all known sums."""
        weights = np.array([found.weights for found in self.sums])
        sums = np.tensordot(weights, table, 2) if len(weights) else np.array([])
        return (
            (table >= 0).all()
            and (table <= self.segment_sizes[:, None]).all()
            and all(
                found.low <= value <= found.high
                for found, value in zip(self.sums, sums, strict=True)
            )
        )

    def solves(self, cell, counts):
        """Whether a hidden count can be worked out; the true counts are for speed."""
        return not any(
            self.allows(table) for table in tables_that_look_alike(self, counts, cell)
        ) and not self.leaves_open(cell, counts[*cell])

    def hiding_everything(self):
        return replace(self, counts=np.full_like(self.counts, np.nan), sums=())


def tables_that_look_alike(published, counts, cell):
    """Tables of the same totals in which the cell, and three more, differ by one."""
    for corner in np.argwhere(published.is_hidden):
        rectangle = np.ix_(*zip(cell, corner, strict=True))
        if (cell != corner).all() and published.is_hidden[rectangle].all():
            for step in (1, -1):
                moved = counts.copy()
                moved[rectangle] += [[step, -step], [-step, step]]
                if (moved >= 0).all():
                    yield moved


@cache
def feature_values(build):
    """The value of a feature for each answer, of features that follow from one.

    Labels tell an attacker as much. Here the users do, so that no feature is named.
    """
    attributes = build.query("select distinct attribute from marts.segment_answers")
    answers = build.query("from staging.stg_users").set_index("user_id")
    features = build.query("from features.user_features").set_index("user_id")
    features = features.loc[answers.index].select_dtypes("number")
    found = {}
    for attribute in attributes["attribute"]:
        groups = features.groupby(answers[attribute])
        values = groups.first()
        follows = (groups.nunique(dropna=False) == 1).all()
        for feature in values.columns[follows]:
            found[feature] = attribute, values[feature].astype(float)
    return found


@cache
def flags_of_lists(build):
    """The interests that set a flag, of flags that follow from lists of interests."""
    lists = build.query("from staging.stg_users").set_index("user_id")["top_interests"]
    features = build.query("from features.user_features").set_index("user_id")
    features = features.loc[lists.index].select_dtypes("number")
    named = lists.str.split(", ").explode()
    found = {}
    for flag in features.columns[features.isin([0, 1]).all()]:
        always = features[flag].loc[named.index].groupby(named.to_numpy()).min()
        setters = list(always[always == 1].index)
        has_any = named.isin(setters).groupby(level=0).any()
        if (has_any == (features[flag].loc[has_any.index] == 1)).all():
            found[flag] = setters
    return found


def printed(text):
    """Between which numbers lies one that is printed so: 62%, 7,639, at least +0.31."""
    match = re.match(NUMBER, text.strip())
    if not match:
        return None
    limit, sign, whole, places, is_percent = match.groups()
    value = float(f"{whole.replace(',', '')}.{places or 0}")
    value *= -1 if sign == MINUS else 1
    half, unit = 0.5 / 10 ** len(places or ""), 0.01 if is_percent else 1
    low, high = (value - half) * unit, (value + half) * unit
    return (
        -np.inf if limit == "at most " else low,
        np.inf if limit == "at least " else high,
    )


NUMBER = rf"(at least |at most )?([{MINUS}+]?)([\d,]+)(?:[.](\d+))?(%?)"
TITLE = re.compile(r": (\S+)[^:]*, all users [^:]*, (\S+) standard deviations")
LIMIT = re.compile(r"(at (?:least|most) \S+) standard deviations")
# The middle of a card's bars and, in standard deviations, their ends.
MIDDLE, LONGEST_BAR = 50, 2
CLAIM_CELLS = 5
UNIT = "\n"
FIGURES = ["segment_key", "feature", "kind", "low", "high"]


def mart_figures(build):
    """Every number of the marts that tells the mean of a feature in a segment."""
    numbers = build.query(
        """
        select segment_key, feature, 'mean' as kind, mean as value, false as is_limit
        from marts.segment_traits
        union all
        select segment_key, feature, 'index', index, false
        from marts.segment_traits
        union all
        select segment_key, feature, 'difference', standardised_difference, false
        from marts.segment_traits
        union all
        select segment_key, feature, 'difference', certain_difference, is_suppressed
        from marts.segment_traits
        union all
        select segment_key, feature, 'mean', observed_value, false
        from marts.segment_claims where feature is not null
        union all
        select segment_key, feature, 'difference', evidence, observed_value is null
        from marts.segment_claims where feature is not null
        """
    ).dropna()
    numbers = numbers[~numbers["is_limit"] | (numbers["value"] != 0)]
    value, is_limit = numbers["value"], numbers["is_limit"]
    return numbers.assign(
        low=value.where(~is_limit | (value > 0), -np.inf),
        high=value.where(~is_limit | (value < 0), np.inf),
    )[FIGURES]


class Rows(HTMLParser):
    """The rows of a page's tables: where each stands, and its cells."""

    def __init__(self, page):
        super().__init__()
        self.place = {"section": "", "article": ""}
        self.rows = []
        self.cell = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in self.place:
            self.place[tag] = attributes.get("id", "")
        elif tag == "tr":
            self.rows.append((*self.place.values(), []))
        elif tag in ("th", "td"):
            self.cell = {"text": "", "title": attributes.get("title", ""), "bar": ""}
            self.rows[-1][-1].append(self.cell)
        elif tag == "span" and attributes.get("class", "").startswith("bar back"):
            self.cell["bar"] = attributes["style"]
        elif tag == "span" and attributes.get("class") == "unit":
            self.cell["text"] += UNIT

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            self.cell = None
        elif tag in self.place:
            self.place[tag] = ""

    def handle_data(self, data):
        if self.cell:
            self.cell["text"] += data


def report_figures(build, page):
    """Every number of the report's page about a feature in a segment.

    The heat map's and its titles', those of the cards, with the ends of their bars, of
    the radar chart's table and of the claims. The marts tell what feature words mean.
    """
    segments = build.query("from marts.segments order by objective, sort_order")
    keys = segments.groupby(segments["objective"].str.replace("_", "-"))["segment_key"]
    keys = {anchor: list(own) for anchor, own in keys}
    claims = build.query("from marts.segment_claims where feature is not null")
    features = dict(
        [
            *build.query(
                "select label, feature from segmentation.feature_catalog"
            ).to_numpy(),
            *claims[["words", "feature"]].to_numpy(),
        ]
    )
    found = []
    for section, article, (head, *cells) in Rows(page).rows:
        feature = features.get(head["text"].split(UNIT)[0].strip())
        own = keys.get(section, [])
        if feature is None:
            continue
        if article:
            key = next(key for key in own if key.replace("_", "-") == article)
            texts = [("mean", cells[0]["text"]), ("difference", cells[-1]["text"])]
            if len(cells) == CLAIM_CELLS:
                _, _, told = head["text"].rpartition("(")
                texts = [("mean", cells[1]["text"]), ("difference", cells[3]["text"])]
                texts += [("mean", told)] if told.endswith(")") else []
            found += [(key, feature, kind, printed(text)) for kind, text in texts]
            found.append((key, feature, "difference", bar_end(cells[-1])))
        elif len(cells) == len(own):
            for key, cell in zip(own, cells, strict=True):
                kind = "index" if cell["text"].isdecimal() else "difference"
                found.append((key, feature, kind, printed(cell["text"])))
                # After the name of the segment, which may have commas and colons.
                said = TITLE.search(cell["title"])
                if said:
                    found.append((key, feature, "mean", printed(said[1])))
                    found.append((key, feature, "difference", printed(said[2])))
                limit = LIMIT.search(cell["title"])
                if limit:
                    found.append((key, feature, "difference", printed(limit[1])))
    return pd.DataFrame(
        [(*figure, *bounds) for *figure, bounds in found if bounds], columns=FIGURES
    )


def bar_end(cell):
    """Between which differences a bar of a card ends; 0 is in the middle."""
    if not cell["bar"]:
        return None
    left, width = map(float, re.findall(r"[\d.]+", cell["bar"]))
    end = left if left < MIDDLE else left + width
    scale = LONGEST_BAR / MIDDLE
    low, high = ((end + change - MIDDLE) * scale for change in (-0.1, 0.1))
    # What is beyond has the longest one; of what is hidden it is a limit.
    if end <= 0 or "at most" in cell["text"]:
        low = -np.inf
    if end >= 2 * MIDDLE or "at least" in cell["text"]:
        high = np.inf
    return low, high


def attacked_tables(build, figures):
    """The tables of the marts with all that is published about their hidden counts."""
    values = feature_values(build)
    flags = flags_of_lists(build)
    statistics = build.query("from segmentation.feature_statistics")
    statistics = statistics.set_index("feature")[["mean", "standard_deviation"]]
    by_segment = dict([*figures.groupby("segment_key")])
    all_users = build.query(
        """
        select distinct objective, feature, population_mean as mean
        from marts.segment_traits where population_mean is not null
        """
    )
    for objective, attribute, keys, answers, published in published_tables(build):
        sums = []
        for row, key in enumerate(keys):
            size = published.segment_sizes[row]
            for figure in by_segment.get(key, figures[:0]).itertuples():
                asked, own = values.get(figure.feature, ("top_interests", None))
                if asked != attribute or (own is None and figure.feature not in flags):
                    continue
                low, high = mean_bounds(figure, *statistics.loc[figure.feature])
                low, high = (low - EXACT) * size, (high + EXACT) * size
                if own is not None:
                    found = [(own.loc[answers].to_numpy(), low, high)]
                else:
                    # One of the interests sets the flag, and each may be another's.
                    sets = np.isin(answers, flags[figure.feature])
                    found = [(sets, low, np.inf)]
                    found += [(one, 0, high) for one in np.eye(len(answers))[sets]]
                for weights, *bounds in found:
                    table = np.zeros(published.counts.shape)
                    table[row] = weights
                    sums.append(Sum(table, *bounds))
        users = published.segment_sizes.sum()
        for shown in all_users[all_users["objective"] == objective].itertuples():
            asked, own = values.get(shown.feature, ("top_interests", None))
            if asked == attribute and own is not None:
                weights = np.tile(own.loc[answers], (len(keys), 1))
                low, high = (users * (shown.mean + sign * EXACT) for sign in (-1, 1))
                sums.append(Sum(weights, low, high))
        yield objective, attribute, replace(published, sums=tightest(sums))


def tightest(sums):
    """Each weighted sum once, as near as all that is said of it has it."""
    found = {}
    for known in sums:
        key = known.weights.tobytes()
        last = found.get(key, known)
        low, high = max(last.low, known.low), min(last.high, known.high)
        found[key] = Sum(known.weights, low, high)
    return tuple(found.values())


def mean_bounds(figure, population_mean, standard_deviation):
    """Bounds of a mean from a number that tells it."""
    low, high = figure.low, figure.high
    if figure.kind == "index":
        return low * population_mean / 100, high * population_mean / 100
    if figure.kind == "difference":
        return (
            population_mean + low * standard_deviation,
            population_mean + high * standard_deviation,
        )
    return low, high


def published_tables(build):
    """The tables of the marts, from nothing but the marts."""
    cells = build.query(
        """
        select objective, attribute, segment_key, answer, user_count, population_share
        from marts.segment_answers
        union all
        select
            objective, attribute, segment_key, item, user_count, population_share
        from marts.segment_list_items
        """
    )
    segments = build.query(
        """
        select segments.segment_key, segments.user_count, mean
        from marts.segments inner join marts.segment_traits using (segment_key)
        where feature = 'interest_count'
        """
    ).set_index("segment_key")
    for (objective, attribute), table in cells.groupby(["objective", "attribute"]):
        counts = table.pivot(index="segment_key", columns="answer", values="user_count")
        shares = table.groupby("answer")["population_share"].first()
        sizes, interest_means = segments.loc[counts.index].to_numpy().T
        answers_per_user = interest_means if attribute == "top_interests" else 1
        published = PublishedTable(
            counts=counts.to_numpy(float),
            segment_totals=(sizes * answers_per_user).round(),
            answer_totals=(shares.to_numpy() * sizes.sum()).round(),
            segment_sizes=sizes,
        )
        yield objective, attribute, counts.index, counts.columns, published
