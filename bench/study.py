"""What every way to segment users has in common: columns, constants, command line."""

import argparse
from pathlib import Path

NUMERICS = [
    "Time Spent Online (hrs/weekday)",
    "Time Spent Online (hrs/weekend)",
    "Likes and Reactions",
    "Click-Through Rates (CTR)",
]
CATEGORIES = ["Age", "Gender", "Income Level"]
SEGMENT_COUNT = 5
RESTARTS = 10
SEED = 42


def parse_arguments() -> argparse.Namespace:
    """Read the command line.

    Returns
    -------
    argparse.Namespace
        ``users``, ``restarts`` and ``labels``.
    """
    parser = argparse.ArgumentParser(description="Print the profile of the segments.")
    parser.add_argument("users", type=Path, help="CSV file with one row per user")
    parser.add_argument(
        "--restarts",
        type=int,
        default=RESTARTS,
        metavar="N",
        help=f"starts of KMeans, of which the best is kept (default: {RESTARTS})",
    )
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="FILE",
        help="Parquet file to write user_id and segment of each user to",
    )
    return parser.parse_args()
