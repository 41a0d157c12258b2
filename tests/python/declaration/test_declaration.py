"""What follows from a declaration, and what is said of a wrong one."""

import json

import pytest

from user_segmentation.declaration.answers import declared_answers, list_items
from user_segmentation.declaration.columns import declared_columns
from user_segmentation.declaration.features import catalog, generated_features
from user_segmentation.declaration.names import is_plain, is_taken, plain_name
from user_segmentation.declaration.parts import PARTS, part_of, problem_of
from user_segmentation.declaration.problems import declaration_problem
from user_segmentation.declaration.reasons import rejection_reasons

PLACE = "models/inputs/customers.yml"
ID = {"Customer": {"type": "id"}}
BLOCK = {"block": "numbers"}


def problem(**columns):
    return declaration_problem(ID | columns, PLACE)


def only_feature(meta):
    (row,) = generated_features({"Spent (€)": meta})
    return row


def test_a_number_is_itself_and_has_no_limits_unless_declared():
    (column,) = declared_columns({"Spent (€)": {"type": "number"}})
    assert (column["name"], column["minimum"], column["maximum"]) == (
        "spent",
        None,
        None,
    )
    assert not column["may_be_missing"]


def test_a_rate_lies_between_0_and_1_unless_declared():
    plain, wide = declared_columns(
        {"a": {"type": "rate"}, "b": {"type": "rate", "maximum": 2}}
    )
    assert (plain["minimum"], plain["maximum"]) == (0, 1)
    assert (wide["minimum"], wide["maximum"]) == (0, 2)


def test_whole_numbers_end_where_a_double_skips_some():
    (column,) = declared_columns({"n": {"type": "number", "is_whole": True}})
    assert (column["minimum"], column["maximum"]) == (-(2**53), 2**53)


def test_ignored_columns_are_not_read():
    note = {"note": {"type": "ignore"}}
    assert declared_columns(note) == []
    assert catalog(note, {}) == []
    assert problem(**note) is None


def test_features_have_the_role_that_is_declared_and_protected_ones_their_own():
    columns = {
        "a": {"type": "number", "feature": BLOCK},
        "b": {"type": "number", "feature": BLOCK | {"role": "outcome"}},
        "c": {"type": "number", "feature": BLOCK, "is_protected": True},
    }
    models = {"m": {"d": {"feature": BLOCK | {"sources": ["a", "c"]}}}}
    roles = {row["feature"]: row["role"] for row in catalog(columns, models)}
    assert roles == {"a": "basis", "b": "outcome", "c": "protected", "d": "protected"}


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ({"type": "num\nber"}, "the type num ber is not known"),
        ({"type": "number", "label": 3}, "its label must be a text"),
        (
            {"type": "number", "feature": BLOCK | {"unit": ["dollars"]}},
            "its unit must be a text",
        ),
        (
            {"type": "list", "answers": ["a"], "feature": BLOCK, "count": 3},
            "its count must have a name",
        ),
        (
            {"type": "list", "answers": ["a"], "feature": BLOCK, "count": {}},
            "the name None becomes part of SQL",
        ),
    ],
)
def test_what_is_no_text_or_no_count_is_refused_in_one_line(meta, said):
    found = problem(a=meta)
    assert found.startswith(f"{PLACE}: column 'a': {said}")
    assert len(found.splitlines()) == 1


def test_a_feature_that_few_know_forms_segments_only_where_that_is_declared():
    assert not only_feature({"type": "number", "feature": BLOCK})[
        "may_be_mostly_unknown"
    ]
    insisting = BLOCK | {"may_be_mostly_unknown": True}
    assert only_feature({"type": "number", "feature": insisting})[
        "may_be_mostly_unknown"
    ]
    doubtful = BLOCK | {"may_be_mostly_unknown": "perhaps"}
    assert problem(a={"type": "number", "feature": doubtful}) == (
        f"{PLACE}: column 'a': may_be_mostly_unknown must be true or false."
    )


