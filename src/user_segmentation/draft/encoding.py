"""The encoding of a file, and its text in UTF-8."""

import codecs
import gzip
import zlib
from pathlib import Path

from user_segmentation.draft.refusal import DraftRefusedError

CHUNK_BYTES = 1 << 20
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
GZIP = b"\x1f\x8b"
OTHER_ARCHIVES = (b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Half of the bytes of plain text in UTF-16 are NUL, and all on one side.
MOST_NULS = 0.9


def as_utf_8(path, folder):
    """A file whose text is UTF-8, and the encoding that its text had.

    Parameters
    ----------
    path : str
    folder : Path
        Where a copy goes, if one has to be made.

    Returns
    -------
    path : str
        The file itself where it is plain UTF-8.
    encoding : str
        `utf-8`, `utf-16`, `windows-1252` or `latin-1`.

    Raises
    ------
    DraftRefusedError
        If it is no text.
    """
    is_gzip = _check_kind(path)
    try:
        encoding = _encoding(path)
        if encoding == "utf-8" and not is_gzip:
            return path, encoding
        # Files of one name may stand in several folders.
        number = len(list(folder.glob("*.?sv")))
        copy = folder / f"{number}.csv"
        _decode(path, encoding, copy)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DraftRefusedError(
            path, f"it cannot be unpacked ({error}). The file is damaged."
        ) from error
    except UnicodeDecodeError as error:
        raise DraftRefusedError(
            path, "its text is in no encoding that is known. Save it as UTF-8."
        ) from error
    return str(copy), encoding


def _check_kind(path):
    with open(path, "rb") as file:
        head = file.read(8)
    if head.startswith(SPREADSHEETS):
        raise DraftRefusedError(
            path, "it is a spreadsheet or a zip. Save the sheet as CSV."
        )
    if head.startswith(OTHER_ARCHIVES):
        raise DraftRefusedError(path, "it is compressed. Unpack it, or use gzip.")
    return head.startswith(GZIP)


def _chunks(path):
    with open(path, "rb") as raw:
        is_gzip = raw.read(2) == GZIP
    with gzip.open(path) if is_gzip else open(path, "rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _encoding(path):
    head = next(_chunks(path), b"")
    if not head.strip():
        raise DraftRefusedError(path, "it is empty. Export it again.")
    halves = [half for half in (head[::2], head[1::2]) if half]
    if any(half.count(0) > MOST_NULS * len(half) for half in halves):
        # Without a mark it is the order of bytes of nearly all machines.
        return "utf-16" if head.startswith(UTF_16) else "utf-16-le"
    if head.startswith(UTF_16):
        return "utf-16"
    for encoding in ("utf-8", "windows-1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for chunk in _chunks(path):
                if b"\0" in chunk:
                    raise DraftRefusedError(
                        path, "there is a NUL byte, which no text has. Export it again."
                    )
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _decode(path, encoding, copy: Path):
    decoder = codecs.getincrementaldecoder(encoding)()
    with copy.open("w", encoding="utf-8", newline="") as file:
        for chunk in _chunks(path):
            file.write(decoder.decode(chunk))
        file.write(decoder.decode(b"", final=True))
