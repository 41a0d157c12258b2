"""What of a column may form segments, in which block, and in which words."""

from collections import Counter

from user_segmentation.declaration.names import plain_name
from user_segmentation.draft.labels import (
    answer_words,
    date_words,
    flag_words,
    label_and_unit,
    label_of,
    name_words,
    number_words,
    spoken,
)
from user_segmentation.draft.protected import protected_kind
from user_segmentation.draft.quantities import is_year
from user_segmentation.draft.relations import (
    NEAR_COPY,
    SKEWED,
    is_one_to_one,
    needs_log,
    rank_correlation,
    ranks,
    read_numbers,
)

QUANTITIES = ("number", "rate", "date")
BRACKETS = str.maketrans("()[]", "    ")
MOST_MISSING = 0.5
# An answer of fewer of those who answered has no feature of its own.
RARE_SHARE = 0.01
MOST_FLAGS = 20
FEWEST_OF_A_PREFIX = 3
OWN_BLOCKS = ("numbers", "flags", "answers", "lists")
MONEY_OF_PEOPLE = {"income", "salary", "wage", "wages", "earnings", "einkommen"}


def add_features(guesses, connection, row_count):
    """Give columns names, labels, features and words, in place.

    Parameters
    ----------
    guesses : list of Guess
    connection : duckdb.DuckDBPyConnection
    row_count : int
    """
    names = UniqueNames()
    for guess in guesses:
        guess.sql_name = names.take(plain_name(guess.name))
        guess.label, guess.unit = label_and_unit(guess.name)
        if guess.kind != "number":
            guess.label, guess.unit = label_of(guess.name), ""
    _keep_labels_apart(guesses)
    said = set()
    for guess in guesses:
        if guess.kind not in ("id", "ignore"):
            _protect(guess)
            _add_feature(guess, names, said)
    _transform_and_compare(guesses, connection, row_count)
    _add_blocks(guesses)


class UniqueNames:
    """Names of columns and features, none of them twice."""

    def __init__(self):
        self.taken = set()

    def take(self, name):
        """A name, with a number behind it where it is taken.

        Parameters
        ----------
        name : str

        Returns
        -------
        str
        """
        free, number = name, 1
        while free in self.taken:
            number += 1
            free = f"{name}_{number}"
        self.taken.add(free)
        return free


def _keep_labels_apart(guesses):
    counts = Counter(guess.label.casefold() for guess in guesses)
    for guess in guesses:
        if counts[guess.label.casefold()] > 1:
            guess.label = label_of(guess.name)


def _protect(guess):
    kind = protected_kind(guess.name)
    if kind:
        guess.is_protected = True
        guess.note(
            f"its name says {kind}",
            f"The name says {kind}: it describes segments and forms none. Take "
            "is_protected out if that is wrong.",
        )


def _add_feature(guess, names, said):
    if guess.missing_share > MOST_MISSING:
        guess.note(
            "unknown for most: forms no segments",
            f"Not known of {guess.missing_share:.0%} of the users, more than half: it "
            "forms no segments.",
        )
        return
    if guess.is_protected and guess.kind not in ("number", "ordered"):
        return
    guess.feature = {}
    if guess.kind == "date":
        default = f"days_since_{guess.sql_name}"
        name = names.take(default)
        guess.feature["label"] = f"Days since {guess.label}"
        if name != default:
            guess.feature["name"] = name
    if guess.kind == "number" and (is_year(guess) or guess.low < 0):
        guess.feature["is_zero_none"] = False
    if guess.kind in ("category", "list"):
        _add_flags(guess, names)
    if guess.kind == "flag":
        guess.words = flag_words(guess.label)
    elif guess.kind in (*QUANTITIES, "ordered"):
        label = guess.label
        # Two columns that differ in their units alone.
        if spoken(label) in said:
            label = label.translate(BRACKETS)
        said.add(spoken(label))
        find_words = date_words if guess.kind == "date" else number_words
        guess.words = find_words(label)
    if guess.is_protected:
        guess.words = None
    elif guess.words and set(name_words(guess.name)) & MONEY_OF_PEOPLE:
        guess.notes.append(
            "Ad platforms refuse income in the name of an audience: take the words out "
            "if names go there."
        )


