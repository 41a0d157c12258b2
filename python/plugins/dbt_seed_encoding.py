"""A plain line for a seed of profiles that is missing or no text in UTF-8.

dbt itself reads seeds of up to 1 MB before any hook runs, and ends in a traceback where
they are not UTF-8. It imports modules named `dbt_…` when it starts: the Makefile puts
the folder of this one on the path of the environment.
"""

import sys
from pathlib import Path

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin
from dbt_common.exceptions import DbtRuntimeError

PROJECT = "user_segmentation"
SEED = Path("seeds/raw_user_profiles.csv")


class SeedEncoding(dbtPlugin):
    """Plugin of dbt-core."""

    def initialize(self):
        """Refuse the seed where dbt cannot read it."""
        folder = Path(get_flags().PROJECT_DIR).absolute()
        if self.project_name != PROJECT:
            return
        sys.path.append(str(folder / "python"))
        from file_bytes import check_text  # noqa: PLC0415
        from file_refusal import FileRefusedError  # noqa: PLC0415

        try:
            check_text(str(folder / SEED))
        except FileRefusedError as refusal:
            raise DbtRuntimeError(str(refusal)) from refusal
        except FileNotFoundError as error:
            raise DbtRuntimeError(
                f"file_missing: there is no {folder / SEED}."
            ) from error


plugins = [SeedEncoding]
