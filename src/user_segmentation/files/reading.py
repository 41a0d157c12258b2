"""How DuckDB reads text files: spelled once for the file gate and for staging."""

import re
from dataclasses import asdict

from user_segmentation.files.format import BLANK
from user_segmentation.files.globs import one_glob
from user_segmentation.files.header import key_of, read_header
from user_segmentation.files.text import MOST_BYTES, first_line_end

# Of a file whose fields are separated by blanks: lines, and the fields in them.
LINE = "line"
QUOTED = "{0}(?:[^{0}]|{0}{0})*{0}"
PLAIN = "[^ \t{0}][^ \t]*"
BLANKS = "[ \t]"
# DuckDB reads windows-1252 as latin-1, which has controls in the place of these.
CONTROLS = {
    chr(byte): bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0)
}


def literal(text):
    """A text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name):
    """A name as an identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def field_name(place):
    """Name of the column at a place: headers may repeat, or be empty."""
    return f"field_{place + 1}"


def text_relation(files, names, line_end, form, **options):
    """SQL of the fields of text files, or of their lines where blanks separate fields.

    Parameters
    ----------
    files : str
        Path or list of paths, as SQL.
    names : list of str
        Names of the columns.
    line_end : str
    form : FileFormat
    **options
        Further options of `read_csv`.

    Returns
    -------
    str
    """
    is_lines = form.delimiter == BLANK
    quote = "" if is_lines else _as_read(form.quote, form)
    columns = ", ".join(f"'{name}': 'varchar'" for name in names)
    options = {
        "auto_detect": "false",
        "header": str(form.has_header).lower(),
        "delim": literal("" if is_lines else _as_read(form.delimiter, form)),
        "quote": literal(quote),
        "escape": literal(quote),
        "comment": "''",
        "skip": "0",
        "new_line": literal(line_end.encode("unicode_escape").decode()),
        "columns": f"{{{columns}}}",
        "max_line_size": MOST_BYTES,
        "hive_partitioning": "false",
    } | options
    if form.encoding != "utf-8":
        options["encoding"] = literal(
            "latin-1" if form.encoding == "windows-1252" else form.encoding
        )
    # In parts, DuckDB cannot read some files with line breaks in fields.
    if not form.is_usual:
        options["parallel"] = "false"
    told = ", ".join(f"{name} = {value}" for name, value in options.items())
    return f"read_csv({files}, {told})"


def fields_of_line(form):
    """SQL of the fields of a line in which blanks separate them, still in quotes."""
    return f"regexp_extract_all({LINE}, {literal(_field(form))})"


def is_whole_line(form):
    """SQL of whether a line has fields and blanks between them, and nothing else."""
    field = _field(form)
    pattern = f"{BLANKS}*(?:(?:{field})(?:{BLANKS}+(?:{field}))*{BLANKS}*)?"
    return f"regexp_full_match({LINE}, {literal(pattern)}, 's')"


def for_macros(form):
    """A format as macros know it.

    Parameters
    ----------
    form : FileFormat

    Returns
    -------
    dict
        Its fields, whether they are the usual ones, and what Spark has to be told.
    """
    return asdict(form) | {
        "is_usual": form.is_usual,
        "has_usual_numbers": form.has_usual_numbers,
        "delimiter_as_read": _as_read(form.delimiter, form),
        "quote_as_read": _as_read(form.quote, form),
        "controls": ["".join(CONTROLS), "".join(CONTROLS.values())],
        "field_pattern": _field(form),
    }


def text_groups(paths, columns, form):
    """Text files with the same header and line end, which can be read together.

    Parameters
    ----------
    paths : list of str
    columns : sequence of str
        Names that the declaration knows, in its order.
    form : FileFormat

    Returns
    -------
    list of dict
        `glob`, one for all of its files, as Spark reads it; `relation`, SQL of DuckDB;
        and `columns`, each with its `header`, its `place` from 0 on and `text`, SQL of
        DuckDB.
    """
    groups = {}
    for path in paths:
        header = read_header(path, columns, form) if form.has_header else columns
        groups.setdefault((tuple(header), first_line_end(path, form)), []).append(path)
    known = set(map(key_of, columns))
    found = []
    for (header, line_end), files in groups.items():
        relation = text_relation(
            f"[{', '.join(map(literal, files))}]",
            [LINE]
            if form.delimiter == BLANK
            else [field_name(place) for place in range(len(header))],
            line_end,
            form,
        )
        if form.delimiter == BLANK:
            relation = (
                f"(select {fields_of_line(form)} as fields from {relation} "
                f"where trim({LINE}, ' \t') <> '')"
            )
        found.append(
            {
                "glob": one_glob(files),
                "relation": relation,
                "columns": [
                    {"header": name, "place": place, "text": _field_text(place, form)}
                    for place, name in enumerate(header)
                    if form.unknown_columns == "refuse" or key_of(name) in known
                ],
            }
        )
    return found


def _field(form):
    """Regular expression of a field in a file whose fields are separated by blanks."""
    quote = re.escape(form.quote)
    plain = PLAIN.format(quote)
    return f"{QUOTED.format(quote)}|{plain}" if quote else plain


def _field_text(place, form):
    """SQL of a field as text."""
    text = field_name(place)
    if form.delimiter == BLANK:
        text = f"fields[{place + 1}]"
        if form.quote:
            quote, twice = literal(form.quote), literal(2 * form.quote)
            text = (
                f"case when starts_with({text}, {quote}) "
                f"then nullif(replace({text}[2:-2], {twice}, {quote}), '') "
                f"else {text} end"
            )
    if form.encoding == "windows-1252":
        written, meant = "".join(CONTROLS), "".join(CONTROLS.values())
        text = f"translate({text}, {literal(written)}, {literal(meant)})"
    return text


def _as_read(mark, form):
    """A delimiter or quote as the engine meets it."""
    if form.encoding == "windows-1252":
        return mark.encode("cp1252").decode("latin-1")
    return mark
