"""Runs a stored state until it rests: load, let every token run that can, fire what is due, describe what waits."""

# ruff: noqa: SLF001 - the hooks of the library are its private methods, and their signatures are given

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.errors import RunsWithoutEnd
from engine.kernel import codec
from engine.kernel.alone import Alone, alone, waits_elsewhere
from engine.kernel.compiling import Compiled
from engine.kernel.events import Catching, ElementTimer
from engine.kernel.joins import Join
from engine.kernel.journal import Journal
from engine.kernel.keeping import hand_over
from engine.kernel.tokens import Token, TopFlow
from engine.steps import Facts, Outcome, Step, Timer

MOST_MOVES = 5_000  # of one step; the largest drawing we know makes about sixty, a runaway loop never stops


def new_flow(compiled: Compiled, facts: Facts, now: datetime, part: Alone | None = None) -> TopFlow:
    """An instance without tokens; of one task alone when `part` is given."""
    journal = Journal(compiled.model, facts, now)
    if part:
        journal.alone, journal.ends = part.element, part.ends
    journal.flow = flow = TopFlow(part.process if part else compiled.spec, compiled.subprocesses, journal)
    return flow


def load(compiled: Compiled, state: bytes, facts: Facts, now: datetime) -> TopFlow:
    document = codec.unpack(state)
    element = codec.alone_in(document)
    flow = new_flow(compiled, facts, now, alone(compiled, element) if element else None)
    codec.restore(flow, document)
    return flow


def settle(flow: TopFlow) -> Outcome:
    """Until nothing moves any more. Raises RunsWithoutEnd when that does not come."""
    journal: Journal = flow.script_engine
    for _ in range(MOST_MOVES):
        if journal.queue:
            token = journal.queue.popleft()
            if token._state == TaskState.READY:
                token.run()
        elif not _wake_joins(flow):
            timer = _first_due(flow)
            if timer is not None:
                timer.task_spec.trigger(timer)
            elif not hand_over(flow):
                return outcome(flow)
    raise RunsWithoutEnd


def _wake_joins(flow: TopFlow) -> bool:
    """Inclusive joins look at every other token, so they are asked when all else is at rest; parallel ones for the
    sake of an instance that was moved to a drawing with fewer flows.
    """
    for part in flow.flows():
        specs = {t.task_spec for t in part.live_tokens() if isinstance(t.task_spec, Join)}
        for spec in sorted(specs, key=lambda spec: spec.name):
            if used := spec.may_fire(part):
                spec.fire(part, used)
                return True
    return False


def _first_due(flow: TopFlow) -> Token | None:
    journal: Journal = flow.script_engine
    due = [(moment, order, token) for order, (token, moment) in enumerate(_timers(flow)) if moment is not None]
    due = [entry for entry in due if entry[0] <= journal.now]
    return min(due, key=lambda entry: entry[:2])[2] if due else None


def _timers(flow: TopFlow) -> Iterator[tuple[Token, datetime | None]]:
    journal: Journal = flow.script_engine
    for token in flow.all_live():
        timed = isinstance(getattr(token.task_spec, "event_definition", None), ElementTimer)
        if timed and not waits_elsewhere(token):
            yield token, journal.due(token)


def outcome(flow: TopFlow) -> Outcome:
    timers = tuple(Timer(token.task_spec.bpmn_id, moment) for token, moment in _timers(flow))
    stuck = not flow.completed and not any(_waits(token) for token in flow.all_live())
    step = Step(tuple(flow.script_engine.effects), timers, finished=flow.completed, stuck=stuck)
    return Outcome(codec.pack(codec.document_of(flow)), step)


def _waits(token: Token) -> bool:
    """For something that can still come: a person, a service, a child, an event. A join alone waits for nothing."""
    spec: Any = token.task_spec
    return spec.outside or isinstance(spec, Catching)
