"""Whatever is declared is taken as it is meant, or refused in one line."""

import json

from hypothesis import given
from hypothesis import strategies as st

from generated_declarations import doubtful_declarations, sound_declarations
from user_segmentation.declaration.names import is_plain, is_taken, plain_name
from user_segmentation.declaration.parts import PARTS, part_of, problem_of

PLACE = "models/inputs/people.yml"


def said(columns):
    return json.dumps({"columns": columns, "models": {}, "table": {}, "place": PLACE})


def parts(columns):
    return {part: json.loads(part_of(part, said(columns))) for part in PARTS}


def check_names(columns):
    """What SQL is made of can be written without quotes, and is said once."""
    found = parts(columns)
    for rows, key in ((found["columns"], "name"), (found["catalog"], "feature")):
        names = [row[key] for row in rows]
        assert len(names) == len(set(names))
        assert all(is_plain(name) for name in names)
        assert not any(is_taken(name) for name in names if name != "user_id")


@given(columns=doubtful_declarations())
def test_a_mistake_is_told_in_one_line_that_names_the_file(columns):
    problem = problem_of(said(columns))
    if problem is None:
        check_names(columns)
    else:
        assert problem.startswith(f"{PLACE}: ")
        assert len(problem.splitlines()) == 1


@given(columns=sound_declarations())
def test_what_is_sound_is_refused_only_for_its_names(columns):
    problem = problem_of(said(columns))
    if problem is None:
        check_names(columns)
    else:
        assert " name" in problem


@given(text=st.text())
def test_any_header_has_a_plain_name(text):
    name = plain_name(text)
    assert is_plain(name)
    assert not is_taken(name)
