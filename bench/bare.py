"""The project's way without dbt: DuckDB on disk, a fit on a sample, scoring in SQL.

On the features of the tutorial: four standardised numbers, three one-hot answers. As
in the project, answers are declared, and users are sampled by a hash and put into the
segment of the nearest centroid.
"""

import csv
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import yaml

from study import CATEGORIES, NUMERICS, SEGMENT_COUNT, parse_arguments
from user_segmentation.training.clustering import fit_segments

PROFILES = Path(__file__).resolve().parents[1] / "seeds" / "raw_user_profiles.yml"
SAMPLE_USERS = 100_000
MEMORY_LIMIT = "400MB"

Answers = dict[str, list[str]]


def declared_answers() -> Answers:
    """Answers that users can give, by the header of the column.

    Returns
    -------
    dict of str to list of str
        In the order of the declaration.
    """
    (seed,) = yaml.safe_load(PROFILES.read_text())["seeds"]
    meta = {column["name"]: column["config"]["meta"] for column in seed["columns"]}
    return {name: meta[name]["answers"] for name in CATEGORIES}


def read_users(
    database: duckdb.DuckDBPyConnection, users: Path, answers: Answers
) -> None:
    """Read the columns that are needed into the table ``users``.

    Parameters
    ----------
    database : duckdb.DuckDBPyConnection
    users : Path
        CSV file with one row per user.
    answers : dict of str to list of str
        Answers of each column.
    """
    types = {"User ID": "BIGINT"} | dict.fromkeys(NUMERICS, "FLOAT")
    for name, values in answers.items():
        types[name] = f"ENUM({', '.join(map(text, values))})"
    with users.open(newline="") as file:
        header = next(csv.reader(file))
    columns = {name: types.get(name, "VARCHAR") for name in header}
    # Columns that are not selected are not converted.
    database.execute(
        f"""
        create table users as select {", ".join(f'"{name}"' for name in types)}
        from read_csv({text(str(users))}, header = true, columns = {columns})
        """
    )


def features(database: duckdb.DuckDBPyConnection, answers: Answers) -> list[str]:
    """Write the features as SQL: scaled numbers, and a flag for each answer.

    Parameters
    ----------
    database : duckdb.DuckDBPyConnection
        With the table ``users``.
    answers : dict of str to list of str
        Answers of each column.

    Returns
    -------
    list of str
        Expressions, numbers first.
    """
    moments = [f'avg("{name}"), stddev_pop("{name}")' for name in NUMERICS]
    (found,) = database.sql(f"select {', '.join(moments)} from users").fetchall()
    numbers = [
        f'("{name}" - {number(center)}) / {number(scale)}'
        for name, center, scale in zip(NUMERICS, found[::2], found[1::2], strict=True)
    ]
    flags = [
        f'cast("{name}" = {text(value)} as float)'
        for name, values in answers.items()
        for value in values
    ]
    return [*numbers, *flags]


def sample(database: duckdb.DuckDBPyConnection, features: list[str]) -> np.ndarray:
    """Draw the users that the model is fitted on.

    Parameters
    ----------
    database : duckdb.DuckDBPyConnection
        With the table ``users``.
    features : list of str
        Expressions of the features.

    Returns
    -------
    ndarray of shape (user_count, feature_count)
        Features of at most `SAMPLE_USERS` users.
    """
    columns = [f"{feature} as x_{place}" for place, feature in enumerate(features)]
    user_hash = 'md5(cast("User ID" as varchar))'
    # As in models/segmentation/training/training_users.sql.
    drawn = database.sql(
        f"""
        with candidates as (
            select * from users
            where
                cast('0x' || left({user_hash}, 8) as bigint) / 4294967296
                <= {2 * SAMPLE_USERS + 1000} / (select count(*) from users)
        ),
        sampled_users as (
            select * from candidates
            order by {user_hash}, "User ID"
            limit {SAMPLE_USERS}
        )
        select {", ".join(columns)} from sampled_users
        """
    ).fetchnumpy()
    return np.column_stack(list(drawn.values())).astype(np.float32)


