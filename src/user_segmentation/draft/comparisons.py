"""Features that are transformed, or that say what another one says already."""

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


def transform_and_compare(guesses, connection, row_count):
    """Log transforms against skew; the second of two near-copies only describes.

    Parameters
    ----------
    guesses : list of Guess
        Changed in place.
    connection : duckdb.DuckDBPyConnection
    row_count : int
    """
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
