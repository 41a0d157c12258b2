"""What SQL scales and scores, against scikit-learn."""

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

from conftest import green_build
from generate_sample import main as generate_sample


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


def test_scales_are_those_of_the_standard_scaler(sample_build):
    scales = sample_build.query(
        """
        select feature_scales.*, feature_catalog.kind, objective_blocks.weight
        from segmentation.feature_scales
        inner join raw.feature_catalog using (feature)
        inner join segmentation.objective_blocks
            on feature_scales.objective = objective_blocks.objective
            and feature_scales.block = objective_blocks.block
        """
    )
    features = sample_build.query("from features.user_features")
    assert len(scales) > 30
    for _, block in scales.groupby(["objective", "block"]):
        values = features[block["feature"]].astype(float)
        for row in block.itertuples():
            if row.transform == "log1p":
                values[row.feature] = np.log1p(values[row.feature])
        standard = StandardScaler().fit(values)
        unweighted = np.where(block["kind"] == "flag", np.sqrt(2), standard.scale_)
        variance = (standard.var_ / unweighted**2).sum()
        factor = np.sqrt(block["weight"].iloc[0] / variance)
        np.testing.assert_allclose(block["center"], standard.mean_, rtol=0, atol=1e-9)
        np.testing.assert_allclose(block["scale"], unweighted / factor, rtol=1e-9)
        np.testing.assert_allclose(block["clip"], 3 * factor, rtol=1e-9)


def test_every_user_has_the_segment_that_scikit_learn_predicts(build):
    features = build.query("from features.user_features order by user_id")
    models = build.query(
        "from segmentation.current_models order by objective, segment_number, feature"
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
        scales = rows[rows["segment_number"] == 1]
        values = features[scales["feature"]].astype(float).to_numpy()
        is_log = (scales["transform"] == "log1p").to_numpy()
        values[:, is_log] = np.log1p(values[:, is_log])
        matrix = np.clip(
            (values - scales["center"].to_numpy()) / scales["scale"].to_numpy(),
            -scales["clip"].to_numpy(),
            scales["clip"].to_numpy(),
        )
        centroids = rows["centroid"].to_numpy().reshape(-1, len(scales))
        model = KMeans(len(centroids), init=centroids, n_init=1).fit(centroids)
        model.cluster_centers_ = centroids

        is_other = model.predict(matrix) + 1 != segments["segment_number"]
        assert (segments.loc[is_other, "margin"] < 1e-9).all()
        distances = np.sort(model.transform(matrix), axis=1)
        np.testing.assert_allclose(segments["distance"], distances[:, 0], atol=1e-9)
        np.testing.assert_allclose(
            segments["margin"], distances[:, 1] - distances[:, 0], atol=1e-9
        )
