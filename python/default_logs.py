"""Which log is read where no variable names one."""

from pathlib import Path

from file_gate import file_fingerprint

FOLDER = Path("data")
# SHA-256 and path of the profiles that the logs in the folder belong to, as sha256sum
# writes them. Without it they belong to any.
PROFILES = FOLDER / "profiles.sha256"


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
    paths = [FOLDER / f"{source}.{kind}" for kind in ("parquet", "csv")]
    found = [path for path in paths if path.exists()]
    return str(found[0]) if found and _belong_together(profiles) else None


def _belong_together(profiles):
    if not PROFILES.exists():
        return True
    digest, path = PROFILES.read_text().split()
    return path == profiles and digest == file_fingerprint(profiles)
