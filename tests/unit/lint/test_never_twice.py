"""What the check accepts opens no task twice: small random drawings, played on the engine with random answers."""

import random
from collections import Counter

import pytest
from kit.sketches import ACCEPTED, Sketch, form
from test_never_hangs import NOW

from engine import (
    Compiled,
    Complete,
    Send,
    TaskClosed,
    TaskOpened,
    advance,
    compile_model,
    heard,
    lint,
    read_model,
    start,
)

TASK = ' :: <case:form schema="work.json"/>'
CHOICES = "".join(f'<case:choice value="{one}" title="{one}"/>' for one in "abc")
BESIDE = ' attachedToRef="{}" cancelActivity="false" ;; <bpmn:messageEventDefinition messageRef="M1"/>'
BUTTON = '<case:onDemand code="aside" label="Ook" message="aside"/>'
VALUE = f'<case:value code="route" title="Route" type="choice">{CHOICES}</case:value>'
MESSAGE = '<bpmn:message id="M1" name="aside"/>'
FORMS = {"work.json": form({"type": "radio", "key": "route", "label": "Route"})}
GATEWAYS = ("exclusiveGateway", "parallelGateway", "parallelGateway", "inclusiveGateway")
DRAWINGS, PLAYS, ROUNDS = 400, 12, 25
EVENTS = 0.3  # how often there is something that goes on beside a task
HARMLESS = {"value-filled-later", "too-many-parallel-blocks"}


def sketch(lines: list[str]) -> Sketch:
    beside = any(line.startswith("boundaryEvent") for line in lines)
    return Sketch(VALUE + BUTTON * beside, "\n".join(lines), ACCEPTED.lane, MESSAGE, FORMS, {})


