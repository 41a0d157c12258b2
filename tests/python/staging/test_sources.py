"""A source is listed once, and none goes around the row gate."""

from types import SimpleNamespace

import pytest

from conftest import SAMPLE_FILES, build_project, copy_project
from fourth_log import BROKEN, TICKETS, add_fourth_log
from project_macros import Macros

pytestmark = pytest.mark.slow

PREFIX = "model.user_segmentation."
STAGING = [
    *("--select", "+sources", "stg_rejection_reasons"),
    *("rows_read_are_accepted_or_rejected", "every_rejection_reason_has_a_sentence"),
    *("--indirect-selection", "cautious"),
]


class RefusedError(Exception):
    """What a macro refused, in words."""


@pytest.fixture(scope="module")
def with_tickets(tmp_path_factory):
    """Folder of a project with a fourth log, and the log's file."""
    folder = tmp_path_factory.mktemp("tickets")
    return folder, add_fourth_log(copy_project(folder))


def build_tickets(with_tickets, **variables):
    folder, file = with_tickets
    variables = SAMPLE_FILES | {"support_tickets": file} | variables
    return build_project(
        folder, project=folder / "project", arguments=STAGING, **variables
    )


@pytest.fixture(scope="module")
def tickets_build(with_tickets):
    """The same project, built as far as the mart `sources`."""
    build = build_tickets(with_tickets, max_rejected_share=0.5)
    assert build.returncode == 0, build.output
    return build


def test_a_fourth_log_has_its_rejected_rows_and_its_counts(tickets_build):
    rejected = tickets_build.query(
        """
        select reasons, count(*) as row_count, min(row_number), max(row_number)
        from staging.stg_rejected_rows where source = 'support_tickets' group by all
        """
    )
    assert rejected.to_numpy().tolist() == [["minutes_not_a_number", BROKEN, 1, BROKEN]]
    (counts,) = tickets_build.query(
        "from marts.sources where source = 'support_tickets'"
    ).itertuples()
    assert counts.read_count == TICKETS
    assert counts.rejected_count == BROKEN
    assert counts.accepted_count == counts.stored_count == TICKETS - BROKEN
    assert counts.input.endswith("support_tickets.csv")
    assert (counts.first_date.day, counts.last_date.day) == (1, 30)


def test_too_many_broken_rows_of_a_fourth_log_stop_the_build(
    with_tickets, tickets_build
):
    build = build_tickets(with_tickets, max_rejected_share=0.4)
    assert build.returncode != 0
    assert (
        f"Of {TICKETS} rows of support_tickets read, {BROKEN} were rejected: 50%, "
        "where the variable max_rejected_share allows 40%. The commonest reasons: "
        f"minutes_not_a_number ({BROKEN}): minutes is not a number. "
    ) in build.output


def test_a_fourth_log_that_is_not_checked_stops_the_build(with_tickets, tickets_build):
    folder, _ = with_tickets
    model = folder / "project/models/staging/stg_support_tickets.sql"
    checked = model.read_text()
    model.write_text(checked.split("\n\n", 1)[1])
    try:
        build = build_tickets(with_tickets, max_rejected_share=0.5)
    finally:
        model.write_text(checked)
    assert build.returncode != 0
    assert (
        "The source support_tickets (models/staging/sources.yml) may lose any number "
        "of rows: stg_support_tickets needs the pre-hook "
        "check_rejected_share('support_tickets')."
    ) in build.output
    assert "START sql" not in build.output


def node(name, *reads, schema="staging", columns=(), hook=""):
    """A model as dbt's graph has it."""
    return {
        "name": name,
        "resource_type": "model",
        "unique_id": PREFIX + name,
        "columns": {column: {} for column in columns},
        "depends_on": {"nodes": list(reads)},
        "config": {"schema": schema, "pre-hook": [{"sql": hook}]},
    }