def score(
    database: duckdb.DuckDBPyConnection,
    features: list[str],
    answers: Answers,
    centroids: np.ndarray,
) -> None:
    """Put each user into the table ``labels`` with the number of the nearest centroid.

    Parameters
    ----------
    database : duckdb.DuckDBPyConnection
        With the table ``users``.
    features : list of str
        Expressions of the features; of the numbers only those are computed.
    answers : dict of str to list of str
        Answers of each column.
    centroids : ndarray of shape (segment_count, feature_count)
    """
    numbers = range(len(NUMERICS))
    scaled = [f"{features[place]} as x_{place}" for place in numbers]
    distances = []
    for segment, centroid in enumerate(centroids):
        # |x - c|^2 without x.x, which is the same for every centroid.
        terms = [number(centroid @ centroid)]
        terms += [f"x_{place} * {number(-2 * centroid[place])}" for place in numbers]
        place = len(NUMERICS)
        for name, values in answers.items():
            weights = [
                f"when {text(value)} then {number(-2 * weight)}"
                for value, weight in zip(values, centroid[place:], strict=False)
            ]
            terms.append(f'case "{name}" {" ".join(weights)} end')
            place += len(values)
        distances.append(f"{' + '.join(terms)} as distance_{segment}")
    columns = [f"distance_{segment}" for segment in range(len(centroids))]
    whens = [f"when {name} then {segment}" for segment, name in enumerate(columns)]
    database.execute(
        f"""
        create table labels as
        with scaled_users as (select *, {", ".join(scaled)} from users),
        distances as (select "User ID", {", ".join(distances)} from scaled_users)
        select
            "User ID" as user_id,
            cast(
                case least({", ".join(columns)}) {" ".join(whens)} end as utinyint
            ) as segment
        from distances
        """
    )


def profile(database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Describe each segment.

    Parameters
    ----------
    database : duckdb.DuckDBPyConnection
        With the tables ``users`` and ``labels``.

    Returns
    -------
    duckdb.DuckDBPyRelation
        One row per segment, with the columns of the tutorial.
    """
    means = [f'avg("{name}") as "{name}"' for name in NUMERICS]
    modes = [f'mode("{name}") as "{name}"' for name in CATEGORIES]
    # DuckDB keeps the order of rows: a label has the place of its user.
    return database.sql(
        f"""
        select segment, count(*) as "Users", {", ".join([*means, *modes])}
        from labels positional join users
        group by segment order by segment
        """
    )


def number(value: float) -> str:
    """Write a number as SQL.

    Parameters
    ----------
    value : float

    Returns
    -------
    str
        A literal of type float.
    """
    return f"cast({value:.9e} as float)"


def text(value: str) -> str:
    """Write a text as SQL.

    Parameters
    ----------
    value : str

    Returns
    -------
    str
        A literal of type varchar.
    """
    return "'" + value.replace("'", "''") + "'"


def main() -> None:
    """Segment a file of users."""
    arguments = parse_arguments()
    answers = declared_answers()
    # Beside the labels: what /tmp has can be memory.
    with tempfile.TemporaryDirectory(dir=arguments.labels.parent) as folder:
        database = duckdb.connect(
            Path(folder) / "bare.duckdb", config={"memory_limit": MEMORY_LIMIT}
        )
        read_users(database, arguments.users, answers)
        expressions = features(database, answers)
        model = fit_segments(sample(database, expressions), SEGMENT_COUNT)
        score(database, expressions, answers, model.centroids)
        table = profile(database)
        print(*table.columns, sep="\t")
        for row in table.fetchall():
            print(*row, sep="\t")
        database.execute(f"copy labels to {text(str(arguments.labels))}")
        database.close()


if __name__ == "__main__":
    main()
