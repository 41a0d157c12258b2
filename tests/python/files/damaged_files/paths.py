"""File names, and globs of several files."""

from damaged_files.cases import (
    HEADER,
    LINES,
    ROWS,
    SAMPLE,
    joined,
    refused,
    sound,
    table,
    too_many,
)
from damaged_files.parquet import parquet

FIRST = table(ROWS[:50])
SECOND = table(ROWS[50:])


def named(name):
    return sound({name: SAMPLE}, pattern=name)


def both(first, second, outcome=sound, *arguments, pattern="*.csv", **case):
    """A case of two files that one glob matches."""
    files = {"1.csv": first, "2.csv": second}
    return outcome(*arguments, files, pattern=pattern, **case)


CASES = {
    "name_with_blanks": named("the users of  May.csv"),
    "name_with_brackets": named("users (1).csv"),
    "name_with_quotes": named("the \"users'.csv"),
    "name_in_unicode": named("Nutzer \u2013 données 用户 😀.csv"),
    "name_that_is_code": named("'); select 1; -- $(reboot).csv"),
    "name_with_a_comma_and_a_hash": named("users, 50% #1.csv"),
    "name_that_begins_with_a_dash": named("-users.csv"),
    "name_without_an_ending": named("users"),
    "glob_of_two": both(FIRST, SECOND),
    "glob_of_two_in_folders": sound(
        {"a/users.csv": FIRST, "b/users.csv": SECOND}, pattern="*/users.csv"
    ),
    "glob_in_folders_named_like_partitions": sound(
        {"Age=18-24/users.csv": FIRST, "Age=25-34/users.csv": SECOND},
        pattern="*/users.csv",
    ),
    "glob_of_two_orders_of_columns": both(
        FIRST, table([row[::-1] for row in ROWS[50:]], HEADER[::-1])
    ),
    "glob_of_two_cases_of_headers": both(
        FIRST, table(ROWS[50:], [f" {name.upper()}" for name in HEADER])
    ),
    "glob_of_two_line_ends": both(FIRST, joined([LINES[0], *LINES[51:]], "\r\n")),
    "glob_of_lf_and_cr": both(FIRST, joined([LINES[0], *LINES[51:]], "\r")),
    "glob_with_a_damaged_file_last": both(
        FIRST, SECOND + b"Total\n", refused, "row_is_ragged", named="2.csv"
    ),
    "glob_with_a_damaged_file_first": both(
        FIRST + b"\xff\n", SECOND, refused, "encoding_is_not_utf_8", named="1.csv"
    ),
    "glob_with_an_empty_file": both(b"", SECOND, refused, "file_empty", named="1.csv"),
    "glob_with_other_columns": both(
        FIRST,
        table([row[1:] for row in ROWS[50:]], HEADER[1:]),
        refused,
        "header_lacks_a_column",
        named="2.csv",
    ),
    "glob_with_another_delimiter": both(
        FIRST,
        table(ROWS[50:], delimiter=";"),
        refused,
        "delimiter_is_wrong",
        named="2.csv",
    ),
    "glob_of_the_same_users_twice": both(SAMPLE, SAMPLE, too_many, "user_id_repeated"),
    "glob_of_csv_and_parquet": refused(
        "file_is_parquet file_is_not_parquet",
        {"users.csv": FIRST},
        pattern="users.*",
        named="users.",
        prepare=parquet("from users"),
    ),
    "glob_of_two_parquet_files": sound(
        pattern="*.parquet",
        prepare=lambda folder: (
            parquet('from users where "User ID"::int <= 50', "1.parquet")(folder),
            parquet(
                f"""
                select {", ".join(f'"{name}"' for name in reversed(HEADER))}
                from users where "User ID"::int > 50
                """,
                "2.parquet",
            )(folder),
        ),
    ),
    "glob_of_parquet_files_of_other_types": sound(
        pattern="*.parquet",
        prepare=lambda folder: (
            parquet('from users where "User ID"::int <= 50', "1.parquet")(folder),
            parquet(
                """
                select
                    * exclude ("User ID", "Age"),
                    "User ID"::double as "User ID ", encode("Age") as "age"
                from users where "User ID"::int > 50
                """,
                "2.parquet",
            )(folder),
        ),
    ),
}
