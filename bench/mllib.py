"""The tutorial's way with PySpark MLlib, on a local Spark.

KMeans of MLlib has no restarts: whatever their number, it starts once.
"""

import os

from pyspark.ml import Pipeline
from pyspark.ml.clustering import KMeans
from pyspark.ml.feature import (
    OneHotEncoder,
    StandardScaler,
    StringIndexer,
    VectorAssembler,
)
from pyspark.sql import DataFrame, SparkSession, functions

from study import CATEGORIES, NUMERICS, SEED, SEGMENT_COUNT, parse_arguments


def pipeline() -> Pipeline:
    """Standardise the numbers, set one-hot answers beside them, and cluster.

    Returns
    -------
    pyspark.ml.Pipeline
        Not fitted.
    """
    codes = [f"{name} code" for name in CATEGORIES]
    flags = [f"{name} flags" for name in CATEGORIES]
    return Pipeline(
        stages=[
            VectorAssembler(inputCols=NUMERICS, outputCol="numbers"),
            StandardScaler(inputCol="numbers", outputCol="scaled", withMean=True),
            StringIndexer(inputCols=CATEGORIES, outputCols=codes),
            OneHotEncoder(inputCols=codes, outputCols=flags, dropLast=False),
            VectorAssembler(inputCols=["scaled", *flags], outputCol="features"),
            KMeans(k=SEGMENT_COUNT, seed=SEED, predictionCol="segment"),
        ]
    )


def profile(users: DataFrame) -> DataFrame:
    """Describe each segment.

    Parameters
    ----------
    users : pyspark.sql.DataFrame
        One row per user, with the columns of the tutorial and ``segment``.

    Returns
    -------
    pyspark.sql.DataFrame
        One row per segment, with the columns of the tutorial.
    """
    return users.groupBy("segment").agg(
        functions.count("*").alias("Users"),
        *(functions.mean(f"`{name}`").alias(name) for name in NUMERICS),
        *(functions.mode(f"`{name}`").alias(name) for name in CATEGORIES),
    )


def main() -> None:
    """Segment a file of users."""
    arguments = parse_arguments()
    spark = (
        SparkSession.builder.master(f"local[{os.cpu_count()}]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "6g")
        .getOrCreate()
    )
    users = spark.read.csv(str(arguments.users), header=True, inferSchema=True)
    users = users.select("User ID", *NUMERICS, *CATEGORIES).cache()
    labelled = pipeline().fit(users).transform(users)
    profile(labelled).show()
    if arguments.labels:
        labels = labelled.select(functions.col("User ID").alias("user_id"), "segment")
        labels.write.mode("overwrite").parquet(str(arguments.labels))
    gateway = spark.sparkContext._gateway
    spark.stop()
    # Java ends when its input does; only what has ended and is waited for is counted.
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


if __name__ == "__main__":
    main()
