"""Make synthetic users with five planted personas, and the truth about them.

    python scripts/generate_sample.py
    python scripts/generate_sample.py --users 1000000 --output /tmp/users.parquet

Every user belongs to a persona, which tilts the answers, the numbers and the habits
without deciding any of them, or to the background, which is uniform over everything.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields
from functools import partial
from itertools import combinations, count
from pathlib import Path
from typing import NoReturn

import numpy as np
import pyarrow as pa

from activity_logs import CHUNK_USERS as LOG_CHUNK_USERS
from activity_logs import EVENT_SCHEMA, TRANSACTION_SCHEMA, draw_logs
from people import ALIAS_SCHEMA
from personas import (
    ANSWERS,
    BACKGROUND,
    INTERESTS,
    MOST_INTERESTS,
    NUMBERS,
    PERSONAS,
    PREFERENCE,
)
from table_files import open_table

PROJECT = Path(__file__).resolve().parents[1]

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


@dataclass(frozen=True)
class Files:
    """Where to write what belongs together; nothing is written where None stands.

    The extension, .csv or .parquet, sets the format.
    """

    output: Path
    truth: Path | None = None
    events: Path | None = None
    transactions: Path | None = None
    aliases: Path | None = None


SAMPLE = Files(
    output=PROJECT / "seeds" / "raw_user_profiles.csv",
    truth=PROJECT / "tests" / "data" / "sample_truth.csv",
    events=PROJECT / "data" / "events.parquet",
    transactions=PROJECT / "data" / "transactions.parquet",
    aliases=PROJECT / "data" / "user_aliases.csv",
)
# What tells that a file is the sample's, as sha256sum writes it.
SAMPLE_CHECKSUMS = PROJECT / "data" / "sample.sha256"


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


def generate(users: int, seed: int, background_share: float, files: Files) -> None:
    """Write the profiles and what else is asked for, chunk by chunk.

    Parameters
    ----------
    users
        Number of users, with User IDs from 1.
    seed
        With the pinned packages, the same arguments give the same bytes.
    background_share
        Share of users of no persona, 0 to 1; at 1 there is no structure at all.
    files
        Files to write.

    Raises
    ------
    OSError
        When a file cannot be written.
    """
    outputs = (
        (files.output, PROFILE_SCHEMA),
        (files.truth, TRUTH_SCHEMA),
        (files.events, EVENT_SCHEMA),
        (files.transactions, TRANSACTION_SCHEMA),
        (files.aliases, ALIAS_SCHEMA),
    )
    log_chunks = count()
    with ExitStack() as stack:
        write_profiles, write_truth, *write_logs = (
            stack.enter_context(open_table(path, schema)) if path else _write_nothing
            for path, schema in outputs
        )
        for chunk, start in enumerate(range(0, users, CHUNK_USERS)):
            chunk_users = min(CHUNK_USERS, users - start)
            persona_stream = random_stream(seed, "personas", chunk)
            profile_stream = random_stream(seed, "profiles", chunk)
            personas = draw_personas(persona_stream, chunk_users, background_share)
            profiles = draw_profiles(profile_stream, personas, start + 1)
            write_profiles(profiles)
            write_truth(truth_table(personas, start + 1))
            if files.events or files.transactions or files.aliases:
                _generate_logs(personas, profiles, seed, log_chunks, write_logs)


def _write_nothing(_: pa.Table) -> None:
    pass


def _generate_logs(
    personas: np.ndarray,
    profiles: pa.Table,
    seed: int,
    numbers: Iterator[int],
    writers: list[Callable[[pa.Table], None]],
) -> None:
    for start in range(0, len(personas), LOG_CHUNK_USERS):
        number, rows = next(numbers), slice(start, start + LOG_CHUNK_USERS)
        tables = draw_logs(
            partial(random_stream, seed, chunk=number),
            number,
            personas[rows],
            profiles[rows],
        )
        for write, table in zip(writers, tables, strict=True):
            write(table)


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


def _write_checksums(files: Files) -> None:
    lines = []
    for path in (files.output, files.events, files.transactions, files.aliases):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f"{digest}  {path.parent.name}/{path.name}\n")
    SAMPLE_CHECKSUMS.write_text("".join(lines))


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
        help="a .csv or .parquet file; default: the sample in seeds/, and its others",
    )
    for option, what in (
        ("--truth", "the personas"),
        ("--events", "what the users do"),
        ("--transactions", "what they buy and give back"),
        ("--aliases", "under what other names they were logged"),
    ):
        parser.add_argument(
            option,
            type=_table_path,
            help=f"{what}, a .csv or .parquet file; default: none beside an --output",
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
    # What goes with the sample is replaced only with the sample.
    default = Files(options.output) if options.output else SAMPLE
    asked_for = {
        field.name: getattr(options, field.name) or getattr(default, field.name)
        for field in fields(Files)
    }
    for (name, path), (other_name, other_path) in combinations(asked_for.items(), 2):
        if path and other_path and path.resolve() == other_path.resolve():
            parser.error(f"--{name} and --{other_name} are the same file, '{path}'")
    try:
        generate(
            options.users, options.seed, options.background_share, Files(**asked_for)
        )
        if not options.output:
            _write_checksums(SAMPLE)
    except OSError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
