"""What of a column may form segments, in which block, and in which words."""

from collections import Counter

from user_segmentation.declaration.names import plain_name
from user_segmentation.draft.comparisons import transform_and_compare
from user_segmentation.draft.flags import add_flags
from user_segmentation.draft.labels import (
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

QUANTITIES = ("number", "rate", "date")
BRACKETS = str.maketrans("()[]", "    ")
MOST_MISSING = 0.5
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
    transform_and_compare(guesses, connection, row_count)
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
        add_flags(guess, names)
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
