"""Tables written batch by batch, as CSV or as Parquet."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq


@contextmanager
def open_table(path: Path, schema: pa.Schema) -> Iterator[Callable[[pa.Table], None]]:
    """Open a file for the batches of a table.

    Parameters
    ----------
    path
        File to write; the extension, .parquet or any other, sets the format.
    schema
        Columns of every batch.

    Yields
    ------
    callable
        Writes a batch.
    """
    if path.suffix == ".parquet":
        with pq.ParquetWriter(path, schema, compression="zstd") as writer:
            yield writer.write_table
    else:
        with path.open("wb") as file:
            file.write(",".join(schema.names).encode() + b"\n")
            yield lambda table: file.write(_csv_lines(table))


def _csv_lines(table: pa.Table) -> bytes:
    # pyarrow.csv quotes either every text or none; here only what has a comma is.
    fields = [_csv_fields(column.combine_chunks()) for column in table.columns]
    lines = pc.binary_join_element_wise(*fields, ",")
    whole = pc.binary_join(pa.ListArray.from_arrays([0, len(lines)], lines), "\n")
    return whole[0].as_buffer().to_pybytes() + b"\n" if len(lines) else b""


def _csv_fields(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        # Without its zone it needs no database of time zones to be spelled out.
        text = column.cast(pa.timestamp("s")).cast(pa.string())
        return pc.binary_join_element_wise(
            pc.replace_substring(text, " ", "T"), "Z", ""
        )
    text = column.cast(pa.string()).fill_null("")
    quoted = pc.binary_join_element_wise('"', text, '"', "")
    return pc.if_else(pc.match_substring(text, ","), quoted, text)