class Blocks:
    """Blocks in blocks, each closed by a join that fits; then now and then one arrow is bent to another node."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.kinds, self.flows = chance, {}, []
        first, last = self.block(3)
        self.kinds |= {"Begin": "startEvent", "Done": "endEvent"}
        self.flows += [("Begin", first), (last, "Done")]
        self.step = chance.choice(self.tasks()) if chance.random() < EVENTS else None
        if self.step:
            self.kinds |= {"Beside": "boundaryEvent", "UBeside": "userTask", "Aside": "endEvent"}
            self.flows += [("Beside", "UBeside"), ("UBeside", "Aside")]
        for _bend in range(chance.choice((0, 1, 1, 2))):
            at = chance.randrange(len(self.flows))
            target = chance.choice([node for node in self.kinds if node not in ("Begin", "Beside")])
            self.flows[at] = (self.flows[at][0], target)
        self.prune()

    def tasks(self) -> list[str]:
        return [node for node, kind in self.kinds.items() if kind == "userTask"]

    def links(self) -> list[tuple[str, str]]:
        return [*self.flows, (self.step, "Beside")] if self.step else self.flows

    def prune(self) -> None:
        """Without what a bent arrow left behind."""
        reached = after("Begin", self.links()) | {"Begin"}
        self.kinds = {node: kind for node, kind in self.kinds.items() if node in reached}
        self.flows = [flow for flow in self.flows if flow[0] in reached]

    def goes_round(self) -> bool:
        return any(node in after(node, self.links()) for node in self.kinds)

    def node(self, kind: str) -> str:
        name = f"{'U' if kind == 'userTask' else 'G'}{len(self.kinds)}"
        self.kinds[name] = kind
        return name

    def block(self, depth: int) -> tuple[str, str]:
        form = self.chance.choice(("task", "task", "row", "split", "split", "loop")) if depth else "task"
        if form == "task":
            return (self.node("userTask"),) * 2
        if form == "row":
            (first, one), (two, last) = self.block(depth - 1), self.block(depth - 1)
            self.flows.append((one, two))
            return first, last
        kind = "exclusiveGateway" if form == "loop" else self.chance.choice(GATEWAYS)
        opens, closes = self.node(kind), self.node(kind)
        inside = [self.block(depth - 1) for _branch in range(1 if form == "loop" else 2)]
        for first, last in inside:
            self.flows += [(opens, first), (last, closes)]
        if form == "loop":
            self.flows.append((closes, opens))
            if self.chance.random() < 0.5:
                after = self.node("userTask")
                self.flows.append((closes, after))
                return opens, after
        return opens, closes

    def lines(self) -> list[str]:
        marks = {"userTask": TASK, "boundaryEvent": BESIDE.format(self.step)}
        lines = [f"{kind} {node}{marks.get(kind, '')}" for node, kind in self.kinds.items()]
        for node, kind in self.kinds.items():
            targets = list(dict.fromkeys(target for source, target in self.flows if source == node))
            if kind not in ("exclusiveGateway", "inclusiveGateway") or len(targets) == 1:
                lines += [f"{node} > {target}" for target in targets]
                continue
            lines.append(f"{node} >> {targets[0]}")
            answers = (
                ("route == 'a'", "route != 'b'") if kind == "inclusiveGateway" else ("route == 'a'", "route == 'b'")
            )
            lines += [f"{node} > {target} ? {way}" for target, way in zip(targets[1:], answers * 3, strict=False)]
        return lines


def after(node: str, links: list[tuple[str, str]]) -> set[str]:
    """What can be reached from a node, itself only by going round."""
    found: set[str] = set()
    todo = [node]
    while todo:
        at = todo.pop()
        fresh = {target for source, target in links if source == at} - found
        found |= fresh
        todo += sorted(fresh)
    return found


def opened_twice(compiled: Compiled, chance: random.Random, *, goes_round: bool) -> str | None:
    """A task that is open twice at one time, or in a drawing without a loop twice at all; None when there is none."""
    waiting: dict[str, str] = {}
    opened: Counter[str] = Counter()
    sent = False
    outcome = start(compiled, {"route": chance.choice("abc")}, NOW)
    for _round in range(ROUNDS):
        for effect in outcome.step.effects:
            if isinstance(effect, TaskOpened):
                waiting[effect.task] = effect.element
                opened[effect.element] += 1
            elif isinstance(effect, TaskClosed):
                waiting.pop(effect.task, None)
        counted = Counter(waiting.values()) if goes_round else opened
        twice = [element for element, times in counted.items() if times > 1]
        if twice or not waiting:
            return next(iter(twice), None)
        command: Complete | Send = Complete(chance.choice(sorted(waiting)))
        if not sent and chance.random() < EVENTS and heard(compiled, outcome.state, ["aside"], NOW):
            command, sent = Send("aside"), True  # once: a message that comes again is meant to do its work again
        outcome = advance(compiled, outcome.state, command, {"route": chance.choice("abc")}, NOW)
    return None


def test_a_drawing_without_findings_never_opens_a_task_twice():
    chance = random.Random(8)
    accepted = 0
    for _number in range(DRAWINGS):
        blocks = Blocks(chance)
        folder = sketch(blocks.lines()).folder()
        if {finding.code for finding in lint(folder)} - HARMLESS:
            continue
        accepted += 1
        compiled, rounds = compile_model(folder.drawing, read_model(folder.drawing).model), blocks.goes_round()
        twice = (opened_twice(compiled, chance, goes_round=rounds) for _play in range(PLAYS))
        assert not any(twice), "\n".join(blocks.lines())
    assert accepted > DRAWINGS / 4


def user(*names: str) -> list[str]:
    return [f"userTask {name}{TASK}" for name in names]


def arrows(text: str) -> list[str]:
    return [line.strip() for line in text.split(";")]


EVENT = "startEvent Begin", "endEvent Done"
BEHIND_A_BLOCK = [
    *EVENT, *user("A1", "A2", "B", "T"), "parallelGateway S", "parallelGateway P", "parallelGateway J",
    *arrows("Begin > S; S > P; S > B; P > A1; P > A2; A1 > J; A2 > J; J > T; B > T; T > Done"),
]  # fmt: skip
BACK = [
    *EVENT, *user("A", "B"), "exclusiveGateway X", "exclusiveGateway Again", "parallelGateway S",
    *arrows("Begin > X; X > S; S > A; S > B; A > Again; Again > X ? route == 'a'; Again >> Done; B > Done"),
]  # fmt: skip
PAST_THE_JOIN = [
    *EVENT, *user("A", "B", "T"), "exclusiveGateway X", "exclusiveGateway M", "parallelGateway S", "inclusiveGateway J",
    *arrows("Begin > S; S > A; S > B; A > J; B > X; X > J ? route == 'a'; X >> M; J > M; M > T; T > Done"),
]  # fmt: skip
BESIDE_AND_BACK = [
    *EVENT, *user("A", "B", "T"), f"boundaryEvent E{BESIDE.format('A')}",
    *arrows("Begin > A; A > T; E > B; B > T; T > Done"),
]  # fmt: skip
NAMED = [
    ("behind an inner block", BEHIND_A_BLOCK, {("T", "parallel-joined-by-exclusive")}),
    ("back before the split", BACK, {("S", "parallel-split-again")}),
    ("past a join that only some reach", PAST_THE_JOIN, {("M", "parallel-joined-by-exclusive")}),
    ("beside a step and back", BESIDE_AND_BACK, {("E", "branch-beside-returns")}),
]
# as good as these, and right: with one join more, or with what is left behind ending by itself
JOINED = [
    ("joined outside too", [*BEHIND_A_BLOCK[:-3], "parallelGateway K", *arrows("J > K; B > K; K > T; T > Done")]),
    ("joined before it goes back", [
        *EVENT, *user("A", "B"), "exclusiveGateway X", "exclusiveGateway Again", "parallelGateway S", "parallelGateway J",
        *arrows("Begin > X; X > S; S > A; S > B; A > J; B > J; J > Again; Again > X ? route == 'a'; Again >> Done"),
    ]),
    ("a default is taken alone", [
        *EVENT, *user("A", "B", "T"), "inclusiveGateway S", "exclusiveGateway M",
        *arrows("Begin > S; S > A ? route == 'a'; S >> B; A > M; B > M; M > T; T > Done"),
    ]),
    ("beside a step, with an end of its own", [*BESIDE_AND_BACK[:-3], "endEvent Aside", *arrows("B > Aside; T > Done; E > B")]),
]  # fmt: skip


def checked(lines: list[str]) -> set[tuple[str, str]]:
    return {(finding.element, finding.code) for finding in lint(sketch(lines).folder()) if finding.code not in HARMLESS}


@pytest.mark.parametrize(("lines", "found"), [pytest.param(*one[1:], id=one[0]) for one in NAMED])
def test_a_drawing_that_does_a_task_twice_has_its_finding(lines, found):
    assert checked(lines) == found


@pytest.mark.parametrize("lines", [pytest.param(one[1], id=one[0]) for one in JOINED])
def test_a_drawing_that_does_each_task_once_has_none(lines):
    assert checked(lines) == set()


@pytest.mark.parametrize("lines", [pytest.param(one[1], id=one[0]) for one in NAMED])
def test_these_drawings_do_open_a_task_twice(lines):
    folder, chance = sketch(lines).folder(), random.Random(1)
    compiled = compile_model(folder.drawing, read_model(folder.drawing).model)
    rounds = "Again" in "".join(lines)
    assert any(opened_twice(compiled, chance, goes_round=rounds) for _play in range(50))