def test_a_date_counts_days():
    row = only_feature({"type": "date", "name": "joined", "feature": BLOCK})
    assert (row["feature"], row["unit"]) == ("days_since_joined", "days")


def test_an_ordered_answer_has_its_rank_unless_it_has_a_midpoint():
    meta = {"type": "ordered", "answers": ["low", "high"], "feature": BLOCK}
    assert only_feature(meta)["numbers"] == {"low": 1, "high": 2}
    assert not only_feature(meta)["is_zero_none"]
    row = only_feature(meta | {"midpoints": [5, 7.5]})
    assert row["numbers"] == {"low": 5, "high": 7.5}
    assert row["is_zero_none"]


def test_a_category_has_a_flag_for_each_answer():
    rows = generated_features(
        {"Place": {"type": "category", "answers": ["In Town", "中"], "feature": BLOCK}}
    )
    assert [row["feature"] for row in rows] == ["is_place_in_town", "is_place_other"]
    assert [row["answers"] for row in rows] == [["In Town"], ["中"]]


def test_items_have_the_theme_of_the_flag_that_they_set():
    likes = {
        "type": "list",
        "answers": ["Tea", "Chess", "Go"],
        "feature": BLOCK,
        "flags": {"has_games": {"answers": ["Chess", "Go"], "theme": "games"}},
    }
    themes = {row["item"]: row["theme"] for row in list_items({"Likes": likes})}
    assert themes == {"Tea": None, "Chess": "games", "Go": "games"}


def test_answers_are_texts_with_their_rank():
    (first, second) = declared_answers({"n": {"type": "ordered", "answers": [1, 2]}})
    assert first == {"attribute": "n", "answer": "1", "rank": 1}
    assert second["rank"] == 2


def test_what_may_be_missing_is_no_reason_to_reject_a_row():
    number = {"type": "number", "minimum": 0}
    required = rejection_reasons({"n": number}, PLACE)
    optional = rejection_reasons({"n": number | {"when_missing": "unknown"}}, PLACE)
    reasons = {row["reason"] for row in required}
    assert reasons == {"n_missing", "n_not_a_number", "n_below_0", "n_too_precise"}
    assert reasons - {row["reason"] for row in optional} == {"n_missing"}


def test_a_number_is_asked_for_as_the_file_writes_it():
    said = {"columns": {"n": {"type": "number"}}, "models": {}, "place": PLACE}
    said["table"] = {"decimal_separator": ","}
    reasons = json.loads(part_of("rejection_reasons", json.dumps(said)))
    sentences = {row["reason"]: row["sentence"] for row in reasons}
    assert sentences["n_not_a_number"] == "n is not a number: write it like 4,5."


def test_a_flag_keeps_the_answers_that_are_declared():
    columns = {"Used?": {"type": "flag", "answers": ["nein", "ja"], "feature": BLOCK}}
    (column,) = declared_columns(columns)
    assert column["spellings"] == {"nein": ["nein"], "ja": ["ja"]}
    (row,) = generated_features(columns)
    assert row["answers"] == ["ja"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Annual Income (k$)", "annual_income_k"),
        ("NumWebVisits", "num_web_visits"),
        ("Größe", "grosse"),
        ("order", "order_value"),
        ("user_id", "user_id_value"),
        ("1st", "field_1st"),
        ("年", "field"),
    ],
)
def test_names_are_plain_whatever_a_header_is_called(text, name):
    assert plain_name(text) == name
    assert is_plain(name)
    assert not is_taken(name)


