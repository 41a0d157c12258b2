"""How DuckDB reads text files: spelled once for the file gate and for staging."""

import re
from dataclasses import asdict

from user_segmentation.files.copies import readable
from user_segmentation.files.format import BLANK
from user_segmentation.files.globs import one_glob
from user_segmentation.files.header import key_of, read_header
from user_segmentation.files.text import MOST_BYTES, first_line_end

# Of a file whose fields are separated by blanks: lines, and the fields in them.
LINE = "line"
QUOTED = "{0}(?:[^{0}]|{0}{0})*{0}"
PLAIN = "[^ \t{0}][^ \t]*"
BLANKS = "[ \t]"


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
    quote = "" if is_lines else form.quote
    columns = ", ".join(f"'{name}': 'varchar'" for name in names)
    options = {
        "auto_detect": "false",
        "header": str(form.has_header).lower(),
        "delim": literal("" if is_lines else form.delimiter),
        "quote": literal(quote),
        "escape": literal(quote),
        "comment": "''",
        "skip": "0",
        "new_line": literal(line_end.encode("unicode_escape").decode()),
        "columns": f"{{{columns}}}",
        "max_line_size": MOST_BYTES,
        "hive_partitioning": "false",
    } | options
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
        Its fields, whether they are the usual ones, and the regular expression of a
        field between blanks.
    """
    return asdict(form) | {
        "is_usual": form.is_usual,
        "has_usual_numbers": form.has_usual_numbers,
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
        place = readable(path, form)
        groups.setdefault((tuple(header), first_line_end(path, form)), []).append(place)
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
    return text
