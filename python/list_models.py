"""List the models of the current release."""

import sys

import duckdb

from release_folder import publish_folder
from release_history import DATABASE

if __name__ == "__main__":
    file = publish_folder() / DATABASE
    if not file.exists():
        sys.exit(f"There is no release yet: {file} does not exist. Run make build.")
    with duckdb.connect(file, read_only=True) as marts:
        models = marts.sql("from model_versions order by objective, model_version").df()
    known = models["trained_at"].notna()
    if not known.all():
        print(f"{(~known).sum()} models are of an older version of the project.")
    for model in models[known].itertuples():
        print(
            f"{model.objective} {model.model_version}"
            f"{' (in use)' if model.is_in_use else ''}: {model.segment_count} segments "
            f"of {model.user_count} users, verdict {model.verdict or 'not known'}, "
            f"inertia {model.inertia:.1f}\n"
            f"    trained on {model.trained_at:%Y-%m-%d %H:%M} UTC, {model.libraries}\n"
            f"    {model.reason}"
        )
