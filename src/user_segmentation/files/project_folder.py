"""Where relative paths start: in the project's folder, wherever dbt was started."""

from pathlib import Path

from dbt.flags import get_flags


def project_folder():
    """Folder of the project that dbt runs.

    Returns
    -------
    Path
        Empty where dbt was started in it: paths then stay as they were given.
    """
    folder = Path(get_flags().PROJECT_DIR).absolute()
    return Path() if folder == Path.cwd() else folder


def placed(folder, path):
    """A path or glob from a folder on, as text; others than relative ones as they are.

    Parameters
    ----------
    folder : Path
    path : str

    Returns
    -------
    str
    """
    # As in s3://bucket/users.csv and :memory:.
    has_scheme = ":" in path.split("/")[0]
    return str(folder / path) if path and not has_scheme and folder != Path() else path
