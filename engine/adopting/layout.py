"""A place for every step: columns from left to right as the case goes, rows in the lane of each; arrows in the room between.

All sizes are in points. Arrows run through the gaps between columns and rows, so that none lies over a step.
"""

from dataclasses import dataclass, field

from engine.adopting.graph import EVENTS, GATEWAYS, ForeignFlow, ForeignGraph, ForeignNode
from engine.words import ElementKind

WIDE, HIGH = 190, 130  # of a column, of a row
LEFT, TOP, HEAD = 160, 80, 60  # where the pool begins, and the room of the names of pool and lanes
TASK, EVENT, GATEWAY = (100, 80), (36, 36), (50, 50)
GAP, STEP, WAYS = 14, 5, 6  # from a step to the first arrow beside it, between arrows, and how many lie side by side

Point = tuple[float, float]


@dataclass(slots=True)
class Place:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(slots=True)
class ScopePicture:
    """Places and lines of one scope: `lanes` by id, empty in a subprocess."""

    boxes: dict[str, Place] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    lanes: dict[str, Place] = field(default_factory=dict)
    pool: Place | None = None


@dataclass(slots=True)
class GridCell:
    column: int
    row: int


def lay_out(graph: ForeignGraph, scope: str) -> ScopePicture:
    nodes = [node for node in graph.inside(scope) if node.kind != ElementKind.BOUNDARY_EVENT]
    columns = _columns(graph, scope)
    lanes = _lanes_in_order(graph) if not scope else [""]
    cells, heights = _rows(graph, nodes, columns, lanes, scope)
    picture = ScopePicture()
    tops: dict[str, float] = {}
    top = float(TOP)
    for lane in lanes:
        tops[lane] = top
        top += heights[lane] * HIGH + 20
    across = (max((cell.column for cell in cells.values()), default=0) + 1) * WIDE + 40
    left = LEFT + HEAD if not scope else LEFT
    for node in nodes:
        cell, (width, height) = cells[node.id], _size(node)
        middle = (
            left + cell.column * WIDE + WIDE / 2,
            tops[node.lane if not scope else ""] + 10 + cell.row * HIGH + HIGH / 2,
        )
        picture.boxes[node.id] = Place(middle[0] - width / 2, middle[1] - height / 2, width, height)
    _boundaries(graph, scope, picture)
    if not scope:
        picture.pool = Place(LEFT, TOP, across + HEAD, top - TOP)
        picture.lanes = {
            lane: Place(LEFT + 30, tops[lane], across + HEAD - 30, heights[lane] * HIGH + 20) for lane in lanes
        }
    flows = [flow for flow in graph.flows.values() if graph.nodes[flow.source].scope == scope]
    taken = {(cell.column, round(picture.boxes[key].middle[1])) for key, cell in cells.items()}
    for number, flow in enumerate(flows):
        picture.lines[flow.id] = _line(flow, number, graph, cells, picture, taken)
    return picture


def _size(node: ForeignNode) -> tuple[int, int]:
    if node.kind in EVENTS:
        return EVENT
    return GATEWAY if node.kind in GATEWAYS else TASK


def _lanes_in_order(graph: ForeignGraph) -> list[str]:
    return [lane for pool in graph.pools.values() for lane, _ in pool.lanes]


def _columns(graph: ForeignGraph, scope: str) -> dict[str, int]:
    """The longest way from a begin, arrows that go back left out; what hangs on a step counts from that step."""
    inside = [node.id for node in graph.inside(scope)]
    after: dict[str, list[str]] = {key: [] for key in inside}
    for flow in graph.flows.values():
        if flow.source in after:
            after[flow.source].append(flow.target)
    for node in graph.inside(scope):
        if node.attached_to:
            after.setdefault(node.attached_to, []).append(node.id)
    order, back = _depth_first(inside, after)
    column = dict.fromkeys(inside, 0)
    for key in order:
        for target in after[key]:
            if (key, target) not in back:
                step = 0 if graph.nodes[target].attached_to == key else 1
                column[target] = max(column[target], column[key] + step)
    return column


