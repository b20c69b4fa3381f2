"""The statuses of a case in words: from the engine's record and the texts in its own model version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model, Status
from processes.post.templates import texts_with_facts
from processes.storage.tables import Case, StatusRow
from processes.storage.words import CaseState

MAIN_PATH = 10  # orders in tens are the main path; 25 is a side path that most cases never see


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One step of the timeline. `state` in words for the page: done, current, todo."""

    code: str
    name: str
    state: Literal["done", "current", "todo"]
    reached_at: datetime | None
    explanation: str
    next: str


def timeline(session: Session, case: Case, model: Model, facts: Mapping[str, object]) -> tuple[StatusStep, ...]:
    """Reached statuses in order of time, then those that normally follow; only what the drawing calls visible (D28)."""
    reached = session.scalars(select(StatusRow).where(StatusRow.case_id == case.id).order_by(StatusRow.id)).all()
    settings = {status.code: status for status in model.statuses()}
    known = [(settings[row.code], row.reached_at) for row in reached if row.code in settings]
    shown = [(status, at) for status, at in known if status.visible]
    done = [
        _step(status, "current" if at is shown[-1][1] and status is shown[-1][0] else "done", at, facts)
        for status, at in shown
    ]
    return (*done, *(_step(status, "todo", None, facts) for status in _to_come(case, shown, model)))


def _to_come(case: Case, shown: list[tuple[Status, datetime]], model: Model) -> tuple[Status, ...]:
    """The statuses that normally follow: later ones of the main path. A withdrawal or a repair is not foreseen."""
    if case.state != CaseState.RUNNING:
        return ()
    withdrawn = model.withdrawal.status.code if model.withdrawal and model.withdrawal.status else None
    highest = max((status.order for status, _ in shown), default=0)
    later = (status for status in model.statuses() if status.visible and status.order > highest)
    return tuple(status for status in later if status.order % MAIN_PATH == 0 and status.code != withdrawn)


def _step(
    status: Status, state: Literal["done", "current", "todo"], at: datetime | None, facts: Mapping[str, object]
) -> StatusStep:
    words = {name: value for name, value in facts.items() if not isinstance(value, tuple)}
    explanation = texts_with_facts(status.explanation, words)
    return StatusStep(status.code, status.name, state, at, explanation, texts_with_facts(status.next, words))
