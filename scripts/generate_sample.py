"""Make synthetic user profiles with five planted personas, and the truth about them.

    python scripts/generate_sample.py
    python scripts/generate_sample.py --users 1000000 --output /tmp/users.parquet

Every user belongs to a persona, which tilts the answers and the numbers without
deciding any of them, or to the background, which is uniform over everything.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from personas import ANSWERS, INTERESTS, MOST_INTERESTS, NUMBERS, PERSONAS, PREFERENCE

PROJECT = Path(__file__).resolve().parents[1]
SAMPLE = PROJECT / "seeds" / "raw_user_profiles.csv"
SAMPLE_TRUTH = PROJECT / "tests" / "data" / "sample_truth.csv"

CHUNK_USERS = 500_000  # bounds the memory, whatever the number of users
KAPPA = 5.0  # how tightly numbers gather around a persona's mean; low, so they overlap

PROFILE_SCHEMA = pa.schema(
    [
        ("User ID", pa.int64()),
        ("Age", pa.string()),
        ("Gender", pa.string()),
        ("Location", pa.string()),
        ("Language", pa.string()),
        ("Education Level", pa.string()),
        ("Likes and Reactions", pa.int64()),
        ("Followed Accounts", pa.int64()),
        ("Device Usage", pa.string()),
        ("Time Spent Online (hrs/weekday)", pa.float64()),
        ("Time Spent Online (hrs/weekend)", pa.float64()),
        ("Click-Through Rates (CTR)", pa.float64()),
        ("Conversion Rates", pa.float64()),
        ("Ad Interaction Time (sec)", pa.int64()),
        ("Income Level", pa.string()),
        ("Top Interests", pa.string()),
    ]
)
TRUTH_SCHEMA = pa.schema(
    [
        ("user_id", pa.int64()),
        ("persona", pa.string()),
        ("is_background", pa.bool_()),
    ]
)

BACKGROUND = len(PERSONAS)  # the background's number, after those of the personas


def random_stream(seed: int, purpose: str, chunk: int) -> np.random.Generator:
    """Give each purpose its own stream, so that a new one leaves the others alone.

    Parameters
    ----------
    seed
        Seed of the whole sample, 0 or more.
    purpose
        What is drawn, such as `"profiles"`.
    chunk
        Number of the chunk of users, from 0.

    Returns
    -------
    numpy.random.Generator
        The same for the same arguments.
    """
    return np.random.default_rng([seed, chunk, *purpose.encode()])


def draw_personas(
    rng: np.random.Generator, users: int, background_share: float
) -> np.ndarray:
    """Draw the persona of each user.

    Parameters
    ----------
    rng
        Source of randomness.
    users
        Number of users, n.
    background_share
        Share of users of no persona, 0 to 1.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Position in `PERSONAS`, or `BACKGROUND`.
    """
    shares = [persona.share * (1 - background_share) for persona in PERSONAS]
    return np.searchsorted(np.cumsum(shares), rng.random(users), side="right")


def draw_profiles(
    rng: np.random.Generator, personas: np.ndarray, first_user_id: int
) -> pa.Table:
    """Draw the profile of each user, given the personas.

    Parameters
    ----------
    rng
        Source of randomness.
    personas : numpy.ndarray, shape (n,)
        What `draw_personas` returns.
    first_user_id
        User ID of the first row; the others follow.

    Returns
    -------
    pyarrow.Table, n rows
        The columns of `PROFILE_SCHEMA`; hours per day, rates from 0 to 1, seconds.
    """
    columns = {"User ID": np.arange(first_user_id, first_user_id + len(personas))}
    for position, header in enumerate(NUMBERS):
        columns[header] = _draw_number(rng, personas, position, header)
    for header in ANSWERS:
        columns[header] = _draw_answer(rng, personas, header)
    columns["Top Interests"] = _draw_interests(rng, personas)
    return pa.table(columns, schema=PROFILE_SCHEMA)


def truth_table(personas: np.ndarray, first_user_id: int) -> pa.Table:
    """Name the persona of each user.

    Parameters
    ----------
    personas : numpy.ndarray, shape (n,)
        What `draw_personas` returns.
    first_user_id
        User ID of the first row; the others follow.

    Returns
    -------
    pyarrow.Table, n rows
        The columns of `TRUTH_SCHEMA`.
    """
    names = pa.array([*(persona.name for persona in PERSONAS), "background"])
    return pa.table(
        {
            "user_id": np.arange(first_user_id, first_user_id + len(personas)),
            "persona": names.take(pa.array(personas)),
            "is_background": personas == BACKGROUND,
        },
        schema=TRUTH_SCHEMA,
    )


def generate(
    users: int,
    seed: int,
    background_share: float,
    output: Path,
    truth: Path | None = None,
) -> None:
    """Write the profiles and, when asked, the truth, chunk by chunk.

    Parameters
    ----------
    users
        Number of users, with User IDs from 1.
    seed
        With the pinned NumPy, the same arguments give the same bytes.
    background_share
        Share of users of no persona, 0 to 1; at 1 there is no structure at all.
    output, truth
        Files to write; the extension, .csv or .parquet, sets the format.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    with ExitStack() as stack:
        write_profiles = stack.enter_context(_open_table(output, PROFILE_SCHEMA))
        if truth:
            write_truth = stack.enter_context(_open_table(truth, TRUTH_SCHEMA))
        for chunk, start in enumerate(range(0, users, CHUNK_USERS)):
            chunk_users = min(CHUNK_USERS, users - start)
            persona_stream = random_stream(seed, "personas", chunk)
            profile_stream = random_stream(seed, "profiles", chunk)
            personas = draw_personas(persona_stream, chunk_users, background_share)
            write_profiles(draw_profiles(profile_stream, personas, start + 1))
            if truth:
                write_truth(truth_table(personas, start + 1))


