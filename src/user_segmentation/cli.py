"""The command line: what people do with files and releases, beside dbt's commands."""

import argparse
import os
import sys
import webbrowser
from pathlib import Path

from user_segmentation.draft.build import run_build
from user_segmentation.draft.command import run_draft
from user_segmentation.draft.refusal import DraftRefusedError
from user_segmentation.release.access import UnknownReadersError, keep_new_files_private
from user_segmentation.release.docs_overview import add_to_overview, verdicts
from user_segmentation.release.folder import ReleaseFolderError, publish_folder
from user_segmentation.release.history import REPORT
from user_segmentation.release.models import NoReleaseError, models_in_words
from user_segmentation.release.restoring import NotRestoredError, restore_current
from user_segmentation.release.rolling_back import NotRolledBackError, roll_back

# Each says in one plain line what is wrong.
PROBLEMS = (
    DraftRefusedError,
    NoReleaseError,
    NotRestoredError,
    NotRolledBackError,
    ReleaseFolderError,
    UnknownReadersError,
    OSError,
)


def list_models(_):
    """Why each model of the current release was trained, and on whom."""
    print("\n".join(models_in_words(publish_folder())))


def open_report(_):
    """Show the report of the current release in the browser."""
    report = publish_folder().absolute() / REPORT
    if not report.exists():
        raise NoReleaseError("There is no report yet: make build")
    print(report)
    webbrowser.open(f"file://{report}")


def restore_models(_):
    """Bring models and history back from the current release to a lost database."""
    database = Path(os.environ.get("DUCKDB_PATH") or "user_segmentation.duckdb")
    release, restored = restore_current(publish_folder(), database, project=Path())
    print(f"Restored to {database} from release {release.name}:")
    for name, row_count in restored.items():
        print(f"  {name}: {row_count} rows")
    print("make build makes all the rest.")


def step_back(_):
    """Publish the release before the current one again."""
    step = roll_back(publish_folder())
    print(f"Stepped back from release {step.left} to {step.reached}.")
    if step.current != step.reached:
        print(
            f"It is release {step.current} now: people decided about being profiled "
            "since, and who objected is in none of its lists."
        )


def add_verdicts(options):
    """Put the verdicts of the current release on the first page of the docs site."""
    add_to_overview(options.target, verdicts(publish_folder()))


def draft_declaration(options):
    """Declare a file of users, and say what each column is taken for."""
    print("\n".join(run_draft(options.file, id_name=options.id, to=options.to)))


def build_file(options):
    """Build from a declared file, in a database and a release folder of its own."""
    run_build(options.file)


COMMANDS = {
    "draft": draft_declaration,
    "build": build_file,
    "models": list_models,
    "open": open_report,
    "restore": restore_models,
    "rollback": step_back,
    "overview": add_verdicts,
}


def parser():
    """Options of the command line."""
    parser = argparse.ArgumentParser(
        prog="user-segmentation",
        description="Files and releases of user_segmentation. PUBLISH_PATH says where "
        "releases are, DUCKDB_PATH which database builds use. Run it in the folder of "
        "the project.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run in COMMANDS.items():
        command = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        command.set_defaults(run=run)
        if run in (draft_declaration, build_file):
            command.add_argument("file", help="path or glob of CSV or Parquet files")
        if run is draft_declaration:
            command.add_argument("--id", help="column that identifies a user")
            command.add_argument("--to", help="where the declaration goes")
        if run is add_verdicts:
            command.add_argument(
                "target", type=Path, help="folder that dbt docs generate wrote to"
            )
    return parser


def main(arguments=None):
    """Run a command; a problem is one line, and the exit status 1.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the process unless given.
    """
    options = parser().parse_args(arguments)
    keep_new_files_private()
    try:
        options.run(options)
    except PROBLEMS as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
