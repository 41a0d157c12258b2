"""What any command of dbt writes is for owner and group, its log and results too.

Some, such as `dbt ls`, open no database.
"""

from dbt.flags import get_flags

from user_segmentation.plugins.project_plugin import ProjectPlugin
from user_segmentation.release.access import keep_run_private


class PrivateFiles(ProjectPlugin):
    """Plugin of dbt-core."""

    def start(self):
        """Make private what the command writes."""
        keep_run_private(get_flags())
