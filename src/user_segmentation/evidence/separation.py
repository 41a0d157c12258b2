"""Whether segments lie apart, or are slices of one cloud."""

import numpy as np

from user_segmentation.training.known import at_center

# Half the width of the windows at the two centres and at the border between them, in
# half distances of the centres.
WINDOW = 0.25


def border_density(matrix, segments):
    """How full the fullest border is: that of the segment that is least apart.

    Parameters
    ----------
    matrix, segments
        As for `border_densities`.

    Returns
    -------
    float
    """
    return float(border_densities(matrix, segments)[0].max())


def border_densities(matrix, segments):
    """How full the border of each segment is, beside the centres it lies between.

    Users of a segment and of its nearest neighbour are seen along the line through both
    centres: -1 is the one, 1 the other and 0 the border. Where two groups lie apart few
    users are near the border; a cloud cut in two is densest there. What is not known of
    a user speaks for neither side.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segments : Segments
        A partition of its users into two segments or more.

    Returns
    -------
    densities : ndarray of shape (segment_count,)
        Users near the border over the smaller number near a centre; 0 or more.
    neighbours : ndarray of shape (segment_count,)
        Position of each segment's nearest neighbour, from 0.
    """
    centroids = segments.centroids
    distances = np.linalg.norm(centroids[:, None] - centroids, axis=2)
    np.fill_diagonal(distances, np.inf)
    neighbours = distances.argmin(axis=1)
    lines = centroids[neighbours] - centroids
    middles = (centroids[neighbours] + centroids) / 2
    # Two segments in the same place have no line between them.
    half_squared = np.maximum((lines**2).sum(axis=1) / 2, np.finfo(float).tiny)
    densities = np.empty(len(centroids))
    for segment, neighbour in enumerate(neighbours):
        is_near = (segments.labels == segment) | (segments.labels == neighbour)
        positions = at_center(matrix[is_near] - middles[segment]) @ lines[segment]
        positions /= half_squared[segment]
        near_border, *near_centres = (
            np.count_nonzero(np.abs(positions - place) < WINDOW) for place in (0, -1, 1)
        )
        densities[segment] = near_border / max(min(near_centres), 1)
    return densities, neighbours
