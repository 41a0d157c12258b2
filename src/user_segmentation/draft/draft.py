"""From a file to the text of its declaration."""

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from user_segmentation.declaration.names import plain_name
from user_segmentation.draft.answers import guess_answers, guess_flag
from user_segmentation.draft.declaration import declaration_text, log_text
from user_segmentation.draft.facts import find_facts, sample_of
from user_segmentation.draft.features import add_features, block_weights
from user_segmentation.draft.folder import declared_name
from user_segmentation.draft.guess import Guess
from user_segmentation.draft.identifier import find_identifier, id_score
from user_segmentation.draft.layout import is_code
from user_segmentation.draft.logs import find_log
from user_segmentation.draft.numbers import PLAIN, find_convention, is_written
from user_segmentation.draft.quantities import (
    are_dates,
    guess_date,
    guess_number,
)
from user_segmentation.draft.reading import read_rows
from user_segmentation.draft.refusal import DraftRefusedError


@dataclass(frozen=True)
class Draft:
    """A declaration, and what was decided for it."""

    name: str
    text: str
    guesses: list[Guess]
    is_log: bool = False


def draft(file, id_name=None):
    """Draft the declaration of a file of users, or of a log of purchases.

    Parameters
    ----------
    file : str
        Path or glob.
    id_name : str, optional
        Header of the column that identifies a user.

    Returns
    -------
    Draft

    Raises
    ------
    DraftRefusedError
    """
    if is_code(file):
        raise DraftRefusedError(file, "dbt would run the name as code. Rename it.")
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(config={"temp_directory": folder}) as connection,
    ):
        source = read_rows(file, connection, Path(folder))
        samples = [sample_of(connection, place) for place in range(len(source.names))]
        convention, is_certain = find_convention(samples)
        facts = [
            find_facts(
                connection,
                place,
                name,
                is_counted=is_written(samples[place], convention)
                or are_dates(samples[place]),
            )
            for place, name in enumerate(source.names)
        ]
        guesses = [
            _guess(connection, column, source, convention, is_certain)
            for column in facts
        ]
        name = declared_name(file)
        has_header = source.layout is None or source.layout.has_header
        log = find_log(facts, guesses, has_header=has_header) if not id_name else None
        if log:
            text = log_text(name, source, convention, log)
            return Draft(name, text, log, is_log=True)
        identifier = find_identifier(facts, file, id_name)
        guesses[identifier.place] = _identifier(identifier)
        for guess, column in zip(guesses, facts, strict=True):
            guess.default_name = plain_name(guess.name)
            guess.text = column.expression
            guess.missing_share = column.missing_share
            guess.missing_texts = column.missing_texts
        add_features(guesses, connection, source.row_count)
    if not block_weights(guesses):
        raise DraftRefusedError(
            file,
            "no column of it can form segments: beside the identifier a number, a flag "
            "or a column of few answers is needed that is not protected.",
        )
    return Draft(name, declaration_text(name, source, convention, guesses), guesses)


def _identifier(column):
    why = "another value in each row, and none missing"
    if not id_score(column.name):
        why += "; its name does not say so"
    return Guess(column.name, "id", why)


def _guess(connection, facts, source, convention, is_certain):
    if not facts.known_count:
        return Guess(facts.name, "ignore", "always empty")
    if facts.name in source.nested:
        return Guess(facts.name, "ignore", "values made of several")
    if facts.distinct_count == 1:
        (value,) = facts.counts
        return Guess(facts.name, "ignore", f"a constant: always {value[:40]}")
    is_ambiguous = not is_certain and not is_written(facts.sample, PLAIN)
    if is_ambiguous and is_written(facts.sample, convention):
        example = next(value for value in facts.sample if re.search("[.,]", value))
        return Guess(
            facts.name,
            "ignore",
            f"numbers, and {example} can be read in two ways",
            notes=["Declare decimal_separator or thousands_separator to use it."],
        )
    return (
        guess_flag(facts)
        or guess_date(connection, facts)
        or guess_number(connection, facts, convention)
        or guess_answers(facts)
    )