def _add_flags(guess, names):
    ranked = sorted(guess.answers, key=lambda answer: (-guess.answers[answer], answer))
    if guess.kind == "list":
        common = ranked[:MOST_FLAGS]
    elif len(ranked) == 2:  # noqa: PLR2004 - one flag says both
        common = ranked[1:]
        guess.notes.append("One flag says which of the two answers was given.")
    else:
        fewest = RARE_SHARE * sum(guess.answers.values())
        common = [answer for answer in ranked if guess.answers[answer] >= fewest]
    rare = [answer for answer in ranked if answer not in common]
    verb = "has" if guess.kind == "list" else "is"
    guess.flags = {}
    for answer in common:
        name = names.take(plain_name(f"{verb}_{guess.sql_name}_{answer}"))
        guess.flags[name] = {
            "answers": [answer],
            "label": f"{guess.label}: {answer}",
            "words": answer_words(answer, guess.label),
        }
    if guess.kind == "category" and len(ranked) == 2:  # noqa: PLR2004
        (flag,) = guess.flags.values()
        other = answer_words(ranked[0], guess.label).get("high")
        flag["words"] |= {"low": other} if other else {}
    if guess.kind == "list":
        name = names.take(f"{guess.sql_name}_count")
        guess.count = {"name": name, "label": f"{guess.label}: number of items"}
        if rare:
            guess.notes.append(f"Of the items the {MOST_FLAGS} commonest are features.")
    elif len(ranked) > 2 and rare:  # noqa: PLR2004
        name = names.take(plain_name(f"is_{guess.sql_name}_other"))
        guess.flags[name] = {
            "answers": sorted(rare),
            "label": f"{guess.label}: other",
            "words": {},
        }
        guess.notes.append("Answers of fewer than 1% of the users are one flag.")


def _transform_and_compare(guesses, connection, row_count):
    """Log transforms against skew; the second of two near-copies only describes."""
    # What is protected comes first: a copy of it forms no segments either.
    numbered = sorted(
        (guess for guess in guesses if guess.feature is not None and guess.number),
        key=lambda guess: not guess.is_protected,
    )
    seen = []
    for guess, values in zip(
        numbered, read_numbers(connection, numbered, row_count), strict=True
    ):
        skew = needs_log(values) if guess.kind == "number" else None
        if skew and not is_year(guess):
            guess.feature["transform"] = "log1p"
            guess.note(
                f"log1p, as its skew is {skew[0]:.1f}",
                f"log1p: its skew is {skew[0]:.1f}, above {SKEWED:g}, where a few "
                f"large numbers outweigh all others; afterwards it is {skew[1]:.1f}.",
            )
        ranked = ranks(values)
        for other, other_ranks in seen:
            correlation = rank_correlation(ranked, other_ranks)
            if abs(correlation) > NEAR_COPY and not guess.is_protected:
                guess.feature["role"] = "descriptor"
                guess.note(
                    f"nearly a copy of {other.name}",
                    f"Nearly a copy of {other.name} (rank correlation "
                    f"{correlation:.2f}): it describes segments and forms none.",
                )
                break
        else:
            seen.append((guess, ranked))
    _compare_categories(guesses, connection)


def _compare_categories(guesses, connection):
    """The second of two columns whose answers go together one to one only describes."""
    seen = []
    for guess in guesses:
        if guess.kind != "category" or guess.feature is None:
            continue
        for other in seen:
            if len(other.answers) == len(guess.answers) and is_one_to_one(
                connection, guess, other
            ):
                guess.feature["role"] = "descriptor"
                guess.note(
                    f"a copy of {other.name}",
                    f"Its answers go together with those of {other.name}, one to one: "
                    "it describes segments and forms none.",
                )
                break
        else:
            seen.append(guess)


def _add_blocks(guesses):
    prefixes = Counter(
        guess.sql_name.split("_")[0]
        for guess in guesses
        if guess.kind in QUANTITIES and guess.forms_segments
    )
    for guess in guesses:
        if guess.feature is None:
            continue
        prefix = guess.sql_name.split("_")[0]
        block = {"flag": "flags", "list": "lists"}.get(guess.kind, "answers")
        if guess.kind in QUANTITIES:
            is_own = prefixes[prefix] >= FEWEST_OF_A_PREFIX and prefix not in OWN_BLOCKS
            block = prefix if is_own else "numbers"
        guess.feature = {"block": block} | guess.feature


def block_weights(guesses):
    """How much each block counts: answers half of numbers.

    Parameters
    ----------
    guesses : list of Guess

    Returns
    -------
    dict of str to float
    """
    blocks = dict.fromkeys(
        guess.feature["block"] for guess in guesses if guess.forms_segments
    )
    halves = {"flags", "answers", "lists"}
    return {block: 0.5 if block in halves else 1 for block in blocks}
