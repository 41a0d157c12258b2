"""Delimiters, quotes, headers and the number of fields in a row."""

import csv

from damaged_files.cases import (
    HEADER,
    LINES,
    PLACES,
    ROWS,
    SAMPLE,
    joined,
    refused,
    sound,
    table,
    too_many,
    with_columns,
    with_header,
    with_line,
    with_more_lines,
    with_values,
)
from damaged_files.encodings import AN_ID_FAR_DOWN, MANY, MANY_ROWS, with_bytes

PLAIN = [[*row[:-1], row[-1].split(",")[0]] for row in ROWS]  # nothing to quote
ALL_ROWS = range(1, len(ROWS) + 1)


EMPTY_ROW = ", ".join(f"{name}_missing" for name in PLACES)
HEADER_ROW = (
    "age_unknown, gender_unknown, location_unknown, language_unknown, "
    "education_level_unknown, device_usage_unknown, income_level_unknown, "
    "reaction_count_not_a_number, followed_account_count_not_a_number, "
    "weekday_hours_online_not_a_number, weekend_hours_online_not_a_number, "
    "click_through_rate_not_a_number, conversion_rate_not_a_number, "
    "ad_interaction_seconds_not_a_number, top_interests_unknown"
)


def decimal_comma(value):
    return value.replace(".", ",")


def swapped(first, second):
    """The sample with two names of its header swapped, and the data as they were."""
    header = list(HEADER)
    header[PLACES[first]], header[PLACES[second]] = (
        header[PLACES[second]],
        header[PLACES[first]],
    )
    return table(header=header)


def without(name):
    return lambda row: row[: PLACES[name]] + row[PLACES[name] + 1 :]


def renamed(old, new):
    return with_header(lambda name: new if name == old else name)


DELIMITERS = {
    "semicolons": refused("delimiter_is_wrong", table(delimiter=";")),
    "semicolons_and_decimal_commas": refused(
        "delimiter_is_wrong",
        table([[decimal_comma(value) for value in row] for row in ROWS], delimiter=";"),
    ),
    "semicolons_and_quotes": refused(
        "delimiter_is_wrong", table(delimiter=";", quoting=csv.QUOTE_ALL)
    ),
    "tabs": refused("delimiter_is_wrong", table(delimiter="\t")),
    "bars": refused("delimiter_is_wrong", table(delimiter="|")),
    "colons": refused("delimiter_is_wrong", table(delimiter=":")),
    "control_characters": refused(
        "delimiter_is_wrong header_is_absent", table(delimiter="\x01")
    ),
    "semicolons_between_unknown_names": refused(
        "delimiter_is_wrong",
        table(header=[f"Column {number}" for number in PLACES.values()], delimiter=";"),
        saying="separated by semicolons, and none has a name that is known",
    ),
    "semicolons_below_a_header_with_commas": refused(
        "row_is_ragged delimiter_is_wrong",
        joined([LINES[0], *(";".join(row) for row in PLAIN)]),
    ),
    "commas_below_a_header_with_semicolons": refused(
        "delimiter_is_wrong", joined([";".join(HEADER), *LINES[1:]])
    ),
    "decimal_commas_without_quotes": refused(
        "row_is_ragged",
        joined(
            [
                LINES[0],
                *(",".join(decimal_comma(value) for value in row) for row in PLAIN),
            ]
        ),
    ),
    "a_blank_after_each_comma": sound(
        joined(", ".join(row) for row in (HEADER, *PLAIN)), changed=ALL_ROWS
    ),
    "a_blank_before_each_quote": sound(
        joined(line.replace(',"', ', "') for line in LINES)
    ),
    "line_that_tells_excel_the_comma": refused(
        "header_is_absent", with_more_lines("sep=,", before=1)
    ),
    "line_that_tells_excel_the_semicolon": refused(
        "header_is_absent delimiter_is_wrong", b"sep=;\n" + table(delimiter=";")
    ),
}

