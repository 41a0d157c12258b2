"""What became of old segments, and where new ones come from."""

import numpy as np
import pandas as pd

from user_segmentation.training.identity import NONE, user_overlap

# A share above it is larger than all others together: each segment has at most one
# origin and one successor, and no event needs a second threshold to be told apart.
MOST = 0.5


def lineage(old_labels, new_labels, old_keys, new_keys, *, user_counts=1):
    """Say of each key of two versions what happened to it.

    Each old key has one event:

    - `kept`: it is still there.
    - `merged`: it is gone, and most of its users are in one segment together with
      others. That segment is a kept one, or a new one that is not most of all this.
    - `retired`: it is gone, and its users left or went to several segments, or to one
      that was split from it.

    Each new key that is not kept has one event:

    - `split`: most of its users were in one old segment, whether that is kept or gone.
    - `born`: its users come from several segments, or were not there.

    Users who came or left count among those of their segment, so that neither a few
    stragglers of a segment that left nor a few of the first users of a new one decide.

    Parameters
    ----------
    old_labels, new_labels : ndarray of shape (row_count,)
        Position of the user's segment in each version, from 0; `identity.NONE` where
        the user is not there.
    old_keys, new_keys : ndarray of shape (old_count,) and (new_count,)
        Key of each position.
    user_counts : ndarray of shape (row_count,), optional
        How many users a row stands for; by default one.

    Returns
    -------
    DataFrame
        One row per event: event, old_key (none of what is born), new_key (none of
        what is retired), and the overlap that decides: user_count, share_of_old,
        share_of_new. Of what is retired or born it is the largest overlap. In the
        order of the old and then of the new keys.
    """
    shared = user_overlap(
        old_labels, new_labels, len(old_keys), len(new_keys), user_counts
    )
    # Of equal overlaps that of the lowest key is shown, wherever the segment stands.
    old_order, new_order = np.argsort(old_keys), np.argsort(new_keys)
    shared = shared[np.ix_([*old_order, NONE], [*new_order, NONE])]
    old_keys, new_keys = np.sort(old_keys), np.sort(new_keys)
    share_of_old = shared / np.maximum(shared.sum(axis=1, keepdims=True), 1)
    share_of_new = shared / np.maximum(shared.sum(axis=0), 1)
    # To be nowhere is neither an origin nor a successor.
    for overlap in (shared, share_of_old, share_of_new):
        overlap[NONE] = overlap[:, NONE] = 0

    origins = shared.argmax(axis=0)
    is_new = ~np.isin(new_keys, old_keys)
    is_split = is_new & (share_of_new.max(axis=0)[:-1] > MOST)

    events = []
    for old, key in enumerate(old_keys):
        if key in new_keys:
            events.append(("kept", old, int(np.flatnonzero(new_keys == key)[0])))
            continue
        new = shared[old].argmax()
        has_successor = share_of_old[old, new] > MOST and not (
            is_split[new] and origins[new] == old
        )
        events.append(("merged" if has_successor else "retired", old, new))
    for new in np.flatnonzero(is_new):
        events.append(("split" if is_split[new] else "born", origins[new], new))

    records = pd.DataFrame(
        [
            (
                event,
                None if event == "born" else old_keys[old],
                None if event == "retired" else new_keys[new],
                shared[old, new],
                share_of_old[old, new],
                share_of_new[old, new],
            )
            for event, old, new in events
        ],
        columns=[
            *("event", "old_key", "new_key"),
            *("user_count", "share_of_old", "share_of_new"),
        ],
    )
    whole = dict.fromkeys(["old_key", "new_key", "user_count"], "Int64")
    return records.astype({"event": "str", **whole})
