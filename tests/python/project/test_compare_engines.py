"""Tables of Spark that differ from those of DuckDB are told, and what differs."""

import json

import duckdb
import pytest

from compare_engines import main

SEGMENTS = """
select * from (values
    ('Northern', 1, 0.25::double, true, date '2025-12-31', timestamp '2026-01-02'),
    ('Southern', 2, 0.75, false, null, null)
) as rows (segment_key, user_count, user_share, is_large, named_on, valid_to)
"""
RELEASE = "select 'first' as release_id, 'file' as input"
EVENTS = """
select * from (values ('x', 1.5::double), ('x', 1.5), (null, 2)) as rows (word, value)
"""
SCORED_USERS = """
select * from (values
    ('U1', 1, 0.5::double), ('U2', 2, 1e-10), ('U3', 1, 2e-9)
) as rows (user_id, service_segment_number, service_margin)
"""
TABLES = {
    "marts.segments": (SEGMENTS, ["segment_key"]),
    "marts.release": (RELEASE, ["release_id"]),
    "marts.lineage": (SEGMENTS, ["coalesce(segment_key, '')", "user_count"]),
    "staging.stg_events": (EVENTS, []),
    "features.user_features": (SEGMENTS, ["segment_key"]),
    "segmentation.scored_users": (SCORED_USERS, ["user_id"]),
}


def manifest():
    """What dbt would say of these tables, and of one that is of no interest."""
    nodes = {}
    for name, (_, key) in {**TABLES, "segmentation.other": ("", [])}.items():
        schema, alias = name.split(".")
        model = f"model.{alias}"
        nodes[model] = {"resource_type": "model", "schema": schema, "alias": alias}
        if key:
            nodes[f"test.{alias}"] = {
                "resource_type": "test",
                "schema": "tests",
                "alias": alias,
                "attached_node": model,
                "column_name": key[0],
                "test_metadata": (
                    {"name": "unique", "kwargs": {}}
                    if len(key) == 1
                    else {"name": "is_unique_together", "kwargs": {"columns": key}}
                ),
            }
    return {"nodes": nodes}


@pytest.fixture
def compare(tmp_path, capsys):
    """Function that writes tables as both engines do, and compares them.

    Its arguments are queries for what Spark made other than DuckDB, by table.
    """

    def run(**queries):
        (tmp_path / "manifest.json").write_text(json.dumps(manifest()))
        with duckdb.connect(tmp_path / "build.duckdb") as connection:
            for name, (query, _) in TABLES.items():
                schema, alias = name.split(".")
                connection.execute(f"create schema if not exists {schema}")
                connection.execute(f"create or replace table {name} as {query}")
                other = queries.get(alias, query)
                folder = tmp_path / f"warehouse/{schema}.db/{alias}"
                folder.mkdir(parents=True, exist_ok=True)
                if other is not None:
                    connection.execute(f"copy ({other}) to '{folder}/part-0.parquet'")
        arguments = ["build.duckdb", "warehouse", "manifest.json"]
        code = main([str(tmp_path / argument) for argument in arguments])
        return code, capsys.readouterr().out.splitlines()

    return run


def changed(**columns):
    """The segments with other values in the row of Northern."""
    expressions = ", ".join(
        f"case segment_key when 'Northern' then {value} else {column} end as {column}"
        for column, value in columns.items()
    )
    return f"select * replace ({expressions}) from ({SEGMENTS})"


