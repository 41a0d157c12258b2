"""Flows of users from the segments of one release to those of the next."""

from dataclasses import dataclass

from user_segmentation.report.geometry import Tip, band, tip_beside
from user_segmentation.report.words import or_more, short

WIDTH, NODE_WIDTH, GAP, FLOW_HEIGHT, TOP = 720, 10, 26, 260, 24
LEFT, RIGHT = 210, WIDTH - 210
OUTSIDE = {"from": "New users", "to": "Left"}
CAUSES = {
    "came": "New users, who were not there before",
    "left": "Users who are gone",
    "user": "What is known of the user has changed",
    "model": "The model has changed",
    "both": "Both of these have changed",
}


@dataclass(frozen=True)
class Node:
    """A segment on one side."""

    name: str
    users: str
    x: float
    y: float
    height: float
    anchor: str
    label_x: float


@dataclass(frozen=True)
class Flow:
    """The users who moved from one segment to another."""

    users: str
    path: str
    tip: Tip
    spoken: str


@dataclass(frozen=True)
class Flows:
    """The chart of the moves at one time."""

    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    height: float


def newest_moves(rows):
    """The moves of the newest time among the rows of the mart segment_migrations.

    None where everybody came at that time, as in the first build.
    """
    newest = max((row.moved_at for row in rows), default=None)
    moves = [row for row in rows if row.moved_at == newest]
    return moves if any(row.from_segment_name for row in moves) else []


def flows(rows):
    """Lay out the chart.

    Parameters
    ----------
    rows : list of rows of the mart segment_migrations of one objective and time

    Returns
    -------
    Flows
        The height of a band is in proportion to its users; whoever stayed is not shown,
        nor are moves whose users are hidden. None where all are.
    """
    moves = {}
    for row in rows:
        move = (
            row.from_segment_name or OUTSIDE["from"],
            row.to_segment_name or OUTSIDE["to"],
        )
        moves.setdefault(move, []).append(row)
    counts = {move: count for move, found in moves.items() if (count := _sum(found))}
    if not counts:
        return None
    unit = FLOW_HEIGHT / sum(counts.values())
    sources, source_tops = _column(moves, 0, unit, LEFT, "end")
    targets, target_tops = _column(moves, 1, unit, RIGHT, "start")
    height = max(node.y + node.height for node in [*sources, *targets]) + TOP
    bands = []
    for (source, target), count in sorted(counts.items()):
        start, end = source_tops[source], target_tops[target]
        path = band(LEFT + NODE_WIDTH, start, RIGHT, end, count * unit)
        source_tops[source] += count * unit
        target_tops[target] += count * unit
        users = users_of(moves[source, target])
        facts = [
            f"{users} users",
            f"from {short(source)}",
            f"to {short(target)}",
        ]
        tip = tip_beside(WIDTH / 2, (start + end) / 2, facts, WIDTH, height)
        bands.append(Flow(users, path, tip, " ".join(facts)))
    return Flows((*sources, *targets), tuple(bands), height)


def users_of(rows):
    """How many users made these moves, in words: rows of the mart may hide some."""
    return or_more(_sum(rows), any(row.user_count is None for row in rows))


def _sum(rows):
    return sum(row.user_count or 0 for row in rows)


def _column(moves, side, unit, x, anchor):
    """The nodes of one side, the largest on top, and where each begins."""
    own = {}
    for move, rows in moves.items():
        own.setdefault(move[side], []).extend(rows)
    sums = {name: total for name, rows in own.items() if (total := _sum(rows))}
    nodes, tops, y = [], {}, TOP
    for name in sorted(sums, key=lambda name: (-sums[name], name)):
        height = sums[name] * unit
        label_x = x - 8 if anchor == "end" else x + NODE_WIDTH + 8
        users = users_of(own[name])
        nodes.append(Node(short(name, 26), users, x, y, height, anchor, label_x))
        tops[name] = y
        y += height + GAP
    return nodes, tops
