"""The answers of parties to a process that was called for each of them, such as the views of third parties."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Value
from engine.words import ValueType
from processes.access.staff_scope import kept_from
from processes.base.actor import Actor
from processes.reads.in_words import values_in_words
from processes.reads.workbench.words import named
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, Instance, Party
from processes.storage.words import InstancePhase

ITEM = "item"
STANDS = {
    InstancePhase.RUNNING: "wacht op antwoord",
    InstancePhase.FINISHED: "klaar",
    InstancePhase.CANCELLED: "gestopt",
    InstancePhase.STUCK: "staat stil",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` by title; empty when nothing was answered (in time). `unanswered`: it ended so."""

    party: int
    name: str
    asked: str
    stands: str
    values: tuple[tuple[str, str], ...]
    unanswered: bool


def answers_of(session: Session, services: Services, actor: Actor, case: Case) -> tuple[Answer, ...]:
    """The answers in the order of asking, for those who handle the case only: no party sees what another answered."""
    called = (Instance.case_id == case.id, Instance.is_root.is_(False), CaseValue.code == ITEM)
    found = select(Instance, CaseValue.value).join(CaseValue, CaseValue.instance_id == Instance.id).where(*called)
    root, kept = services.models.version(session, case.model_version_id).model, kept_from(session, actor, case)
    rows = session.scalars(select(Party).where(Party.case_id == case.id))
    names = {party.id: named(party, root, kept) for party in rows}
    answers = []
    for instance, item in session.execute(found.order_by(Instance.id)):
        model = services.models.version(session, instance.model_version_id).model
        if _is_party(model.inputs.get(ITEM)) and item in names:
            values = values_in_words(session, instance.id, model.values)
            unanswered = instance.phase == InstancePhase.FINISHED and not values
            answers.append(Answer(item, names[item], model.name, STANDS[instance.phase], values, unanswered))
    return tuple(answers)


def _is_party(value: Value | None) -> bool:
    return value is not None and value.type == ValueType.PARTY
