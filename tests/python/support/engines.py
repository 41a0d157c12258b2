"""The engines beside each other: what macros say in the spelling of each."""

from contextlib import contextmanager

import jinja2
import pytest

from conftest import ROOT


def macro_files(*names):
    """Files of some macros, whatever their folder."""
    files = {path.stem: path for path in ROOT.glob("macros/**/*.sql")}
    return [files[name] for name in names]


class Engine:
    """An engine, and how it spells what macros say.

    Parameters
    ----------
    prefix : str
        Of its macros: default or spark.
    ask : callable
        Rows of a query.
    files : iterable of Path
        Files of macros; what they have of dbt's own tags is left out.
    names : mapping of str to object
        What else the macros call.
    """

    def __init__(self, prefix, ask, files, names):
        self.ask = ask
        self.prefix = prefix
        texts = [path.read_text() for path in files]
        # What dbt itself has for all engines but Spark.
        own = (
            "{% macro default__escape_single_quotes(text) -%}"
            '{{ text | replace("\'", "\'\'") }}{%- endmacro %}'
        )
        adapter = type("Adapter", (), {"quote": staticmethod("`{}`".format)})
        adapter.dispatch = self._spelled
        self.environment = jinja2.Environment(
            extensions=["jinja2.ext.do"], autoescape=False
        )
        self.environment.globals |= {
            "adapter": adapter,
            "escape_single_quotes": self._escaped,
            **names,
        }
        self.module = self.environment.from_string(
            "\n".join(
                [*(text for text in texts if "{% materialization" not in text), own]
            )
        ).module

    def _spelled(self, name):
        """The macro of the engine, or that of all others."""
        return getattr(self.module, f"{self.prefix}__{name}", None) or getattr(
            self.module, f"default__{name}"
        )

    def _escaped(self, text):
        return self._spelled("escape_single_quotes")(text)

    def macro(self, name):
        """A macro by its name."""
        return getattr(self.module, name)

    def spell(self, call):
        """SQL that a call of macros stands for."""
        names = {
            name: value
            for name, value in vars(self.module).items()
            if not name.startswith("_") and name != "escape_single_quotes"
        }
        return self.environment.from_string("{{ " + call + " }}").render(names)


@contextmanager
def spark_session(folder):
    """A local session with the settings of the project; skips where there is no Spark.

    Parameters
    ----------
    folder : Path
        Of its tables.
    """
    sql = pytest.importorskip("pyspark.sql", reason="Spark is for make spark")
    builder = sql.SparkSession.builder.master("local[1]")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": str(folder),
        "spark.sql.shuffle.partitions": "1",
        # As profiles.yml says.
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        # As dbt-spark says.
        "spark.sql.ansi.enabled": "false",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()
