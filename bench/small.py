"""Compare the build of the sample with that of a dbt project that does next to nothing.

Prints a Markdown report on standard output and its progress on standard error.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from itertools import islice, product
from math import ceil
from pathlib import Path
from textwrap import dedent

import report
from measure import ChildError
from run import log, positive, run_project

METHOD = """\
`dbt build --exclude-resource-type unit_test` of the project on its sample, and of a
generated project with as many models of each materialization, seeds, generic and
singular tests, where every model is a row of constants, and one model in Python that
imports sklearn.cluster. They take turns; each build is into a new database, partial
parsing is warm. Figures are median [range]; the ratio is that within a round."""

TABLE_HEAD = """\
| project | CPU s | wall s | peak MB | CPU ratio |
|---|---:|---:|---:|---:|"""

PROFILE = """\
trivial:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: "{{ env_var('DUCKDB_PATH') }}"
      threads: 1
"""

PYTHON_MODEL = """\
import pandas as pd
import sklearn.cluster


def model(dbt, session):
    return pd.DataFrame({"column_1": [len(sklearn.cluster.__all__)]})
"""


def counted(manifest: dict) -> Counter:
    """Count what a project builds.

    Parameters
    ----------
    manifest : dict
        Of dbt.

    Returns
    -------
    collections.Counter
        Number of views and tables, of seeds, of generic and of singular tests. Whatever
        is not a view writes a table; snapshots do, too.
    """
    kinds = Counter()
    for node in manifest["nodes"].values():
        if node["resource_type"] in ("model", "snapshot"):
            is_view = node["config"]["materialized"] == "view"
            kinds["view" if is_view else "table"] += 1
        elif node["resource_type"] == "test":
            kinds["generic" if node.get("test_metadata") else "singular"] += 1
        elif node["resource_type"] == "seed":
            kinds["seed"] += 1
    return kinds


def write_project(kinds: Counter, folder: Path) -> None:
    """Write a project that does next to nothing.

    Parameters
    ----------
    kinds : collections.Counter
        As of `counted`.
    folder : Path
        Where to write; made if missing.
    """
    for name in ("models", "seeds", "tests"):
        (folder / name).mkdir(parents=True)
    (folder / "profiles.yml").write_text(PROFILE)
    settings = {
        "name": "trivial",
        "profile": "trivial",
        "version": "1.0.0",
        "flags": {"send_anonymous_usage_stats": False},
    }
    (folder / "dbt_project.yml").write_text(json.dumps(settings))

    # The Python model is one of the tables.
    models = [f"view_{number}" for number in range(1, kinds["view"] + 1)]
    models += [f"table_{number}" for number in range(1, kinds["table"])]
    columns = [
        f"column_{number}"
        for number in range(1, ceil(kinds["generic"] / len(models)) + 1)
    ]
    row = ", ".join(f"1 as {column}" for column in columns)
    for model in models:
        kind = model.partition("_")[0]
        text = f"{{{{ config(materialized='{kind}') }}}}\nselect {row}\n"
        (folder / "models" / f"{model}.sql").write_text(text)
    (folder / "models" / "clusters.py").write_text(PYTHON_MODEL)

    tested = {model: [] for model in models}
    for column, model in islice(product(columns, models), kinds["generic"]):
        tested[model].append({"name": column, "data_tests": ["not_null"]})
    described = [{"name": name, "columns": found} for name, found in tested.items()]
    (folder / "models" / "models.yml").write_text(json.dumps({"models": described}))
    for number in range(kinds["singular"]):
        model = models[number % len(models)]
        (folder / "tests" / f"test_{number}.sql").write_text(
            dedent(f"""\
            select * from {{{{ ref('{model}') }}}}
            where column_1 is null
            """)
        )
    for number in range(kinds["seed"]):
        (folder / "seeds" / f"seed_{number}.csv").write_text("answer\nyes\n")


def main() -> None:
    """Run the bench and print its report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=positive, default=3, metavar="N")
    rounds = parser.parse_args().rounds
    print(report.header(METHOD))
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        own, trivial = Path(place) / "own", Path(place) / "trivial"
        own.mkdir()
        costs = {"project": [], "trivial": []}
        try:
            log("generated project and warm-up")
            run_project("parse", own, {})
            kinds = counted(json.loads((own / "target" / "manifest.json").read_text()))
            write_project(kinds, trivial)
            run_project("parse", trivial, {}, trivial)
            for number in range(1, rounds + 1):
                log(f"round {number} of {rounds}")
                costs["project"].append(run_project("build", own, {}))
                costs["trivial"].append(run_project("build", trivial, {}, trivial))
        except ChildError as error:
            sys.exit(str(error))
    found = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    print(f"Both have: {found}.\n\n{TABLE_HEAD}")
    for name, used in costs.items():
        cells = [name, *report.cost_cells(used, costs["trivial"])]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
