"""Builds that follow each other: what they train, remember and tell."""

import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from conftest import ROOT, green_build, sample_rows
from lives import Life, versions
from mart_keys import MARTS, TIMED

pytestmark = pytest.mark.slow

USER_COUNT = 500
TURNOVER = 25


def restored_models():
    """Run `user-segmentation restore` in the project's folder."""
    command = [sys.executable, "-m", "user_segmentation.cli", "restore"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )


def marts_of(build, *, without=()):
    """Marts as text, in the order of their keys, but what compares two builds."""
    return {
        mart: build.query(f"from marts.{mart} order by {key}")
        .drop(columns=list(without), errors="ignore")
        .to_csv()
        for mart, key in MARTS.items()
        if mart != "input_changes"
    }


def model_of(build, version):
    """Centroids, numbers and scales of a stored model."""
    rows = build.query(
        f"from segmentation.segment_models where model_version = {version}"
    )
    centroids = rows.pivot(index="segment_number", columns="feature", values="centroid")
    scales = rows.drop_duplicates("feature").set_index("feature").sort_index()
    return centroids, scales


def placed(users, model):
    """Number of the nearest segment of each user."""
    centroids, scales = model
    features = users[scales.index].to_numpy(float)
    is_logged = (scales["transform"] == "log1p").to_numpy()
    features[:, is_logged] = np.log1p(features[:, is_logged])
    limits = scales["clip"].to_numpy()
    scaled = (features - scales["center"].to_numpy()) / scales["scale"].to_numpy()
    scaled = np.clip(scaled, -limits, limits)
    distances = ((scaled[:, None] - centroids.to_numpy()[None]) ** 2).sum(axis=2)
    return pd.Series(centroids.index[distances.argmin(axis=1)], index=users.index)


def features_of(build):
    """Features of the users of a build, by their identifiers."""
    return build.query("from features.user_features").set_index("user_id").sort_index()


def recounted_moves(before, after, old_version, new_version):
    """Moves between two builds, from features and models alone."""
    old_users, new_users = features_of(before), features_of(after)
    old_model, new_model = model_of(after, old_version), model_of(after, new_version)
    both = old_users.index.intersection(new_users.index)
    was = placed(old_users, old_model)
    is_now = placed(new_users, new_model)
    by_old_model = placed(new_users.loc[both], old_model)
    as_before = placed(old_users.loc[both], new_model)
    moves = []
    for user in both[was[both] != is_now[both]]:
        is_user = by_old_model[user] != was[user]
        is_model = as_before[user] != was[user]
        cause = "both" if is_user == is_model else "user" if is_user else "model"
        moves.append((was[user], is_now[user], cause))
    moves += [(was[user], 0, "left") for user in old_users.index.difference(both)]
    moves += [(0, is_now[user], "came") for user in new_users.index.difference(both)]
    return pd.Series(moves).value_counts().to_dict()


def told_moves(build):
    """Moves that the newest build that moved anybody told of."""
    told = build.query(
        """
        select
            coalesce(cast(split_part(from_segment_key, '-', 2) as integer), 0),
            coalesce(cast(split_part(to_segment_key, '-', 2) as integer), 0),
            cause,
            user_count
        from marts.segment_migrations
        where moved_at = (select max(moved_at) from marts.segment_migrations)
        """
    )
    return {tuple(move): count for *move, count in told.itertuples(index=False)}


def next_month(users, newcomers):
    """Some users leave, some come, and some become like others."""
    stayed = users[TURNOVER:]
    answers = [
        {**stayed[place + TURNOVER], "User ID": stayed[place]["User ID"]}
        for place in range(TURNOVER)
    ]
    return [*answers, *stayed[TURNOVER:], *newcomers]


@pytest.fixture(scope="module")
def months():
    """Users of three months; none is the shipped sample."""
    rows = sample_rows()
    first = rows[:USER_COUNT]
    second = next_month(first, rows[USER_COUNT : USER_COUNT + TURNOVER])
    third = next_month(second, rows[USER_COUNT + TURNOVER : USER_COUNT + 2 * TURNOVER])
    return first, second, third


