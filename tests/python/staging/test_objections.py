"""Who objected stays out of all lists, whatever the next files say or leave out."""

from datetime import UTC, datetime

import pytest

from conftest import build_project

pytestmark = pytest.mark.slow

OBJECTION = "7,false,2025-06-01T00:00:00Z"


def listed(build, *users):
    """Which of some users are in an audience."""
    names = ", ".join(f"'{user}'" for user in users)
    found = build.query(
        f"select distinct user_id from marts.audiences where user_id in ({names})"
    )
    return set(found["user_id"])


def test_an_objection_stands_until_a_newer_decision_of_the_same_user(
    build_with_consents, aliased_user, tmp_path
):
    alias, user = aliased_user
    lines = [OBJECTION, f"{alias},false,2025-06-01T00:00:00Z"]
    assert not listed(build_with_consents(lines), "7", user)
    # The next export has its header only, or only what is new.
    assert not listed(build_with_consents([]), "7", user)
    assert not listed(build_with_consents(["8,true,2025-07-01T00:00:00Z"]), "7", user)
    assert not listed(build_with_consents([], "--full-refresh"), "7", user)
    build_with_consents([], "--empty")
    assert not listed(build_with_consents([]), "7", user)
    assert not listed(build_with_consents([], consents=""), "7", user)
    # The alias goes, or is another user's from now on.
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("alias,user_id\n")
    assert not listed(build_with_consents([], user_aliases=str(aliases)), "7", user)
    aliases.write_text(f"alias,user_id\n{alias},9\n")
    build = build_with_consents([], user_aliases=str(aliases))
    assert not listed(build, "7", user, "9")
    # An older permission, which comes late, takes nothing back; a newer one does.
    lines = [f"{user},true,2025-05-31T00:00:00Z", "7,true,2025-06-02T00:00:00Z"]
    assert listed(build_with_consents(lines), "7", user) == {"7"}
    assert listed(build_with_consents([]), "7", user) == {"7"}


def test_an_objection_of_unknown_time_was_made_when_it_was_first_read(
    build_with_consents,
):
    objection = "7,false,2999-01-01T00:00:00Z"
    assert not listed(build_with_consents([objection]), "7")
    after = f"7,true,{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    assert not listed(
        build_with_consents([objection, "7,true,2025-06-01T00:00:00Z"]), "7"
    )
    assert listed(build_with_consents([objection, after]), "7")
    assert listed(build_with_consents([objection]), "7")


def test_an_objection_of_nearly_somebody_stops_the_build_until_it_is_mended(
    build_with_consents, tmp_path
):
    near = "0008,false,2025-06-01T00:00:00Z"
    failed = build_with_consents([OBJECTION, near], run=build_project)
    assert failed.returncode != 0
    assert (
        f'consents ({tmp_path}/consents.csv): the objection of "0008", row 2 after '
        'the header, is of no user, and there is "8", which differs in leading zeros. '
        'Write both in the same way, or say in user_aliases whose "0008" is.'
    ) in failed.output
    # The row is written as it should be: what was read of it before stands for nobody.
    mended = build_with_consents([OBJECTION, "8,false,2025-06-01T00:00:00Z"])
    assert not listed(mended, "7", "8")


def test_objections_of_no_user_are_told_with_their_rows(build_with_consents):
    strangers = [f"x{number},false,2025-06-01T00:00:00Z" for number in range(12)]
    build = build_with_consents([OBJECTION, *strangers])
    assert (
        'The objection of "x0", row 2 after the header of consents, is of no user: '
        "look whether the identifier is right, or give the alias."
    ) in build.output
    assert build.output.count("is of no user: look") == 10
    assert "And 2 objections more are of no user: " in build.output
    assert "is of no user" not in build_with_consents([OBJECTION]).output
