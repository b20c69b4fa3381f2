"""Deliveries: what departments sent for a request or by themselves."""

from sqlalchemy import Select, select, union_all

from processes.storage.tables import Delivery, DocumentRequestRow

JUDGEMENT = "judgement"  # the value that a judging process declares; its drawing reads it


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
