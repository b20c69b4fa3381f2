"""Tables of people who work here: under a number of our own, and by which sign-in each is recognised."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, index_where_known


class StaffRow(Base):
    """A member of staff. Name, user name, roles and mail address are as sign-on last told them, and may change there.

    `number` never changes: every column that names staff holds it (see `processes.storage.staff_columns`).
    """

    __tablename__ = "staff"

    number: Mapped[str] = mapped_column(String(80), primary_key=True)
    username: Mapped[str] = mapped_column(String(80))  # two people may share one, at two providers
    name: Mapped[str] = mapped_column(String(200), index=True)
    roles: Mapped[list[Any]] = mapped_column(JSON, default=list)
    email: Mapped[str | None] = mapped_column(String(320))
    signed_in_at: Mapped[datetime | None]
    keys_off: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # single keys do nothing for this person
    blocked_at: Mapped[datetime | None]  # an administrator keeps this person out, whatever sign-on says


class StaffIdentity(Base):
    """One account at one provider (`iss` and `sub` of OpenID Connect), and the member of staff whose it is.

    Without `staff` an administrator must first say who it is; `username` and `name` are then what the account was called.
    """

    __tablename__ = "staff_identity"
    __table_args__ = (index_where_known("staff_identity", "staff"),)

    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    staff: Mapped[str | None] = mapped_column(ForeignKey("staff.number"))
    username: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[datetime]  # the first sign-in with it
    bound_at: Mapped[datetime | None]
    bound_by: Mapped[str | None] = mapped_column(String(80))  # the number of an administrator; None: it bound itself
