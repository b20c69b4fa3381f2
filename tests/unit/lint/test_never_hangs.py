"""What the check accepts never hangs: small random drawings, played on the engine with random answers."""

import random
from datetime import UTC, datetime

from kit.sketches import ACCEPTED, Sketch, form

from engine import Compiled, Complete, TaskClosed, TaskOpened, advance, compile_model, lint, read_model, start

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
KINDS = ("userTask", "userTask", "exclusiveGateway", "parallelGateway", "parallelGateway")
TASK = ' :: <case:form schema="work.json"/>'
VALUE = '<case:value code="route" title="Route" type="text"/>'
FORMS = {"work.json": form({"type": "textarea", "key": "route", "label": "Route"})}
DRAWINGS, PLAYS, ROUNDS = 800, 8, 25


def test_a_drawing_without_findings_never_hangs():
    chance = random.Random(20)
    accepted = 0
    for _number in range(DRAWINGS):
        folder = random_sketch(chance).folder()
        if {finding.code for finding in lint(folder)} - {"implicit-split", "value-filled-later"}:
            continue
        accepted += 1
        reading = read_model(folder.drawing)
        compiled = compile_model(folder.drawing, reading.model)
        assert not any(hangs(compiled, chance) for _play in range(PLAYS)), folder.drawing
    assert accepted > 10


def hangs(compiled: Compiled, chance: random.Random) -> bool:
    waiting: set[str] = set()
    outcome = start(compiled, {"route": chance.choice("ab")}, NOW)
    for _round in range(ROUNDS):
        waiting |= {effect.task for effect in outcome.step.effects if isinstance(effect, TaskOpened)}
        waiting -= {effect.task for effect in outcome.step.effects if isinstance(effect, TaskClosed)}
        if outcome.step.finished or outcome.step.stuck:
            return outcome.step.stuck
        task = chance.choice(sorted(waiting))
        outcome = advance(compiled, outcome.state, Complete(task), {"route": chance.choice("ab")}, NOW)
    return False


def random_sketch(chance: random.Random) -> Sketch:
    """Nodes in a row; each has flows to some that follow soon, and now and then one that goes back."""
    kinds = {f"N{number}": chance.choice(KINDS) for number in range(chance.randrange(3, 8))}
    order = ["Begin", *kinds, "Done"]
    lines = ["startEvent Begin", "endEvent Done"]
    lines += [f"{kind} {node}{TASK if kind == 'userTask' else ''}" for node, kind in kinds.items()]
    for at, node in enumerate(order[:-1]):
        kind = kinds.get(node, "startEvent")
        flows = 1 if kind in ("userTask", "startEvent") else chance.choice((1, 2))
        first = max(1, at - 2) if chance.random() < 0.2 else at + 1
        targets = {order[chance.randrange(first, min(len(order), at + 4))] for _flow in range(flows)}
        lines += _flows(node, kind, sorted(targets))
    return Sketch(VALUE, "\n".join(lines), ACCEPTED.lane, "", FORMS, {})


def _flows(node: str, kind: str, targets: list[str]) -> list[str]:
    if kind != "exclusiveGateway" or len(targets) == 1:
        return [f"{node} > {target}" for target in targets]
    return [f"{node} >> {targets[0]}", f"{node} > {targets[1]} ? route == 'a'"]
