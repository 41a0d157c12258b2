"""Names of columns as words: labels, units, and words for names of segments."""

import re
import unicodedata

UNIT = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")
MOST_CHARACTERS = 40
FEWEST_CHARACTERS = 3
COUNTS = {"num", "number", "no", "count", "nr", "anzahl"}
RATES = {"rate", "rates", "share", "ratio", "pct", "percent", "percentage"} | {
    *("proportion", "fraction", "probability", "prob", "ctr"),
}


def name_words(name):
    """The words of a name in small letters, whatever stands between them.

    Parameters
    ----------
    name : str

    Returns
    -------
    list of str
    """
    decomposed = unicodedata.normalize("NFKD", _apart(name)).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain)


def label_and_unit(name):
    """A name as people write it, and the unit in brackets behind it.

    Parameters
    ----------
    name : str

    Returns
    -------
    label, unit : str
    """
    unit = UNIT.search(name)
    has_unit = unit and unit[1].strip() and not any(map(str.isdigit, unit[1]))
    if not has_unit:
        return label_of(name), ""
    return label_of(name[: unit.start()]) or label_of(name), unit[1].strip()


def label_of(name):
    """A name as people write it.

    Parameters
    ----------
    name : str

    Returns
    -------
    str
    """
    words = " ".join(_apart(name).replace("_", " ").split()) or name
    # Only names that are written as code are.
    is_code = " " not in name.strip()
    return words[:1].upper() + words[1:].lower() if is_code else words


def spoken(text):
    """A text as part of a name: small letters, digits and blanks.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Empty where nothing can be said, or too much would be.
    """
    words = re.findall(r"[^\W_]+", UNIT.sub("", text).lower())
    said = " ".join(words)
    return said if len(said) <= MOST_CHARACTERS else ""


def number_words(label):
    """Words for segments high and low in a number.

    Parameters
    ----------
    label : str

    Returns
    -------
    dict of str to list of str
        Adjective and noun of each side; empty where the label says too much.
    """
    said = spoken(label)
    words = said.split()
    counted = " ".join(word for word in words if word not in COUNTS)
    if counted and counted != said:
        return {
            "high": [f"many-{counted.replace(' ', '-')}", f"users with many {counted}"],
            "low": [f"few-{counted.replace(' ', '-')}", f"users with few {counted}"],
        }
    if not said:
        return {}
    return {
        side: [f"{side}-{said.replace(' ', '-')}", f"users {side} in {said}"]
        for side in ("high", "low")
    }


def date_words(label):
    """Words for segments whose dates are earlier, or more recent, than those of others.

    Parameters
    ----------
    label : str

    Returns
    -------
    dict of str to list of str
        More days since a date are an earlier one.
    """
    said = spoken(label)
    if not said:
        return {}
    return {
        side: [f"{word}-{said.replace(' ', '-')}", f"users with {word} {said} dates"]
        for side, word in (("high", "early"), ("low", "recent"))
    }


def answer_words(answer, label=""):
    """Words for segments in which an answer is commoner than in others.

    Parameters
    ----------
    answer : str
    label : str
        What is answered, for answers that say nothing alone.

    Returns
    -------
    dict of str to list of str
        Adjective and noun; that it is rarer says little.
    """
    said = spoken(answer)
    if len(said) < FEWEST_CHARACTERS or not any(map(str.isalpha, said)):
        said = spoken(f"{label} {answer}")
    said = said.replace(" ", "-")
    return {"high": [f"{said}-leaning", f"{said}-leaning users"]} if said else {}


def flag_words(label):
    """Words for segments in which yes is commoner, or rarer, than in others.

    Parameters
    ----------
    label : str

    Returns
    -------
    dict of str to list of str
    """
    words = answer_words(re.sub(r"^(is|has) ", "", label, flags=re.I))
    return words | {"low": [f"less {word}" for word in words["high"]]} if words else {}


def _apart(name):
    """A name with blanks between the words that capitals tell apart."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=\d)", " ", name)
