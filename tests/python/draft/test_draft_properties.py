"""Whatever stands in a table of text, it is drafted or refused in one line."""

import contextlib
import csv
import io
import tempfile
from pathlib import Path

import pytest
import yaml
from dbt.jsonschemas.jsonschemas import resources_schema
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from yamllint import linter
from yamllint.config import YamlLintConfig

from conftest import ROOT
from user_segmentation.draft.command import run_draft
from user_segmentation.draft.draft import draft
from user_segmentation.draft.refusal import DraftRefusedError

pytestmark = pytest.mark.slow

VALIDATOR = Draft7Validator(resources_schema())
LINT = YamlLintConfig((ROOT / ".yamllint").read_text())

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
)
headers = st.one_of(
    texts,
    st.sampled_from(
        [
            *("null", "yes", "1", "a: b", "- a", "#", "'", '"', "{a}", "Age", "rate"),
            *("select", "a\nb", "  a ", "é", "{{ a }}", "%", "&a", "*a", "!t", "a,b"),
            *("~", "2024-01-01", "user id", "is_a", "A" * 90, "\u2028", "\x85"),
        ]
    ),
)
cells = st.one_of(
    texts,
    st.sampled_from(
        [
            *("1", "2", "-3.5", "1,5", "12%", "yes", "no", "a;b", "a, b", "18-24"),
            *("65+", "2024-01-01", "n/a", "1e999", "null", "low", "high", "medium"),
            *("007", "{% a %}", "'", "1.234,5", "1 234", "31/12/2024"),
        ]
    ),
)


@st.composite
def tables(draw):
    """A header, and rows of which most columns have few values."""
    width = draw(st.integers(1, 6))
    header = draw(st.lists(headers, min_size=width, max_size=width))
    height = draw(st.integers(0, 25))
    columns = []
    for _ in range(width):
        values = draw(st.lists(cells, min_size=1, max_size=4))
        rows = st.lists(st.sampled_from(values), min_size=height, max_size=height)
        columns.append(draw(st.one_of(rows, st.just([f"k{n}" for n in range(height)]))))
    return header, list(zip(*columns, strict=True))


def written(table, delimiter, quoting=csv.QUOTE_MINIMAL):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerows([table[0], *table[1]])
    return file.getvalue().encode()


@contextlib.contextmanager
def one_line_at_most():
    """Whatever is refused is so in one line."""
    try:
        yield
    except DraftRefusedError as refusal:
        if len(str(refusal).splitlines()) != 1:
            raise


def drafted(content):
    """What is drafted of a file, or the line that refuses it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(content)
        with one_line_at_most():
            return draft(str(path))


def check_draft(found):
    content = yaml.safe_load(found.text)
    assert list(VALIDATOR.iter_errors(content)) == []
    assert [
        problem
        for problem in linter.run(found.text, LINT)
        # Some words are longer than a line.
        if problem.rule != "line-length"
    ] == []
    (table,) = content["sources"][0]["tables"]
    metas = [column["config"]["meta"] for column in table["columns"]]
    kinds = [meta["type"] for meta in metas]
    assert kinds.count("id") == 1
    (objective,) = table["config"]["meta"]["objectives"].values()
    blocks = {
        meta["feature"]["block"]
        for meta in metas
        if "feature" in meta
        and not meta.get("is_protected")
        and "role" not in meta["feature"]
    }
    assert objective["block_weights"].keys() == blocks
    names = [guess.sql_name for guess in found.guesses]
    names += [name for meta in metas for name in meta.get("flags", {})]
    assert len(set(names)) == len(names)
    return [column["name"] for column in table["columns"]]


@settings(max_examples=60, deadline=None)
@given(tables(), st.sampled_from(";,\t|"))
def test_any_table_is_drafted_or_refused_in_one_line(table, delimiter):
    content = written(table, delimiter)
    found = drafted(content)
    if found is not None:
        check_draft(found)


@settings(max_examples=40, deadline=None)
@given(
    # A file has one kind of line end.
    st.lists(headers.map(lambda name: name.replace("\r", "")), min_size=1, max_size=5),
    st.integers(8, 40),
)
def test_yaml_says_the_headers_of_the_file(names, height):
    header = ["user id", "visits", *names]
    rows = [
        [f"k{n}", str(n * 7 % 5), *(f"{n % 3}.5" for _ in names)] for n in range(height)
    ]
    found = drafted(written((header, rows), ";", csv.QUOTE_ALL))
    if found is not None:
        assert check_draft(found) == [name.strip(" \t") for name in header]
    else:
        keys = [name.strip(" \t").casefold() for name in header]
        is_code = any(
            mark in "".join(header) for mark in ("{{", "{%", "{#", "}}", "%}", "#}")
        )
        assert (
            is_code
            or "" in keys
            or len(set(keys)) < len(keys)
            or any(not name.strip() for name in header)
        )


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_drafted_or_refused_in_one_line(content):
    found = drafted(content)
    if found is not None:
        check_draft(found)


@settings(max_examples=25, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_the_same_file_gives_the_same_draft_and_no_edit_is_lost(table, random):
    with tempfile.TemporaryDirectory() as folder:
        path, to = Path(folder) / "people.csv", Path(folder) / "people.yml"
        path.write_bytes(written(table, ";"))
        try:
            run_draft(str(path), to=str(to))
        except DraftRefusedError:
            return
        first = to.read_bytes()
        run_draft(str(path), to=str(to))
        assert to.read_bytes() == first
        place = random.randrange(len(first))
        edited = first[:place] + b"x" + first[place:]
        to.write_bytes(edited)
        with pytest.raises(DraftRefusedError, match="it was edited"):
            run_draft(str(path), to=str(to))
        assert to.read_bytes() == edited
