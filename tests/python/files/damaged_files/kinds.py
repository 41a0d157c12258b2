"""What is no CSV file at all, or cannot be read."""

import bz2
import gzip
import io
import json
import lzma
import os
import zipfile

from damaged_files.cases import (
    HEADER,
    LINES,
    ROWS,
    SAMPLE,
    joined,
    refused,
    sound,
    table,
)


def archive(**members):
    """A ZIP file of these members, the same in every run."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, text in members.items():
            file.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()


XLSX = archive(
    **{
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": "<Relationships/>",
        "xl/workbook.xml": "<workbook/>",
        "xl/worksheets/sheet1.xml": "<worksheet/>",
    }
)
ODS = archive(
    **{
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": "<office:document-content/>",
        "META-INF/manifest.xml": "<manifest:manifest/>",
    }
)
XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

RECORDS = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
JSON_LINES = "".join(f"{json.dumps(record)}\n" for record in RECORDS).encode()
CELLS = ["".join(f"<td>{value}</td>" for value in row) for row in (HEADER, *ROWS)]
HTML = (
    "<!DOCTYPE html>\n<html><body><table>\n"
    + "".join(f"<tr>{cells}</tr>\n" for cells in CELLS)
    + "</table></body></html>\n"
).encode()
SQL = joined(f"insert into users values ({line});" for line in LINES[1:])
MARKDOWN = joined("| " + " | ".join(row) + " |" for row in (HEADER, *ROWS))
LFS_POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
    b"size 12345\n"
)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)


def flipped(content):
    """The bytes with one bit in their middle changed."""
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def dangling_link(folder):
    (folder / "users.csv").symlink_to("nowhere.csv")


def link_to_itself(folder):
    (folder / "users.csv").symlink_to("users.csv")


def directory(folder):
    (folder / "users.csv").mkdir()
    (folder / "users.csv/part.csv").write_bytes(SAMPLE)


def named_pipe(folder):
    os.mkfifo(folder / "users.csv")


def unreadable(folder):
    (folder / "users.csv").write_bytes(SAMPLE)
    (folder / "users.csv").chmod(0)


CASES = {
    "missing": refused("file_missing"),
    "glob_that_matches_nothing": refused("file_missing", pattern="*.csv"),
    "below_a_file": refused(
        "file_missing", SAMPLE, pattern="users.csv/users.csv", named="users.csv"
    ),
    "dangling_link": refused("file_missing", prepare=dangling_link),
    "link_to_itself": refused("file_missing file_not_readable", prepare=link_to_itself),
    "name_too_long": refused(
        "file_missing file_not_readable", pattern=f"{'x' * 400}.csv", named="xxx"
    ),
    "missing_with_control_characters_in_its_name": refused(
        "file_missing", pattern="no\nsuch\r\x1b[31mfile\x9b.csv", named="no"
    ),
    "nul_in_its_name": refused(
        "file_missing file_not_readable", pattern="us\0ers.csv", named="us"
    ),
    "directory": refused("file_is_a_directory", prepare=directory),
    "the_folder_itself": refused("file_is_a_directory", pattern=".", named="/"),
    "named_pipe": refused("file_not_readable", prepare=named_pipe),
    "not_readable": refused("file_not_readable", prepare=unreadable),
    "empty": refused("file_empty", b""),
    "byte_order_mark_only": refused("file_empty", b"\xef\xbb\xbf"),
    "blank_lines_only": refused("file_empty", b"\n\n\n"),
    "blanks_only": refused("file_empty", b"  \n\t\n   "),
    "header_only": refused("file_without_rows", table([])),
    "header_without_newline": refused("file_without_rows", table([]).rstrip(b"\n")),
    "header_and_blank_lines": refused("file_without_rows", table([]) + b"\n\n\n"),
    "gzip": sound({"users.csv.gz": gzip.compress(SAMPLE)}, pattern="users.csv.gz"),
    "gzip_in_capitals": sound(
        {"USERS.CSV.GZ": gzip.compress(SAMPLE)}, pattern="USERS.CSV.GZ"
    ),
    "gzip_beside_plain_text": sound(
        {"a.csv": table(ROWS[:50]), "b.csv.gz": gzip.compress(table(ROWS[50:]))},
        pattern="*.csv*",
    ),
    "gzip_named_csv": refused(
        "file_compressed", gzip.compress(SAMPLE), "Give it a name that ends in .gz"
    ),
    "plain_text_named_gzip": refused(
        "file_compressed", {"users.csv.gz": SAMPLE}, pattern="users.csv.gz"
    ),
    "gzip_cut_short": refused(
        "file_compressed",
        {"users.csv.gz": gzip.compress(SAMPLE)[:-500]},
        pattern="users.csv.gz",
    ),
    "gzip_with_a_flipped_bit": refused(
        "file_compressed encoding_is_not_utf_8 nul_byte",
        {"users.csv.gz": flipped(gzip.compress(SAMPLE))},
        pattern="users.csv.gz",
    ),
    "gzip_of_a_spreadsheet": refused(
        "file_is_a_spreadsheet",
        {"users.csv.gz": gzip.compress(XLS)},
        pattern="users.csv.gz",
    ),
    "zip": refused("file_compressed", archive(**{"users.csv": SAMPLE})),
    "bzip2": refused("file_compressed", bz2.compress(SAMPLE)),
    "xz": refused("file_compressed", lzma.compress(SAMPLE)),
    "zstd": refused("file_compressed", b"\x28\xb5\x2f\xfd\x04\x58" + bytes(64)),
    "7z": refused("file_compressed", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(64)),
    "xlsx": refused(
        "file_is_a_spreadsheet", {"users.xlsx": XLSX}, pattern="users.xlsx"
    ),
    "ods": refused("file_is_a_spreadsheet", ODS),
    "xls": refused("file_is_a_spreadsheet", XLS),
    "html": refused("header_is_absent", HTML),
    "json_lines": refused("header_is_absent", JSON_LINES),
    "json_array": refused("header_is_absent", json.dumps(RECORDS, indent=1).encode()),
    "sql_dump": refused("header_is_absent", SQL),
    "markdown_table": refused("delimiter_is_wrong header_is_absent", MARKDOWN),
    "git_lfs_pointer": refused("header_is_absent", LFS_POINTER),
    "pdf": refused("encoding_is_not_utf_8 header_is_absent", PDF),
    "image": refused("nul_byte encoding_is_not_utf_8", PNG),
}
