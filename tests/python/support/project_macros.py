"""Macros of the project as dbt runs them, without a project or a database."""

import json
import re
from types import SimpleNamespace

from dbt_common.clients.jinja import CallableMacroGenerator
from dbt_common.exceptions.macros import MacroReturn

from conftest import ROOT

MACRO = re.compile(r"{%-? macro (\w+)\(.*?{%-? endmacro -?%}", re.DOTALL)


def return_(value):
    raise MacroReturn(value)


class Macros:
    """The macros of some folders, spelled for an engine.

    Parameters
    ----------
    prefix : str
        Of the engine's macros: default or spark.
    folders : sequence of str
        Folders of `macros`.
    **context
        What else the macros call.
    """

    def __init__(self, prefix, *folders, quote='"{}"', **context):
        self.prefix = prefix
        adapter = SimpleNamespace(dispatch=self._spelled, quote=quote.format)
        self.context = {
            "adapter": adapter,
            "execute": True,
            "fromjson": json.loads,
            "modules": SimpleNamespace(re=re),
            "return": return_,
            "tojson": json.dumps,
        } | context
        for folder in folders:
            for path in sorted((ROOT / "macros" / folder).rglob("*.sql")):
                for found in MACRO.finditer(path.read_text()):
                    macro = SimpleNamespace(name=found[1], macro_sql=found[0])
                    self.context[found[1]] = CallableMacroGenerator(macro, self.context)

    def _spelled(self, name):
        """The macro of the engine, or that of all others."""
        own = self.context.get(f"{self.prefix}__{name}")
        return own or self.context[f"default__{name}"]

    def __getattr__(self, name):
        """A macro."""
        return self.context[name]
