"""What the project adds to dbt-core, and to no other project of an environment."""

from dbt.plugins.manager import dbtPlugin

PROJECT = "user_segmentation"


class ProjectPlugin(dbtPlugin):
    """Plugin of dbt-core that does nothing for other projects."""

    def initialize(self):
        """Start where dbt runs this project."""
        if self.project_name == PROJECT:
            self.start()

    def start(self):
        """Do what the plugin is for, before dbt parses the project."""
        raise NotImplementedError
