"""A place for every step: columns from left to right as the case goes, rows in the lane of each; arrows in the room between.

All sizes are in points. Arrows run through the gaps between columns and rows, so that none lies over a step.
"""

from dataclasses import dataclass, field

from engine.adopting.graph import EVENTS, GATEWAYS, ForeignFlow, ForeignGraph, ForeignNode
from engine.words import ElementKind

WIDE, NARROW, HIGH = 170, 112, 130  # of a column with tasks, of one without; of a row
EMPTY = 0.6  # rows of a lane without steps of its own here
NAMED = 54  # more room before a column to which arrows with a name lead
LEFT, TOP, HEAD = 160, 80, 60  # where the pool begins, and the room of the names of pool and lanes
TASK, SUBPROCESS, EVENT, GATEWAY = (100, 80), (126, 80), (36, 36), (50, 50)
WIDEST, LONG_WAY = 90, 4  # of a name on an arrow; the points of an arrow that goes straight on, at most
STEP, WAYS = 5, 6  # between arrows side by side, and how many there are

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
    labels: dict[str, Place] = field(default_factory=dict)  # of arrows and border events with a name
    lanes: dict[str, Place] = field(default_factory=dict)
    pool: Place | None = None


@dataclass(slots=True)
class GridCell:
    column: int
    row: int


@dataclass(slots=True)
class Columns:
    """The columns of one scope: where each it begins, how much room for names is before its steps, and how wide they are."""

    begins: list[float]
    room: list[int]
    wide: list[int]

    def middle(self, column: int) -> float:
        return self.begins[column] + self.room[column] + self.wide[column] / 2

    def end(self, column: int) -> float:
        return self.begins[column] + self.room[column] + self.wide[column]


def lay_out(graph: ForeignGraph, scope: str) -> ScopePicture:
    nodes = [node for node in graph.inside(scope) if node.kind != ElementKind.BOUNDARY_EVENT]
    numbers = _columns(graph, scope)
    lanes = _lanes_in_order(graph) if not scope else [""]
    cells, heights = _rows(graph, nodes, numbers, lanes, scope)
    picture = ScopePicture()
    tops: dict[str, float] = {}
    top = float(TOP)
    for lane in lanes:
        tops[lane] = top
        top += heights[lane] * HIGH + 20
    columns = _widths(graph, cells, LEFT + HEAD if not scope else LEFT)
    for node in nodes:
        cell, (width, height) = cells[node.id], _size(node)
        middle = columns.middle(cell.column), tops[node.lane if not scope else ""] + 10 + cell.row * HIGH + HIGH / 2
        picture.boxes[node.id] = Place(middle[0] - width / 2, middle[1] - height / 2, width, height)
    _boundaries(graph, scope, picture)
    if not scope:
        across = columns.end(len(columns.wide) - 1) + 40 - LEFT
        picture.pool = Place(LEFT, TOP, across, top - TOP)
        picture.lanes = {lane: Place(LEFT + 30, tops[lane], across - 30, heights[lane] * HIGH + 20) for lane in lanes}
    flows = [flow for flow in graph.flows.values() if graph.nodes[flow.source].scope == scope]
    taken = {(cell.column, round(picture.boxes[key].middle[1])) for key, cell in cells.items()}
    for number, flow in enumerate(flows):
        picture.lines[flow.id] = _line(flow, number, graph, cells, columns, picture, taken)
        if flow.name:
            crowd = sum(bool(other.name) for other in graph.into(flow.target))
            picture.labels[flow.id] = _label(flow.name, picture.lines[flow.id], aside=crowd > 1)
    return picture


