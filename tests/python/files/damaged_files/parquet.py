"""Parquet files, written by DuckDB."""

import duckdb

from damaged_files.cases import HEADER, ROW_COUNT, SEED, refused, sound, too_many

COLUMNS = ", ".join(f'"{name}"' for name in HEADER)
TYPED = """
    select * replace (
        "User ID"::integer as "User ID",
        "Likes and Reactions"::bigint as "Likes and Reactions",
        "Followed Accounts"::decimal(12, 2) as "Followed Accounts",
        "Time Spent Online (hrs/weekday)"::float as "Time Spent Online (hrs/weekday)",
        "Click-Through Rates (CTR)"::double as "Click-Through Rates (CTR)",
        "Age"::enum ('18-24', '25-34', '35-44', '45-54', '55-64', '65+') as "Age"
    )
    from users
"""


def parquet(query, name="users.parquet"):
    """What writes the result of a query on the table `users`, which is the sample."""

    def write(folder):
        (folder / name).parent.mkdir(exist_ok=True)
        with duckdb.connect() as connection:
            connection.execute(
                "create table users as from read_csv(?, all_varchar = true) limit ?",
                [str(SEED), ROW_COUNT],
            )
            connection.sql(query).write_parquet(str(folder / name))

    return write


def truncated(share):
    """What writes the first part of the sample as a Parquet file."""

    def write(folder):
        parquet("from users")(folder)
        content = (folder / "users.parquet").read_bytes()
        (folder / "users.parquet").write_bytes(content[: int(len(content) * share)])

    return write


def renamed_to_csv(folder):
    parquet("from users")(folder)
    (folder / "users.parquet").rename(folder / "users.csv")


def sound_parquet(query, rejected=None, **case):
    return sound(
        None, rejected, pattern="users.parquet", prepare=parquet(query), **case
    )


def refused_parquet(codes, query, saying=""):
    return refused(codes, None, saying, pattern="users.parquet", prepare=parquet(query))


def with_row_10(column, value):
    return f"""
        select * replace (
            case when "User ID" = '10' then {value} else "{column}" end as "{column}"
        )
        from users
    """


CASES = {
    "parquet": sound_parquet("from users"),
    "parquet_with_types": sound_parquet(TYPED),
    "parquet_with_identifiers_as_fractions_and_texts_as_bytes": sound_parquet(
        """
        select * replace (
            "User ID"::double as "User ID", encode("Location") as "Location",
            "Likes and Reactions"::double as "Likes and Reactions"
        )
        from users
        """
    ),
    "parquet_with_bytes_that_are_no_text": refused_parquet(
        "encoding_is_not_utf_8",
        "select * replace ('\\xE9'::blob as \"Location\") from users",
        "Location",
    ),
    "parquet_with_columns_reordered": sound_parquet(
        f"select {', '.join(reversed(COLUMNS.split(', ')))} from users"
    ),
    "parquet_with_headers_in_lower_case": sound_parquet(
        "select "
        + ", ".join(f'"{name}" as "{name.lower()}"' for name in HEADER)
        + " from users"
    ),
    "parquet_with_headers_padded": sound_parquet(
        "select "
        + ", ".join(f'"{name}" as " {name} "' for name in HEADER)
        + " from users"
    ),
    # DuckDB would take the value of the column from the name of the folder.
    "parquet_in_a_folder_named_like_a_partition": sound(
        pattern="*/users.parquet",
        prepare=parquet("from users", "Age=65+/users.parquet"),
    ),
    "parquet_with_a_null": sound_parquet(
        with_row_10("Age", "null"), {10: "age_missing"}
    ),
    "parquet_with_nan_and_infinity_as_numbers": sound_parquet(
        """
        select * replace (
            case "User ID" when '10' then 'nan' when '20' then '-inf'
                else "Conversion Rates" end::double as "Conversion Rates"
        )
        from users
        """,
        {10: "conversion_rate_not_a_number", 20: "conversion_rate_not_a_number"},
    ),
    "parquet_with_lists": too_many(
        "top_interests_unknown",
        pattern="users.parquet",
        prepare=parquet(
            """
            select * replace (
                string_split("Top Interests", ', ') as "Top Interests"
            )
            from users
            """
        ),
    ),
    "parquet_without_rows": refused_parquet(
        "file_without_rows", "from users where false"
    ),
    "parquet_without_a_column": refused_parquet(
        "header_lacks_a_column", 'select * exclude ("Age") from users', "Age"
    ),
    "parquet_with_a_column_too_many": refused_parquet(
        "header_has_an_unknown_column", "select *, 'A' as segment from users", "segment"
    ),
    "parquet_with_a_column_doubled": refused_parquet(
        "header_repeats_a_column", 'select *, "Age" as " age " from users', "ge"
    ),
    "parquet_with_a_quote_in_a_header": refused_parquet(
        "header_has_an_unknown_column", """select *, 1 as "a""b" from users""", 'a"b'
    ),
    "parquet_with_other_columns": refused_parquet(
        "header_lacks_a_column header_is_absent", "select 1 as one, 2 as two"
    ),
    "parquet_named_csv": refused("file_is_parquet", prepare=renamed_to_csv),
    "parquet_cut_short": refused(
        "file_is_not_parquet", pattern="users.parquet", prepare=truncated(0.5)
    ),
    "parquet_cut_in_its_footer": refused(
        "file_is_not_parquet", pattern="users.parquet", prepare=truncated(0.99)
    ),
    "csv_named_parquet": refused(
        "file_is_not_parquet",
        {"users.parquet": SEED.read_bytes()},
        pattern="users.parquet",
    ),
    "empty_file_named_parquet": refused(
        "file_empty", {"users.parquet": b""}, pattern="users.parquet"
    ),
}
