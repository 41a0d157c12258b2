"""Evidence that a build takes over from the one before where it would be the same."""

import json
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from types import CodeType

import numpy as np
import pandas as pd
from dbt.adapters.events.logging import AdapterLogger
from dbt.flags import get_flags

SEAL = "seal"
# Where evidence is computed, and the packages that its numbers depend on.
ROOMS = ["evidence", "training"]
PACKAGES = ["diptest", "numpy", "pandas", "scikit-learn", "scipy"]


class KeptTable:
    """A table of evidence, of which parts are computed whose seal is broken.

    The seal of a part is a hash of what it is computed from, of the code that computes
    it, and of its rows: it does not fit where one of them was changed, added or lost.
    With --full-refresh all seals count as broken.

    Parameters
    ----------
    dbt : object
        As a Python model gets it.
    session : object
        As a Python model gets it.
    column_types : dict of str to str
        Of all columns but the seal.
    """

    def __init__(self, dbt, session, column_types):
        self._name = dbt.this.identifier
        self._types = column_types
        self._left = _left_by_last_build(dbt, session, column_types)
        self._kept = []
        self._parts = [self._typed([]).assign(**{SEAL: pd.Series(dtype="str")})]

    def add(self, compute, *sources, objective=None, needed=None):
        """Add a part, taken over or computed.

        Parameters
        ----------
        compute : callable
            From the sources to the rows: a DataFrame, or a list of dicts or tuples.
        *sources : object
            All that the rows are computed from, in an order that is always the same:
            arrays, tables, and what `repr` tells in full.
        objective : str, optional
            Whose rows they are; the part is the whole table without one.
        needed : callable, optional
            From rows and sources to what such rows depend on; all sources without it.
        """
        left = self._left
        if objective is not None:
            left = left[left["objective"] == objective]
        code = code_version(), *_code_contents(compute.__code__), self._types

        def seal(part):
            needs = needed(part, *sources) if needed else sources
            return fingerprint_of([*code, *needs, part])

        part = left.drop(columns=SEAL)
        if len(left) and (left[SEAL] == seal(part)).all():
            self._kept.append(objective)
        else:
            part = self._typed(compute(*sources))
        self._parts.append(part.assign(**{SEAL: seal(part)}))

    def rows(self):
        """All parts that were added; the log says which of them were taken over.

        Returns
        -------
        DataFrame
        """
        if self._kept:
            objectives = ", ".join(filter(None, self._kept))
            AdapterLogger("segmentation").info(
                f"{self._name} is as the last build left it"
                f"{f' for {objectives}' if objectives else ''}: "
                "what it is computed from has not changed"
            )
        return pd.concat(self._parts, ignore_index=True)

    def _typed(self, rows):
        return pd.DataFrame(rows, columns=list(self._types)).astype(self._types)


def fingerprint_of(sources):
    """Hash values that something is computed from.

    Parameters
    ----------
    sources : iterable
        As for `KeptTable.add`.

    Returns
    -------
    str
        The same for the same values in the same order, in any process.
    """
    digest = sha256()
    for source in sources:
        # Its length keeps apart what would read on from one source to the next.
        content = b"".join(_contents(source))
        digest.update(f"{len(content)}:".encode() + content)
    return digest.hexdigest()


@cache
def code_version():
    """Hash the code that computes evidence, and the versions of its packages.

    Returns
    -------
    str
    """
    package = Path(__file__).parents[1]
    files = sorted(file for room in ROOMS for file in package.glob(f"{room}/*.py"))
    versions = [python_version(), *(version(package) for package in PACKAGES)]
    return fingerprint_of([versions, *(file.read_text("utf-8") for file in files)])


def _code_contents(code):
    """What a function of a model does; its file is in none of the rooms."""
    yield code.co_code
    yield code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code_contents(constant)
        else:
            yield constant


def _contents(source):
    if isinstance(source, pd.Series):
        source = source.to_frame()
    if isinstance(source, pd.DataFrame):
        yield repr([*source.columns, len(source)]).encode()
        for name in source:
            yield from _column_contents(source[name])
    elif isinstance(source, np.ndarray):
        yield f"{source.dtype} {source.shape}".encode()
        yield np.ascontiguousarray(source).tobytes()
    else:
        yield repr(source).encode()


def _column_contents(column):
    is_null = column.isna().to_numpy()
    yield is_null.tobytes()
    known = column[~is_null]
    if pd.api.types.is_numeric_dtype(column):
        yield known.to_numpy(float).tobytes()
    else:
        yield json.dumps(known.astype(str).tolist()).encode()


def _left_by_last_build(dbt, session, column_types):
    nothing = pd.DataFrame(columns=[*column_types, SEAL])
    if get_flags().FULL_REFRESH:
        return nothing
    try:
        left = session.sql(f"select * from {dbt.this}").df()
        return left[[*column_types, SEAL]].astype(column_types)
    # Each engine says in its own way that there is no such table; and what is left of
    # another type, or with nulls where none can be, was not made by this code.
    except Exception:
        return nothing
