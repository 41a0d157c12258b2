"""Rows and files for tests of properties: good ones, and some with damage at random."""

from damaged_files.cases import HEADER, ROWS, STAGING_NAMES, table
from hypothesis import strategies as st

from row_rules import ANSWERS, BLANKS, DASHES, INTERESTS, LARGEST, RATES

ANY_TEXT = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.text(f"{BLANKS}{DASHES}+-.,%eE_0123456789xX", max_size=8),
    st.sampled_from(["nan", "-inf", "Infinity", "1e400", "NULL", "0x10", "1_000"]),
)
PADDING = st.sampled_from(["", "", *BLANKS, "\r\n"])


def padded(texts):
    return st.builds("{}{}{}".format, PADDING, texts, PADDING)


def odd_spelling(answers):
    """Known answers in another case, with other dashes, or another letter somewhere."""
    return padded(
        st.builds(
            lambda answer, change, dash: change(answer).replace("-", dash),
            st.sampled_from(answers),
            st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]),
            st.sampled_from(["-", "-", *DASHES, "~", " - "]),
        )
    )


def numbers_up_to(largest, *forms):
    """Numbers in and near the range from 0 to `largest`, in several forms."""
    values = st.one_of(
        st.sampled_from([largest, largest + 1, 0, -1, 0.5, largest + 0.5]),
        st.integers(-2, largest + 2),
        st.decimals(-1, largest + 1, places=3),
    )
    return padded(st.builds(str.format, st.sampled_from(["{}", *forms]), values))


def mutations(name):
    if name == "user_id":
        return padded(st.sampled_from(["user 1", "user 2", "user 3", "User 3", ""]))
    if name == "top_interests":
        some = odd_spelling([*INTERESTS, "Curling", ""])
        separators = st.sampled_from([",", ", ", " ,", ";"])
        return st.builds(str.join, separators, st.lists(some, max_size=4))
    if name in ANSWERS:
        return odd_spelling([answer for known in ANSWERS.values() for answer in known])
    if name in RATES:
        percentages = numbers_up_to(100, "{}%", "{}%", "{} %", "{}%%")
        return st.one_of(numbers_up_to(1, "{:.2f}"), percentages)
    return numbers_up_to(LARGEST[name], "{:e}", "+{}", "{:,}", "-{}", "{}.")


@st.composite
def mixed_rows(draw):
    """Rows of the sample, some of them with a value or two changed.

    With more changes to a row, they would hide each other.
    """
    rows = []
    few_names = st.lists(st.sampled_from([*STAGING_NAMES, "user_id"]), max_size=2)
    for place in range(draw(st.integers(1, 25))):
        row = dict(zip(STAGING_NAMES, draw(st.sampled_from(ROWS)), strict=True))
        row["user_id"] = f"user {place}"
        for name in draw(few_names):
            row[name] = draw(st.one_of(mutations(name), mutations(name), ANY_TEXT))
        rows.append(row)
    return rows


def edge_values(name):
    """Texts at the edges of what the rules of a column allow."""
    if name in LARGEST:
        largest = LARGEST[name]
        numbers = [-1, -0.1, -0.0, 0, 0.1, largest, largest + 0.1, largest + 1]
        texts = [*map(str, numbers), "1_0", "1,0", "1 0", "0x1", "nan", "-inf", "1e400"]
        texts += ["1e-400", "1e-320", "0.30000000000000004", "0.1234567890123456789"]
        percentages = [
            "0%",
            "100%",
            "100.1%",
            "-1%",
            "%",
            "7%%",
            "7% ",
            "7\u00a0%\u00a0",
            "33.33333333333333%",
            "0.00000000000193%",
            "1e-400%",
        ]
        return texts + [f"{largest}{end}" for end in (".", *BLANKS)] + percentages
    if name in ANSWERS:
        texts = [text for known in ANSWERS.values() for text in known]
        own = ANSWERS[name]
        texts += [text.replace("-", dash) for text in own for dash in DASHES]
        return [*texts, *map(str.upper, own), *map(str.lower, own)]
    if name == "top_interests":
        return [
            "Gaming,gaming",
            "Pet Care, Gaming",
            "Gaming,",
            ",, Gaming,,Chess",
            ", ,",
            "Gaming;Gaming",
            "Chess",
        ]
    return ["twice", " twice", "Twice"]


EDGE_ROWS = [
    {**row, "user_id": f"user {name} {place}", name: value}
    for row in [dict(zip(STAGING_NAMES, ROWS[0], strict=True))]
    for name in STAGING_NAMES
    for place, value in enumerate([*edge_values(name), "", " ", *BLANKS, "?"])
]


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def line_of(texts, marks):
    """A row as text: quoted where it must be, and where the bits of a number say."""
    return ",".join(
        quoted(text) if marks >> place & 1 or set(text) & set(',"\r\n') else text
        for place, text in enumerate(texts)
    )


@st.composite
def written_files(draw):
    """Rows, and the bytes of a sound file that holds them in one of many forms."""
    rows = draw(mixed_rows())
    spelling = draw(st.sampled_from([str, str.upper, str.lower, " {} ".format]))
    order = draw(st.permutations(range(len(HEADER))))
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    line_ends = st.sampled_from([line_end, line_end, 2 * line_end])
    marks = st.integers(0, 2 ** len(HEADER) - 1)
    lines = []
    for row in [[spelling(name) for name in HEADER], *(row.values() for row in rows)]:
        texts = [text or "" for text in row]
        line = line_of([texts[place] for place in order], draw(marks))
        lines.append(line + draw(line_ends))
    content = "".join(lines)
    if draw(st.booleans()):
        content = content.rstrip("\r\n")
    return rows, content.encode(draw(st.sampled_from(["utf-8", "utf-8-sig"])))


SMALL_TABLE = table(ROWS[:20])
PIECES = [
    '"',
    '""',
    ",",
    "\n",
    "\r",
    "\r\n",
    " ",
    "#",
    "x,y",
    '"\n"',
    "é",
    "\ufeff",
    "\0",
]


@st.composite
def damaged_contents(draw):
    """The bytes of a small file, of which up to three pieces are changed or moved."""
    content = SMALL_TABLE
    for _ in range(draw(st.integers(1, 2))):
        # Seldom in the header, where nearly any damage is found at once.
        start = draw(st.integers(draw(st.sampled_from([400, 400, 0])), len(content)))
        size = draw(st.sampled_from([0, 0, 1, 2, 40, 200]))
        moved = draw(st.integers(0, len(content)))
        piece = draw(
            st.one_of(
                st.sampled_from([piece.encode() for piece in PIECES]),
                st.sampled_from([content[moved : moved + 100], b"\xff", b""]),
            )
        )
        content = content[:start] + piece + content[start + size :]
    return content
