"""Tables for running the installation: outbox, audit, one-time form keys, sessions, profiles, destruction, settings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import Base, BigId, index_of_some, index_where_known
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
    rows: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # {table: {key: keyed digest, null: gone}}
    seal: Mapped[str | None] = mapped_column(String(100))  # id of a key, and the row's HMAC with it


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
    """A sign-in. Real time, never the demo's clock. `id_hash` is the SHA-256 of the cookie.

    `person`, `account` and `provider_session` are keyed digests, by which sessions are ended without being opened.
    """

    __tablename__ = "web_session"
    __table_args__ = tuple(index_where_known("web_session", one) for one in ("person", "account", "provider_session"))

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # SessionKind
    data: Mapped[bytes] = mapped_column(LargeBinary)  # encrypted: subject, name, roles, identity
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]  # ended before its time: it is worth nothing from here on
    person: Mapped[str | None] = mapped_column(String(64))
    account: Mapped[str | None] = mapped_column(String(64))  # `iss` and `sub` of the provider
    provider_session: Mapped[str | None] = mapped_column(String(64))  # `iss` and `sid`
    tokens: Mapped[bytes | None] = mapped_column(LargeBinary)  # encrypted: what the provider is asked again with
    asked_at: Mapped[datetime | None]  # when the provider was last asked whether this person may still come in
    confirmed_at: Mapped[datetime | None]  # when it last said so


class SignInRow(Base):
    """A sign-in as its person sees it for some months after (C20), beside the session with this `id_hash` and longer than that. Real time.

    `person` is the blind index of a citizen, a company or one branch of it, or the number of a member of staff; `company`, of a branch, is
    that of its company. `seen_at` and `ended_at` are written when the
    session goes; while it is there, it tells them itself.
    """

    __tablename__ = "sign_in"
    __table_args__ = (
        Index("ix_sign_in_person", "person", "began_at"), Index("ix_sign_in_company", "company", "began_at"),
    )  # fmt: skip

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))  # SessionKind
    person: Mapped[str] = mapped_column(String(80))
    company: Mapped[str | None] = mapped_column(String(80))
    data: Mapped[bytes] = mapped_column(LargeBinary)  # encrypted: identity, level, device, for whom
    began_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class PersonProfile(Base):
    """The choices of a citizen for all own cases: contact details and whether news comes by mail (D13-D19).

    `identity` is the encrypted BSN or KvK number, so that the blind index can be made anew for another secret.
    """

    __tablename__ = "person_profile"

    identity_index: Mapped[str] = mapped_column(String(64), primary_key=True)
    identity: Mapped[bytes | None] = mapped_column(LargeBinary)
    email: Mapped[str | None] = mapped_column(String(320))
    email_unconfirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    phone: Mapped[str | None] = mapped_column(String(40))
    news_by_mail: Mapped[bool] = mapped_column(default=False)
    news_kinds: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))  # words of CitizenNews; None: all
    news_daily: Mapped[bool] = mapped_column(default=False, server_default=false())  # in one mail a day
    channel: Mapped[str | None] = mapped_column(String(20))  # how letters should come, once chosen at Mijn gegevens
    language: Mapped[str | None] = mapped_column(String(2))  # ReadingLanguage, once chosen there


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
