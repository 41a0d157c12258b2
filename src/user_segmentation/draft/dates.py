"""In which format the dates of a column are written."""

import re
from datetime import datetime

# A few that are none, as 0000-00-00, are rows to reject.
FEWEST_DATES = 0.98
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
    """Formats in which nearly all of some texts are dates.

    Parameters
    ----------
    values : list of str

    Returns
    -------
    list of str
    """
    fewest = max(1, FEWEST_DATES * len(values))
    found = []
    for day, day_pattern in FORMATS:
        for time, time_pattern in TIMES:
            pattern = re.compile(day_pattern + time_pattern, re.ASCII)
            alike = [value for value in values if pattern.fullmatch(value)]
            if len(alike) < fewest:
                continue
            dates = [value for value in alike if _is_date(value, day + time)]
            if len(dates) >= fewest:
                found.append(day + time)
    return found


def _is_date(value, form):
    try:
        datetime.strptime(value, form)
    except ValueError:
        return False
    return True
