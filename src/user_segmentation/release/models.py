"""The models of a release in words."""

import duckdb

from user_segmentation.release.history import DATABASE


class NoReleaseError(Exception):
    """Nothing is published yet, in one plain line."""


def models_in_words(folder):
    """Why each model of the current release was trained, and on whom.

    Parameters
    ----------
    folder : Path
        Where the releases are.

    Returns
    -------
    list of str
        Lines.

    Raises
    ------
    NoReleaseError
    """
    file = folder / DATABASE
    if not file.exists():
        raise NoReleaseError(
            f"There is no release yet: {file} does not exist. Run make build."
        )
    with duckdb.connect(file, read_only=True) as marts:
        models = marts.sql("from model_versions order by objective, model_version").df()
    known = models["trained_at"].notna()
    lines = []
    if not known.all():
        lines.append(f"{(~known).sum()} models are of an older version of the project.")
    for model in models[known].itertuples():
        lines += [
            f"{model.objective} {model.model_version}"
            f"{' (in use)' if model.is_in_use else ''}: {model.segment_count} segments "
            f"of {model.user_count} users, verdict {model.verdict or 'not known'}, "
            f"inertia {model.inertia:.1f}",
            f"    trained on {model.trained_at:%Y-%m-%d %H:%M} UTC, {model.libraries}",
            f"    {model.reason}",
        ]
    return lines
