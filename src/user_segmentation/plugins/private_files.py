"""What any command of dbt writes is for owner and group, its log and results too.

Some, such as `dbt ls`, open no database.
"""

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin

from user_segmentation.release.access import keep_run_private

PROJECT = "user_segmentation"


class PrivateFiles(dbtPlugin):
    """Plugin of dbt-core."""

    def initialize(self):
        """Make private what the command writes."""
        if self.project_name == PROJECT:
            keep_run_private(get_flags())
