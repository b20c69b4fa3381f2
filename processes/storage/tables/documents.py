"""Documents, and the exchange with departments: dossier (the link), request, delivery."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_where_known, new_id
from processes.storage.words import DocumentState


class DocumentRow(Base):
    """A document (`state`: DocumentState). Its bytes live in the file store; `blob` is empty until a worker has made it."""

    __tablename__ = "document"
    __table_args__ = (
        index_where_known("document", "party_id"),
        index_where_known("document", "delivery_id"),
        index_where_known("document", "redacts"),
        index_where_known("document", "part_id"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    reference: Mapped[str] = mapped_column(String(60))  # kenmerk, BZW-2026-00001-D3
    type: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str] = mapped_column(String(64))
    blob: Mapped[str] = mapped_column(String(120), index=True)
    file_key: Mapped[str | None] = mapped_column(String(200))  # of an encrypted file: its key, sealed for this blob
    locked: Mapped[bool] = mapped_column(default=False, server_default=false())  # opens only with a password
    # holds contact details of who filed it: others than that party and who handles the case read the version beside it
    personal: Mapped[bool] = mapped_column(default=False, server_default=false())
    origin: Mapped[str] = mapped_column(String(20))  # DocumentOrigin
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))  # who added it, or the only addressee
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    state: Mapped[str] = mapped_column(String(20), default=DocumentState.ACCEPTED)
    refusal: Mapped[str | None] = mapped_column(Text)
    confidentiality: Mapped[str] = mapped_column(String(30))  # Confidentiality
    on_portal: Mapped[bool] = mapped_column(default=False)  # "Tonen op portaal"
    audience: Mapped[str] = mapped_column(String(20), default="none")  # Audience
    to_departments: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"department": code or null, "party": id of a person, "at": iso}] (O31)
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(200))
    # Woo: {"public": geheel|deels|niet|al_openbaar, "grounds": [..], "date": iso|null, "note": text}
    assessment: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # Awb 7:4: {"open": bool, "why": text} as a worker chose, with "court": true for the court alone (Awb 8:29);
    # and since when it lies open to every party
    inspection: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    inspected_from: Mapped[date | None]
    redacts: Mapped[str | None] = mapped_column(ForeignKey("document.id"))  # the original of a redacted version
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part_decision.id"))  # the part decision that it belongs to

    @property
    def is_made(self) -> bool:
        """Whether there is a file: one that is made of words comes a little later than its row."""
        return bool(self.blob)


class Dossier(Base):
    """The part of one case that one department, or one person (`party_id`), sees, and the link to it.

    The token is HMAC(key, salt); only its hash is stored. `sealed_token` holds the token itself, sealed, once the secret that
    made it was replaced: links that were mailed before then still work, and later mails carry the same one.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        UniqueConstraint("case_id", "department"),
        index_where_known("dossier", "party_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    department: Mapped[str | None] = mapped_column(ForeignKey("department.code"))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_token: Mapped[bytes | None] = mapped_column(LargeBinary)
    revoked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]


class DocumentRequestRow(Base):
    """A request for documents: an instance of a called process, for one dossier, with a term that may move."""

    __tablename__ = "document_request"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), unique=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    due: Mapped[date]
    wanted: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"type":, "description":, "required":}]
    party_fields: Mapped[list[Any]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Delivery(Base):
    """One delivery of a department (aanlevering). `request_id` is empty for a late supplement (nazending)."""

    __tablename__ = "delivery"
    __table_args__ = (
        index_where_known("delivery", "request_id"),
        index_where_known("delivery", "instance_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("document_request.id"))
    instance_id: Mapped[int | None] = mapped_column(ForeignKey("instance.id"))  # the instance that judges it
    receipt: Mapped[str] = mapped_column(String(40), unique=True)
    remark: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime]
    judged_at: Mapped[datetime | None]
