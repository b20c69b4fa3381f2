"""Documents, and the exchange with departments: dossier (the link), request, delivery."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known, new_id
from processes.storage.words import DocumentState, HiddenState, ScanState


class DocumentRow(Base):
    """A document (`state`: DocumentState). Its bytes live in the file store; `blob` is empty until a worker has made it."""

    __tablename__ = "document"
    __table_args__ = (
        index_where_known("document", "party_id"),
        index_where_known("document", "delivery_id"),
        index_where_known("document", "redacts"),
        index_where_known("document", "version_of"),
        index_where_known("document", "part_id"),
        index_of_some("ix_document_unread", "id", which="NOT words_read AND blob <> ''"),
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
    # whether a worker looked what words stand in its file, so that staff find them
    words_read: Mapped[bool] = mapped_column(default=False, server_default=false())
    # holds contact details of who filed it: others than that party and who handles the case read the version beside it
    personal: Mapped[bool] = mapped_column(default=False, server_default=false())
    origin: Mapped[str] = mapped_column(String(20))  # DocumentOrigin
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))  # who added it, or the only addressee
    delivery_id: Mapped[int | None] = mapped_column(ForeignKey("delivery.id"))
    state: Mapped[str] = mapped_column(String(20), default=DocumentState.ACCEPTED)
    refusal: Mapped[str | None] = mapped_column(Text)
    scan: Mapped[str | None] = mapped_column(String(20))  # ScanState; empty: nobody scans it
    hidden: Mapped[str | None] = mapped_column(
        String(20)
    )  # HiddenState; empty: made by the program, or older than the looking
    # {"things": [HiddenThing], "why": reason, "by": name, "at": iso}: what was found, and why it may go out like that
    hidden_found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # the department that sent this file took it back before it was accepted (P3), and `state` is `removed`; the other way round
    # is `taken_back`
    recalled_at: Mapped[datetime | None]
    confidentiality: Mapped[str] = mapped_column(String(30))  # Confidentiality
    on_portal: Mapped[bool] = mapped_column(default=False)  # "Tonen op portaal"
    shows_at: Mapped[datetime | None]  # real time: ticked, and nobody sees it before then; who ticked may still undo it
    after_closing: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # staff added it after the end of the case
    audience: Mapped[str] = mapped_column(String(20), default="none")  # Audience
    to_departments: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"department": code or null, "party": id of a person, "at": iso}] (O31)
    # departments that we let read this document and no longer do (P15): [{"department": code, "given": iso, "at": iso, "why": text}]
    taken_back: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
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
    version_of: Mapped[str | None] = mapped_column(
        ForeignKey("document.id")
    )  # the first version; empty: this is the first
    version: Mapped[int | None]  # from 2 on; empty: the first
    version_why: Mapped[str | None] = mapped_column(Text)  # why this version came in the place of the one before

    @property
    def is_made(self) -> bool:
        """Whether there is a file: one that is made of words comes a little later than its row."""
        return bool(self.blob)

    @property
    def is_scanned(self) -> bool:
        """Whether its file may be read: it holds no virus, or nobody scans files here."""
        return self.scan in {None, ScanState.CLEAN}

    @property
    def is_readable(self) -> bool:
        return self.is_made and self.is_scanned

    @property
    def is_looked_into(self) -> bool:
        """Whether it may leave the organisation, as far as what the eye does not see in it goes."""
        return self.hidden in {None, HiddenState.NOTHING, HiddenState.KEPT}

    @property
    def is_shown(self) -> bool:
        """Whether it is ticked for the portal, and the minute in which that can be undone is over."""
        return self.on_portal and self.shows_at is None


class Dossier(Base):
    """The part of one case that one department, or one person (`party_id`), sees, and the link to it.

    The token is HMAC(key, salt); only its hash is stored. `sealed_token` holds the token itself, sealed, once the secret that
    made it was replaced: links that were mailed before then still work, and later mails carry the same one.
    """

    __tablename__ = "dossier"
    __table_args__ = (
        UniqueConstraint("case_id", "department"),
        index_where_known("dossier", "party_id"),
        index_of_some("ix_dossier_department", "department", "id", which="department IS NOT NULL"),
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
    # by these the list of all cases is read in its order
    __table_args__ = (
        index_of_some("ix_document_request_open", "due", "id", which="closed_at IS NULL"),
        index_of_some("ix_document_request_quiet", "quiet", "due", "id", which="closed_at IS NULL"),
        index_of_some("ix_document_request_judge", "due", "id", which="closed_at IS NULL AND to_judge"),
        index_of_some("ix_document_request_of", "department", "quiet", "due", "id", which="closed_at IS NULL"),
        index_of_some("ix_document_request_by", "handler", "quiet", "due", "id", which="closed_at IS NULL"),
        index_of_some("ix_document_request_closed", "closed_at", "id", which="closed_at IS NOT NULL"),
        index_of_some("ix_document_request_closed_of", "department", "closed_at", "id", which="closed_at IS NOT NULL"),
        index_of_some("ix_document_request_closed_by", "handler", "closed_at", "id", which="closed_at IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"), unique=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    due: Mapped[date]
    wanted: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"type":, "description":, "required":}]
    party_fields: Mapped[list[Any]] = mapped_column(JSON, default=list)
    asked_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # when its process ended, by whatever way
    # by a worker, or because the case went on without: then why, which the department reads
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[str | None] = mapped_column(Text)
    # kept for the list: `processes.execution.listed_columns`
    department: Mapped[str | None] = mapped_column(String(40))  # of the dossier
    handler: Mapped[str | None] = mapped_column(String(80))  # of the case
    to_judge: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # something came in that nobody judged
    quiet: Mapped[bool] = mapped_column(default=True, server_default=true())  # no other answer waits for a decision


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
    # what the department said of each requested document: `processes.base.checklist.SaidOfDocument`, in the order of
    # the request
    said: Mapped[list[Any]] = mapped_column(JSON, default=list)
    delivered_by: Mapped[str] = mapped_column(String(200), default="")  # the name that was typed on the form
    sent_at: Mapped[datetime]
    judged_at: Mapped[datetime | None]
    # why it was not enough, beside what stands with each document: its words were no answer, or something is still missing
    refusal: Mapped[str | None] = mapped_column(Text)


class RequestReply(Base):
    """Another answer of a department to a request than documents (`kind`: ReplyKind), which a worker decides on.

    `department` is the code of the department that it is passed on to, as proposed and later as decided; `until` the day that was
    asked for, and later the day that was given. `granted` is empty until somebody decided; `note` is what the department reads then.
    """

    __tablename__ = "request_reply"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("document_request.id"), index=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    remark: Mapped[str] = mapped_column(Text)
    replied_by: Mapped[str] = mapped_column(String(200))  # the name that was typed on the form
    department: Mapped[str | None] = mapped_column(ForeignKey("department.code"))
    until: Mapped[date | None]
    sent_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(80))
    granted: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text, default="")