QUOTES = {
    "everything_quoted": sound(table(quoting=csv.QUOTE_ALL)),
    "doubled_quotes": sound(
        with_values("user_id", lambda name: f'the "{name}"'), changed=ALL_ROWS
    ),
    "lone_quotes_inside_fields": sound(
        joined([LINES[0], *(line.replace(",", '",', 1) for line in LINES[1:])]),
        changed=ALL_ROWS,
    ),
    "unterminated_in_the_last_field": refused(
        "quote_is_unbalanced", with_line(101, LINES[100].removesuffix('"'))
    ),
    "unterminated_in_the_middle": refused(
        "quote_is_unbalanced", with_line(51, LINES[50].replace(",", ',"', 1))
    ),
    "unterminated_far_down": refused(
        "quote_is_unbalanced", with_bytes(AN_ID_FAR_DOWN, b'\n"249-50,', MANY)
    ),
    "unterminated_in_the_header": refused(
        "quote_is_unbalanced header_lacks_a_column header_is_absent",
        with_line(1, LINES[0].replace("Age", '"Age')),
    ),
    "text_after_a_closing_quote": refused(
        "quote_is_unbalanced", with_line(51, f'"50"th{LINES[50].removeprefix("50")}')
    ),
    "blank_after_a_closing_quote": sound(
        with_line(51, f'"50" {LINES[50].removeprefix("50")}')
    ),
    "backslashes_before_quotes": refused(
        "quote_is_unbalanced", with_line(51, rf'"5\"0"{LINES[50].removeprefix("50")}')
    ),
    "single_quotes": refused("row_is_ragged", SAMPLE.replace(b'"', b"'")),
    "typographic_quotes": refused(
        "row_is_ragged", joined(line.replace('"', "”") for line in LINES)
    ),
}

HEADERS = {
    "headers_in_lower_case": sound(with_header(str.lower)),
    "headers_in_upper_case": sound(with_header(str.upper)),
    "headers_padded": sound(with_header(lambda name: f"  {name} ")),
    "columns_reordered": sound(with_columns(lambda row: row[::-1])),
    "columns_in_alphabetical_order_padded_and_in_lower_case": sound(
        table(
            [
                [value for _, value in sorted(zip(HEADER, row, strict=True))]
                for row in ROWS
            ],
            [f" {name.lower()}" for name in sorted(HEADER)],
        )
    ),
    "header_renamed": refused(
        "header_lacks_a_column", renamed("Age", "Age Group"), "Age"
    ),
    "headers_in_snake_case": refused(
        "header_lacks_a_column", table(header=PLACES), "User ID"
    ),
    "header_with_a_cyrillic_letter": refused(
        "header_lacks_a_column", renamed("Age", "\u0410ge"), "Age"
    ),
    # Its lower case is a plain k for Python and not for DuckDB.
    "header_with_the_kelvin_sign": refused(
        "header_lacks_a_column",
        renamed("Likes and Reactions", "Li\u212aes and Reactions"),
    ),
    "header_with_a_no_break_space": refused(
        "header_lacks_a_column", renamed("User ID", "User\u00a0ID"), "User ID"
    ),
    "header_with_two_blanks": refused(
        "header_lacks_a_column", renamed("User ID", "User  ID"), "User ID"
    ),
    "header_with_a_line_break": refused(
        "header_lacks_a_column",
        renamed("Time Spent Online (hrs/weekday)", "Time Spent Online\n(hrs/weekday)"),
        "Time Spent Online (hrs/weekday)",
    ),
    "header_with_a_zero_width_space": refused(
        "header_lacks_a_column", renamed("Age", "Age\u200b"), "Age"
    ),
    "header_quoted_twice": refused(
        "header_lacks_a_column", renamed("Age", '"Age"'), "Age"
    ),
    "header_empty": refused("header_lacks_a_column", renamed("Age", ""), "Age"),
    "column_missing": refused(
        "header_lacks_a_column", with_columns(without("income_level")), "Income Level"
    ),
    "header_missing_over_a_column": refused(
        "header_lacks_a_column", table(header=HEADER[:-1]), "Top Interests"
    ),
    "one_column": refused(
        "header_lacks_a_column", with_columns(lambda row: row[:1]), "Age"
    ),
    "column_too_many": refused(
        "header_has_an_unknown_column",
        table([[*row, "new"] for row in ROWS], [*HEADER, "Segment"]),
        "Segment",
    ),
    "column_without_a_name": refused(
        "header_has_an_unknown_column", with_columns(lambda row: [*row, ""])
    ),
    "index_of_pandas": refused(
        "header_has_an_unknown_column",
        table([[str(n), *row] for n, row in enumerate(ROWS)], ["", *HEADER]),
    ),
    "header_doubled": refused(
        "header_repeats_a_column", with_columns(lambda row: [*row, row[1]]), "Age"
    ),
    "header_doubled_in_another_case": refused(
        "header_repeats_a_column",
        table([[*row, row[1]] for row in ROWS], [*HEADER, " age "]),
        "Age",
    ),
    "header_doubled_in_place_of_another": refused(
        "header_lacks_a_column header_repeats_a_column", renamed("Gender", "Age")
    ),
    "no_header": refused("header_is_absent", joined(LINES[1:])),
    "title_above": refused(
        "header_is_absent", with_more_lines("User profiles, May 2024", before=1)
    ),
    "comment_above": refused(
        "header_is_absent", with_more_lines("# exported by the shop", before=1)
    ),
    "empty_cells_above": refused(
        "header_is_absent", with_more_lines("," * 15, before=1)
    ),
    "blank_line_above": refused("header_is_absent", b"\n" + SAMPLE),
    "header_twice": sound(
        with_more_lines(LINES[0], before=2),
        {1: HEADER_ROW},
        rows=101,
    ),
    "names_of_age_and_gender_swapped": too_many(
        "age_unknown gender_unknown", swapped("age", "gender")
    ),
    "names_of_hours_and_seconds_swapped": too_many(
        "weekday_hours_online_above_24",
        swapped("weekday_hours_online", "ad_interaction_seconds"),
    ),
    # Nothing in the values can tell: what this project cannot see.
    "names_of_the_rates_swapped": sound(
        swapped("click_through_rate", "conversion_rate"), changed=ALL_ROWS
    ),
    "names_of_the_hours_swapped": sound(
        swapped("weekday_hours_online", "weekend_hours_online"), changed=ALL_ROWS
    ),
}