@pytest.fixture(scope="module")
def life(tmp_path_factory, months):
    """A database of two builds: three months' users, the last one trained anew."""
    life = Life(tmp_path_factory.mktemp("life") / "life")
    # Moves of a few users are to be counted.
    life.first = life.build(months[0], min_cell_size=0)
    life.second = life.build(months[1], min_cell_size=0)
    life.third = life.build(months[2], min_cell_size=0, retrain="always")
    return life


def test_a_build_with_nothing_new_changes_nothing(tmp_path, sample_build):
    folder = tmp_path / "build"
    folder.mkdir()
    shutil.copy(sample_build.database, folder / "build.duckdb")
    again = green_build(folder)
    assert "fitting" not in again.output.replace("fitting rules", "")
    assert marts_of(again) == marts_of(sample_build)
    for table in (
        *(f"marts.{mart}" for mart in TIMED),
        *("segmentation.segment_models", "snapshots.user_segment_history"),
    ):
        rows = f"from {table} order by all"
        assert again.query(rows).equals(sample_build.query(rows)), table
    assert again.query("from duckdb_tables() where schema_name = 'main'").empty


def test_users_who_come_and_change_train_no_model(life):
    assert list(versions(life.second)["reason"]) == ["It is the first."]


def test_moves_without_a_new_model_are_the_users_own(life):
    moves = told_moves(life.second)
    assert moves == recounted_moves(life.first, life.second, 1, 1)
    assert {cause for *_, cause in moves} == {"user", "came", "left"}


def test_moves_under_a_new_model_are_split_by_cause(life):
    moves = told_moves(life.third)
    assert moves == recounted_moves(life.second, life.third, 1, 2)
    assert {cause for *_, cause in moves} >= {"model", "came", "left"}


def test_a_new_model_tells_why_it_was_trained_and_on_what(life):
    newest = versions(life.third).iloc[-1]
    assert newest["reason"] == "The variable retrain is always."
    assert newest["user_count"] == USER_COUNT
    release = life.third.query("from marts.release").iloc[0]
    assert newest["trained_at"] == release["built_at"]
    assert newest["input_fingerprint"] == release["input_fingerprint"]
    segmentation = life.third.query("from marts.segmentations").iloc[0]
    assert newest["verdict"] == segmentation["verdict"]


def test_users_who_come_and_change_rename_no_segment(life):
    named = "select segment_key, segment_name, recommended_action from marts.segments"
    by_key = f"{named} order by segment_key"
    assert life.second.query(by_key).equals(life.first.query(by_key))
    changes = life.second.query("from marts.segment_name_changes")
    assert set(changes["reason"]) == {"It has no name on record."}


def test_history_has_one_open_row_for_each_user_who_is_there(life):
    users = set(features_of(life.third).index)
    opened = life.third.query("from marts.segment_history where is_current")
    assert set(opened["user_id"]) == users
    assert len(opened) == len(users)
    now = life.third.query(
        "select user_id, segment_key from segmentation.user_segments"
    )
    merged = opened.merge(now, on="user_id")
    assert (merged["segment_key_x"] == merged["segment_key_y"]).all()


def test_a_full_refresh_keeps_models_and_history(life):
    folder = life.folder.parent / "refreshed"
    again = Life(folder)
    shutil.copy(life.third.database, folder / "build.duckdb")
    shutil.copy(life.file, again.file)
    refreshed = again.build(arguments=["--full-refresh"])
    for table in (
        *("marts.model_versions", "marts.segment_history"),
        "segmentation.naming_history",
    ):
        rows = f"from {table} order by all"
        assert refreshed.query(rows).equals(life.third.query(rows))


def test_a_lost_database_comes_back_from_the_release(life, monkeypatch):
    folder = life.folder.parent / "restored"
    again = Life(folder)
    shutil.copy(life.file, again.file)
    shutil.copytree(life.folder / "published", folder / "published", symlinks=True)
    monkeypatch.setenv("PUBLISH_PATH", str(folder / "published"))
    monkeypatch.setenv("DUCKDB_PATH", str(folder / "build.duckdb"))
    said = restored_models()
    assert said.returncode == 0, said.stderr
    assert "segmentation.segment_models" in said.stdout
    restored = again.build()
    keys = "select user_id, segment_key from segmentation.user_segments order by all"
    assert restored.query(keys).equals(life.third.query(keys))
    for table in (
        *("model_versions", "segment_history", "segment_lineage"),
        "segment_name_changes",
    ):
        rows = f"from marts.{table} order by all"
        assert restored.query(rows).equals(life.third.query(rows))
    said = restored_models()
    assert said.returncode == 1
    assert said.stderr.startswith("Nothing is restored: ")


