"""Whether the bytes of a file are text, before anything takes them for rows."""

import codecs
import gzip
import io
import mmap
import re
import tempfile
import zipfile
import zlib
from collections import Counter
from contextlib import contextmanager

from user_segmentation.files.format import BLANK, FileFormat
from user_segmentation.files.refusal import FileRefusedError

USUAL = FileFormat()
CHUNK_BYTES = 1 << 20
# Of a row: the longest that DuckDB reads unless it is told otherwise.
MOST_BYTES = 2_000_000
GZIP_SUFFIX = ".gz"
BYTE_ORDER_MARK = "\ufeff"
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
# What latin-1 calls so, and no text has: in windows-1252 they are quotes and dashes.
CONTROLS = re.compile("[\x80-\x9f]")
LINE_ENDS = {"\r\n": "CRLF", "\r": "CR", "\n": "LF"}


def check_text(path, form=USUAL):
    """Refuse a file that is not text in its encoding with one kind of line end.

    Parameters
    ----------
    path : str
    form : FileFormat
        The declared format.

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
    _check_kind(path, form)
    line_ends = Counter()
    is_blank = True
    for chunk in utf_8_chunks(path, form):
        if b"\0" in chunk:
            line = 1 + line_ends.total()
            line += _count_line_ends(chunk[: chunk.index(0)]).total()
            raise FileRefusedError(
                "nul_byte",
                path,
                "there is a NUL byte, which no text has",
                "The file is damaged: export it again",
                where=f"line {line}",
            )
        is_blank = is_blank and not chunk.removeprefix(codecs.BOM_UTF8).strip()
        line_ends += _count_line_ends(chunk)
    if is_blank:
        raise FileRefusedError("file_empty", path, "it is empty", "Export it again")
    # Any bytes are text in these, and é would be Ã©.
    if form.encoding in ("latin-1", "windows-1252") and _is_utf_8(path):
        raise _utf_8(path, "all of its text is UTF-8", form)
    if len(line_ends) > 1:
        line_ends = _count_line_ends_outside_quotes(path, form)
        _check_line_ends(path, line_ends)
    return next(iter(line_ends), "\n")


def first_line_end(path, form):
    """How the lines of a file end that `check_text` does not refuse.

    Parameters
    ----------
    path : str
    form : FileFormat

    Returns
    -------
    str
    """
    content = b""
    for chunk in utf_8_chunks(path, form):
        content += chunk
        if len(content) > MOST_BYTES:
            break
    found = re.search(rb"\r\n|\r|\n", _quoted_field(form).sub(b"", content))
    return found[0].decode() if found else "\n"


def open_text(path, form):
    """The text of a file, without a byte-order mark and with its line ends.

    Parameters
    ----------
    path : str
    form : FileFormat

    Returns
    -------
    io.TextIOBase
    """
    text = io.TextIOWrapper(_opened(path), encoding=form.codec, newline="")
    if text.read(1) != BYTE_ORDER_MARK:
        text.seek(0)
    return text


def has_delimiter_at_line_end(path, form=USUAL):
    """Whether a delimiter is the last character of some line.

    Parameters
    ----------
    path : str
    form : FileFormat

    Returns
    -------
    bool
    """
    delimiter = form.delimiter.encode()
    last = b""
    for chunk in utf_8_chunks(path, form):
        last += chunk
        if delimiter + b"\r" in last or delimiter + b"\n" in last:
            return True
        last = last[-len(delimiter) :]
    return last == delimiter


def _opened(path):
    is_compressed = str(path).lower().endswith(GZIP_SUFFIX)
    return gzip.open(path) if is_compressed else open(path, "rb")


def _head(path):
    with _opened(path) as file:
        return _read(file, path, 1024)


def _read(file, path, size):
    """Bytes of a file; refuses one that is compressed and damaged."""
    try:
        return file.read(size)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise FileRefusedError(
            "file_compressed",
            path,
            "its name says gzip, and it cannot be unpacked as that",
            "Pack it again, or give it the name that it should have",
        ) from error


def _check_kind(path, form):
    """Refuse what is known by its first bytes."""
    head = _head(path)
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
                "file_compressed",
                path,
                f"it is compressed ({name})",
                f"Give it a name that ends in {GZIP_SUFFIX}, or unpack it first"
                if name == "gzip"
                else "Unpack it first",
            )
    _check_byte_order(path, head, form)


def _check_byte_order(path, head, form):
    """Refuse UTF-16 where it is not declared, and what is none where it is."""
    if form.encoding == "utf-16":
        # Without the mark, engines take one half of a character for the other.
        if head and not head.startswith(codecs.BOM_UTF16_LE):
            raise FileRefusedError(
                "encoding_is_not_declared",
                path,
                "it does not start with the byte-order mark of UTF-16 (FF FE)",
                f"Correct encoding: utf-16 in the meta of {form.listed_in}, or save "
                "the file as UTF-8",
            )
        return
    # Nearly every other byte of plain text in UTF-16 is NUL.
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or any(
        half.count(0) > 0.9 * len(half) for half in (head[::2], head[1::2]) if half
    ):
        is_readable = head.startswith(codecs.BOM_UTF16_LE) and head[2:4] != b"\0\0"
        raise FileRefusedError(
            "encoding_is_utf_16",
            path,
            "its text is in UTF-16 or UTF-32",
            form.remedy("encoding: utf-16", "Save it as UTF-8")
            if is_readable
            else "Save it as UTF-8",
        )
    if form.encoding != "utf-8" and head.startswith(codecs.BOM_UTF8):
        raise _utf_8(path, "it starts with the byte-order mark of UTF-8", form)


def _utf_8(path, found, form):
    return FileRefusedError(
        "encoding_is_not_declared",
        path,
        found,
        f"Correct encoding: {form.encoding} in the meta of {form.listed_in} to utf-8",
    )


def _is_utf_8(path):
    """Whether a file has other text than ASCII, all of it in UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_ascii = True
    with _opened(path) as file:
        while True:
            raw = _read(file, path, CHUNK_BYTES)
            is_ascii = is_ascii and raw.isascii()
            try:
                decoder.decode(raw, final=not raw)
            except UnicodeDecodeError:
                return False
            if not raw:
                return not is_ascii


