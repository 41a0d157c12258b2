"""A Spark session as Python models know DuckDB's: they run unchanged on both engines.

What a model asks for is filtered by Spark and collected to the driver, where DuckDB
makes the same pandas types of it as in a build on DuckDB; and of what it returns the
same columns and nulls.
"""

import duckdb
from pyspark.sql import SparkSession


class Relation:
    """The part of DuckDB's relations that the models use, on a Spark DataFrame.

    Parameters
    ----------
    rows : pyspark.sql.DataFrame
    """

    def __init__(self, rows):
        self.rows = rows

    def filter(self, condition):
        """Rows that meet a condition in SQL.

        Parameters
        ----------
        condition : str

        Returns
        -------
        Relation
        """
        return Relation(self.rows.filter(condition))

    def project(self, columns):
        """Some of the columns.

        Parameters
        ----------
        columns : str
            As in a select list.

        Returns
        -------
        Relation
        """
        names = [column.strip() for column in columns.split(",")]
        return Relation(self.rows.select(*names))

    def join(self, other, column):
        """Rows of both relations that have the same value in a column.

        Parameters
        ----------
        other : Relation
        column : str

        Returns
        -------
        Relation
        """
        return Relation(self.rows.join(other.rows, column))

    def df(self):
        """All rows, in the driver.

        Returns
        -------
        pandas.DataFrame
        """
        with duckdb.connect() as connection:
            return connection.from_arrow(self.rows.toArrow()).df()


class Session:
    """The session that dbt-spark uses, for Python models.

    Parameters
    ----------
    settings : dict
        What the profile says in server_side_parameters.
    """

    def __init__(self, settings):
        builder = SparkSession.builder
        for name, value in settings.items():
            builder = builder.config(name, value)
        self._spark = builder.getOrCreate()

    def table(self, name):
        """A table.

        Parameters
        ----------
        name : str

        Returns
        -------
        Relation
        """
        return Relation(self._spark.table(name))

    def sql(self, query):
        """What a query says.

        Parameters
        ----------
        query : str

        Returns
        -------
        Relation
        """
        return Relation(self._spark.sql(query))

    def write(self, frame, name, file_format):
        """Write a table anew.

        Parameters
        ----------
        frame : pandas.DataFrame
        name : str
        file_format : str
        """
        with duckdb.connect() as connection:
            rows = connection.from_df(frame).to_arrow_table()
        table = self._spark.createDataFrame(rows)
        table.write.mode("overwrite").format(file_format).saveAsTable(name)
