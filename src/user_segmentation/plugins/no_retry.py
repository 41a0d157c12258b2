"""A plain line for `dbt retry`, which goes on with tables of files as they were."""

from click import get_current_context
from dbt.plugins.manager import dbtPlugin
from dbt_common.exceptions import DbtRuntimeError

PROJECT = "user_segmentation"


class NoRetry(dbtPlugin):
    """Plugin of dbt-core."""

    def initialize(self):
        """Refuse the command that dbt was started with."""
        context = get_current_context(silent=True)
        if self.project_name == PROJECT and context and context.info_name == "retry":
            raise DbtRuntimeError(
                "dbt retry reads no file again, though it may have been mended, and "
                "publishes nothing: run dbt build."
            )
