"""Tables of mail that came in: how far each mailbox was read, and what came back on our own mails."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known


class MailboxRow(Base):
    """How far one mailbox was read, by its purpose. All moments are real time.

    A UID (RFC 3501) counts within one `uid_validity` of one `account`: with another of either, reading begins anew.
    """

    __tablename__ = "mailbox"

    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)  # MailboxPurpose
    account: Mapped[str] = mapped_column(String(64))  # a hash of user, host and folder
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    last_uid: Mapped[int] = mapped_column(BigInteger)  # everything up to this one was taken
    looked_at: Mapped[datetime]
    failure: Mapped[str | None] = mapped_column(Text)  # a Dutch sentence, as long as the mailbox cannot be read
    failing_since: Mapped[datetime | None]
    stuck_uid: Mapped[int | None] = mapped_column(BigInteger)  # a mail that could not be taken
    tries: Mapped[int] = mapped_column(default=0)  # how often


class TakenMail(Base):
    """A mail that was taken from a mailbox, so that none is taken twice: a digest, nothing of the mail itself."""

    __tablename__ = "taken_mail"

    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)  # real time


class MailAnswer(Base):
    """An answer that came back on a mail of ours, or came in beside it: `kind` is an AnswerKind. The text is plain, cut and cleaned."""

    __tablename__ = "mail_answer"
    __table_args__ = (
        index_where_known("mail_answer", "case_id"),
        index_where_known("mail_answer", "mail_id"),
        index_of_some("ix_mail_answer_open", "id", which="to_read AND settled_at IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail.id"))
    kind: Mapped[str] = mapped_column(String(20))
    to_read: Mapped[bool]  # somebody has to read it: it is no notice of a machine about a mail that is known
    sender: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)  # why it came back, in a Dutch sentence; empty for an answer
    back_on: Mapped[date | None]  # the first day on which who is away is there again
    attachments: Mapped[int]  # how many files came along; they stay in the mailbox
    received_at: Mapped[datetime] = mapped_column(index=True)
    left_at: Mapped[datetime | None]  # when the mail that came back had left
    settled_at: Mapped[datetime | None]
