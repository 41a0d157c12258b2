"""Whether the bytes of a file are text, before anything takes them for rows."""

import codecs
import itertools
import mmap
import re
import zipfile
from collections import Counter

from user_segmentation.files.refusal import FileRefusedError

CHUNK_BYTES = 1 << 20
# Of a row: the longest that DuckDB reads unless it is told otherwise.
MOST_BYTES = 2_000_000
PARQUET = b"PAR1"
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
COMPRESSED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7z",
}
# A quote inside an unquoted field is text.
QUOTED_FIELD = re.compile(rb'(?<![^,\r\n])[ \t]*"(?:[^"]|"")*+"')
LINE_ENDS = {"\r\n": "CRLF", "\r": "CR", "\n": "LF"}


def check_text(path):
    """Refuse a file that is not text in UTF-8 with one kind of line end.

    Parameters
    ----------
    path : str

    Returns
    -------
    str
        How its lines end: a key of `LINE_ENDS`.

    Raises
    ------
    FileRefusedError
    OSError
        If the file cannot be read.
    """
    _check_kind(path)
    decoder = codecs.getincrementaldecoder("utf-8")()
    line_ends = Counter()
    is_blank = True
    offset = 0
    for chunk in itertools.chain(_chunks(path), [b""]):
        if b"\0" in chunk:
            raise FileRefusedError(
                "nul_byte",
                path,
                "there is a NUL byte, which no text has",
                "The file is damaged: export it again",
                where=f"line {_line_at(path, offset + chunk.index(0))}",
            )
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            held_back = len(error.object) - len(chunk)
            line = _line_at(path, offset + error.start - held_back)
            raise FileRefusedError(
                "encoding_is_not_utf_8",
                path,
                f"the byte 0x{error.object[error.start]:02x} is not UTF-8",
                "Save the file as UTF-8",
                where=f"line {line}",
            ) from error
        is_blank = is_blank and not chunk.removeprefix(codecs.BOM_UTF8).strip()
        line_ends += _count_line_ends(chunk)
        offset += len(chunk)
    if is_blank:
        raise FileRefusedError("file_empty", path, "it is empty", "Export it again")
    if len(line_ends) > 1:
        line_ends = _count_line_ends_outside_quotes(path)
        _check_line_ends(path, line_ends)
    return next(iter(line_ends), "\n")


def has_comma_at_line_end(path):
    """Whether a comma is the last byte of some line.

    Parameters
    ----------
    path : str

    Returns
    -------
    bool
    """
    last = b""
    for chunk in _chunks(path):
        last += chunk
        if b",\r" in last or b",\n" in last:
            return True
        last = last[-1:]
    return last == b","


def _check_kind(path):
    """Refuse what is known by its first bytes."""
    with open(path, "rb") as file:
        head = file.read(1024)
    if head.startswith(PARQUET):
        has_its_name = path.lower().endswith(".parquet")
        raise FileRefusedError(
            "file_is_parquet",
            path,
            "it is a Parquet file, and "
            + ("is read with files of CSV" if has_its_name else "has another name"),
            "Read Parquet files by a path or glob that ends in .parquet, and no others "
            "with them",
        )
    if head.startswith(OLD_SPREADSHEET) or _is_zipped_spreadsheet(path):
        raise FileRefusedError(
            "file_is_a_spreadsheet",
            path,
            "it is a spreadsheet",
            "Save the sheet as CSV in UTF-8",
        )
    for first_bytes, name in COMPRESSED.items():
        if head.startswith(first_bytes):
            raise FileRefusedError(
                "file_compressed", path, f"it is compressed ({name})", "Unpack it first"
            )
    # Nearly every other byte of plain text in UTF-16 is NUL.
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or any(
        half.count(0) > 0.9 * len(half) for half in (head[::2], head[1::2]) if half
    ):
        raise FileRefusedError(
            "encoding_is_utf_16",
            path,
            "its text is in UTF-16 or UTF-32",
            "Save it as UTF-8",
        )


def _is_zipped_spreadsheet(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    return any(name.startswith(("xl/", "content.xml")) for name in names)


def _chunks(path):
    """The bytes of a file; no chunk ends between CR and LF."""
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk + file.read(1) if chunk.endswith(b"\r") else chunk


def _count_line_ends(chunk):
    pairs = chunk.count(b"\r\n")
    counts = {
        "\r\n": pairs,
        "\r": chunk.count(b"\r") - pairs,
        "\n": chunk.count(b"\n") - pairs,
    }
    return +Counter(counts)


def _count_line_ends_outside_quotes(path):
    line_ends = Counter()
    place = 0
    with (
        open(path, "rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        for field in QUOTED_FIELD.finditer(content):
            line_ends += _count_line_ends(content[place : field.start()])
            place = field.end()
        line_ends += _count_line_ends(content[place:])
    return line_ends


def _check_line_ends(path, line_ends):
    if len(line_ends) > 1:
        counts = [f"{count} in {LINE_ENDS[end]}" for end, count in line_ends.items()]
        raise FileRefusedError(
            "line_ends_are_mixed",
            path,
            f"its lines end in different ways ({', '.join(sorted(counts))})",
            "Use one kind of line end, and look whether files were joined",
        )


def _line_at(path, offset):
    line = 1
    for chunk in _chunks(path):
        line += _count_line_ends(chunk[: max(offset, 0)]).total()
        offset -= len(chunk)
    return line