def _depth_first(inside: list[str], after: dict[str, list[str]]) -> tuple[list[str], set[tuple[str, str]]]:
    """Every node after those that lead to it, and the arrows that go back."""
    targets = {target for ways in after.values() for target in ways}
    roots = [key for key in inside if key not in targets] + inside
    done: list[str] = []
    seen: set[str] = set()
    path: set[str] = set()
    back: set[tuple[str, str]] = set()
    for root in roots:
        todo = [(root, iter(after[root]))] if root not in seen else []
        seen.add(root)
        path = {root}
        while todo:
            key, rest = todo[-1]
            target = next(rest, None)
            if target is None:
                done.append(key)
                path.discard(key)
                todo.pop()
            elif target in path:
                back.add((key, target))
            elif target not in seen:
                seen.add(target)
                path.add(target)
                todo.append((target, iter(after[target])))
    return done[::-1], back


def _rows(
    graph: ForeignGraph, nodes: list[ForeignNode], columns: dict[str, int], lanes: list[str], scope: str
) -> tuple[dict[str, GridCell], dict[str, int]]:
    """Beside what leads to it where that row is free, else the nearest free row of its lane."""
    cells: dict[str, GridCell] = {}
    used: set[tuple[str, int, int]] = set()
    heights = dict.fromkeys(lanes, 1)
    for node in sorted(nodes, key=lambda one: columns[one.id]):
        lane = node.lane if not scope else ""
        wished = [
            cells[source].row
            for source in _sources(graph, node)
            if source in cells and (graph.nodes[source].lane == node.lane or scope)
        ]
        start = min(wished, default=0)
        row = min(
            (row for row in range(len(nodes) + 1) if (lane, columns[node.id], row) not in used),
            key=lambda row: abs(row - start),
        )
        used.add((lane, columns[node.id], row))
        cells[node.id] = GridCell(columns[node.id], row)
        heights[lane] = max(heights[lane], row + 1)
    return cells, heights


def _sources(graph: ForeignGraph, node: ForeignNode) -> list[str]:
    return [graph.nodes[flow.source].attached_to or flow.source for flow in graph.into(node.id)]


def _boundaries(graph: ForeignGraph, scope: str, picture: ScopePicture) -> None:
    """Side by side on the lower border of their step."""
    hung: dict[str, int] = {}
    for node in graph.inside(scope):
        if node.kind == ElementKind.BOUNDARY_EVENT:
            host, count = picture.boxes[node.attached_to], hung.get(node.attached_to, 0)
            hung[node.attached_to] = count + 1
            picture.boxes[node.id] = Place(host.right - 30 - 38 * count - 12, host.bottom - 18, 36, 36)


def _line(
    flow: ForeignFlow,
    number: int,
    graph: ForeignGraph,
    cells: dict[str, GridCell],
    picture: ScopePicture,
    taken: set[tuple[int, int]],
) -> list[Point]:
    source, target = picture.boxes[flow.source], picture.boxes[flow.target]
    hung = graph.nodes[flow.source].attached_to
    here, there = cells[hung or flow.source], cells[flow.target]
    aside = GAP + number % WAYS * STEP
    door = target.middle[0] - WIDE / 2 + aside - GAP  # in the gap before the column of the target
    end = [(door, target.middle[1]), (target.x, target.middle[1])]
    if hung:
        below = source.bottom + 2 + number % WAYS * 2
        return [(source.middle[0], source.bottom), (source.middle[0], below), (door, below), *end]
    start = (source.right, source.middle[1])
    if (
        here.column < there.column
        and abs(source.middle[1] - target.middle[1]) < 1
        and not _between(here, there, start[1], taken)
    ):
        return [start, end[1]]
    if there.column == here.column + 1:
        return [start, (door, start[1]), *end]
    out = source.middle[0] + WIDE / 2 - GAP - number % WAYS * STEP  # in the gap behind the column of the source
    lower = (source if source.middle[1] > target.middle[1] else target).middle[1] + HIGH / 2 - 4 - number % WAYS * 2
    return [start, (out, start[1]), (out, lower), (door, lower), *end]


def _between(here: GridCell, there: GridCell, height: float, taken: set[tuple[int, int]]) -> bool:
    return any((column, round(height)) in taken for column in range(here.column + 1, there.column))
