"""How a wrong declaration is told: the column, what is wrong, and what to do."""

from difflib import get_close_matches

from user_segmentation.declaration.names import is_plain, is_taken


class DeclarationError(Exception):
    """What is wrong, where, and what to do, in one line."""


def refuse(header, what):
    """Raise what is wrong with a column."""
    # What was written may have lines.
    raise DeclarationError(f"column {header!r}: {' '.join(what.split())}.")


def check_keys(header, meta, known, what):
    """Refuse a key that nothing reads."""
    for key in meta:
        if key not in known:
            likely = get_close_matches(key, known, n=1)
            known_ones = f"did you mean {likely[0]}" if likely else ", ".join(known)
            refuse(header, f"{key} is not known of {what} ({known_ones})")


def check_name(header, name):
    """Refuse a name that cannot become one of SQL."""
    if not is_plain(name):
        refuse(
            header,
            f"the name {name} becomes part of SQL; it must be lower-case letters, "
            "digits and underscores, and start with a letter",
        )
    if is_taken(name):
        refuse(header, f"the name {name} has a meaning of its own; choose another one")


def check_texts(header, said, keys):
    """Refuse what people cannot read where a text is asked for."""
    for key in keys:
        text = said.get(key, "some")
        if not isinstance(text, str) or not text.strip():
            refuse(header, f"its {key} must be a text that is not empty")
