"""A first rehearsal of an adopted case type: the way that a case takes with the first choice everywhere.

It has the form of docs/rehearsals.md and stands in the folder as `rehearsals/eerste-weg.yaml`. When first choices go round for ever,
choices that vary are taken; a case type that ends with neither gets none.
"""

import json
from dataclasses import replace

from engine.adopting.walking import BEGIN, Walked, WalkedStep, walk
from engine.kernel.reading import read_model
from engine.model import Folder, Model
from engine.words import Side

FIRST_WAY = "eerste-weg.yaml"


def with_rehearsal(folder: Folder) -> Folder:
    model = read_model(folder.drawing).model
    walked = model and (walk(folder, model, varied=False) or walk(folder, model, varied=True))
    if not model or not walked:
        return folder
    return replace(folder, rehearsals={**folder.rehearsals, FIRST_WAY: _written(model, walked).encode()})


def _written(model: Model, walked: Walked) -> str:
    lines = [
        "title: De eerste weg, gemaakt bij het overnemen",
        "start:",
        f'  "on": {BEGIN.date()}',
        "  by: worker",
        f"  values: {_flow(walked.values)}",
        "steps:",
        f"  - expect: {{tasks: {_flow(list(walked.first))}}}",
    ]
    for at, step in enumerate(walked.steps, start=1):
        ends = ", finished: true" if at == len(walked.steps) else ""
        lines += [*_step(model, step), f"    expect: {{tasks: {_flow(list(step.tasks))}{ends}}}"]
    if not walked.steps:
        lines[-1] = "  - expect: {tasks: [], finished: true}"
    return "\n".join(lines) + "\n"


def _step(model: Model, step: WalkedStep) -> list[str]:
    if step.until:
        return [f"  - until: {step.until}"]
    if step.sent:
        code = next(code for code, one in model.on_demand.items() if one.message == step.sent)
        return [f"  - press: {code}"]
    role = model.role_of(step.done)
    lines = [f"  - complete: {step.done}"]
    if role and role.side == Side.CITIZEN:
        lines.append("    by: citizen")
    if step.values:
        lines.append(f"    values: {_flow(step.values)}")
    return lines


def _flow(value: object) -> str:
    """YAML on one line, which JSON is."""
    return json.dumps(value, ensure_ascii=False)
