"""Every state that a released version stored still loads, on the drawing of its day, and goes on as it did then.

How they were made stands in tests/data/states/make.py: a real play of bezwaar, each running process at each stop.
"""

import base64
import json
import runpy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine import Complete, Refresh, advance, compile_model, read_model
from engine.kernel.codec import FORMAT
from processes.storage.model_cache import unpack

STATES = Path(__file__).parents[2] / "data" / "states"
STOPS = [
    pytest.param(folder, stop, id=f"{folder.name}-{at}-{stop['process']}")
    for folder in sorted(STATES.glob("v*"))
    for at, stop in enumerate(json.loads((folder / "stops.json").read_text()))
]


def unpacked(fact: Any) -> Any:
    if isinstance(fact, dict):
        ((kind, text),) = fact.items()
        return datetime.fromisoformat(text) if kind == "datetime" else date.fromisoformat(text)
    return tuple(unpacked(item) for item in fact) if isinstance(fact, list) else fact


def test_each_format_so_far_has_its_states():
    assert [folder.name for folder in sorted(STATES.glob("v*"))] == [f"v{number}" for number in range(1, FORMAT + 1)]


@pytest.mark.parametrize(("folder", "stop"), STOPS)
def test_an_old_state_loads_and_goes_on(folder: Path, stop: dict[str, Any]):
    drawing = unpack(stop["process"], (folder / f"{stop['process']}.zip").read_bytes()).drawing
    model = read_model(drawing).model
    assert model
    compiled = compile_model(drawing, model)
    state, now = base64.b64decode(stop["state"]), datetime.fromisoformat(stop["now"])
    facts = {name: unpacked(fact) for name, fact in stop["facts"].items()}
    step = advance(compiled, state, Refresh(), facts, now).step
    timers = [{"element": one.element, "due": one.due.isoformat() if one.due else None} for one in step.timers]
    assert (step.stuck, step.finished, list(step.effects)) == (False, False, [])
    assert timers == stop["timers"]
    if stop["task"]:
        effects = advance(compiled, state, Complete(stop["task"]), facts, now).step.effects
        assert [f"{type(effect).__name__} {effect.element}" for effect in effects] == stop["effects"]


def test_what_makes_the_states_still_runs_on_the_programs_of_today():
    """It runs by hand, once for a new format: here only its imports."""
    assert callable(runpy.run_path(str(STATES / "make.py"))["main"])
