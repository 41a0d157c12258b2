"""Public files of customers, from a draft to segments without an edit."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import StandardScaler

from conftest import CASE_STUDY, copy_project, green_build
from user_segmentation.draft.command import run_draft

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drafted_build(tmp_path_factory):
    """Function that drafts a file and builds from the draft."""

    def build(name):
        file = CASE_STUDY.with_name(f"{name}.csv")
        if not file.exists():
            pytest.skip(f"{file} is not here: its licence is unclear, and not shipped")
        folder = tmp_path_factory.mktemp(name)
        project = copy_project(folder)
        declaration = project / f"models/inputs/{name}.yml"
        run_draft(str(file), to=str(declaration))
        return file, green_build(folder, project=project, user_profiles=name)

    return build


def segments_of(build, objective):
    return build.query(
        f"select {objective}_segment from marts.users order by cast(user_id as int)"
    ).iloc[:, 0]


def test_the_five_groups_of_the_mall_are_found(drafted_build):
    file, build = drafted_build("mall_customers")
    customers = pd.read_csv(file).sort_values("CustomerID").iloc[:, 3:5]
    textbook = KMeans(5, n_init=50, random_state=0).fit_predict(
        StandardScaler().fit_transform(customers)
    )
    segments = segments_of(build, "mall_customers")
    assert segments.nunique() == 5
    assert adjusted_rand_score(textbook, segments) >= 0.9


def test_a_campaign_file_is_segmented_as_scikit_learn_does(drafted_build):
    _, build = drafted_build("marketing_campaign")
    # A missing income rejects nobody.
    read = build.query(
        "select read_count, accepted_count from marts.sources "
        "where source = 'user_profiles'"
    )
    assert read.to_numpy().tolist() == [[2240, 2240]]

    scales = build.query("from segmentation.feature_scales order by feature")
    features = build.query("from features.user_features order by cast(user_id as int)")
    treated = [
        ((values - row.center) / row.scale).clip(-row.clip, row.clip).fillna(0)
        for row in scales.itertuples()
        for values in [
            np.log1p(features[row.feature].astype(float))
            if row.transform == "log1p"
            else features[row.feature].astype(float)
        ]
    ]
    segments = segments_of(build, "marketing_campaign")
    fitted = KMeans(segments.nunique(), n_init=50, random_state=0)
    assert adjusted_rand_score(fitted.fit_predict(np.array(treated).T), segments) > 0.95
