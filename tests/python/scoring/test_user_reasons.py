"""The reasons for each user's segment, against NumPy."""

import numpy as np
import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scored(sample_build):
    """Of each objective: names of features, all strengths, segments and reasons."""
    return [
        strengths(sample_build, objective) for objective in objectives(sample_build)
    ]


def objectives(build):
    return build.query("from segmentation.objectives order by objective")["objective"]


def strengths(build, objective):
    condition = f"where objective = '{objective}'"
    models = build.query(f"from segmentation.model_registry {condition} and is_current")
    centroids = models.pivot(
        index="segment_number", columns="feature", values="centroid"
    )
    vectors = build.query(
        f"from segmentation.training_matrix {condition} order by user_id"
    )
    segments = build.query(
        f"from segmentation.user_segments {condition} order by user_id"
    )
    reasons = build.query(
        f"from segmentation.user_reasons {condition} order by user_id"
    )
    assert (vectors["user_id"] == segments["user_id"]).all()
    assert (reasons["user_id"] == segments["user_id"]).all()
    matrix = np.ma.stack(vectors["vector"].to_numpy()).filled(np.nan)
    own = centroids.loc[segments["segment_number"]].to_numpy()
    runner_up = centroids.loc[segments["runner_up_number"]].to_numpy()
    return (
        centroids.columns.to_numpy(),
        (matrix - runner_up) ** 2 - (matrix - own) ** 2,
        segments,
        reasons,
    )


def test_strengths_of_all_features_add_up_to_the_difference_of_squared_distances(
    scored,
):
    assert len(scored) == 3
    for _, strength, segments, _ in scored:
        runner_up_distance = segments["distance"] + segments["margin"]
        difference = runner_up_distance**2 - segments["distance"] ** 2
        np.testing.assert_allclose(np.nansum(strength, axis=1), difference, atol=1e-9)


def test_reasons_of_every_user_are_the_strongest_features(scored):
    assert len(scored) == 3
    for features, strength, segments, reasons in scored:
        assert len(reasons) == 1000
        assert (reasons["segment_key"] == segments["segment_key"]).all()
        assert (reasons["runner_up_number"] == segments["runner_up_number"]).all()
        order = np.argsort(-strength, axis=1, kind="stable")
        for rank in range(3):
            strongest = np.take_along_axis(strength, order[:, [rank]], axis=1)[:, 0]
            found = reasons[f"reason_{rank + 1}_strength"].to_numpy(float)
            is_reason = strongest > 0
            np.testing.assert_allclose(
                found[is_reason], strongest[is_reason], atol=1e-9
            )
            # Nothing that is zero but for rounding is told apart; what is not known of
            # a user is no reason.
            assert np.isnan(found[~(strongest > -1e-9)]).all()
            names = reasons[f"reason_{rank + 1}"]
            assert (names.isna() == np.isnan(found)).all()
            is_named = names.notna().to_numpy()
            named = np.searchsorted(features, names[is_named].to_numpy(str))
            # Where two are as strong but for rounding, either may stand first.
            np.testing.assert_allclose(
                strength[is_named, named], strongest[is_named], atol=1e-9
            )
