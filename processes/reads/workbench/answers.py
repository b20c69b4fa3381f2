"""The answers of parties to a process that was called for each of them, such as the views of third parties."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from engine import Value
from engine.words import ValueType
from processes.access.staff_scope import handles, kept_from, works_on
from processes.base.actor import Actor
from processes.reads.in_words import values_in_words
from processes.reads.workbench.words import named
from processes.storage.model_cache import Deployed
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
    """The answers in the order of asking, for staff only: no party sees what another answered. A committee reads what the
    drawing asked of each person, as it does where there is one of them.
    """
    called = (Instance.case_id == case.id, Instance.is_root.is_(False))
    item = and_(CaseValue.instance_id == Instance.id, CaseValue.code == ITEM)
    found = select(Instance, CaseValue.value).outerjoin(CaseValue, item).where(*called)
    root, kept = services.models.version(session, case.model_version_id).model, kept_from(session, actor, case)
    whole = works_on(session, actor, case)
    rows = session.scalars(select(Party).where(Party.case_id == case.id))
    names = {party.id: named(party, root, kept) for party in rows}
    answers = []
    for instance, called_for in session.execute(found.order_by(Instance.id)):
        deployed = services.models.version(session, instance.model_version_id)
        party, asked, codes = _asked(instance, called_for, deployed)
        if party in names and (instance.element or handles(actor)):
            declared = {code: deployed.model.values[code] for code in codes}
            shown = {code: value for code, value in declared.items() if whole or not value.confidential}
            values = values_in_words(session, instance.id, shown)
            unanswered = instance.phase == InstancePhase.FINISHED and not values and not instance.answered
            answers.append(Answer(party, names[party], asked, STANDS[instance.phase], values, unanswered))
    return tuple(answers)


def _asked(instance: Instance, item: object, deployed: Deployed) -> tuple[int, str, Iterable[str]]:
    """The party of whom something was asked (0: of none), what, and the codes of the values that answer it."""
    model = deployed.model
    if instance.element:
        drawn = model.elements.get(instance.element)
        name = drawn.name if drawn else instance.element
        return instance.party_id or 0, name, sorted(deployed.asked_of_each.get(instance.element, ()))
    is_party = _is_party(model.inputs.get(ITEM)) and isinstance(item, int)
    return (item if is_party and isinstance(item, int) else 0), model.name, model.values


def _is_party(value: Value | None) -> bool:
    return value is not None and value.type == ValueType.PARTY