def test_an_old_model_that_is_still_good_stays(life, months):
    folder = life.folder.parent / "aged"
    again = Life(folder)
    shutil.copy(life.first.database, folder / "build.duckdb")
    again.change(
        """
        update segmentation.segment_models
        set trained_at = trained_at - interval 100 days
        """
    )
    aged = again.build(months[0], min_cell_size=0)
    assert life.first.query("from marts.segmentations")["verdict"][0] != "none"
    _, newest = versions(aged)["reason"]
    assert "100 days old" in newest
    assert "It stays as it was" in newest
    marts, before = (
        marts_of(build, without=["model_version"]) for build in (aged, life.first)
    )
    # It has another version of the same model to tell of.
    assert marts.pop("segment_lineage") != before.pop("segment_lineage")
    assert marts == before


def test_a_feature_that_drifts_trains_a_model_once(life, months):
    folder = life.folder.parent / "drifted"
    again = Life(folder)
    shutil.copy(life.first.database, folder / "build.duckdb")
    column = "Likes and Reactions"
    users = [{**user, column: str(5 * int(user[column]))} for user in months[0]]
    drifted = again.build(users, min_cell_size=0)
    _, newest = versions(drifted)["reason"]
    assert newest.startswith("Likes and reactions drifted (stability index "), newest
    # All grew by the same factor: hardly anybody changed place among the others.
    assert sum(told_moves(drifted).values()) < 0.05 * USER_COUNT
    keys = "select distinct segment_key from marts.segments order by all"
    assert drifted.query(keys).equals(life.first.query(keys))
    drift = drifted.query(
        "select max(stability_index), max(band) from marts.feature_drift"
    )
    assert drift.to_numpy().tolist() == [[0, "stable"]]
    assert len(versions(again.build(users))) == 2


def test_a_pinned_model_scores_and_nothing_is_trained(life, months):
    folder = life.folder.parent / "pinned"
    again = Life(folder)
    shutil.copy(life.third.database, folder / "build.duckdb")
    pinned = again.build(months[2], retrain="always", settings={"model_version": 1})
    assert list(versions(pinned)["is_in_use"]) == [True, False]
    scored = pinned.query(
        "select distinct model_version from segmentation.user_segments"
    )
    assert scored["model_version"].tolist() == [1]
    users = features_of(pinned)
    told = pinned.query("from segmentation.user_segments").set_index("user_id")
    placements = placed(users, model_of(pinned, 1))
    assert placements.to_dict() == told["segment_number"].to_dict()


@pytest.mark.parametrize(
    ("settings", "variables", "message"),
    [
        (
            {"model_version": 7},
            {},
            "model_version is 7, and the registry has 1, 2: make models lists them.",
        ),
        (
            {"model_version": 1, "segment_count": 5},
            {},
            "model version 1 was trained with other features",
        ),
        (
            {"segment_count": 5},
            {"retrain": "never"},
            "a model has to be trained, and the variable retrain is never. What the ",
        ),
        ({}, {"retrain": "sometimes"}, "The variable retrain is sometimes; it can be"),
        ({}, {"max_count_drop": 2}, "The variable max_count_drop is 2; it must be a"),
        ({}, {"max_model_age_days": -1}, "The variable max_model_age_days is -1; it"),
        ({"model_version": 0}, {}, "model_version is 0; it must be a whole number"),
    ],
)
def test_what_cannot_be_used_stops_the_build(
    life, tmp_path, settings, variables, message
):
    again = Life(tmp_path / "refused")
    shutil.copy(life.third.database, again.folder / "build.duckdb")
    shutil.copy(life.file, again.file)
    refused = again.build(is_green=False, settings=settings, **variables)
    assert refused.returncode != 0
    assert message in " ".join(refused.output.split())
    registry = "from segmentation.segment_models order by all"
    assert refused.query(registry).equals(life.third.query(registry))
