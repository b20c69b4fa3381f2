"""Colleagues who may have nothing to do with a case, as it is about them or they have a part in it (Awb 9:7, 2:4)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known

HOLDS = "lifted_at IS NULL"


class Bar(Base):
    """One colleague and one case. It holds until somebody lifts it with a reason; nothing else takes it off.

    `staff` is the number of the colleague; empty while nobody here has the `address`, the sign-in by which the party `party_id` is known. Made by
    somebody (`made_by`, with a `reason`), or by the program because of an address.
    """

    __tablename__ = "bar"
    __table_args__ = (
        index_of_some("ix_bar_staff", "staff", "case_id", which=HOLDS),
        index_of_some("ix_bar_address", "address", "case_id", which=HOLDS),
        index_where_known("bar", "party_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    staff: Mapped[str | None] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(320))  # in lower case
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    made_at: Mapped[datetime]
    made_by: Mapped[str | None] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text, default="")
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[str | None] = mapped_column(String(80))
    lifted_reason: Mapped[str | None] = mapped_column(Text)
