"""Which log is read where no variable names one."""

from pathlib import Path

from file_gate import file_fingerprint

FOLDER = Path("data")
# SHA-256 and path of the sample's files, as sha256sum writes them.
SAMPLE = FOLDER / "sample.sha256"


def default_log(source, profiles):
    """Path of the log of a source, if there is one that belongs to the profiles.

    User 1 of one file of profiles is not user 1 of another: the sample's logs must not
    be taken for those of a user's own profiles.

    Parameters
    ----------
    source : str
        Name of the source, such as `events`.
    profiles : str
        Path or glob of the profiles.

    Returns
    -------
    str or None
    """
    for kind in ("parquet", "csv"):
        path = FOLDER / f"{source}.{kind}"
        if path.exists() and (is_sample(profiles) or not is_sample(str(path))):
            return str(path)
    return None


def is_sample(path):
    """Whether a file is one of the shipped sample, as it was shipped.

    Parameters
    ----------
    path : str

    Returns
    -------
    bool
    """
    if not SAMPLE.exists():
        return False
    lines = (line.split() for line in SAMPLE.read_text().splitlines())
    digests = {listed: digest for digest, listed in lines}
    return path in digests and digests[path] == file_fingerprint(path)
