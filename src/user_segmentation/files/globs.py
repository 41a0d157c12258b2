"""Several files as one, as Spark is told of them."""

import re


def one_glob(files):
    """A glob of these files, and of no others.

    Parameters
    ----------
    files : list of str

    Returns
    -------
    str
    """
    paths = [re.sub(r"([{}\[\]*?,\\])", r"\\\1", file) for file in files]
    return paths[0] if len(paths) == 1 else f"{{{','.join(paths)}}}"
