"""Whether the cells of a column are lists of items."""

from collections import Counter

SEPARATORS = (",", ";", "|")
FEWEST_LISTS = 0.05
MOST_ITEMS = 60
MOST_CHARACTERS = 40
# Items of free text hardly come back.
FEWEST_USES = 5


def find_list(counts):
    """Separator and items of a column of lists.

    Parameters
    ----------
    counts : dict of str to int
        Rows of each value.

    Returns
    -------
    separator : str
    items : dict of str to int
        Rows of each item, the commonest spelling of it.

    None where the cells are no lists.
    """
    rows = sum(counts.values())
    for separator in SEPARATORS:
        lists = sum(count for value, count in counts.items() if separator in value)
        if lists < max(FEWEST_LISTS * rows, 2):
            continue
        items = Counter()
        for value, count in counts.items():
            parts = {part.strip() for part in value.split(separator)} - {""}
            items.update(dict.fromkeys(parts, count))
        if (
            1 < len(items) <= MOST_ITEMS
            and len(items) < len(counts)
            and max(map(len, items)) <= MOST_CHARACTERS
            and sum(items.values()) >= FEWEST_USES * len(items)
        ):
            return separator, dict(items)
    return None
