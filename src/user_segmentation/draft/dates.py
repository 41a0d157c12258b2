"""In which format the dates of a column are written."""

import re
from datetime import datetime

FORMATS = (
    ("%Y-%m-%d", r"\d{4}-\d{1,2}-\d{1,2}"),
    ("%Y/%m/%d", r"\d{4}/\d{1,2}/\d{1,2}"),
    ("%Y%m%d", r"(?:19|20)\d{6}"),
    ("%d.%m.%Y", r"\d{1,2}\.\d{1,2}\.\d{4}"),
    ("%d/%m/%Y", r"\d{1,2}/\d{1,2}/\d{4}"),
    ("%m/%d/%Y", r"\d{1,2}/\d{1,2}/\d{4}"),
    ("%d-%m-%Y", r"\d{1,2}-\d{1,2}-\d{4}"),
    ("%m-%d-%Y", r"\d{1,2}-\d{1,2}-\d{4}"),
    ("%d %b %Y", r"\d{1,2} [A-Za-z]{3} \d{4}"),
    ("%d-%b-%Y", r"\d{1,2}-[A-Za-z]{3}-\d{4}"),
    ("%d %B %Y", r"\d{1,2} [A-Za-z]{4,9} \d{4}"),
)
TIMES = (
    ("", ""),
    (" %H:%M:%S", r" \d{2}:\d{2}:\d{2}"),
    (" %H:%M", r" \d{2}:\d{2}"),
    ("T%H:%M:%S", r"T\d{2}:\d{2}:\d{2}"),
    ("T%H:%M:%SZ", r"T\d{2}:\d{2}:\d{2}Z"),
    (" %H:%M:%S.%f", r" \d{2}:\d{2}:\d{2}\.\d{1,6}"),
)


def date_formats(values):
    """Formats in which all of some texts are dates.

    Parameters
    ----------
    values : list of str

    Returns
    -------
    list of str
        More than one where day and month cannot be told apart.
    """
    if not values:
        return []
    return [
        day + time
        for day, day_pattern in FORMATS
        for time, time_pattern in TIMES
        if all(
            re.fullmatch(day_pattern + time_pattern, value, re.ASCII)
            and _is_date(value, day + time)
            for value in values
        )
    ]


def _is_date(value, form):
    try:
        datetime.strptime(value, form)
    except ValueError:
        return False
    return True
