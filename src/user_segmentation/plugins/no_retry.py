"""A plain line for `dbt retry`, which goes on with tables of files as they were."""

from click import get_current_context
from dbt_common.exceptions import DbtRuntimeError

from user_segmentation.plugins.project_plugin import ProjectPlugin


class NoRetry(ProjectPlugin):
    """Plugin of dbt-core."""

    def start(self):
        """Refuse the command that dbt was started with."""
        context = get_current_context(silent=True)
        if context and context.info_name == "retry":
            raise DbtRuntimeError(
                "dbt retry reads no file again, though it may have been mended, and "
                "publishes nothing: run dbt build."
            )