def _is_zipped_spreadsheet(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    return any(name.startswith(("xl/", "content.xml")) for name in names)


def utf_8_chunks(path, form):
    """The text of a file in UTF-8, in pieces of which none ends between CR and LF.

    Parameters
    ----------
    path : str
    form : FileFormat

    Yields
    ------
    bytes

    Raises
    ------
    FileRefusedError
        If it is no text in its encoding.
    """
    decoder = codecs.getincrementaldecoder(form.codec)()
    held_back = ""
    line = 1
    with _opened(path) as file:
        while True:
            raw = _read(file, path, CHUNK_BYTES)
            try:
                text = held_back + decoder.decode(raw, final=not raw)
            except UnicodeDecodeError as error:
                sound = held_back + error.object[: error.start].decode(form.codec)
                line += _count_line_ends(sound.encode()).total()
                raise _no_text(path, error, line, form) from error
            held_back = "\r" if raw and text.endswith("\r") else ""
            text = text.removesuffix(held_back)
            control = CONTROLS.search(text) if form.encoding == "latin-1" else None
            if control:
                line += _count_line_ends(text[: control.start()].encode()).total()
                byte = f"the byte 0x{ord(control[0]):02x}"
                raise _wrong_encoding(path, byte, line, form)
            chunk = text.encode()
            line += _count_line_ends(chunk).total()
            if chunk:
                yield chunk
            if not raw:
                return


def _no_text(path, error, line, form):
    byte = f"the byte 0x{error.object[error.start]:02x}"
    if form.encoding == "utf-8":
        return FileRefusedError(
            "encoding_is_not_utf_8",
            path,
            f"{byte} is not UTF-8",
            form.remedy(
                "its encoding, such as encoding: windows-1252,",
                "Save the file as UTF-8",
            ),
            where=f"line {line}",
        )
    return _wrong_encoding(path, byte, line, form)


def _wrong_encoding(path, byte, line, form):
    return FileRefusedError(
        "encoding_is_not_declared",
        path,
        f"{byte} is no text in {form.encoding}, which is declared",
        f"Correct encoding: {form.encoding} in the meta of {form.listed_in}"
        + (" (windows-1252 has it)" if form.encoding == "latin-1" else "")
        + ", or save the file as UTF-8",
        where=f"line {line}",
    )


def _count_line_ends(chunk):
    pairs = chunk.count(b"\r\n")
    counts = {
        "\r\n": pairs,
        "\r": chunk.count(b"\r") - pairs,
        "\n": chunk.count(b"\n") - pairs,
    }
    return +Counter(counts)


def _quoted_field(form):
    """Regular expression of a quoted field; a quote inside an unquoted one is text."""
    # Between blanks, no field holds a line break.
    if not form.quote or form.delimiter == BLANK:
        return re.compile(b"(?!)")
    delimiter, quote = (
        re.escape(mark.encode()) for mark in (form.delimiter, form.quote)
    )
    blanks = rb"[ \t]*" if form.delimiter != "\t" else b" *"
    return re.compile(
        rb"(?:^|(?<=%(delimiter)s)|(?<=[\r\n]))%(blanks)s"
        rb"%(quote)s(?:(?!%(quote)s).|%(quote)s%(quote)s)*+%(quote)s"
        % {b"delimiter": delimiter, b"quote": quote, b"blanks": blanks},
        re.DOTALL,
    )


@contextmanager
def _content(path, form):
    """All of a file's text in UTF-8, as bytes."""
    with tempfile.TemporaryFile() as file:
        for chunk in utf_8_chunks(path, form):
            file.write(chunk)
        file.flush()
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            yield content


def _count_line_ends_outside_quotes(path, form):
    line_ends = Counter()
    place = 0
    with _content(path, form) as content:
        for field in _quoted_field(form).finditer(content):
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