def _label(name: str, points: list[Point], *, aside: bool) -> Place:
    """Above the last stretch, beside the step that it leads to; of several to one step, above the lower stretch where there is one."""
    across = min(WIDEST, 7 * len(name) + 6)
    lines = -(-7 * len(name) // WIDEST)
    if aside and len(points) > LONG_WAY:
        x, y = points[2]
        return Place(x + 8, y - 2 - 14 * lines, across, 14 * lines)
    x, y = points[-1]
    return Place(x - across - 8, y - 4 - 14 * lines, across, 14 * lines)


def _widths(graph: ForeignGraph, cells: dict[str, GridCell], left: float) -> Columns:
    count = max((cell.column for cell in cells.values()), default=0) + 1
    wide, room = [NARROW] * count, [0] * count
    for key, cell in cells.items():
        if _size(graph.nodes[key]) in (TASK, SUBPROCESS):
            wide[cell.column] = WIDE
        if cell.column and any(flow.name for flow in graph.into(key)):
            room[cell.column] = NAMED
    begins = [left + sum(wide[:column]) + sum(room[:column]) for column in range(count)]
    return Columns(begins, room, wide)


def _size(node: ForeignNode) -> tuple[int, int]:
    if node.kind in EVENTS:
        return EVENT
    if node.kind == ElementKind.SUB_PROCESS:
        return SUBPROCESS
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
) -> tuple[dict[str, GridCell], dict[str, float]]:
    """Each straight stretch in one row: beside what leads to it where all its columns are free, else in the nearest free row of its lane."""
    cells: dict[str, GridCell] = {}
    used: set[tuple[str, int, int]] = set()  # lane, column, row
    heights = dict.fromkeys(lanes, EMPTY)
    ahead = _ahead(graph, nodes, columns)
    for node in sorted(nodes, key=lambda one: (columns[one.id], -ahead[one.id])):
        if node.id in cells:
            continue
        stretch = _stretch(graph, node, columns, ahead, cells)
        for lane in dict.fromkeys("" if scope else one.lane for one in stretch):
            own = [one for one in stretch if scope or one.lane == lane]
            across = range(columns[own[0].id], columns[own[-1].id] + 1)
            wished = [cells[source].row for source in _sources(graph, own[0]) if _placed_in(graph, source, lane, cells)]
            free = [row for row in range(len(nodes) + 1) if not any((lane, column, row) in used for column in across)]
            row = min((abs(one - min(wished, default=0)), one) for one in free)[1]
            used |= {(lane, column, row) for column in across}
            cells |= {one.id: GridCell(columns[one.id], row) for one in own}
            heights[lane] = max(heights[lane], row + 1)
    return cells, heights


def _stretch(
    graph: ForeignGraph, first: ForeignNode, columns: dict[str, int], ahead: dict[str, int], cells: dict[str, GridCell]
) -> list[ForeignNode]:
    """From this step on the longest way through steps that have no place yet."""
    found = [first]
    while True:
        last = found[-1].id
        onward = [
            flow.target for flow in graph.out(last) if flow.target not in cells and columns[flow.target] > columns[last]
        ]
        if not onward:
            return found
        found.append(graph.nodes[max(onward, key=lambda one: ahead[one])])


def _placed_in(graph: ForeignGraph, source: str, lane: str, cells: dict[str, GridCell]) -> bool:
    return source in cells and (not lane or graph.nodes[source].lane == lane)


def _ahead(graph: ForeignGraph, nodes: list[ForeignNode], columns: dict[str, int]) -> dict[str, int]:
    """How far the case goes on from each step: the longest way keeps the upper row."""
    far = dict.fromkeys(columns, 0)
    for node in sorted(nodes, key=lambda one: -columns[one.id]):
        onward = [flow.target for flow in graph.out(node.id) if columns[flow.target] > columns[node.id]]
        far[node.id] = max((far[target] + 1 for target in onward), default=0)
    return far


def _sources(graph: ForeignGraph, node: ForeignNode) -> list[str]:
    return [graph.nodes[flow.source].attached_to or flow.source for flow in graph.into(node.id)]


def _boundaries(graph: ForeignGraph, scope: str, picture: ScopePicture) -> None:
    """Side by side on the lower border of their step."""
    hung: dict[str, int] = {}
    for node in graph.inside(scope):
        if node.kind == ElementKind.BOUNDARY_EVENT:
            host, count = picture.boxes[node.attached_to], hung.get(node.attached_to, 0)
            hung[node.attached_to] = count + 1
            picture.boxes[node.id] = box = Place(host.right - 30 - 38 * count - 12, host.bottom - 18, 36, 36)
            if node.name and not count:  # left of it, clear of the arrow that leaves it below
                picture.labels[node.id] = Place(
                    box.x - WIDEST - 2, host.bottom + 3, WIDEST, 14 * (-(-7 * len(node.name) // WIDEST))
                )


def _line(
    flow: ForeignFlow,
    number: int,
    graph: ForeignGraph,
    cells: dict[str, GridCell],
    columns: Columns,
    picture: ScopePicture,
    taken: set[tuple[int, int]],
) -> list[Point]:
    source, target = picture.boxes[flow.source], picture.boxes[flow.target]
    hung = graph.nodes[flow.source].attached_to
    here, there = cells[hung or flow.source], cells[flow.target]
    door = columns.begins[there.column] + 4 + number % WAYS * STEP  # in the gap before the column of the target
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
    out = columns.end(here.column) - 4 - number % WAYS * STEP  # in the gap behind the column of the source
    lower = (source if source.middle[1] > target.middle[1] else target).middle[1] + HIGH / 2 - 4 - number % WAYS * 2
    return [start, (out, start[1]), (out, lower), (door, lower), *end]


def _between(here: GridCell, there: GridCell, height: float, taken: set[tuple[int, int]]) -> bool:
    return any((column, round(height)) in taken for column in range(here.column + 1, there.column))
