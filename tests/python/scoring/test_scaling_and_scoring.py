"""What SQL scales and scores, against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics.pairwise import nan_euclidean_distances

from conftest import green_build
from generate_sample import main as generate_sample
from treatment import feature_scales, scaled, treated

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def random_draw_build(tmp_path_factory):
    """20,000 users that nobody has seen, read straight from Parquet."""
    folder = tmp_path_factory.mktemp("draw")
    file = folder / "users.parquet"
    generate_sample(["--users", "20000", "--seed", "7", "--output", str(file)])
    return green_build(folder, user_profiles=str(file))


@pytest.fixture(scope="module", params=["sample", "random draw"])
def build(request, sample_build):
    if request.param == "sample":
        return sample_build
    return request.getfixturevalue("random_draw_build")


@pytest.fixture(scope="module")
def scales(sample_build):
    """The scales of each objective, with what the catalogue says of the features."""
    rows = sample_build.query(
        """
        select feature_scales.*, basis_features.kind, basis_features.weight
        from segmentation.feature_scales
        inner join segmentation.basis_features using (objective, feature)
        order by feature
        """
    )
    assert len(rows) > 30
    return dict(list(rows.groupby("objective")))


def test_scales_are_those_of_the_standard_scaler(sample_build, scales):
    features = sample_build.query("from features.user_features")
    for rows in scales.values():
        expected = feature_scales(features, rows)
        for column in ("center", "scale", "clip"):
            np.testing.assert_allclose(rows[column], expected[column], rtol=1e-9)


def test_generated_data_are_treated_as_the_training_matrix_is(sample_build, scales):
    features = sample_build.query("from features.user_features order by user_id")
    assert len(scales) == 3
    for objective, rows in scales.items():
        vectors = sample_build.query(
            f"""
            select vector from segmentation.training_matrix
            where objective = '{objective}' order by user_id
            """
        )["vector"]
        # The catalogue in another order, which must not matter.
        catalog = rows.drop(columns=["center", "scale", "clip"])[::-1]
        matrix, sources = treated(features, catalog)
        stored = np.ma.stack(vectors).filled(np.nan)
        assert np.isnan(stored).any()
        np.testing.assert_allclose(matrix, stored, rtol=0, atol=1e-9)
        assert sources == rows["source"].tolist()


def test_every_user_has_the_segment_that_is_nearest_by_what_is_known(build):
    features = build.query("from features.user_features order by user_id")
    models = build.query(
        "from segmentation.model_registry where is_current "
        "order by objective, segment_number, feature"
    )
    assert models["objective"].nunique() == 3
    for objective, rows in models.groupby("objective"):
        segments = build.query(
            f"""
            from segmentation.user_segments where objective = '{objective}'
            order by user_id
            """
        )
        assert (segments["user_id"] == features["user_id"]).all()
        matrix = scaled(features, rows[rows["segment_number"] == 1])
        centroids = rows["centroid"].to_numpy().reshape(-1, matrix.shape[1])
        # scikit-learn makes up for what is not known, and we do not.
        known_shares = np.mean(~np.isnan(matrix), axis=1, keepdims=True)
        distances = nan_euclidean_distances(matrix, centroids) * np.sqrt(known_shares)

        is_other = distances.argmin(axis=1) + 1 != segments["segment_number"]
        assert (segments.loc[is_other, "margin"] < 1e-9).all()
        distances.sort(axis=1)
        np.testing.assert_allclose(segments["distance"], distances[:, 0], atol=1e-9)
        np.testing.assert_allclose(
            segments["margin"], distances[:, 1] - distances[:, 0], atol=1e-9
        )
