"""What stands in a column, counted over all rows."""

from dataclasses import dataclass

from user_segmentation.draft.reading import TABLE

# Enough to name what a column may be, which all rows then have to confirm.
SAMPLE_ROWS = 2000
MOST_COUNTED = 5000
MISSING = (
    *("na", "n/a", "#n/a", "nan", "null", "nil", "-", "--", "<na>", "\\n"),
    *("unknown", "not known", "not available", "missing", "(blank)", "(empty)"),
    *("k.a.", "k. a.", "keine angabe", "unbekannt", "nicht bekannt", "fehlt"),
    *("n.c.", "inconnu", "non renseigné", "desconocido", "s/d", "sconosciuto"),
)
# Answers of their own, unless numbers or dates are beside them.
MISSING_AMONG_NUMBERS = ("none", "?", ".")


@dataclass(frozen=True)
class Facts:
    """Counts of a column.

    Parameters
    ----------
    place : int
        Its place in the table, from 0.
    name : str
        Its header.
    expression : str
        SQL of its values; what means missing is null.
    row_count, known_count, distinct_count : int
    sample : list of str
        Values of the first rows.
    counts : dict of str to int
        Rows of each value from the commonest on; of the first values only where there
        are too many.
    missing_texts : list of str
        Texts that mean missing.
    """

    place: int
    name: str
    expression: str
    row_count: int
    known_count: int
    distinct_count: int
    sample: list[str]
    counts: dict[str, int]
    missing_texts: list[str]

    @property
    def missing_share(self):
        """Share of the rows without a value."""
        return 1 - self.known_count / self.row_count

    @property
    def is_key(self):
        """Whether each row has a value of its own."""
        return self.distinct_count == self.row_count == self.known_count

    @property
    def has_all_counts(self):
        """Whether `counts` has every value."""
        return len(self.counts) == self.distinct_count


def sample_of(connection, place):
    """Values of the first rows of a column, without what may mean missing.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    place : int

    Returns
    -------
    list of str
    """
    rows = connection.execute(
        f"select c{place} from {TABLE} where c{place} is not null"
        f" and lower(c{place}) not in {MISSING + MISSING_AMONG_NUMBERS}"
        f" limit {SAMPLE_ROWS}"
    ).fetchall()
    return [value for (value,) in rows]


def find_facts(connection, place, name, *, is_counted):
    """Count what stands in a column.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    place : int
    name : str
    is_counted : bool
        Whether it is a column of numbers or dates.

    Returns
    -------
    Facts
    """
    candidates = MISSING + MISSING_AMONG_NUMBERS if is_counted else MISSING
    found = connection.execute(
        f"select distinct c{place} from {TABLE} where lower(c{place}) in {candidates}"
        " order by all"
    ).fetchall()
    texts = [text for (text,) in found]
    expression = f"c{place}"
    if texts:
        listed = ", ".join(f"'{text}'" for text in texts)
        expression = f"case when c{place} not in ({listed}) then c{place} end"
    (totals,) = connection.execute(
        f"select count(*), count({expression}), count(distinct {expression})"
        f" from {TABLE}"
    ).fetchall()
    counts = connection.execute(
        f"select {expression} as value, count(*) as row_count from {TABLE}"
        " where value is not null group by all order by row_count desc, value"
        f" limit {MOST_COUNTED}"
    ).fetchall()
    return Facts(
        place=place,
        name=name,
        expression=expression,
        row_count=totals[0],
        known_count=totals[1],
        distinct_count=totals[2],
        sample=sample_of(connection, place),
        counts=dict(counts),
        missing_texts=texts,
    )
