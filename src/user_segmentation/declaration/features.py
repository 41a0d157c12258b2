"""The features that follow from declared columns, and those that SQL declares."""

from user_segmentation.declaration.columns import declared_column, declared_columns
from user_segmentation.declaration.names import told_apart, words_of

PREFIXES = {"category": "is", "list": "has"}
# What a feature is measured in, where nothing is said.
UNITS = {"rate": "share", "flag": "share", "date": "days"}


def generated_features(columns):
    """Features of the columns of a declared table.

    Parameters
    ----------
    columns : dict of str to dict
        As in `declared_columns`.

    Returns
    -------
    list of dict
        Rows of the catalogue; besides, `column` and `rule`, which say how SQL makes the
        feature, with `answers` of a flag and `numbers` of an ordered answer.
    """
    return [
        feature
        for header, meta in columns.items()
        if meta.get("feature")
        for feature in _features_of(declared_column(header, meta), meta)
    ]


def sql_features(columns):
    """Features that models make in SQL.

    Parameters
    ----------
    columns : dict of str to dict
        `meta` of the columns of a feature model, by name; those without `feature` are
        passed over.

    Returns
    -------
    list of dict
        Rows of the catalogue.
    """
    rows = []
    for name, meta in columns.items():
        feature = meta.get("feature")
        if feature:
            source, *further = feature["sources"]
            rows.append(
                _row(name, source, feature, meta.get("words"))
                | {
                    "further_sources": " ".join(further) or None,
                    "kind": feature.get("kind", "numeric"),
                }
            )
    return rows


def catalog(columns, models):
    """All features, in the order of their names.

    Parameters
    ----------
    columns : dict of str to dict
        As in `declared_columns`.
    models : dict of str to dict
        Of each feature model, the `meta` of its columns, as in `sql_features`.

    Returns
    -------
    list of dict
    """
    protected = {
        column["name"] for column in declared_columns(columns) if column["is_protected"]
    }
    rows = generated_features(columns)
    for model in models.values():
        rows += sql_features(model)
    for row in rows:
        sources = {row["source"], *(row["further_sources"] or "").split()}
        if sources & protected:
            row["role"] = "protected"
    return sorted(rows, key=lambda row: row["feature"])


def _features_of(column, meta):
    feature, kind = meta["feature"], column["type"]
    if kind in PREFIXES:
        yield from _flags(column, meta)
        if meta.get("count"):
            yield _row(
                *(meta["count"]["name"], column["name"]),
                {"role": "descriptor", "unit": "answers"} | feature | meta["count"],
                {},
            ) | {"kind": "numeric", "column": column["name"], "rule": "count"}
        return
    row = _row(
        feature.get("name", _default_name(column)),
        column["name"],
        {"label": column["label"], "unit": UNITS.get(kind)} | feature,
        meta.get("words"),
    ) | {"kind": "numeric", "column": column["name"], "rule": kind}
    if kind == "flag":
        row["kind"] = "flag"
        row["answers"] = column["answers"][1:]
    elif kind == "ordered":
        ranks = range(1, len(column["answers"]) + 1)
        numbers = [float(middle) for middle in column["midpoints"] or []] or ranks
        row["kind"] = "ordered"
        row["numbers"] = dict(zip(column["answers"], numbers, strict=True))
        row["is_zero_none"] = feature.get("is_zero_none", bool(column["midpoints"]))
    yield row


def _flags(column, meta):
    prefix = PREFIXES[column["type"]]
    names = told_apart(
        [
            f"{prefix}_{column['name']}_{words_of(answer) or 'other'}"
            for answer in column["answers"]
        ]
    )
    each = {
        name: {"answers": [answer]}
        for name, answer in zip(names, column["answers"], strict=True)
    }
    flags = meta.get("flags") or each
    for name, flag in flags.items():
        answers = [str(answer) for answer in flag.get("answers", [])]
        label = flag.get("label", f"{column['label']}: {', '.join(answers)}")
        yield _row(
            *(name, column["name"]),
            {**meta["feature"], "unit": "share", "label": label},
            flag.get("words"),
        ) | {
            "kind": "flag",
            "column": column["name"],
            "rule": f"any_{column['type']}",
            "answers": answers,
        }


def _default_name(column):
    if column["type"] == "date":
        return f"days_since_{column['name']}"
    return column["name"]


def _row(name, source, feature, words):
    words = words or {}
    high, low = (words.get(side) or [None, None] for side in ("high", "low"))
    return {
        "feature": name,
        "source": source,
        "further_sources": None,
        "block": feature["block"],
        "role": feature.get("role", "basis"),
        "transform": feature.get("transform", "none"),
        "label": feature.get("label", name),
        "unit": feature.get("unit") or "number",
        "is_zero_none": feature.get("is_zero_none", True),
        "may_be_mostly_unknown": feature.get("may_be_mostly_unknown", False),
        "adjective_high": high[0],
        "noun_high": high[1],
        "adjective_low": low[0],
        "noun_low": low[1],
    }
