"""How the numbers of a file are written."""

import re
from dataclasses import dataclass

# A few texts among numbers are rows to reject, and no reason to take none for a number.
FEWEST_NUMBERS = 0.98
CODE = r"[-+]?0\d.*"
PERCENT = r"\s*%"


@dataclass(frozen=True)
class Convention:
    """The signs in numbers: before decimals, and between thousands."""

    decimal: str = "."
    thousands: str | None = None

    @property
    def pattern(self):
        """A number, as a regular expression of Python and of DuckDB."""
        decimals = rf"(?:{re.escape(self.decimal)}\d+)?(?:[eE][-+]?\d+)?"
        whole = r"\d+"
        if self.thousands:
            whole = rf"(?:\d+|\d{{1,3}}(?:{re.escape(self.thousands)}\d{{3}})+)"
        without_whole = rf"|{re.escape(self.decimal)}\d+"
        return rf"[-+]?(?:{whole}{decimals}{without_whole})"

    def as_double(self, text):
        """SQL of the number that a text is, without a percent sign."""
        text = f"regexp_replace({text}, '\\s*%$', '')"
        if self.thousands:
            sign = self.thousands.replace("'", "''")
            text = f"replace({text}, '{sign}', '')"
        if self.decimal != ".":
            text = f"replace({text}, '{self.decimal}', '.')"
        return f"try_cast({text} as double)"

    def fits(self, values, suffix=""):
        """Whether nearly all of some texts are numbers of this form."""
        pattern = re.compile(self.pattern + suffix, re.ASCII)
        matching = sum(pattern.fullmatch(value) is not None for value in values)
        return bool(values) and matching >= FEWEST_NUMBERS * len(values)


PLAIN = Convention()
CONVENTIONS = (
    PLAIN,
    Convention(","),
    Convention(".", ","),
    Convention(",", "."),
    Convention(".", " "),
    Convention(",", " "),
    Convention(".", "'"),
)


def find_convention(samples):
    """The convention under which most columns are numbers.

    Parameters
    ----------
    samples : list of list of str
        Values of each column.

    Returns
    -------
    convention : Convention
    is_certain : bool
        False where no number tells decimals from thousands, as in 1,234.
    """
    fits = [
        {convention for convention in CONVENTIONS if is_written(sample, convention)}
        for sample in samples
    ]
    # Of columns that are numbers in any convention nothing is learnt.
    telling = [found for found in fits if found and PLAIN not in found]
    if not telling:
        return PLAIN, True
    counts = {
        convention: sum(convention in found for found in fits)
        for convention in CONVENTIONS
    }
    most = max(counts.values())
    best = [convention for convention in CONVENTIONS if counts[convention] == most]
    return best[0], len({convention.decimal for convention in best}) == 1


def is_written(values, convention):
    """Whether texts are numbers, or percentages, of a convention; codes are none.

    Parameters
    ----------
    values : list of str
    convention : Convention

    Returns
    -------
    bool
    """
    if sum(re.fullmatch(CODE, value) is not None for value in values):
        # 0.5 and 0 are numbers, 007 is none.
        return False
    return convention.fits(values) or convention.fits(values, PERCENT)