RAGGED = {
    "blank_lines_between_rows": sound(joined(LINES, "\n\n")),
    "blank_lines_at_the_end": sound(SAMPLE + b"\n\n\n"),
    "row_that_begins_with_a_hash": sound(
        with_values("user_id", lambda name: f"#{name}"), changed=ALL_ROWS
    ),
    "row_of_empty_cells": sound(
        with_more_lines("," * 15, before=102), {101: EMPTY_ROW}, rows=101
    ),
    "field_too_few": refused(
        "row_is_ragged",
        with_line(51, LINES[50].replace(",Female", "").replace(",Male", "")),
        "line 51",
    ),
    "field_too_many": refused(
        "row_is_ragged", with_line(51, f"{LINES[50]},x"), "line 51"
    ),
    "field_too_many_in_the_last_line": refused(
        "row_is_ragged", with_line(101, f"{LINES[100]},x"), "line 101"
    ),
    "field_too_many_far_down": refused(
        "row_is_ragged",
        with_bytes(b"\n249-51,", b",x\n249-51,", MANY),
        f"line {len(MANY_ROWS) - 49}",
    ),
    "comma_at_the_end_of_a_row": refused(
        "row_is_ragged", with_line(51, f"{LINES[50]},")
    ),
    "comma_at_the_end_of_every_row": refused(
        "row_is_ragged", joined([LINES[0], *(f"{line}," for line in LINES[1:])])
    ),
    "interests_without_quotes": refused("row_is_ragged", SAMPLE.replace(b'"', b"")),
    "footer": refused("row_is_ragged", SAMPLE + b"Total: 100\n", "line 102"),
    "footer_as_a_row": sound(
        SAMPLE + b"Total,,,,,,512345,,,,,,,,,\n",
        {
            101: EMPTY_ROW.replace("user_id_missing, ", "").replace(
                "reaction_count_missing, ", ""
            )
        },
        rows=101,
    ),
    "comment_in_the_middle": refused(
        "row_is_ragged", with_more_lines("# second page", before=51), "line 51"
    ),
    "conflict_markers": refused(
        "row_is_ragged",
        with_more_lines("<<<<<<< HEAD", "=======", ">>>>>>> theirs", before=51),
        "line 51",
    ),
    "two_rows_in_one_line": refused(
        "row_is_ragged", with_line(51, f"{LINES[50]},{LINES[51]}"), "line 51"
    ),
    "cut_in_a_row": refused(
        "row_is_ragged", SAMPLE + LINES[50][:30].encode(), "line 102"
    ),
    "cut_in_a_quoted_field": refused("quote_is_unbalanced", SAMPLE.rstrip()[:-5]),
    "joined_without_a_newline_between": refused(
        "row_is_ragged quote_is_unbalanced", SAMPLE.rstrip() + SAMPLE, "line 101"
    ),
    "joined_with_itself": too_many("user_id_repeated", SAMPLE + SAMPLE),
    "joined_with_another_kind_of_file": refused(
        "row_is_ragged", SAMPLE + joined(["User ID,Segment", "1,A", "2,B"]), "line 102"
    ),
}
CASES = DELIMITERS | QUOTES | HEADERS | RAGGED