def test_tables_that_agree_have_a_line_each(compare):
    code, lines = compare()
    assert code == 0
    assert lines == [
        "features.user_features: 2 rows, the same",
        "marts.lineage: 2 rows, the same",
        "marts.release: 1 rows, the same",
        "marts.segments: 2 rows, the same",
        "segmentation.scored_users: 3 rows, the same",
        "staging.stg_events: 3 rows, the same",
    ]


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("user_count", "3", "1 on DuckDB, 3 on Spark"),
        ("user_share", "0.250002", "0.25 on DuckDB, 0.250002 on Spark"),
        ("user_share", "null", "None on Spark"),
        ("is_large", "false", "True on DuckDB, False on Spark"),
        ("is_large", "null", "True on DuckDB, None on Spark"),
        ("named_on", "null", "None on Spark"),
        ("valid_to", "null", "None on Spark"),
    ],
)
def test_another_value_is_told_with_its_place(compare, column, value, shown):
    code, lines = compare(segments=changed(**{column: value}))
    assert code == 1
    place = lines.index("marts.segments: 2 rows, 1 differences")
    assert lines[place + 1].startswith(f"  segment_key=Northern, {column}: ")
    assert shown in lines[place + 1]


@pytest.mark.parametrize(
    ("table", "share", "is_same"),
    [
        ("segments", "0.25 + 9e-7", True),
        ("segments", "0.25 + 1.1e-6", False),
        ("segments", "cast('nan' as double)", False),
        ("segments", "cast('infinity' as double)", False),
        ("user_features", "0.25 + 9e-10", True),
        ("user_features", "0.25 + 1.1e-9", False),
    ],
)
def test_numbers_may_differ_in_the_last_digits(compare, table, share, is_same):
    query = SEGMENTS.replace("0.25::double", f"({share})::double")
    code, _ = compare(**{table: query})
    assert (code == 0) == is_same


@pytest.mark.parametrize("number", ["'infinity'", "'nan'"])
def test_numbers_that_are_none_are_like_themselves(compare, number, monkeypatch):
    query = SEGMENTS.replace("0.25::", f"{number}::")
    monkeypatch.setitem(TABLES, "marts.segments", (query, ["segment_key"]))
    code, _ = compare()
    assert code == 0


def test_times_of_builds_may_differ(compare):
    code, _ = compare(
        segments=changed(valid_to="timestamp '2027-01-01'"),
        release=RELEASE.replace("first", "second"),
    )
    assert code == 0


def test_rows_of_one_engine_are_told(compare):
    code, lines = compare(segments=f"{SEGMENTS} where segment_key = 'Northern'")
    assert code == 1
    assert "  segment_key=Southern: on DuckDB only" in lines
    code, lines = compare(release=f"{RELEASE} union all {RELEASE}")
    assert code == 1


def test_as_many_rows_of_a_kind_are_needed(compare):
    code, lines = compare(stg_events=f"{EVENTS} order by value limit 2")
    assert code == 1
    assert "  word=null: on DuckDB only" in lines


def test_a_key_that_is_an_expression_is_none(compare):
    code, lines = compare(lineage=changed(user_share="0.5"))
    assert code == 1
    shown = "user_share: 0.25 on DuckDB, 0.5 on Spark"
    assert any(line.endswith(shown) for line in lines)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (None, "is not on Spark"),
        (SEGMENTS.replace("is_large", "large"), "on DuckDB only: is_large BOOLEAN"),
        (
            SEGMENTS.replace("1, 0.25", "'1', 0.25").replace("2,", "'2',"),
            "on Spark only: user_count VARCHAR",
        ),
    ],
)
def test_tables_and_columns_are_needed(compare, query, said):
    code, lines = compare(segments=query)
    assert code == 1
    place = lines.index("marts.segments: 2 rows, 1 differences")
    assert said in lines[place + 1]


@pytest.mark.parametrize(("user_id", "is_same"), [("U1", False), ("U2", True)])
def test_users_between_two_segments_may_be_in_either(compare, user_id, is_same):
    query = (
        "select * replace (if(user_id = '{}', 7, service_segment_number) "
        "as service_segment_number) from ({})"
    )
    code, _ = compare(scored_users=query.format(user_id, SCORED_USERS))
    assert (code == 0) == is_same


def test_the_first_differences_are_shown(compare):
    query = f"select segments.* from ({SEGMENTS}) as segments, range(10)"
    code, lines = compare(segments=query)
    assert code == 1
    place = lines.index("marts.segments: 2 rows, 18 differences")
    assert [line[:2] for line in lines[place + 1 :]].count("  ") == 3
