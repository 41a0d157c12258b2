"""Which log is read where no variable names one; never the sample's with own data."""

from pathlib import Path

from user_segmentation.files.gate import file_fingerprint, matching_files
from user_segmentation.files.project_folder import placed
from user_segmentation.files.refusal import FileRefusedError, printable

FOLDER = Path("data")
# SHA-256 and path of the sample's files, as sha256sum writes them.
SAMPLE = FOLDER / "sample.sha256"
# Where profiles are that no variable names.
SEED = "seeds/raw_user_profiles.csv"
# A larger file is none of the sample's, and need not be read to tell.
MOST_BYTES = 4_000_000


def default_log(source, profiles, given, folder=Path()):
    """Path of the log of a source, if there is one that belongs to the profiles.

    User 1 of one file of profiles is not user 1 of another: the sample's logs are read
    only where all that is read is the sample's.

    Parameters
    ----------
    source : str
        Name of the source, such as `events`.
    profiles : str
        Path or glob of the profiles; empty where there are none.
    given : dict of str to str
        Paths or globs that variables name, for every source; empty where one names
        nothing.
    folder : Path
        Where relative paths start.

    Returns
    -------
    str or None
    """
    all_is_sample = is_sample(profiles, folder) and not _own_logs(given, folder)
    return next(
        (
            path
            for path in _found(source, folder)
            if all_is_sample or not is_sample(path, folder)
        ),
        None,
    )


def sample_problem(profiles, given, folder=Path()):
    """What is wrong where own data would be taken for that of the sample's people.

    Parameters
    ----------
    profiles : str
        Path or glob of the profiles; empty where users are those of the logs.
    given : dict of str to str
        Paths or globs that variables name, by source; empty where one names nothing.
    folder : Path
        Where relative paths start.

    Returns
    -------
    str or None
        One line: what would be joined and what to do. None where all is well.
    """
    for source, files in given.items():
        paths = _matches(files, folder)
        shipped = [path for path in paths if _has_content_of_sample(path, folder)]
        if shipped and len(shipped) < len(paths):
            return (
                f"sample_is_mixed: {source} ({printable(files)}) takes in "
                f"{printable(shipped[0])}, which is the sample's, beside other files: "
                "its people are synthetic. Name your own files alone."
            )
    own = _own_logs(given, folder)
    if own and not given.get("user_profiles") and is_sample(profiles, folder):
        listed = ", ".join(f"{source} ({printable(path)})" for source, path in own)
        return (
            f"profiles_are_of_the_sample: {listed} would be joined to the synthetic "
            f"people of {profiles}. Name the profiles of the same users in the "
            "variable user_profiles, or put them in the place of that file; without "
            "profiles, name the log in the variable events or transactions."
        )
    if not profiles and (folder / SEED).exists() and not is_sample(SEED, folder):
        return (
            f"profiles_are_not_named: {SEED} holds profiles of your own, and the "
            "variables name logs alone. Name it in the variable user_profiles, too, or "
            "remove it where users are those of the logs."
        )
    return None


def is_sample(path, folder=Path()):
    """Whether a file is one of the shipped sample, in its place, as it was shipped.

    Parameters
    ----------
    path : str
    folder : Path
        Where relative paths start.

    Returns
    -------
    bool
    """
    digests = _digests(folder)
    return path in digests and _digest(path, folder) == digests[path]


def _own_logs(given, folder):
    """Source and path of the logs that would be read and are not the sample's."""
    own = []
    for source, files in given.items():
        if source == "user_profiles":
            continue
        if not files:
            paths = _found(source, folder)
            own += [(source, path) for path in paths if not is_sample(path, folder)][:1]
        elif not all(
            _has_content_of_sample(path, folder)
            for path in _matches(files, folder) or [files]
        ):
            own.append((source, files))
    return own


def _found(source, folder):
    paths = (FOLDER / f"{source}.{kind}" for kind in ("parquet", "csv"))
    return [str(path) for path in paths if (folder / path).exists()]


def _matches(files, folder):
    try:
        return matching_files(placed(folder, files)) if files else []
    except FileRefusedError:
        # The file gate says why.
        return []


def _digests(folder):
    if not (folder / SAMPLE).exists():
        return {}
    lines = (line.split() for line in (folder / SAMPLE).read_text().splitlines())
    return {listed: digest for digest, listed in lines}


def _has_content_of_sample(path, folder):
    """Whether a file is a copy of one of the sample's, whatever its name."""
    return _digest(path, folder) in _digests(folder).values()


def _digest(path, folder):
    file = folder / path
    if not file.is_file() or file.stat().st_size > MOST_BYTES:
        return None
    return file_fingerprint(str(file))