@pytest.fixture
def graph():
    """The graph of a project that reads profiles and tickets."""
    seed = "seed.user_segmentation.raw_user_profiles"
    source = "source.user_segmentation.raw.tickets"
    gate = ["row_number", "rejection_reasons", "raw_row"]
    models = [
        node("stg_user_profiles", seed, columns=gate),
        node("stg_users", hook="{{ check_rejected_share('user_profiles') }}"),
        node("stg_checked_tickets", source, columns=gate),
        node("stg_tickets", hook="{{ check_rejected_share('tickets') }}"),
        node("user_tickets", PREFIX + "stg_tickets", schema="features"),
    ]
    nodes = {model["unique_id"]: model for model in models}
    place = {"package_name": "user_segmentation", "original_file_path": "sources.yml"}
    raw = node("raw_user_profiles") | {"unique_id": seed, "resource_type": "seed"}
    nodes[seed] = raw | place
    tickets = {"name": "tickets", "source_name": "raw", "unique_id": source} | place
    return SimpleNamespace(nodes=nodes, sources={source: tickets})


LISTED = {
    "user_profiles": {"checked": "stg_user_profiles", "accepted": "stg_users"},
    "tickets": {"checked": "stg_checked_tickets", "accepted": "stg_tickets"},
}


def check(graph, listed=LISTED, variables=("user_profiles", "tickets")):
    """Run check_sources on a graph; what it refuses is raised."""

    def refuse(message):
        raise RefusedError(message)

    var = SimpleNamespace(has_var=lambda name: name in variables)
    macros = Macros("default", "hooks", graph=graph, var=var)
    macros.context |= {
        "refuse": refuse,
        "sources_read": lambda: listed,
        "has_profiles": lambda: True,
        "declared_node": lambda: graph.nodes[
            "seed.user_segmentation.raw_user_profiles"
        ],
    }
    macros.check_sources()


def refusal(*arguments, **keywords):
    with pytest.raises(RefusedError) as error:
        check(*arguments, **keywords)
    return str(error.value)


def test_sources_that_are_checked_pass(graph):
    check(graph)


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (None, "is checked by no model: list it"),
        ({}, "is not checked: it has neither a model of checked rows nor a pre-hook"),
        ({"refused_by": "check_tickets"}, "is not checked: it has neither a model"),
        ({"checked": "stg_t", "accepted": "stg_tickets"}, "names stg_t as checked"),
        (
            {"checked": "stg_checked_tickets"},
            "may lose any number of rows: an accepted",
        ),
    ],
)
def test_a_source_that_lists_no_check_is_refused(graph, entry, reason):
    listed = {"user_profiles": LISTED["user_profiles"]}
    if entry is not None:
        listed["tickets"] = entry
    message = refusal(graph, listed)
    assert message.startswith(f"The source tickets (sources.yml) {reason}")


@pytest.mark.parametrize("column", ["row_number", "rejection_reasons", "raw_row"])
def test_a_check_that_tells_no_rejected_rows_is_refused(graph, column):
    del graph.nodes[PREFIX + "stg_checked_tickets"]["columns"][column]
    assert f"stg_checked_tickets describes no column {column}" in refusal(graph)


def test_accepted_rows_without_a_check_of_their_share_are_refused(graph):
    graph.nodes[PREFIX + "stg_tickets"]["config"] = {"schema": "staging"}
    assert refusal(graph).endswith(
        "stg_tickets needs the pre-hook check_rejected_share('tickets')."
    )


@pytest.mark.parametrize(
    "read", ["source.user_segmentation.raw.tickets", PREFIX + "stg_checked_tickets"]
)
def test_a_feature_that_reads_past_the_check_is_refused(graph, read):
    graph.nodes[PREFIX + "user_tickets"]["depends_on"]["nodes"].append(read)
    assert refusal(graph).endswith(
        "is read past its checks by user_tickets: it must read stg_tickets."
    )


def test_a_source_without_a_variable_or_without_columns_is_refused(graph):
    assert "add tickets: null to the vars" in refusal(
        graph, variables=["user_profiles"]
    )
    graph.sources.clear()
    assert "lists the source tickets, which no YAML file describes" in refusal(graph)
