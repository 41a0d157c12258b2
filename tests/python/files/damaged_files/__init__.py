"""A corpus of damaged files, each with what must come of it.

All are made from the first hundred rows of the sample, the same in every run.
"""

from damaged_files import encodings, kinds, parquet, paths, structure, values

KINDS = (kinds, encodings, structure, values, parquet, paths)
CASES = {name: case for kind in KINDS for name, case in kind.CASES.items()}
assert len(CASES) == sum(len(kind.CASES) for kind in KINDS), "a name stands twice"
