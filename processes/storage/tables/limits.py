"""Tables that bound what one person can do to all: counts in a window of time, and who answers for a mail address or mailbox."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, index_of_some


class RateRow(Base):
    """How often one person, link or address did one kind of thing in a window that ends at `until`. Real time."""

    __tablename__ = "rate"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # a keyed digest: nobody reads from it who that was
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(index=True)


class OwnAddress(Base):
    """A mail address that a citizen typed for all own cases: confirmed, or waiting for the code that was mailed to it.

    `code` is the keyed digest of that code; `asked` says how many codes went there since a day before `asked_at`, and
    `tries` how many wrong ones came back. All in real time.
    """

    __tablename__ = "own_address"
    __table_args__ = (index_of_some("ix_own_address_waiting", "asked_at", which="confirmed_at IS NULL"),)

    identity_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str] = mapped_column(String(320), primary_key=True, index=True)
    confirmed_at: Mapped[datetime | None]
    code: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)


class MailboxCode(Base):
    """A code that somebody asked for the mailbox of a department, of the browser that asked: `ask` is the digest of its cookie.

    `address` is what was typed. Only a worker looks whether it is a department's, and then makes the `code` (a keyed digest), so
    that an address that nobody has gets the same answer in the same time. `tries` counts wrong ones. All in real time.
    """

    __tablename__ = "mailbox_code"

    ask: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str] = mapped_column(String(320))
    code: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
