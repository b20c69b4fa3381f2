"""Part decisions of a Woo request: a decision on some of the documents, while the rest goes on under the same term (Woo 4.1, 4.4).

A part decision runs as a process of its own in its case. What that process files, assesses, sends and publishes belongs to its
part; what the drawing of the case does, is about everything that belongs to no part.
"""

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from engine import Model
from processes.law import DeadlineRequest, LawBook, compute
from processes.storage.tables import DocumentRow, Instance, PartDecision
from processes.storage.words import InstancePhase

BEGIN: Final = "begin_part"  # the operation by which a process becomes a part decision
RELEASE: Final = "woo-4-4-release"  # Woo 4.4(5): documents wait two weeks when somebody may object


def decides_part(model: Model) -> bool:
    """Whether this drawing takes part decisions."""
    return any(one.service is not None and one.service.operation == BEGIN for one in model.elements.values())


def part_of(session: Session, instance: Instance) -> PartDecision | None:
    """The part decision that this process takes; None for every other process."""
    if instance.is_root or instance.element:
        return None
    return session.scalar(select(PartDecision).where(PartDecision.instance_id == instance.id))


def parts_of(session: Session, case_id: int) -> list[PartDecision]:
    """Every part decision of a case, the first one first; those too that are still prepared."""
    return list(
        session.scalars(select(PartDecision).where(PartDecision.case_id == case_id).order_by(PartDecision.number))
    )


def open_parts(session: Session, case_id: int) -> int:
    """How many part decisions of a case still go on: they are prepared, or their documents wait."""
    going_on = (PartDecision.case_id == case_id, Instance.phase != InstancePhase.FINISHED)
    found = select(func.count()).select_from(PartDecision).join(Instance, Instance.id == PartDecision.instance_id)
    return session.scalar(found.where(*going_on)) or 0


def in_part(part: PartDecision | None) -> ColumnElement[bool]:
    """The documents of this part decision, or without one those of no part."""
    return DocumentRow.part_id.is_(None) if part is None else DocumentRow.part_id == part.id


def is_in_part(document: DocumentRow, part: PartDecision | None) -> bool:
    """Whether this document belongs to this part decision, or without one to no part."""
    return document.part_id == (part.id if part else None)


def release_on(part: PartDecision, book: LawBook, otherwise: date | None = None) -> date | None:
    """The last day on which documents wait for an objection; counted from the day `otherwise` while the letter was not sent."""
    day = part.announced_on or otherwise
    return compute(DeadlineRequest(start=day, rule=RELEASE), book).due if day else None
