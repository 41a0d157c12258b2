"""The text of a drafted declaration."""

from user_segmentation.draft.features import block_weights
from user_segmentation.draft.yaml_text import comment, entry, paragraph
from user_segmentation.files.refusal import printable

DELIMITERS = {
    "\t": "tabs",
    ";": "semicolons",
    "|": "bars",
    ",": "commas",
    " ": "blanks",
}
HEAD = """\
Types, ranges, answers and words are guesses: correct what is wrong. Nothing is changed
to fit: a row that does not fit is rejected with its reason. To keep a column out of
segments, take its feature out.
"""
NO_CURRENCY = (
    "No column says the currency: XXX is the code for none. Write yours, such as EUR."
)
LOG_HEAD = """\
A log: several rows for a user, with times and amounts. Its users are those of these
rows. Correct what is taken for something else; a row that does not fit is rejected
with its reason.
"""
DOUBTFUL_ENCODING = """\
Its bytes are not UTF-8, and fit this encoding: see whether letters with accents are
right.
"""
BLOCKS = """\
A block is weighed as a whole, however many features it has, so that many answers do
not drown a few numbers. To form others, change the names of blocks at the features,
and list them here.
"""


def declaration_text(name, source, convention, guesses):
    """A declaration of users in YAML, with its comments.

    Parameters
    ----------
    name : str
    source : Source
    convention : Convention
    guesses : list of Guess

    Returns
    -------
    str
    """
    objective = {"block_weights": block_weights(guesses), "segment_count": "auto"}
    own_lines = [
        *comment(BLOCKS, 12),
        *entry("objectives", {name: objective}, 12),
    ]
    description = f"Users of {file_name(source)}. One row per user."
    table = _table_lines(name, description, source, convention)
    return _text([*comment(HEAD, 0), *table, *own_lines], guesses)


def log_text(name, source, convention, guesses):
    """A declaration of a log of purchases in YAML, with its comments.

    Parameters
    ----------
    name : str
    source : Source
    convention : Convention
    guesses : list of Guess

    Returns
    -------
    str
    """
    description = f"Purchases of {file_name(source)}. One row per transaction."
    table = _table_lines(name, description, source, convention)
    log = entry("log", "transactions", 12)
    if not any(guess.kind == "currency" for guess in guesses):
        log += comment(NO_CURRENCY, 12) + entry("currency", "XXX", 12)
    return _text([*comment(LOG_HEAD, 0), *table, *log], guesses)


def _text(lines, guesses):
    columns = [line for guess in guesses for line in _column_lines(guess)]
    return "\n".join([*lines, "        columns:", *columns]) + "\n"


def _table_lines(name, description, source, convention):
    return [
        "sources:",
        "  - name: files",
        "    schema: raw",
        "    tables:",
        f"      - name: {name}",
        *paragraph("description", description, 8),
        "        config:",
        "          meta:",
        *_file_lines(source, convention),
    ]


def file_name(source):
    """The last part of a path, without what dbt or YAML would take for code.

    Parameters
    ----------
    source : Source

    Returns
    -------
    str
    """
    return printable(source.file.rsplit("/", maxsplit=1)[-1])


def _file_lines(source, convention):
    lines = entry("file", source.file, 12)
    layout = source.layout
    if layout and layout.delimiter != ",":
        lines += entry("delimiter", layout.delimiter, 12)
    if layout and layout.quote != '"':
        lines += entry("quote", layout.quote, 12)
    if source.encoding not in (None, "utf-8"):
        if source.encoding in ("windows-1252", "latin-1"):
            lines += comment(DOUBTFUL_ENCODING, 12)
        lines += entry("encoding", source.encoding, 12)
    if layout and not layout.has_header:
        lines += comment("No header was found: the columns are in their order.", 12)
        lines += entry("has_header", False, 12)
    if convention.decimal != ".":
        lines += entry("decimal_separator", convention.decimal, 12)
    if convention.thousands:
        lines += entry("thousands_separator", convention.thousands, 12)
    return lines


def _column_lines(guess):
    lines = comment(_sentences(guess), 10)
    lines += entry("name", guess.name, 12)
    lines[-1] = f"          - {lines[-1].strip()}"
    lines += paragraph("description", _description(guess), 12)
    lines += ["            config:", "              meta:"]
    for key, value in _meta(guess).items():
        lines += entry(key, value, 16)
    return lines


def _sentences(guess):
    known = f"{_capital(guess.why)}."
    if guess.missing_share:
        known += f" Missing: {share(guess.missing_share)}."
    return " ".join([known, *guess.notes])


def _description(guess):
    kinds = {
        "id": "identifies the user",
        "ignore": "not used",
        "number": "a number",
        "rate": "a share",
        "flag": "yes or no",
        "category": "one of the answers",
        "ordered": "one of the answers, which have an order",
        "list": "a list of items",
        "date": "a date",
        "time": "when it happened",
        "amount": "money that changed hands",
        "currency": "the currency of the amount",
        "text": "identifies the row",
    }
    unit = f", in {guess.unit}" if guess.unit else ""
    return " ".join(f"{printable(guess.name)}: {kinds[guess.kind]}{unit}.".split())


def _meta(guess):
    meta = {"type": guess.kind}
    if guess.kind == "ignore":
        return meta
    meta = {**_name(guess), **meta}
    if guess.kind in ("id", "time", "amount", "currency", "text"):
        return meta | guess.meta
    if guess.label != guess.name:
        meta["label"] = guess.label
    meta |= guess.meta
    meta["when_missing"] = "unknown"
    if guess.missing_texts:
        meta["missing_values"] = guess.missing_texts
    if guess.is_protected:
        meta["is_protected"] = True
    if guess.feature is not None:
        meta["feature"] = guess.feature
        if guess.unit and guess.kind == "number":
            meta["feature"] = guess.feature | {"unit": guess.unit}
    if guess.words:
        meta["words"] = guess.words
    if guess.flags:
        meta["flags"] = {
            name: {key: value for key, value in flag.items() if value}
            for name, flag in guess.flags.items()
        }
    if guess.count:
        meta["count"] = guess.count
    return meta


def _name(guess):
    return {"name": guess.sql_name} if guess.sql_name != guess.default_name else {}


def share(part):
    """A share in percent: what is above 0 is never 0%.

    Parameters
    ----------
    part : float

    Returns
    -------
    str
    """
    percent = 100 * part
    if 0 < percent < 1:
        return "under 1%" if percent < 0.05 else f"{percent:.1f}%"  # noqa: PLR2004
    return "all" if part == 1 else f"{min(percent, 99.9):.0f}%"


def _capital(text):
    return text[:1].upper() + text[1:]
