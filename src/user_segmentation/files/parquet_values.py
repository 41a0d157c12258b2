"""Whether the values of a Parquet file can be said in text, and say then the same."""

from user_segmentation.files.reading import identifier
from user_segmentation.files.refusal import FileRefusedError, quoted

# From where on whole numbers of a type are rounded to others of them.
EXACT_BELOW = {"DOUBLE": 2**53, "FLOAT": 2**24}


def check_values(path, types, identifiers, connection):
    """Refuse bytes that are no text, and identifiers that may have been rounded.

    Parameters
    ----------
    path : str
    types : dict of str to str
        DuckDB's types of the columns.
    identifiers : sequence of str
        Names of the columns with identifiers, in any letter case.
    connection : duckdb.DuckDBPyConnection

    Raises
    ------
    FileRefusedError
    """
    keys = {name.lower() for name in identifiers}
    for name, kind in types.items():
        if kind == "BLOB":
            _check_bytes(path, name, connection)
        elif kind in EXACT_BELOW and name.strip().lower() in keys:
            _check_exact(path, name, EXACT_BELOW[kind], connection)


def _check_bytes(path, name, connection):
    query = f"""
        select count(*) from read_parquet($path, hive_partitioning = false)
        where {identifier(name)} is not null and try(decode({identifier(name)})) is null
    """
    ((count,),) = connection.execute(query, {"path": path}).fetchall()
    if count:
        raise FileRefusedError(
            "encoding_is_not_utf_8",
            path,
            f"{count:,} of its values are bytes that are no text in UTF-8",
            "Write the column as text",
            where=f"column {quoted(name)}",
        )


def _check_exact(path, name, limit, connection):
    column = identifier(name)
    query = f"""
        select min(abs({column})) from read_parquet($path, hive_partitioning = false)
        where abs({column}) >= {limit} and not isnan({column})
    """
    ((value,),) = connection.execute(query, {"path": path}).fetchall()
    if value is not None:
        raise FileRefusedError(
            "number_is_not_exact",
            path,
            f"the identifier {value:.0f} is a floating-point number, and those from "
            f"{limit:,} on stand for several whole numbers",
            "Write the column as whole numbers or as text",
            where=f"column {quoted(name)}",
        )