WRONG = {
    "no type": ({"a": {}}, "column 'a': it has no type"),
    "unknown type": ({"a": {"type": "numbr"}}, "the type numbr is not known"),
    "two ids": ({"a": {"type": "id"}}, "'Customer' and 'a' are both of type id"),
    "unknown key": (
        {"a": {"type": "number", "minimun": 0}},
        "minimun is not known of a column of type number (did you mean minimum)",
    ),
    "minimum of an answer": (
        {"a": {"type": "category", "answers": ["x"], "minimum": 0}},
        "minimum is not known of a column of type category",
    ),
    "no block": ({"a": {"type": "number", "feature": {"unit": "m"}}}, "has no block"),
    "limits": (
        {"a": {"type": "number", "minimum": 2, "maximum": 1}},
        "above its maximum",
    ),
    "limit": ({"a": {"type": "number", "minimum": "2"}}, "the limit 2 is no number"),
    "no answers": ({"a": {"type": "category"}}, "needs its answers, a list"),
    "twice": ({"a": {"type": "ordered", "answers": ["x", "X"]}}, "'x' is listed twice"),
    "yes": (
        {"a": {"type": "category", "answers": [True, False]}},
        "put those in quotes",
    ),
    "midpoints": (
        {"a": {"type": "ordered", "answers": ["x", "y"], "midpoints": [1]}},
        "a number for each of its answers",
    ),
    "flag": (
        {
            "a": {
                "type": "category",
                "answers": ["x"],
                "feature": BLOCK,
                "flags": {"is_z": {"answers": ["z"]}},
            }
        },
        "the flag is_z has the answer 'z', which is none of the column's answers",
    ),
    "name": (
        {"a": {"type": "number", "name": "A b"}},
        "the name A b becomes part of SQL",
    ),
    "taken": ({"a": {"type": "number", "name": "order"}}, "a meaning of its own"),
    "same name": (
        {"a b": {"type": "number"}, "a_b": {"type": "number"}},
        "two columns have the name a_b",
    ),
    "same feature": (
        {
            "a": {"type": "number", "feature": BLOCK | {"name": "x"}},
            "b": {"type": "number", "feature": BLOCK | {"name": "x"}},
        },
        "two features have the name x",
    ),
    "feature of another": (
        {
            "a": {"type": "number", "feature": BLOCK | {"name": "b"}},
            "b": {"type": "number"},
        },
        "the feature b has the name of the column 'b'",
    ),
    "format": ({"a": {"type": "date", "format": "%Q"}}, "%Q is no format of dates"),
    "separator": (
        {"a": {"type": "list", "answers": ["x"], "separator": ", "}},
        "the separator must be one character",
    ),
    "words": (
        {"a": {"type": "number", "words": {"high": ["rich"]}}},
        "must be an adjective and a noun",
    ),
    "role": (
        {"a": {"type": "number", "feature": BLOCK | {"role": "base"}}},
        "the role base can be basis, outcome, descriptor",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_declaration_is_told_in_one_line_with_file_and_column(case):
    columns, sentence = WRONG[case]
    told = problem(**columns)
    assert told.startswith(f"{PLACE}: ")
    assert sentence in told
    assert "\n" not in told


def test_a_table_without_an_identifier_is_refused():
    assert "no column is of type id" in declaration_problem({}, PLACE)


def test_a_feature_in_sql_names_its_sources():
    said = {
        "columns": ID,
        "models": {"spending": {"total": {"feature": BLOCK}}},
        "table": {},
        "place": PLACE,
    }
    assert "The model spending: column 'total': its feature names no sources" in (
        problem_of(json.dumps(said))
    )


@pytest.mark.parametrize(
    ("meta", "sentence"),
    [
        (
            {"delimeter": ";"},
            "delimeter is not known of a table; did you mean delimiter?",
        ),
        ({"encoding": "klingon"}, "encoding is 'klingon'; it must be "),
        ({"owner": "data team"}, None),
    ],
)
def test_what_is_said_of_a_table_is_checked_where_it_is_ours(meta, sentence):
    said = {"columns": ID, "models": {}, "table": meta, "place": PLACE}
    told = problem_of(json.dumps(said))
    assert sentence in told if sentence else told is None


@pytest.mark.parametrize("part", PARTS)
def test_nothing_follows_from_an_identifier_alone(part):
    said = json.dumps({"columns": ID, "models": {}, "table": {}, "place": PLACE})
    rows = json.loads(part_of(part, said))
    assert len(rows) == {"columns": 1, "rejection_reasons": 2}.get(part, 0)
