"""What dbt-core loads when it starts, as all modules that are named `dbt_…`."""

from user_segmentation.plugins import spark_adapter  # noqa: F401, for what it replaces
from user_segmentation.plugins.literal_variables import LiteralVariables
from user_segmentation.plugins.no_retry import NoRetry
from user_segmentation.plugins.private_files import PrivateFiles
from user_segmentation.plugins.seed_encoding import SeedEncoding

plugins = [LiteralVariables, NoRetry, PrivateFiles, SeedEncoding]
