"""The statuses of a case in words: from the engine's record and the texts in its own model version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine import Element, Model, Status, ruled_out
from engine.words import DeadlineVerb
from processes.execution.reopened import statuses_of
from processes.post.templates import texts_with_facts
from processes.storage.asked_ahead import answer
from processes.storage.fast import PreparedQuery
from processes.storage.model_cache import Deployed
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


def timeline(
    session: Session, case: Case, deployed: Deployed, facts: Mapping[str, Any], now: datetime
) -> tuple[StatusStep, ...]:
    """Reached statuses in order of time, then those that normally follow; only what the drawing calls visible (D28).

    A status that only says that a term is longer does not end the one that the case is in: "Hoorzitting gepland" is done when what comes
    after it is reached.
    """
    model = deployed.model
    settings = {status.code: status for status in statuses_of(model)}
    reached = answer(session, reached_statuses(), case=case.id)
    known = [(settings[code], at) for code, at in reached if code in settings]
    shown = [(status, at) for status, at in known if status.visible]
    here = _place_of_current([status.code for status, _ in shown], model)
    done = [
        _step(status, "current" if place == here else "done", at, facts) for place, (status, at) in enumerate(shown)
    ]
    to_come = _to_come(case, shown, deployed, facts, now)
    return (*done, *(_step(status, "todo", None, facts) for status in to_come))


@cache
def reached_statuses() -> PreparedQuery:
    """Codes and moments of the statuses of a `case`, as they were reached."""
    found = select(StatusRow.code, StatusRow.reached_at).where(StatusRow.case_id == bindparam("case"))
    return PreparedQuery(found.order_by(StatusRow.id))


def _place_of_current(shown: list[str], model: Model) -> int:
    """The last one that does not only say that a term is longer; the last of all when there is no other."""
    drawn = [(one.status.code, _lengthens(one)) for one in model.elements.values() if one.status]
    only_longer = {code for code, _ in drawn} - {code for code, longer in drawn if not longer}
    places = [at for at, code in enumerate(shown) if code not in only_longer]
    return places[-1] if places else len(shown) - 1


def _lengthens(element: Element) -> bool:
    return any(one.action in {DeadlineVerb.EXTEND, DeadlineVerb.CONSENT} for one in element.deadline_actions)


def _to_come(
    case: Case, shown: list[tuple[Status, datetime]], deployed: Deployed, facts: Mapping[str, Any], now: datetime
) -> tuple[Status, ...]:
    """The statuses that normally follow: later ones of the main path, to which the answers that are known leave a way. A withdrawal or
    a repair is not foreseen.
    """
    model = deployed.model
    if case.state != CaseState.RUNNING:
        return ()
    withdrawn = model.withdrawal.status.code if model.withdrawal and model.withdrawal.status else None
    highest = max((status.order for status, _ in shown), default=0)
    later = (status for status in model.statuses() if status.visible and status.order > highest)
    foreseen = [status for status in later if status.order % MAIN_PATH == 0 and status.code != withdrawn]
    out = ruled_out(deployed.compiled, facts, now) if foreseen else frozenset()
    places = [(one.status.code, one.id in out) for one in model.elements.values() if one.status]
    gone = {code for code, _ in places} - {code for code, is_out in places if not is_out}
    return tuple(status for status in foreseen if status.code not in gone)


def _step(
    status: Status, state: Literal["done", "current", "todo"], at: datetime | None, facts: Mapping[str, object]
) -> StatusStep:
    words = {name: value for name, value in facts.items() if not isinstance(value, tuple)}
    explanation = texts_with_facts(status.explanation, words)
    return StatusStep(status.code, status.name, state, at, explanation, texts_with_facts(status.next, words))
