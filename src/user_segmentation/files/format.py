"""How the files of a table are written, as the table's declaration says."""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

BLANK = " "
# By what Python calls them.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "iso8859-1": "latin-1",
    "cp1252": "windows-1252",
    "utf-16": "utf-16",
}
DECIMAL_SEPARATORS = (".", ",")
THOUSANDS_SEPARATORS = (".", ",", " ", "'")
UNKNOWN_COLUMNS = ("refuse", "ignore")
# As it stands in YAML without double quotes.
WRITTEN_TAB = r"\t"


@dataclass(frozen=True)
class FileFormat:
    """The format of a table's files.

    Parameters
    ----------
    delimiter : str
        What stands between fields: one character; a blank stands for any run of blanks
        and tabs.
    quote : str
        What encloses fields that hold delimiters, and stands doubled inside of them;
        empty where nothing does.
    encoding : str
        One of the values of `ENCODINGS`.
    has_header : bool
        Whether the first line names the columns. If not, they are those of the
        declaration, in its order.
    decimal_separator : str
    thousands_separator : str, optional
    unknown_columns : str
        `refuse` a file with columns that the declaration does not know, or `ignore`
        these columns.
    declared_in : str
        Where the format can be declared: path of a YAML file; empty where it cannot.
    variable : str
        Variable that has to name the files for the declaration to hold; empty where it
        holds for them as it is.
    """

    delimiter: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    has_header: bool = True
    decimal_separator: str = "."
    thousands_separator: str | None = None
    unknown_columns: str = "refuse"
    declared_in: str = ""
    variable: str = ""

    @classmethod
    def of(cls, meta):
        """The format that the meta of a table declares; other keys are passed over.

        Parameters
        ----------
        meta : dict
            Without a `format_problem`.

        Returns
        -------
        FileFormat
        """
        names = {field.name for field in fields(cls)}
        known = {
            key: value
            for key, value in meta.items()
            if key in names and value is not None
        }
        form = cls(**known)
        return replace(
            form,
            delimiter="\t" if form.delimiter == WRITTEN_TAB else form.delimiter,
            encoding=_encoding(form.encoding),
        )

    @property
    def is_usual(self):
        """Whether files are read as where nothing is declared."""
        return all(
            getattr(self, key) == getattr(FileFormat, key)
            for key in (
                "delimiter",
                "quote",
                "encoding",
                "has_header",
                "unknown_columns",
            )
        )

    @property
    def has_usual_numbers(self):
        """Whether numbers are read as where nothing is declared."""
        return (self.decimal_separator, self.thousands_separator) == (".", None)

    @property
    def codec(self):
        """What Python calls the encoding; a byte-order mark is text to it."""
        # Of the two, the one that Windows writes.
        return "utf-16-le" if self.encoding == "utf-16" else self.encoding

    @property
    def listed_in(self):
        """Where the columns are listed."""
        return self.declared_in or "README.md"

    def remedy(self, declaration, otherwise):
        """What to do about a file in another format.

        Parameters
        ----------
        declaration : str
            Key and value that would declare it.
        otherwise : str
            What to do to the file, as a sentence without its stop.

        Returns
        -------
        str
        """
        if not self.declared_in:
            return otherwise
        also = f" and name the file in the variable {self.variable}"
        return (
            f"Declare {declaration} in the meta of {self.declared_in}"
            f"{also if self.variable else ''}, or {otherwise[0].lower()}{otherwise[1:]}"
        )


@dataclass(frozen=True)
class Contract:
    """What the files of a table must be.

    Parameters
    ----------
    columns : sequence of str
        Names of the columns that each may have, in any order and letter case.
    optional : sequence of str
        Those of them that a file may leave out.
    identifiers : sequence of str
        Those of them with identifiers, which have to be exact.
    form : FileFormat
        The declared format.
    may_be_empty : bool
        Whether a file may have no rows.
    """

    columns: Sequence
    optional: Sequence = ()
    identifiers: Sequence = ()
    form: FileFormat = FileFormat()
    may_be_empty: bool = False


def format_problem(meta, where):
    """What is wrong with the declared format of a table's files.

    Parameters
    ----------
    meta : dict
        The meta of the table; keys of other things are passed over.
    where : str
        Path of the YAML file, and the table in it where there are several.

    Returns
    -------
    str or None
        One line: the file, the key, its value and what it can be.
    """
    given = {key: value for key, value in meta.items() if value is not None}
    for key, (is_right, meant) in RULES.items():
        if key in given and not is_right(given[key]):
            return f"{where}: {key} is {given[key]!r}; it must be {meant}."
    form = FileFormat.of(given)
    for key in ("delimiter", "quote"):
        mark = getattr(form, key)
        if not _has(form.codec, mark):
            return f"{where}: {key} is {mark!r}, which {form.encoding} has not."
    for first, second in (
        ("delimiter", "quote"),
        ("decimal_separator", "thousands_separator"),
    ):
        if getattr(form, first) == getattr(form, second):
            return (
                f"{where}: {first} and {second} are both {getattr(form, first)!r}; "
                "they must differ."
            )
    return None


def _encoding(name):
    """The encoding as DuckDB knows it; None where it cannot be read."""
    try:
        return ENCODINGS.get(codecs.lookup(name).name)
    except (LookupError, TypeError, ValueError):
        return None


def _has(codec, text):
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _is_mark(value):
    """Whether a text is one character that can stand between what it separates."""
    return (
        isinstance(value, str)
        and len(value) == 1
        and not value.isalnum()
        and value not in "\r\n\0\\"
    )


def _one_of(values):
    shown = [repr(value) for value in values]
    return (
        lambda value: isinstance(value, str) and value in values,
        f"{', '.join(shown[:-1])} or {shown[-1]}",
    )


# By key: whether a value is right, and what it must be.
RULES = {
    "delimiter": (
        lambda value: value == WRITTEN_TAB or _is_mark(value),
        "one character, and no letter, digit, backslash or line break",
    ),
    "quote": (
        lambda value: (
            value == "" or (_is_mark(value) and value.isascii() and value not in " \t")
        ),
        "one ASCII character, and no letter, digit, backslash or blank, or '' for none",
    ),
    "encoding": (_encoding, "utf-8, latin-1, windows-1252 or utf-16"),
    "has_header": (lambda value: isinstance(value, bool), "true or false"),
    "decimal_separator": _one_of(DECIMAL_SEPARATORS),
    "thousands_separator": _one_of(THOUSANDS_SEPARATORS),
    "unknown_columns": _one_of(UNKNOWN_COLUMNS),
}
