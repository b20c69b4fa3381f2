"""People whom somebody names as filing a case together with them, until each confirms it by an own sign-in (C2)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known
from processes.storage.words import CoFilerState

WAITS = f"state = '{CoFilerState.ASKED}'"


class CoFiler(Base):
    """A person whom a party named, and who is nobody in the case as long as there is no `party_id`. `state`: CoFilerState.

    Only `code`, a keyed digest, is kept; the code itself is made of `salt` and the secret of the installation, for the link in a mail and
    for the page of who named this person: that shows it unless it went `by_mail`.
    """

    __tablename__ = "co_filer"
    __table_args__ = (
        index_where_known("co_filer", "code"),
        index_where_known("co_filer", "party_id"),
        index_of_some("ix_co_filer_waits", "valid_until", "id", which=WAITS),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    named_by: Mapped[int] = mapped_column(ForeignKey("party.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))  # as it was typed
    email: Mapped[str | None] = mapped_column(String(320))
    state: Mapped[str] = mapped_column(String(20), default=CoFilerState.ASKED)
    named_at: Mapped[datetime]
    valid_until: Mapped[date]  # the last day to confirm
    salt: Mapped[str | None] = mapped_column(String(32))  # hexadecimal
    code: Mapped[str | None] = mapped_column(String(64))
    by_mail: Mapped[bool] = mapped_column(default=False)
    reminded_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]  # somebody with another name came with the code, and the handler was told
    settled_at: Mapped[datetime | None]  # when the state became another one than asked
    settled_by: Mapped[str | None] = mapped_column(String(80))  # the number of staff who settled it; empty for others
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))  # the party that this person became
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was declined or taken off
