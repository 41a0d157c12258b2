"""The 0/1 features of answers and of items of lists."""

from user_segmentation.declaration.names import plain_name
from user_segmentation.draft.labels import answer_words

# An answer of fewer of those who answered has no feature of its own.
RARE_SHARE = 0.01
MOST_FLAGS = 20


def add_flags(guess, names):
    """Give a category or list the 0/1 features of its answers, in place.

    Parameters
    ----------
    guess : Guess
    names : UniqueNames
    """
    ranked = sorted(guess.answers, key=lambda answer: (-guess.answers[answer], answer))
    if guess.kind == "list":
        common = ranked[:MOST_FLAGS]
    elif len(ranked) == 2:  # noqa: PLR2004 - one flag says both
        common = ranked[1:]
        guess.notes.append("One flag says which of the two answers was given.")
    else:
        fewest = RARE_SHARE * sum(guess.answers.values())
        common = [answer for answer in ranked if guess.answers[answer] >= fewest]
    rare = [answer for answer in ranked if answer not in common]
    verb = "has" if guess.kind == "list" else "is"
    guess.flags = {}
    for answer in common:
        name = names.take(plain_name(f"{verb}_{guess.sql_name}_{answer}"))
        guess.flags[name] = {
            "answers": [answer],
            "label": f"{guess.label}: {answer}",
            "words": answer_words(answer, guess.label),
        }
    if guess.kind == "category" and len(ranked) == 2:  # noqa: PLR2004
        (flag,) = guess.flags.values()
        other = answer_words(ranked[0], guess.label).get("high")
        flag["words"] |= {"low": other} if other else {}
    if guess.kind == "list":
        name = names.take(f"{guess.sql_name}_count")
        guess.count = {"name": name, "label": f"{guess.label}: number of items"}
        if rare:
            guess.notes.append(f"Of the items the {MOST_FLAGS} commonest are features.")
    elif len(ranked) > 2 and rare:  # noqa: PLR2004
        name = names.take(plain_name(f"is_{guess.sql_name}_other"))
        guess.flags[name] = {
            "answers": sorted(rare),
            "label": f"{guess.label}: other",
            "words": {},
        }
        guess.notes.append("Answers of fewer than 1% of the users are one flag.")
