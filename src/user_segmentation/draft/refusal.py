"""How a file that cannot be drafted is refused: with one plain line."""

from user_segmentation.files.refusal import printable


class DraftRefusedError(Exception):
    """Something that keeps a declaration from being drafted.

    Parameters
    ----------
    path : str
    found : str
        What was found and what to do, as sentences.
    where : str, optional
        Place in the file, such as `line 7`.
    """

    def __init__(self, path, found, *, where=None):
        place = f"{path}, {where}" if where else str(path)
        super().__init__(printable(f"{place}: {found}"))
