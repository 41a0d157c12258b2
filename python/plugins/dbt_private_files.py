"""What any command of dbt writes is for owner and group, its log and results too.

Some, such as `dbt ls`, open no database. dbt imports modules named `dbt_…` when it
starts: the Makefile puts the folder of this one on the path of the environments.
"""

import sys
from pathlib import Path

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin

PROJECT = "user_segmentation"


class PrivateFiles(dbtPlugin):
    """Plugin of dbt-core."""

    def initialize(self):
        """Make private what the command writes."""
        if self.project_name != PROJECT:
            return
        flags = get_flags()
        sys.path.append(str(Path(flags.PROJECT_DIR).absolute() / "python"))
        from file_access import keep_run_private  # noqa: PLC0415

        keep_run_private(flags)


plugins = [PrivateFiles]
