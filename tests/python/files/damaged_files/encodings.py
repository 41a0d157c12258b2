"""Bytes that are not UTF-8 text, and line ends."""

import codecs

from damaged_files.cases import (
    LINES,
    ROWS,
    SAMPLE,
    joined,
    judged,
    refused,
    sound,
    table,
    with_line,
    with_value,
    with_values,
)

TEXT = SAMPLE.decode()
# A name that every encoding below can spell, in a column without a vocabulary.
ACCENTED = with_value(50, "user_id", "José").decode()
DASHED = with_values("age", lambda age: age.replace("-", "\u2013")).decode()
# More rows than a reader would look at to guess what a file is like.
MANY_ROWS = [[f"{copy}-{row[0]}", *row[1:]] for copy in range(250) for row in ROWS]
MANY = table(MANY_ROWS)
AN_ID_FAR_DOWN = b"\n249-50,"


def with_bytes(old, new, content=SAMPLE):
    assert content.count(old) == 1
    return content.replace(old, new)


def with_line_end(number, end, *, among="\n"):
    """The sample with another end of one line, counted from 1 with the header."""
    before, after = LINES[: number - 1], LINES[number:]
    line = joined([LINES[number - 1]], end)
    return joined(before, among) + line + joined(after, among)


def broken(value):
    return f"{value}\n"


CASES = {
    "sample": sound(SAMPLE),
    "utf_8_with_byte_order_mark": sound(codecs.BOM_UTF8 + SAMPLE),
    "byte_order_mark_and_quoted_header": sound(codecs.BOM_UTF8 + table(quoting=1)),
    "two_byte_order_marks": refused(
        "header_lacks_a_column", 2 * codecs.BOM_UTF8 + SAMPLE, "User ID"
    ),
    "byte_order_mark_before_a_row": sound(
        with_bytes(b"\n50,", b"\n\xef\xbb\xbf50,"), changed=range(50, 51)
    ),
    "utf_16_with_byte_order_mark": refused("encoding_is_utf_16", TEXT.encode("utf-16")),
    "utf_16_without_byte_order_mark": refused(
        "encoding_is_utf_16", TEXT.encode("utf-16-le")
    ),
    "utf_16_big_endian": refused("encoding_is_utf_16", TEXT.encode("utf-16-be")),
    "utf_16_cut_in_a_character": refused(
        "encoding_is_utf_16", TEXT.encode("utf-16")[:-1]
    ),
    "utf_32_with_byte_order_mark": refused("encoding_is_utf_16", TEXT.encode("utf-32")),
    "utf_32_without_byte_order_mark": refused(
        "encoding_is_utf_16", TEXT.encode("utf-32-le")
    ),
    "latin_1": refused("encoding_is_not_utf_8", ACCENTED.encode("latin-1"), "line 51"),
    "windows_1252": refused("encoding_is_not_utf_8", DASHED.encode("cp1252"), "line 2"),
    "shift_jis": refused(
        "encoding_is_not_utf_8",
        with_value(50, "user_id", "山田").decode().encode("cp932"),
    ),
    "ebcdic": refused("encoding_is_not_utf_8", TEXT.encode("cp037")),
    "surrogates_in_utf_8": refused(
        "encoding_is_not_utf_8", with_bytes(b"\n50,", b"\n\xed\xa0\xbd\xed\xb8\x80,")
    ),
    "overlong_utf_8": refused(
        "encoding_is_not_utf_8", with_bytes(b"\n50,", b"\n\xc0\x80,")
    ),
    "stray_byte_at_the_end": refused("encoding_is_not_utf_8", SAMPLE + b"\xff"),
    "stray_byte_in_the_header": refused(
        "encoding_is_not_utf_8", with_bytes(b"Gender", b"G\xe9nder"), "line 1"
    ),
    "stray_byte_far_down": refused(
        "encoding_is_not_utf_8",
        with_bytes(AN_ID_FAR_DOWN, b"\n249-50\xe9,", MANY),
        "line 24951",
    ),
    "cut_in_a_character": refused(
        "encoding_is_not_utf_8", SAMPLE + "101,45-54,Female,é".encode()[:-1]
    ),
    "nul_byte": refused("nul_byte", with_bytes(b"\n50,", b"\n5\x000,"), "line 51"),
    "nul_byte_in_the_header": refused(
        "nul_byte", with_bytes(b"Gender", b"Gen\0der"), "line 1"
    ),
    # What a crash leaves of a file whose size was written before its content.
    "nul_bytes_at_the_end": refused("nul_byte", SAMPLE + bytes(4096), "line 102"),
    "crlf": sound(joined(LINES, "\r\n")),
    "cr": sound(joined(LINES, "\r")),
    "no_newline_at_the_end": sound(SAMPLE.rstrip(b"\n")),
    "crlf_without_one_at_the_end": sound(joined(LINES, "\r\n").rstrip(b"\r\n")),
    "quoted_line_breaks": sound(with_values("location", broken)),
    "quoted_line_breaks_of_another_kind": sound(
        with_values("location", broken, lineterminator="\r\n")
    ),
    # The quote in row 10 is text: it does not begin what ends in row 20.
    "quoted_line_break_of_another_kind_after_a_lone_quote": sound(
        with_bytes(
            b"\n10,", b'\n10",', with_value(20, "location", f"{ROWS[19][3]}\r\n")
        ),
        changed=range(10, 11),
    ),
    "line_end_of_another_kind_after_a_lone_quote": refused(
        "line_ends_are_mixed",
        with_bytes(b"\n10,", b'\n10",', with_bytes(b"\n21,", b"\r\n21,")),
    ),
    "mixed_after_the_header": refused("line_ends_are_mixed", with_line_end(1, "\r\n")),
    "mixed_in_one_line": refused("line_ends_are_mixed", with_line_end(50, "\r\n")),
    "mixed_in_the_last_line": refused(
        "line_ends_are_mixed", with_line_end(101, "\n", among="\r\n")
    ),
    "cr_among_lf": refused("line_ends_are_mixed", with_line_end(50, "\r")),
    "halves_of_different_kinds": refused(
        "line_ends_are_mixed", joined(LINES[:50], "\r\n") + joined(LINES[50:])
    ),
    "cr_before_every_crlf": refused("line_ends_are_mixed", joined(LINES, "\r\r\n")),
    "cr_inside_a_field": refused(
        "line_ends_are_mixed",
        with_line(51, LINES[50].replace(",", "\r,", 1)),
    ),
    # What ends a line for Python's str.splitlines, and for no CSV reader.
    "line_ends_that_are_none": judged(
        ("", {"user_id": "a\x85b"}),
        ("", {"user_id": "a\u2028b"}),
        ("", {"user_id": "a\u2029b"}),
    ),
}
