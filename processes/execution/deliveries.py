"""Deliveries: what departments sent for a request or by themselves."""

from collections.abc import Sequence

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from processes.storage.tables import Delivery, DocumentRequestRow, DocumentRow, Dossier, Instance
from processes.storage.words import InstancePhase

JUDGEMENT = "judgement"  # the value that a judging process declares; its drawing reads it
ALL, MISSING = (
    "all",
    "missing",
)  # beside ids of documents: every document is right, and what did not come is asked again


def words_of_delivery(delivery: int | str) -> str:
    """How a judgement names the words of a delivery that came without documents."""
    return f"delivery-{delivery}"


def deliveries_to_judge(instance_id: int) -> Select[Delivery]:
    """The deliveries that an instance judges and that nobody judged yet, oldest first."""
    requests = select(DocumentRequestRow.id).where(DocumentRequestRow.instance_id == instance_id)
    mine = select(Delivery.id).where(Delivery.instance_id == instance_id)
    asked = select(Delivery.id).where(Delivery.request_id.in_(requests))
    return (
        select(Delivery)
        .where(Delivery.id.in_(union_all(mine, asked)))  # an OR of the two would be served by no index
        .where(Delivery.judged_at.is_(None))
        .order_by(Delivery.id)
    )


def request_with_nothing_left(session: Session, dossier: Dossier) -> DocumentRequestRow | None:
    """The oldest request of a dossier that waits to be judged and of which the department took every file back (P3)."""
    running = (
        select(DocumentRequestRow)
        .join(Instance, Instance.id == DocumentRequestRow.instance_id)
        .where(DocumentRequestRow.dossier_id == dossier.id, Instance.phase == InstancePhase.RUNNING)
        .order_by(DocumentRequestRow.id)
    )
    for row in session.scalars(running):
        if _all_taken_back(session, session.scalars(deliveries_to_judge(row.instance_id)).all()):
            return row
    return None


def _all_taken_back(session: Session, deliveries: Sequence[Delivery]) -> bool:
    sent = select(DocumentRow.recalled_at).where(DocumentRow.delivery_id.in_([one.id for one in deliveries]))
    moments = session.scalars(sent).all() if deliveries else ()
    return bool(moments) and None not in moments
