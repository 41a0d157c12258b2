"""A plain line for a seed of profiles that is missing or no text in UTF-8.

dbt itself reads seeds of up to 1 MB before any hook runs, and ends in a traceback where
they are not UTF-8.
"""

from pathlib import Path

from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError

from user_segmentation.files.refusal import FileRefusedError
from user_segmentation.files.text import check_text
from user_segmentation.plugins.project_plugin import ProjectPlugin

SEED = Path("seeds/raw_user_profiles.csv")


class SeedEncoding(ProjectPlugin):
    """Plugin of dbt-core."""

    def start(self):
        """Refuse the seed where dbt cannot read it."""
        seed = Path(get_flags().PROJECT_DIR).absolute() / SEED
        try:
            check_text(str(seed))
        except FileRefusedError as refusal:
            raise DbtRuntimeError(str(refusal)) from refusal
        except FileNotFoundError as error:
            raise DbtRuntimeError(f"file_missing: there is no {seed}.") from error
