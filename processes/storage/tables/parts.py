"""The table of part decisions: what was decided on a part of a Woo request, while the rest of it goes on (Woo 4.4)."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId


class PartDecision(Base):
    """One part decision of a case: the documents that name it, an own letter and an own remedy. Until `taken_on` it is prepared.

    `number` counts in its case from 1. `outcome` is the code of a result type of the case. `letters`: `{"sent": [ids of letters]}`,
    those by which it was announced to who filed the case; `announced_on`: the day on which the last of them was sent.
    """

    __tablename__ = "part_decision"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), unique=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), default="")
    outcome: Mapped[str] = mapped_column(String(40), default="")
    taken_on: Mapped[date | None]
    taken_by: Mapped[str | None] = mapped_column(String(80))  # under mandate; empty when a body decided itself
    letters: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    announced_on: Mapped[date | None]
