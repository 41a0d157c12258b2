"""Numbers and codes as people read them."""

import math

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
HIDDEN = "hidden"
# Units that say no more than the label does.
UNITLESS = ("rank", "balance", "number")
# More than the eye takes in beside a mark; the whole name stands in the tables.
LONGEST_LABEL = 44


def number(value):
    """A count with thousands apart: 1,000."""
    return DASH if value is None else f"{value:,}"


def counted(count):
    """A count of users, which is None where the marts hide it."""
    return HIDDEN if count is None else number(count)


def or_more(count, is_partly_hidden):
    """A sum of counts of users, of which some may be hidden: 30, 30 or more."""
    if not is_partly_hidden:
        return number(count)
    return f"{number(count)} or more" if count else HIDDEN


def percent(share):
    """A share with as many places as say something: 23%, 4.1%, 0.02%."""
    if share is None:
        return DASH
    percentage = share * 100
    size = abs(percentage)
    places = 0 if size in (0, 1, 2) or size >= 10 else 1 if size >= 1 else 2  # noqa: PLR2004
    return f"{percentage:.{places}f}%".replace("-", MINUS)


def rounded_down(value, places=2):
    """A number that has to reach a limit, without the digits that would round it to it.

    A little more than it is, since 0.29 is a little less than 29 hundredths.
    """
    return math.floor(value * 10**places + 1e-9) / 10**places


def rounded_up(value, places=2):
    """A number that has to stay within a limit."""
    return math.ceil(value * 10**places - 1e-9) / 10**places


def decimal(value, places=2):
    """A number with fixed places: 0.98."""
    return DASH if value is None else f"{value:.{places}f}".replace("-", MINUS)


def signed(value, places=2):
    """A difference with its sign: +0.96."""
    if value is None:
        return DASH
    text = f"{value:+.{places}f}"
    # What rounds to nothing has no direction.
    if float(text) == 0:
        return f"{0:.{places}f}"
    return text.replace("-", MINUS)


def at_least(difference, places=2):
    """What is certain of a hidden difference: at least +0.62; hidden."""
    if not difference:
        return HIDDEN
    side = "at least" if difference > 0 else "at most"
    return f"{side} {signed(difference, places)}"


def amount(value, unit):
    """A mean without its unit, to three digits: 62%, 3.81, 7,639."""
    if value is None:
        return DASH
    if unit == "share":
        return percent(value)
    size = abs(value)
    places = 0 if size == 0 else max(0, 2 - math.floor(math.log10(size)))
    return f"{value:,.{min(places, 2)}f}".replace("-", MINUS)


def quantity(value, unit):
    """A mean in its unit: 62%, 3.81 hours, 7,639 reactions."""
    text = amount(value, unit)
    is_counted = value is not None and unit not in ("share", *UNITLESS)
    return f"{text} {unit}" if is_counted else text


def known_of(known_count, user_count):
    """Of how many users a number is, where it is not of all: (known of 12 of 20)."""
    if known_count == user_count:
        return ""
    return f" (known of {number(known_count)} of {number(user_count)})"


def known_part(share):
    """Of how many users a number is, in percent: known of 87%."""
    if share is None or share == 1:
        return ""
    return f"known of {math.floor(100 * share)}%"


def title(code):
    """A code as a title: Personalized marketing."""
    text = code.replace("_", " ")
    return text[:1].upper() + text[1:]


def anchor(code):
    """A code as the target of a link."""
    return code.replace("_", "-")


def short(text, longest=LONGEST_LABEL):
    """A text that fits beside a mark."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def short_name(segment, longest=LONGEST_LABEL):
    """The name of a segment; in its own section it need not say its objective."""
    name = segment.segment_name
    if len(name) > longest:
        name = name.removesuffix(f" ({segment.objective.replace('_', ' ')})")
    return short(name, longest)


def wrapped(text, width=20, most_lines=3):
    """A text in lines of about so many characters, cut where it needs too many."""
    lines = [""]
    for word in text.split():
        line = f"{lines[-1]} {word}".strip()
        if len(line) <= width or not lines[-1]:
            lines[-1] = line
        else:
            lines.append(word)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], " ".join(lines[most_lines - 1 :])]
    return [short(line, width + 6) for line in lines]


def moment(time):
    """A time in UTC: 24 November 2026, 14:55 UTC."""
    return f"{day(time)}, {time:%H:%M} UTC"


def day(date):
    """A date: 24 November 2026."""
    return f"{date.day} {date:%B %Y}"
