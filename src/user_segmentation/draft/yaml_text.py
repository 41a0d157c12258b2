"""YAML as people write it, whatever the texts in it are."""

import re
import textwrap

import yaml

from user_segmentation.files.refusal import printable

WIDTH = 88
PLAIN = re.compile(r"[A-Za-z/][\w ()/%$.+-]*", re.ASCII)
KEY = re.compile(r"[a-z][a-z0-9_]*")
NO_TEXTS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"}


def scalar(value):
    """A text or number in YAML.

    Parameters
    ----------
    value : str, int, float, bool or None

    Returns
    -------
    str
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return repr(value)
    if (
        PLAIN.fullmatch(value)
        and value.lower() not in NO_TEXTS
        and value == value.strip()
    ):
        return value
    dumped = yaml.safe_dump(
        value, default_style='"', allow_unicode=True, width=float("inf")
    )
    return dumped.removesuffix("\n")


def flow(value):
    """A value on one line.

    Parameters
    ----------
    value : dict, list, or as `scalar` has them

    Returns
    -------
    str
    """
    if isinstance(value, dict):
        pairs = ", ".join(f"{scalar(key)}: {flow(part)}" for key, part in value.items())
        return f"{{{pairs}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return scalar(value)


def entry(key, value, indent):
    """Lines of a key and its value: one line where it fits.

    Parameters
    ----------
    key : str
    value : dict, list, or as `scalar` has them
    indent : int

    Returns
    -------
    list of str
    """
    blanks = " " * indent
    line = f"{blanks}{scalar(key)}: {flow(value)}"
    if len(line) <= WIDTH or not isinstance(value, dict | list) or not value:
        return [line]
    if isinstance(value, dict):
        parts = [entry(name, part, indent + 2) for name, part in value.items()]
        return [f"{blanks}{scalar(key)}:", *(line for part in parts for line in part)]
    return [f"{blanks}{scalar(key)}:", *(f"{blanks}  - {flow(part)}" for part in value)]


def comment(text, indent):
    """Lines of a comment.

    Parameters
    ----------
    text : str
    indent : int

    Returns
    -------
    list of str
    """
    start = " " * indent + "# "
    return textwrap.wrap(
        printable(" ".join(text.split())),
        WIDTH,
        initial_indent=start,
        subsequent_indent=start,
        break_long_words=False,
        break_on_hyphens=False,
    )


def paragraph(key, text, indent):
    """Lines of a key and a text of several sentences.

    Parameters
    ----------
    key : str
    text : str
        With words that blanks hold apart, and nothing else.
    indent : int

    Returns
    -------
    list of str
    """
    line = f"{' ' * indent}{key}: {scalar(text)}"
    if len(line) <= WIDTH:
        return [line]
    inner = " " * (indent + 2)
    wrapped = textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=inner,
        subsequent_indent=inner,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [f"{' ' * indent}{key}: >", *wrapped]
