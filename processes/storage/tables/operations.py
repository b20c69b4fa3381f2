"""Tables for running the installation: outbox, audit, one-time form keys, sessions, profiles, destruction, settings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some
from processes.storage.words import DestructionState

# a longer answer of a form does not fit into an index; the few that are have one of their own
SHORT_ANSWER = "length(answer) <= 2000"
LONG_ANSWER = "length(answer) > 2000"


class OutboxRow(Base):
    """Work that leaves the transaction. Closed by the actor that did it, never by the one that told of it."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_open", "done_at", "not_before"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))  # OutboxKind
    key: Mapped[str] = mapped_column(String(120), unique=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    case_id: Mapped[int | None] = mapped_column(BigId, index=True)
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class AuditRow(Base):
    """One row per change, one hash chain per case (`chain` is the case id, 0 for the installation). No personal data."""

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("chain", "seq"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    chain: Mapped[int] = mapped_column(BigId)
    seq: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(100))  # kind and keyed digest
    action: Mapped[str] = mapped_column(String(60))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    format: Mapped[int] = mapped_column(server_default="1")  # what was hashed, and how: see processes.storage.audit


class FormKey(Base):
    """The one-time key of a form: the second use gets the first one's answer."""

    __tablename__ = "form_key"
    __table_args__ = (
        index_of_some("ix_form_key_long_answer", "key", which=LONG_ANSWER),
        index_of_some(
            "ix_form_key_answer", "answer", which=SHORT_ANSWER, postgresql_ops={"answer": "text_pattern_ops"}
        ),
    )

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(Text)


class WebSession(Base):
    """A sign-in. Real time, never the demo's clock. `id_hash` is the SHA-256 of the cookie."""

    __tablename__ = "web_session"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # SessionKind
    data: Mapped[bytes] = mapped_column(LargeBinary)  # encrypted: subject, name, roles, identity
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class StaffRow(Base):
    """A member of staff who has signed in, with the roles that sign-on gave: for names, and for handing over a case."""

    __tablename__ = "staff"

    username: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[Any]] = mapped_column(JSON, default=list)
    email: Mapped[str | None] = mapped_column(String(320))


class PersonProfile(Base):
    """The choices of a citizen for all own cases: contact details and whether news comes by mail (D13-D19)."""

    __tablename__ = "person_profile"

    identity_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    email: Mapped[str | None] = mapped_column(String(320))
    email_unconfirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    phone: Mapped[str | None] = mapped_column(String(40))
    news_by_mail: Mapped[bool] = mapped_column(default=False)


class DestructionRow(Base):
    """A case on a destruction list, and after the destruction its certificate: what, when, why, by whom."""

    __tablename__ = "destruction"
    __table_args__ = (
        Index("ix_destruction_state", "state", "destroyed_at", "id"),
        Index("ix_destruction_due", "state", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, unique=True)
    case_number: Mapped[str] = mapped_column(String(40))
    case_type: Mapped[str] = mapped_column(String(80))
    result: Mapped[str] = mapped_column(String(80))
    retention_class: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date]
    listed_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default=DestructionState.LISTED)
    exception: Mapped[str | None] = mapped_column(Text)
    proposed_by: Mapped[str | None] = mapped_column(String(80))  # the first of the two people that it takes
    proposed_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(80))
    approved_at: Mapped[datetime | None]
    destroyed_at: Mapped[datetime | None]
    certificate: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # counts per kind, hashes of the documents


class SettingRow(Base):
    """One setting of the organisation, such as the demo's clock."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
