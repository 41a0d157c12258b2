"""Text files in UTF-8: of other encodings, engines read some, and each its own."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path

from user_segmentation.files.text import utf_8_chunks


def readable(path, form):
    """Where engines read the text of a file.

    Parameters
    ----------
    path : str
    form : FileFormat
        The declared format.

    Returns
    -------
    str
        The path itself where the file is UTF-8. Else that of a copy which nobody else
        may read, and which goes when this process ends.
    """
    if form.encoding == "utf-8":
        return path
    about = os.stat(path)
    told = (os.path.abspath(path), about.st_mtime_ns, about.st_size, form.encoding)
    name = hashlib.sha256(repr(told).encode()).hexdigest()
    copy = Path(_folder().name, f"{name}.csv")
    if not copy.exists():
        part = copy.with_suffix(".part")
        with part.open("wb") as file:
            file.writelines(utf_8_chunks(path, form))
        part.rename(copy)
    return str(copy)


@cache
def _folder():
    return tempfile.TemporaryDirectory(prefix="user_segmentation_")
