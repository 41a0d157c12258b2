"""What is wrong with the features, flags and words that a column declares."""

from user_segmentation.declaration.refusal import (
    check_keys,
    check_name,
    check_texts,
    refuse,
)

FEATURE_KEYS = (
    *("name", "block", "role", "transform", "label", "unit", "is_zero_none"),
    *("sources", "kind", "may_be_mostly_unknown"),
)
COUNT_KEYS = ("name", "label", "unit")
FLAG_KEYS = ("answers", "label", "theme", "words")
WORD_SIDES = ("high", "low")
ROLES = ("basis", "outcome", "descriptor")
TRANSFORMS = ("none", "log1p")


def check_feature(header, feature, name):
    """Refuse what cannot form segments."""
    if not isinstance(feature, dict):
        refuse(header, "its feature must have a block, such as {block: engagement}")
    check_keys(header, feature, FEATURE_KEYS, "a feature")
    check_texts(header, feature, ["label", "unit"])
    if "block" not in feature:
        refuse(header, "its feature has no block, the group that an objective weighs")
    check_name(header, feature["block"])
    check_name(header, feature.get("name", name))
    for key, known in (("role", ROLES), ("transform", TRANSFORMS)):
        if feature.get(key, known[0]) not in known:
            refuse(header, f"the {key} {feature[key]} can be {', '.join(known)}")
    for key in ("is_zero_none", "may_be_mostly_unknown"):
        if not isinstance(feature.get(key, False), bool):
            refuse(header, f"{key} must be true or false")


def check_flags(header, meta):
    """Refuse flags of answers that nobody can give."""
    flags = meta.get("flags")
    if flags is None:
        return
    if not isinstance(flags, dict) or not flags:
        refuse(header, "its flags must name features, each with its answers")
    known = {str(answer) for answer in meta["answers"]}
    for name, flag in flags.items():
        check_name(header, name)
        if not isinstance(flag, dict) or not isinstance(flag.get("answers"), list):
            refuse(header, f"the flag {name} needs its answers, a list")
        check_keys(header, flag, FLAG_KEYS, "a flag")
        check_texts(header, flag, ["label", "theme"])
        check_words(header, flag.get("words"))
        for answer in flag["answers"]:
            if str(answer) not in known:
                refuse(
                    header,
                    f"the flag {name} has the answer {answer!r}, which is "
                    "none of the column's answers",
                )


def check_count(header, meta):
    """Refuse a count of a list's items that has no name."""
    count = meta.get("count")
    if count is None:
        return
    if not isinstance(count, dict):
        refuse(header, "its count must have a name, such as {name: item_count}")
    check_keys(header, count, COUNT_KEYS, "a count")
    check_name(header, count.get("name"))
    check_texts(header, count, ["label", "unit"])


def check_words(header, words):
    """Refuse words that cannot name a segment."""
    if words is None:
        return
    if not isinstance(words, dict) or not set(words) <= set(WORD_SIDES):
        refuse(
            header,
            "its words are those of high and low, such as "
            "{high: [active, active visitors]}",
        )
    for side, pair in words.items():
        if (
            not isinstance(pair, list)
            or len(pair) != len(WORD_SIDES)
            or not all(isinstance(word, str) and word.strip() for word in pair)
        ):
            refuse(header, f"its words for {side} must be an adjective and a noun")
