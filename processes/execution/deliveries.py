"""Deliveries: what departments sent for a request or by themselves."""

from sqlalchemy import Select, select

from processes.storage.tables import Delivery, DocumentRequestRow

JUDGEMENT = "judgement"  # the value that a judging process declares; its drawing reads it


def deliveries_to_judge(instance_id: int) -> Select[Delivery]:
    """The deliveries that an instance judges and that nobody judged yet, oldest first."""
    requests = select(DocumentRequestRow.id).where(DocumentRequestRow.instance_id == instance_id)
    return (
        select(Delivery)
        .where((Delivery.instance_id == instance_id) | Delivery.request_id.in_(requests))
        .where(Delivery.judged_at.is_(None))
        .order_by(Delivery.id)
    )
