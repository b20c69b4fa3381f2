"""The tables of looks: who saw which case, task or document, and when; and every opening of a link."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some


class LookRow(Base):
    """One look at a case by one person: a page, or a document that was fetched; or at post that is in no case (then `case_id` is 0). No
    text of it stands here.

    `case_id` is no foreign key: that would make a look wait for whoever has the case locked. Destruction of the case empties it
    all the same, and looks older than the setting `looks_months` are swept.
    """

    __tablename__ = "look"
    __table_args__ = (
        Index("ix_look_case", "case_id", "at", "id"),
        Index("ix_look_who", "who", "at", "id"),
        Index("ix_look_at", "at", "id"),
        index_of_some("ix_look_document", "document_id", "at", "id", which="document_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    who_kind: Mapped[str] = mapped_column(String(20))  # ActorKind
    who: Mapped[str] = mapped_column(String(100))  # Actor.subject
    case_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(20))  # LookKind
    part: Mapped[str] = mapped_column(String(100))  # which page of the case; empty for a document
    document_id: Mapped[str | None] = mapped_column(String(32))
    address: Mapped[str | None] = mapped_column(String(45))  # of the visitor, after the check of the proxies
    correlation: Mapped[str | None] = mapped_column(String(40))  # ties it to the lines of the log
    for_whom: Mapped[str | None] = mapped_column(String(64))  # by a mandate: the blind index of who gave it
    for_branch: Mapped[str] = mapped_column(String(12), default="", server_default="")  # the only branch that it is for


class LinkOpening(Base):
    """One opening of the link of a dossier (P14). It changes nothing of the case, as a look does not.

    `device` is in words (`portal.security.device`), `unattended` whether it was no person by all signs: a mail scanner, a preview.
    Without foreign keys, destroyed and swept, as `look`.
    """

    __tablename__ = "link_opening"
    __table_args__ = (
        Index("ix_link_opening_case", "case_id"),
        Index("ix_link_opening_dossier", "dossier_id", "at", "id"),
        Index("ix_link_opening_at", "at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    case_id: Mapped[int] = mapped_column(BigId)
    dossier_id: Mapped[int] = mapped_column(BigId)
    address: Mapped[str | None] = mapped_column(String(45))  # of the visitor, after the check of the proxies
    device: Mapped[str] = mapped_column(String(60))
    unattended: Mapped[bool]