def _draw_number(
    rng: np.random.Generator, personas: np.ndarray, position: int, header: str
) -> np.ndarray:
    means = np.array([persona.means[position] for persona in PERSONAS] + [0.5])
    mean = means[personas]
    # The background's Beta(1, 1) is uniform.
    kappa = np.where(personas == BACKGROUND, 2.0, KAPPA)
    lowest, highest, decimals = NUMBERS[header]
    between = rng.beta(mean * kappa, (1 - mean) * kappa)
    number = np.round(lowest + (highest - lowest) * between, decimals)
    return number if decimals else number.astype(np.int64)


def _draw_answer(
    rng: np.random.Generator, personas: np.ndarray, header: str
) -> pa.Array:
    answers = ANSWERS[header]
    even = (1,) * len(answers)
    weights = [persona.weights.get(header, even) for persona in PERSONAS] + [even]
    bounds = np.cumsum(weights, axis=1) / np.sum(weights, axis=1, keepdims=True)
    drawn = rng.random(len(personas))
    # Left out is the last bound: it is 1, unless rounding puts it just below.
    codes = (drawn[:, None] >= bounds[personas, :-1]).sum(axis=1)
    return pa.array(answers).take(pa.array(codes))


def _draw_interests(rng: np.random.Generator, personas: np.ndarray) -> pa.Array:
    weights = np.ones((len(PERSONAS) + 1, len(INTERESTS)), dtype=np.float32)
    for number, persona in enumerate(PERSONAS):
        preferred = [INTERESTS.index(interest) for interest in persona.interests]
        weights[number, preferred] = PREFERENCE
    # Weighted draw without replacement: the shortest of waiting times at these rates.
    waits = rng.standard_exponential((len(personas), len(INTERESTS)), dtype=np.float32)
    named = np.argsort(waits / weights[personas], axis=1)[:, :MOST_INTERESTS]
    counts = rng.integers(1, MOST_INTERESTS, size=len(personas), endpoint=True)
    nothing = len(INTERESTS)
    named[np.arange(MOST_INTERESTS) >= counts[:, None]] = nothing

    # Few lists are possible, so each is spelled out once and then looked up.
    places = (nothing + 1) ** np.arange(MOST_INTERESTS)
    lists, positions = np.unique(named @ places, return_inverse=True)
    spelled = [
        ", ".join(INTERESTS[digit] for digit in digits if digit != nothing)
        for digits in lists[:, None] // places % (nothing + 1)
    ]
    return pa.array(spelled).take(pa.array(positions))


@contextmanager
def _open_table(path: Path, schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    if path.suffix == ".parquet":
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            yield writer.write_table
    else:
        with path.open("wb") as file:
            file.write(",".join(schema.names).encode() + b"\n")
            yield lambda table: file.write(_csv_lines(table))


def _csv_lines(table: pa.Table) -> bytes:
    # pyarrow.csv quotes either every text or none; here only what has a comma is.
    fields = [_csv_fields(column.combine_chunks()) for column in table.columns]
    lines = pc.binary_join_element_wise(*fields, ",")
    whole = pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), "\n")
    return whole[0].as_buffer().to_pybytes() + b"\n"


def _csv_fields(column: pa.Array) -> pa.Array:
    text = column.cast(pa.string())
    quoted = pc.binary_join_element_wise('"', text, '"', "")
    return pc.if_else(pc.match_substring(text, ","), quoted, text)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is wrong in one line, without the usage."""
        self.exit(2, f"{self.prog}: {message}\n")


def _table_path(text: str) -> Path:
    path = Path(text)
    if path.suffix not in {".csv", ".parquet"}:
        raise argparse.ArgumentTypeError(f"'{text}' must end in .csv or .parquet")
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"folder '{path.parent}' does not exist")
    return path


def main(arguments: list[str] | None = None) -> None:
    """Read the arguments and write the files; bad arguments end with exit code 2."""
    parser = _Parser(description="Make synthetic user profiles with planted personas.")
    parser.add_argument("--users", type=int, default=1000, help="default: 1000")
    parser.add_argument("--seed", type=int, default=20240226, help="default: 20240226")
    parser.add_argument(
        "--background-share",
        type=float,
        default=0.05,
        help="share of users of no persona; 1: no structure at all; default: 0.05",
    )
    parser.add_argument(
        "--output",
        type=_table_path,
        help="a .csv or .parquet file; default: the sample in seeds/, and its truth",
    )
    parser.add_argument(
        "--truth",
        type=_table_path,
        help="the personas, a .csv or .parquet file; default: none beside an --output",
    )
    options = parser.parse_args(arguments)
    if options.users < 1:
        parser.error(f"--users must be at least 1, not {options.users}")
    if not 0 <= options.background_share <= 1:
        parser.error(
            f"--background-share must be from 0 to 1, not {options.background_share}"
        )
    if options.seed < 0:
        parser.error(f"--seed must be at least 0, not {options.seed}")
    # A truth belongs to its profiles: the sample's is replaced only with the sample.
    output = options.output or SAMPLE
    truth = options.truth or (None if options.output else SAMPLE_TRUTH)
    if truth and truth.resolve() == output.resolve():
        parser.error(f"--output and --truth are the same file, '{truth}'")
    try:
        generate(options.users, options.seed, options.background_share, output, truth)
    except OSError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
