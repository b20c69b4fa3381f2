"""Two cases are related, or no longer: by a worker, by their numbers."""

from dataclasses import dataclass

from sqlalchemy import delete, select

from processes.access.guards import only_staff
from processes.base.errors import Invalid, NotFound
from processes.base.typed_values import case_number
from processes.execution.relations import OTHER_SIDE, relate
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, CaseRelation


@dataclass(frozen=True, slots=True)
class RelateCases:
    """`kind` is what the other case is for this one, such as `hoofdzaak`."""

    case: str
    other: str
    kind: str


def relate_cases(work: UnitOfWork, action: RelateCases) -> str:
    """The answer is the case number. Raises NotFound for this case, Invalid with the field that is wrong, NotNow."""
    only_staff(work.actor)
    if action.kind not in OTHER_SIDE:
        raise Invalid({"kind": "Kies wat de andere zaak voor deze zaak is."})
    if not action.other.strip():
        raise Invalid({"other": "Vul het nummer van de andere zaak in."})
    case, other = _lock_both(work, action.case, case_number(action.other))
    earlier = select(CaseRelation.id).where(CaseRelation.case_id == case.id, CaseRelation.other_id == other.id)
    if work.session.scalar(earlier) is not None:
        raise Invalid({"other": f"Zaak {other.number} is al aan deze zaak gekoppeld."})
    relate(work, case, other, action.kind)
    return case.number


@dataclass(frozen=True, slots=True)
class UnrelateCases:
    case: str
    other: str


def unrelate_cases(work: UnitOfWork, action: UnrelateCases) -> str:
    """The answer is the case number. Raises NotFound when they are not related (any more)."""
    only_staff(work.actor)
    case, other = _lock_both(work, action.case, action.other)
    for one, two in ((case, other), (other, case)):
        row = delete(CaseRelation).where(CaseRelation.case_id == one.id, CaseRelation.other_id == two.id)
        if not work.session.execute(row.returning(CaseRelation.id)).all():
            raise NotFound(f"Zaak {other.number} is niet meer aan deze zaak gekoppeld.")
        work.audit(one.id, "unrelate", other=two.id)
    return case.number


def _lock_both(work: UnitOfWork, number: str, other: str) -> tuple[Case, Case]:
    """In the order of their ids, whoever asks: two people who relate the same cases never wait on each other. A case that who acts may not
    see is answered as one that is not there.
    """
    found = select(Case.number, Case.id).where(Case.number.in_((number, other)), work.open_to_actor())
    ids: dict[str, int] = dict(work.session.execute(found).all())
    if number not in ids:
        raise NotFound
    if other not in ids:
        raise Invalid({"other": f"Er is geen zaak met het nummer {other[:40]}. Controleer het nummer."})
    if number == other:
        raise Invalid({"other": "Dit is deze zaak zelf. Vul het nummer van een andere zaak in."})
    locked = {case_id: work.lock_case_id(case_id) for case_id in sorted(ids.values())}
    return locked[ids[number]], locked[ids[other]]
