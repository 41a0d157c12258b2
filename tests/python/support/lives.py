"""Builds of one database, one after the other."""

import shutil

import duckdb

from conftest import build_project, green_build, write_profiles

OBJECTIVE = "personalized_marketing"
SETTINGS = {
    "block_weights": {"engagement": 1, "interests": 0.5},
    "outcome": "conversion_rate",
    "segment_count": 4,
}


class Life:
    """Builds of one database, one after the other."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.file = folder / "users.csv"
        self.settings = SETTINGS
        self.builds = 0

    def build(self, users=None, *, is_green=True, arguments=(), settings=None, **vars_):
        """Build once more, and keep the database as it is then."""
        if users is not None:
            write_profiles(self.file, users)
        build = (green_build if is_green else build_project)(
            self.folder,
            arguments=arguments,
            objectives={OBJECTIVE: self.settings | (settings or {})},
            user_profiles=str(self.file),
            **vars_,
        )
        self.builds += 1
        kept = self.folder / f"after_{self.builds}.duckdb"
        shutil.copy(build.database, kept)
        return type(build)(kept, build.returncode, build.output)

    def change(self, sql):
        """Change what the last build left."""
        with duckdb.connect(self.folder / "build.duckdb") as connection:
            connection.execute(sql)


def versions(build):
    """Versions in the registry, oldest first."""
    return build.query("from marts.model_versions order by model_version")
