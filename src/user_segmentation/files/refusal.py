"""How a file that cannot be trusted is refused: with one plain line."""

SHOWN_CHARACTERS = 60


class FileRefusedError(Exception):
    """A file whose structure is in doubt.

    Parameters
    ----------
    code : str
        Name of the rule that the file breaks.
    path : str
    found : str
        What was found; end of a sentence.
    remedy : str
        What to do about it, as a sentence without its stop.
    where : str, optional
        Place in the file, such as `line 7`.
    """

    def __init__(self, code, path, found, remedy, *, where=None):
        self.code = code
        place = f"{printable(path)}, {where}" if where else printable(path)
        super().__init__(f"{code}: {place}: {found}. {remedy}.")


def printable(text):
    """Text from a file as it can go to a terminal: on one line, without controls."""
    return "".join(
        character if character.isprintable() else repr(character)[1:-1]
        for character in text
    )


def quoted(text):
    """Text from a file in quotes, and not too much of it."""
    shown = printable(text[:SHOWN_CHARACTERS])
    return f"'{shown}…'" if len(text) > SHOWN_CHARACTERS else f"'{shown}'"
