"""Writes one stored state per stop of a rehearsal, with what it needs to be read: run by hand for a new format.

    python tests/data/states/make.py

The answer is a folder `v<format>` with a ZIP per deployed process and `stops.json`. A folder, once released, never changes.
"""

import base64
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import Complete, advance, read_folder
from engine.kernel.codec import FORMAT
from processes.execution.facts import facts_of
from processes.rehearsal.played_case import PlayedCase, open_case
from processes.rehearsal.sandbox import sandbox
from processes.rehearsal.script import read_script
from processes.rehearsal.steps import VERBS
from processes.storage.model_cache import pack
from processes.storage.tables import Case, Instance, TaskRow

HERE = Path(__file__).parent
MODELS = HERE.parents[2] / "bpmn"
NAMES = ("bezwaar", "stukkenverzoek", "nazending", "hoorzitting-antwoord")


def main() -> None:
    library = {name: read_folder(MODELS / name) for name in NAMES}
    target = HERE / f"v{FORMAT}"
    target.mkdir()
    for name, folder in library.items():
        (target / f"{name}.zip").write_bytes(pack(folder))
    script = read_script("commissie.yaml", (MODELS / "bezwaar/rehearsals/commissie.yaml").read_bytes())
    stops: list[dict[str, Any]] = []
    with sandbox(library["bezwaar"], library) as (services, clock):
        played = open_case(services, clock, "bezwaar", script)
        for step in script.steps:
            if step.verb:
                VERBS[step.verb](played, step)
            stops += stops_of(played)
    unique = {(stop["process"], stop["state"]): stop for stop in stops}
    (target / "stops.json").write_text(json.dumps(list(unique.values()), indent=1) + "\n")


def stops_of(played: PlayedCase) -> list[dict[str, Any]]:
    """Every running instance of the case as it stands, and what completing its first task gives."""
    found = []
    with played.services.sessions() as session:
        case = session.get_one(Case, played.case_id)
        root = played.services.models.version(session, case.model_version_id)
        running = select(Instance).where(Instance.case_id == case.id, Instance.phase == "running")
        for one in session.scalars(running.order_by(Instance.id)):
            deployed = played.services.models.version(session, one.model_version_id)
            facts = facts_of(session, case, one, deployed, root, played.services.law)
            waiting = select(TaskRow).where(TaskRow.instance_id == one.id, TaskRow.state == "open")
            task = session.scalars(waiting.order_by(TaskRow.opened_at, TaskRow.id)).first()
            now = played.clock.moment
            after = advance(deployed.compiled, one.state, Complete(task.id), facts, now) if task else None
            found.append({
                "process": one.process, "now": now.isoformat(), "state": base64.b64encode(one.state).decode(),
                "facts": {name: packed(fact) for name, fact in facts.items()}, "timers": one.timers,
                "task": task.id if task else None, "effects": told(after.step.effects) if after else [],
            })  # fmt: skip
    return found


def told(effects: Any) -> list[str]:
    return [f"{type(effect).__name__} {effect.element}" for effect in effects]


def packed(fact: Any) -> Any:
    if isinstance(fact, datetime):
        return {"datetime": fact.isoformat()}
    if isinstance(fact, date):
        return {"date": fact.isoformat()}
    return [packed(item) for item in fact] if isinstance(fact, tuple) else fact


if __name__ == "__main__":
    main()
