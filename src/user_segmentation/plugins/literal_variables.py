"""A plain line for a variable that dbt would run: dbt takes texts for templates.

`var()` renders what a variable says each time that it is asked for: a file named
`{{ env_var('TOKEN') }}.csv` would print the token, and `{% do run_query(…) %}` reach
the database.
"""

from pathlib import Path

import yaml
from dbt.flags import get_flags
from dbt_common.exceptions import DbtRuntimeError

from user_segmentation.files.refusal import printable
from user_segmentation.plugins.project_plugin import ProjectPlugin

# What begins an expression, a statement and a comment of Jinja.
OPENINGS = ("{{", "{%", "{#")


def openings_in(value):
    """What would begin a template in a value, in its keys and in what it holds."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        return [opening for part in value for opening in openings_in(part)]
    return [opening for opening in OPENINGS if opening in str(value)]


def template_problem(variables):
    """What is wrong with the first variable that holds a template.

    Parameters
    ----------
    variables : dict
        Values by name, as they were written.

    Returns
    -------
    str or None
        One line, without the value, which may be a secret's name.
    """
    for name, value in variables.items():
        if openings_in(str(name)):
            return (
                "A variable has a name with {{, {% or {#, which dbt may run: the "
                "variables are listed in dbt_project.yml."
            )
        if found := openings_in(value):
            return (
                f"The variable {name} holds {found[0]}, which dbt would run as a "
                "template: write it without {{, {% and {#, and rename a file that has "
                "them in its name."
            )
    return None


class LiteralVariables(ProjectPlugin):
    """Plugin of dbt-core."""

    def start(self):
        """Refuse templates in variables, wherever they are set."""
        flags = get_flags()
        folder = Path(flags.PROJECT_DIR).absolute()
        project = yaml.safe_load((folder / "dbt_project.yml").read_text())
        for variables in (flags.VARS, project.get("vars")):
            if problem := template_problem(variables or {}):
                raise DbtRuntimeError(printable(problem))
