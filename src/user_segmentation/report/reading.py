"""The published marts as rows that templates can read."""

from types import SimpleNamespace

import duckdb

# Every table of the report, and the order in which it shows the rows.
ORDERS = {
    "release": "release_id",
    "segmentations": "objective",
    "segments": "objective, sort_order",
    "segment_claims": "segment_key, claim_number",
    "segment_traits": "segment_key, feature",
    "segment_answers": "segment_key, attribute, answer_rank, answer",
    "segment_list_items": "segment_key, attribute, item",
    "segment_rules": "segment_key",
    "segment_map": "objective, point_kind, point_number",
    "segment_counts": "objective, segment_count",
    "segment_outcomes": "objective, outcome, grouping",
    "protected_attribute_audit": "objective, attribute",
    "technique_scores": "objective, technique",
    "sources": "source",
    "rejection_counts": "source, row_count desc, reason",
    "outlier_counts": "outlier_count desc, feature",
    "left_out_features": "objective, feature",
}
# What only a release with a history has.
HISTORY = {
    "segment_migrations": "moved_at desc, user_count desc, all",
    "feature_drift": "stability_index desc, feature",
}


def read_marts(database):
    """Read the tables of the report.

    Parameters
    ----------
    database : Path
        The published DuckDB file.

    Returns
    -------
    SimpleNamespace
        A list of rows for each table, each row with its columns as attributes; empty
        for a table of the history that the release does not have. `newest_log_date` is
        the last day in the logs, or None.
    """
    with duckdb.connect(database, read_only=True) as reader:
        tables = {name for (name,) in reader.execute("show tables").fetchall()}
        marts = {
            table: _rows(reader, table, order)
            for table, order in (ORDERS | HISTORY).items()
            if table in ORDERS or table in tables
        }
        ((newest_log_date,),) = reader.execute(
            "select max(as_of_date) from customers"
        ).fetchall()
    absent = {table: [] for table in HISTORY}
    return SimpleNamespace(newest_log_date=newest_log_date, **(absent | marts))


def _rows(reader, table, order):
    # `order by all` may not be mixed with columns.
    ordered = order.removesuffix(", all")
    result = reader.execute(f'from (from "{table}" order by all) order by {ordered}')
    columns = [column for column, *_ in result.description]
    return [
        SimpleNamespace(**dict(zip(columns, row, strict=True)))
        for row in result.fetchall()
    ]
