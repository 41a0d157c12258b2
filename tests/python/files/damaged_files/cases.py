"""What a case of the corpus is, and the small sample that all of them are made from."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SEED = Path(__file__).parents[4] / "seeds/raw_user_profiles.csv"
# So short that a case is quick; five rejected rows are as many as may be.
ROW_COUNT = 100

with SEED.open(newline="") as file:
    HEADER, *ROWS = list(csv.reader(file))[: ROW_COUNT + 1]

STAGING_NAMES = (
    "user_id",
    "age",
    "gender",
    "location",
    "language",
    "education_level",
    "reaction_count",
    "followed_account_count",
    "device_usage",
    "weekday_hours_online",
    "weekend_hours_online",
    "click_through_rate",
    "conversion_rate",
    "ad_interaction_seconds",
    "income_level",
    "top_interests",
)
PLACES = {name: place for place, name in enumerate(STAGING_NAMES)}


@dataclass(frozen=True)
class Accepted:
    """A sound file.

    Attributes
    ----------
    rejected : dict of int to set of str
        The codes of each rejected row, by its number from 1; the rest is accepted.
    changed : collection of int
        Numbers of accepted rows that need not say what the sample says.
    row_count : int
        Rows read.
    """

    rejected: dict = field(default_factory=dict)
    changed: frozenset | range = frozenset()
    row_count: int = ROW_COUNT


@dataclass(frozen=True)
class Refused:
    """A file with a structure in doubt: one of `codes`, in a line that says `saying`.

    Several codes stand only where each of them would be an honest answer.
    """

    codes: frozenset
    saying: str = ""


@dataclass(frozen=True)
class TooManyRejected:
    """A sound file with too many bad rows, most of them for one of `reasons`."""

    reasons: frozenset


@dataclass(frozen=True)
class Case:
    """One or more files and what must come of them.

    Attributes
    ----------
    outcome : Accepted, Refused or TooManyRejected
    files : dict of str to bytes
        What is written, by file name.
    pattern : str
        File name or glob that the variable `user_profiles` names.
    named : str
        What a refusal must name: the pattern unless it is said.
    prepare : callable, optional
        Writes into the folder what is no plain file.
    """

    outcome: Accepted | Refused | TooManyRejected
    files: dict = field(default_factory=dict)
    pattern: str = "users.csv"
    named: str = ""
    prepare: Callable | None = None

    def write(self, folder):
        """Write the files; returns the whole pattern."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if self.prepare:
            self.prepare(folder)
        return f"{folder}/{self.pattern}"


def sound(content=None, rejected=None, *, changed=frozenset(), rows=ROW_COUNT, **case):
    """A case that is accepted; `rejected` maps numbers of rows to their reasons."""
    codes = {
        number: set(reasons.split(", ")) for number, reasons in (rejected or {}).items()
    }
    return Case(Accepted(codes, changed, rows), _files(content), **case)


def refused(codes, content=None, saying="", **case):
    """A case that is refused with one of the codes, separated by blanks."""
    return Case(Refused(frozenset(codes.split()), saying), _files(content), **case)


def too_many(reasons, content=None, **case):
    """A case with more bad rows than may be; several reasons where they tie."""
    return Case(TooManyRejected(frozenset(reasons.split())), _files(content), **case)


def judged(*changes):
    """A case of changed rows, up to five of them bad.

    Parameters
    ----------
    *changes : tuple of str, dict
        The reasons for which a row is rejected, or "", and its values by the names that
        staging gives them. They go into rows 10, 20, 30, ….
    """
    rows = [list(row) for row in ROWS]
    rejected, changed = {}, set()
    for number, (reasons, values) in enumerate(changes, start=1):
        for name, value in values.items():
            rows[10 * number - 1][PLACES[name]] = value
        if reasons:
            rejected[10 * number] = reasons
        else:
            changed.add(10 * number)
    assert len(rejected) <= ROW_COUNT // 20
    return sound(table(rows), rejected, changed=frozenset(changed))


def _files(content):
    if content is None:
        return {}
    return content if isinstance(content, dict) else {"users.csv": content}


def table(rows=ROWS, header=HEADER, **form):
    """The rows as the bytes of a CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, **{"lineterminator": "\n", **form})
    writer.writerows([header, *rows])
    return text.getvalue().encode()


SAMPLE = table()
LINES = SAMPLE.decode().splitlines()


def joined(lines, end="\n"):
    """Lines of text as the bytes of a file."""
    return "".join(f"{line}{end}" for line in lines).encode()


def with_line(number, line):
    """The sample with another line, counted from 1 with the header."""
    assert LINES[number - 1] != line
    return joined([*LINES[: number - 1], line, *LINES[number:]])


def with_more_lines(*lines, before):
    """The sample with more lines before the line of this number."""
    return joined([*LINES[: before - 1], *lines, *LINES[before - 1 :]])


def with_header(change):
    """The sample with each name of the header changed."""
    return table(header=[change(name) for name in HEADER])


def with_columns(change):
    """The sample with the same change to the header and to the fields of each row."""
    return table([change(row) for row in ROWS], change(HEADER))


def with_value(number, name, value):
    """The sample with one value changed, in the row of this number."""
    rows = [list(row) for row in ROWS]
    rows[number - 1][PLACES[name]] = value
    return table(rows)


def with_values(name, change, **form):
    """The sample with every value of a column changed."""
    rows = [list(row) for row in ROWS]
    for row in rows:
        row[PLACES[name]] = change(row[PLACES[name]])
    return table(rows, **form)
