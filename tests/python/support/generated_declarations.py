"""Declarations of any columns, for Hypothesis: sound ones, and ones with mistakes."""

from hypothesis import strategies as st

from user_segmentation.declaration.columns import TYPES

BLOCKS = ["numbers", "habits", "place"]
KEYS = [
    *("name", "label", "when_missing", "missing_values", "is_protected", "answers"),
    *("minimum", "maximum", "is_whole", "feature", "words", "flags", "midpoints"),
    *("separator", "count", "format", "block", "role", "transform", "unit"),
]
# Of any script, reserved words of SQL, quotes, and what cells of a CSV file may be.
HEADERS = st.one_of(
    st.sampled_from(
        [
            *("Select", "group", "Order", "user_id", "value", "Index", "Größe", "年齢"),
            *("it's", 'the "best"', "a,b", "100%", "   x", "naïve?", "{{ x }}", "№ 5"),
        ]
    ),
    st.text(
        st.characters(exclude_categories=["C", "Z"], include_characters=" "),
        min_size=1,
        max_size=12,
    ).filter(str.strip),
).map(str.strip)
ANSWERS = st.lists(
    st.one_of(
        st.sampled_from(["yes", "No", "5", "it's", "ü", "a b", "100k+", "-"]),
        st.text(
            st.characters(categories=["L", "N"], codec="utf-8"), min_size=1, max_size=5
        ),
    ),
    min_size=1,
    max_size=4,
    unique_by=str.lower,
)
JUNK = st.recursive(
    st.one_of(
        *(
            st.none(),
            st.booleans(),
            st.integers(-9, 9),
            st.floats(),
            st.text(max_size=6),
        ),
        st.sampled_from(KEYS),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner, max_size=3),
    ),
    max_leaves=6,
)


@st.composite
def features(draw):
    """What of a column may form segments."""
    return draw(
        st.fixed_dictionaries(
            {"block": st.sampled_from(BLOCKS)},
            optional={
                "role": st.sampled_from(["basis", "descriptor", "outcome"]),
                "may_be_mostly_unknown": st.booleans(),
            },
        )
    )


@st.composite
def sound_columns(draw, kinds=TYPES[1:-1]):
    """`meta` of a column that is declared as it should be."""
    kind = draw(st.sampled_from(kinds))
    meta = {"type": kind, "when_missing": draw(st.sampled_from(["unknown", "reject"]))}
    if kind in ("category", "ordered", "list"):
        meta["answers"] = draw(ANSWERS)
    if kind == "list":
        meta["separator"] = "|"
    if draw(st.booleans()):
        meta["feature"] = draw(features())
    if draw(st.integers(0, 4)) == 0:
        meta["is_protected"] = True
    return meta


@st.composite
def sound_declarations(draw, most_columns=40):
    """`meta` of the columns of a table by header, one of them the identifier."""
    headers = draw(
        st.lists(
            HEADERS, min_size=1, max_size=most_columns, unique_by=lambda h: h.lower()
        )
    )
    columns = {header: draw(sound_columns()) for header in headers}
    return {"The id": {"type": "id"}} | columns


@st.composite
def doubtful_declarations(draw):
    """Declarations in which anything may stand in the place of anything."""
    metas = st.one_of(
        sound_columns(),
        st.fixed_dictionaries(
            {"type": st.sampled_from(TYPES) | JUNK},
            optional=dict.fromkeys(KEYS, JUNK),
        ),
        st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), JUNK, max_size=3),
        st.tuples(sound_columns(), st.sampled_from(KEYS), JUNK).map(
            lambda drawn: drawn[0] | {drawn[1]: drawn[2]}
        ),
    )
    columns = draw(st.dictionaries(HEADERS | st.text(max_size=3), metas, max_size=4))
    return ({"The id": {"type": "id"}} if draw(st.booleans()) else {}) | columns
