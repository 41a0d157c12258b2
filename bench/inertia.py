"""How tight segments are: their inertia on all users."""

from pathlib import Path

import duckdb

from study import CATEGORIES, NUMERICS


def inertia(users: Path, labels: Path) -> float:
    """Sum the squared distances of all users to the means of their segments.

    Parameters
    ----------
    users : Path
        CSV file with one row per user.
    labels : Path
        Parquet file, or folder of such files, of ``user_id`` and ``segment``.

    Returns
    -------
    float
        In the units of the tutorial's features: numbers in standard deviations, and a
        one for each answer that differs.

    Raises
    ------
    ValueError
        If not every user has exactly one segment.
    """
    source = labels / "*.parquet" if labels.is_dir() else labels
    with duckdb.connect() as database:
        columns = ", ".join(f'"{name}"' for name in [*NUMERICS, *CATEGORIES])
        database.execute(
            f"""
            create table users as
            select segment, {columns}
            from read_csv('{users}') as users
            full join '{source}' as labels on labels.user_id = users."User ID"
            """
        )
        (read,) = database.sql(f"select count(*) from read_csv('{users}')").fetchall()
        (found,) = database.sql(
            "select count(*), count(segment), count(Age) from users"
        ).fetchall()
        if set(found) != set(read):
            raise ValueError(f"not one segment for each user: {labels}")
        # Squared distances to a mean are the variance times the number of users; the
        # share p of an answer has the variance p (1 - p).
        parts = [
            f"""
            select sum(users * variance) / any_value(total) from (
                select
                    count(*) as users,
                    var_pop("{name}") as variance,
                    (select var_pop("{name}") from users) as total
                from users group by segment
            )
            """
            for name in NUMERICS
        ]
        parts += [
            f"""
            select sum(answers * (1 - answers / users)) from (
                select
                    count(*) as answers,
                    sum(count(*)) over (partition by segment) as users
                from users group by segment, "{name}"
            )
            """
            for name in CATEGORIES
        ]
        rows = database.sql(" union all ".join(parts)).fetchall()
    return sum(float(value) for (value,) in rows)
