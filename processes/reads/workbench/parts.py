"""The part decisions of a case: what was decided, until when somebody may object, and when the documents go."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from engine import EngineError, heard
from processes.execution.parts import parts_of, release_on
from processes.law import LawBook
from processes.law.remedies import last_day_against
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, PartDecision
from processes.storage.words import CaseState, InstancePhase


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part decision. `outcome` in words; `object_until`: the last day for an objection, and `release_on` the last day on which its
    documents wait when somebody may object, both None until its letter was sent. `buttons`: code and label of what can be pressed now.
    """

    number: int
    title: str
    outcome: str
    taken_on: date | None
    announced_on: date | None
    object_until: date | None
    release_on: date | None
    ended: bool
    instance: int
    buttons: tuple[tuple[str, str], ...]


def parts_in(session: Session, services: Services, case: Case, book: LawBook) -> tuple[PartLine, ...]:
    """The part decisions of a case, the first one first; without one that was dropped before it was taken."""
    rows = ((row, session.get_one(Instance, row.instance_id)) for row in parts_of(session, case.id))
    kept = ((row, own) for row, own in rows if row.taken_on or own.phase != InstancePhase.FINISHED)
    return tuple(_line(session, services, case, row, own, book) for row, own in kept)


def _line(
    session: Session, services: Services, case: Case, row: PartDecision, own: Instance, book: LawBook
) -> PartLine:
    announced = row.announced_on
    return PartLine(
        row.number, row.title, outcome_in_words(session, services, case, row), row.taken_on, announced,
        last_day_against(announced, book) if announced else None, release_on(row, book),
        own.phase == InstancePhase.FINISHED, own.id, _buttons(session, services, case, own),
    )  # fmt: skip


def outcome_in_words(session: Session, services: Services, case: Case, row: PartDecision) -> str:
    """The words of the result type; empty while nothing was decided, or when the drawing of the case cannot be read."""
    deployed = services.models.find(session, case.model_version_id)
    kind = deployed.model.result_types.get(row.outcome) if deployed else None
    return kind.description if kind else ""


def _buttons(session: Session, services: Services, case: Case, own: Instance) -> tuple[tuple[str, str], ...]:
    """The buttons of the process of a part decision that do something now."""
    deployed = services.models.find(session, own.model_version_id)
    if deployed is None or own.phase != InstancePhase.RUNNING or case.state != CaseState.RUNNING:
        return ()
    offered = [one for one in deployed.model.on_demand.values() if one.message]
    try:
        listens = heard(deployed.compiled, own.state, {str(one.message) for one in offered}, services.clock.now())
    except EngineError:  # a state that cannot be read, which the next step parks with an alarm
        return ()
    return tuple((one.code, one.label) for one in offered if one.message in listens)
