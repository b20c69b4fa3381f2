"""Tables of outgoing post: mails, and formal notices with their sending date."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known
from processes.storage.words import PostChannel, ReadingLanguage

AWAITS_CODE = text("awaits_code")
NOT_LOOKED_AFTER = f"unopened IS NULL AND channel = '{PostChannel.PORTAL}'"
IN_DIGEST = "digest AND sent_at IS NULL AND error IS NULL"
INVITED = "template = 'co-filer-asked'"
REFUSED = text("error IS NOT NULL AND sent_at IS NULL AND settled_at IS NULL")


class MailRow(Base):
    """A mail that left, will leave, or was refused for good: then `error` says why. `message_id` is fixed here, so that a
    repeat carries the same one.
    """

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_refused", "case_id", sqlite_where=REFUSED, postgresql_where=REFUSED),
        index_where_known("mail", "notice_id"),
        Index("ix_mail_awaits_code", "created_at", sqlite_where=AWAITS_CODE, postgresql_where=AWAITS_CODE),
        index_of_some("ix_mail_digest", "recipient", "id", which=IN_DIGEST),
        index_of_some("ix_mail_invited", "recipient", "created_at", which=INVITED),
        index_of_some("ix_mail_held", "id", which="held IS NOT NULL AND error IS NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    template: Mapped[str] = mapped_column(String(80))
    recipient: Mapped[str] = mapped_column(String(320))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    awaits_code: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # until its reader confirms the address
    # news for a citizen that waits for the one mail of the day; with that mail it counts as sent
    digest: Mapped[bool] = mapped_column(default=False, server_default=false())
    language: Mapped[str] = mapped_column(
        String(2), default=ReadingLanguage.DUTCH, server_default=ReadingLanguage.DUTCH
    )  # in which it is written
    settled_at: Mapped[datetime | None]  # refused, and somebody told it in another way
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))  # what it announces, if that is a notice
    # not sent, for it says what is not so: `{"reasons": [...], "instance": id, "to": "department", "party": id}`
    held: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class NoticeRow(Base):
    """A formal notice to one party (Awb 3:41): by portal, or by post as a letter. `sent_on` is its sending date."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_to_send", "channel", "sent_on"),  # letters that still have to be printed
        index_where_known("notice", "document_id"),
        index_where_known("notice", "letter_id"),
        index_where_known("notice", "batch_id"),
        index_of_some("ix_notice_held", "id", which="held IS NOT NULL AND stopped IS NULL"),
        index_of_some("ix_notice_not_looked_after", "sent_on", "id", which=NOT_LOOKED_AFTER),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    party_id: Mapped[int] = mapped_column(
        ForeignKey("party.id"), index=True
    )  # who reads it: the representative if there is one
    template: Mapped[str] = mapped_column(String(80))
    element: Mapped[str] = mapped_column(String(120))
    channel: Mapped[str] = mapped_column(String(20))  # PostChannel
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    document_id: Mapped[str | None] = mapped_column(ForeignKey("document.id"))  # the letter, once it is made
    # the same in the language of its reader, as it went along: `{"language": "en", "subject":, "body":}`; the letter itself is Dutch
    translation: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    document_type: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    sent_on: Mapped[date | None]  # by post: the day a worker confirms "geprint en verzonden op"
    returned_on: Mapped[date | None]  # by post: the day on which it came back to us
    stopped: Mapped[str | None] = mapped_column(Text)  # why it will not be sent any more, such as a death
    frame: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # who sent it, in whose name, whom to call (post.frames)
    # [{"document": id or null, "title":, "reference":, "joined": in the letter itself}]
    enclosures: Mapped[list[Any] | None] = mapped_column(JSON)
    # not sent, for it says what is not so, or somebody looks at it first (`letter_id`; then with `made`, the text of its template):
    # `{"reasons": [...], "instance": id, "to":, "enclose": [...]}`
    held: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))  # looked at by somebody before it left
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("print_batch.id"))  # printed together with others
    # on the portal: whether its reader left it unopened for too long; None until the day on which that is looked at
    unopened: Mapped[bool | None]
    batch_place: Mapped[int | None]  # its place in that stack, from 1
