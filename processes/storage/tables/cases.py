"""A case and what belongs to it: parties, contested decisions, values, statuses, deadlines, notes."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from processes.storage.base import NEVER, Base, BigId, index_of_some, index_where_known
from processes.storage.words import CaseState, PostChannel, ReadingLanguage, TermKind

BY_SIGN: Final = String(200).with_variant(String(200, collation="C"), "postgresql")  # one order on every database
NOBODY_LAST: Final = "~"  # after every letter
BY_RISK: Final = ("state", "legal_on", "id")
SEEN: Final = ["confidentiality", "handler"]  # tell who may see a case: beside an index, it is counted without its rows


class Case(Base):
    """The row that locks the case and all its instances. `state`: CaseState; a destroyed case has no row."""

    __tablename__ = "case"
    __table_args__ = (
        # each serves a list of cases by legal risk with one filter, and the newest first of closed cases: those have no day
        Index("ix_case_risk", *BY_RISK, postgresql_include=SEEN),
        Index("ix_case_type", "case_type", *BY_RISK, postgresql_include=SEEN),
        Index("ix_case_status", "status", *BY_RISK, postgresql_include=SEEN),
        index_of_some("ix_case_handler", "handler", *BY_RISK, which="handler IS NOT NULL", postgresql_include=SEEN[:1]),
        index_of_some("ix_case_nobody", *BY_RISK, which="handler IS NULL", postgresql_include=SEEN),
        index_of_some("ix_case_court", *BY_RISK, which=f"court_on < '{NEVER}'"),
        index_of_some("ix_case_alarm", "id", which="alarm IS NOT NULL"),
        Index("ix_case_received", "state", "received_on", "id"),
        Index("ix_case_numbers", "state", "number"),
        Index("ix_case_handler_sort", "state", "handler_sort", "handler", "id"),
        Index("ix_case_version", "model_version_id", "state", "id"),
        Index("ix_case_retention", "destroy_from"),
        index_where_known("case", "closed_at"),  # the figures of a period
        Index("ix_case_retention_class", "retention_class", "id"),
        {
            "sqlite_autoincrement": True
        },  # the number of a destroyed case, and its audit chain, are never given out again
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    model_version_id: Mapped[int] = mapped_column(ForeignKey("model_version.id"))
    case_type: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(300), default="")
    confidentiality: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(20), default=CaseState.RUNNING)
    channel: Mapped[str] = mapped_column(String(20))  # CaseChannel
    received_on: Mapped[date]
    postmark_on: Mapped[date | None]
    registered_at: Mapped[datetime]
    handler: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[str | None] = mapped_column(String(80))
    published_at: Mapped[
        datetime | None
    ]  # the moment `publishedFrom` was passed; before it the citizen sees no documents
    result: Mapped[str | None] = mapped_column(String(80))
    result_explanation: Mapped[str | None] = mapped_column(Text)
    department_remark: Mapped[str | None] = mapped_column(Text)  # Opmerkingen: meant for the department (O14)
    closed_at: Mapped[datetime | None]
    departments_until: Mapped[date | None]  # last day that departments' links work
    retention_class: Mapped[str | None] = mapped_column(String(20))
    destroy_from: Mapped[date | None]  # None: kept, or not closed yet
    alarm: Mapped[str | None] = mapped_column(Text)  # why the case is parked; shown on /beheer with a retry
    row_version: Mapped[int] = mapped_column(default=1)
    # the first days of the terms that run, NEVER without one (and STILL where one of the law stands still): of the law and of a court together, of a court, and of the
    # municipality itself (processes.execution.urgency keeps them)
    legal_on: Mapped[date] = mapped_column(default=NEVER, server_default=str(NEVER))
    court_on: Mapped[date] = mapped_column(default=NEVER, server_default=str(NEVER))
    own_on: Mapped[date] = mapped_column(default=NEVER, server_default=str(NEVER))
    # the name of the handler without capitals and accents; NOBODY_LAST without one (processes.storage.staff keeps it)
    handler_sort: Mapped[str] = mapped_column(BY_SIGN, default=NOBODY_LAST, server_default=NOBODY_LAST)


class Party(Base):
    """A person or company in one case, in one role of its case type (`case:party`): objector, representative, court.

    `identity` is the encrypted BSN or KvK number, `identity_index` its keyed blind index (one person, many cases).
    """

    __tablename__ = "party"
    __table_args__ = (
        index_where_known("party", "represented_by"),
        Index(
            "ix_party_confidential", "case_id",
            postgresql_where=text("confidential"), sqlite_where=text("confidential = 1"),
        ),  # few: their names are compared one by one, for who handles the case
        index_of_some("ix_party_secret_address", "case_id", which="secret_address"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))  # PartyKind
    name: Mapped[str] = mapped_column(String(200))
    identity: Mapped[bytes | None] = mapped_column(LargeBinary)
    identity_index: Mapped[str | None] = mapped_column(String(64), index=True)
    email: Mapped[str | None] = mapped_column(String(320))
    email_unconfirmed: Mapped[bool] = mapped_column(default=False, server_default=false())  # typed at the portal
    phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(Text)
    # the address from which a letter came back: others to the same one wait until it is corrected or confirmed
    returned_address: Mapped[str | None] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(20), default=PostChannel.POST)  # how formal notices go
    secret_address: Mapped[bool] = mapped_column(default=False)
    deceased: Mapped[bool] = mapped_column(default=False)
    filing: Mapped[bool] = mapped_column(default=True)  # took the case up; others have a part in it
    confidential: Mapped[bool] = mapped_column(default=False)  # who it is stays off lists, portals and links
    # a keyed digest of the visit in which this party filed without signing in: nobody knows who it is until `linked_at`
    visit: Mapped[str | None] = mapped_column(String(64))
    linked_at: Mapped[
        datetime | None
    ]  # somebody who signed in tied the party to the own identity, with a code from a letter
    # of a release before the table of bars, which took it over; kept unread, as the trail holds a digest of it
    barred_as: Mapped[str | None] = mapped_column(String(320))
    represented_by: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    # of a company: the one branch (vestiging) that the case is of; empty: it is of the whole company
    branch: Mapped[str] = mapped_column(String(12), default="", server_default="")
    # a representative whom sign-in named: who this is sees the case under that mandate only, and never by an own sign-in
    by_mandate: Mapped[bool] = mapped_column(default=False, server_default=false())
    # the day on which the party said to be reachable electronically, and how (Awb 2:8); empty for post, and for a channel
    # that was chosen before this was kept
    electronic_since: Mapped[date | None]
    electronic_how: Mapped[str | None] = mapped_column(String(20))  # ElectronicWay
    # what the party needs at a hearing, as staff heard it: an interpreter with the language, a hearing loop, large print
    needs: Mapped[str] = mapped_column(String(300), default="", server_default="")
    language: Mapped[str] = mapped_column(
        String(2), default=ReadingLanguage.DUTCH, server_default=ReadingLanguage.DUTCH
    )  # as the person chose, or staff heard it
    left_on: Mapped[date | None]  # takes no part in the case any more: reads and gets nothing of it from this day
    # the day this person withdrew (Awb 6:21), on paper the day that it came in; the case goes on for the others
    withdrawn_on: Mapped[date | None]
    withdrawal_entered_on: Mapped[date | None]  # when staff entered it; empty when the person did so at the portal
    withdrawal_postmarked_on: Mapped[date | None]

    @property
    def post_waits(self) -> bool:
        """Whether letters to the address of now wait, because an earlier one came back from there."""
        return bool(self.returned_address) and self.returned_address == self.address


class Decision(Base):
    """A contested decision, or a failure to decide (`missing`, then without dates)."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    number: Mapped[str] = mapped_column(String(80), default="", index=True)
    subject: Mapped[str] = mapped_column(String(300))
    taken_on: Mapped[date | None]
    announced_on: Mapped[date | None]
    department: Mapped[str | None] = mapped_column(String(40))
    missing: Mapped[bool] = mapped_column(default=False)
    woo: Mapped[bool] = mapped_column(default=False)  # a decision on a Woo request: then no penalty runs (Woo 8.2)
    taken_by: Mapped[str | None] = mapped_column(String(80))
    # what was decided about this one, by the code of each value that asks it: {"dictum": "gegrond"}
    outcomes: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class CorrectionRow(Base):
    """A correction of a party or of a contested decision, which stays readable: `was` and `became` hold only what changed, by
    the names of the columns, as texts for people. No number of a person stands in them.
    """

    __tablename__ = "correction"
    __table_args__ = (
        index_where_known("correction", "party_id"),
        index_where_known("correction", "decision_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # CorrectionKind
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    became: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(80))  # the number of staff; `citizen` for a party's own choice


class CaseValue(Base):
    """One typed value of the case (or of one called instance), filled by a form."""

    __tablename__ = "case_value"
    __table_args__ = (UniqueConstraint("instance_id", "code"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    code: Mapped[str] = mapped_column(String(80))
    value: Mapped[Any] = mapped_column(JSON)


class StatusRow(Base):
    """A status that the engine reached. The texts stay in the model; this is the record of when."""

    __tablename__ = "status"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    code: Mapped[str] = mapped_column(String(80))
    element: Mapped[str] = mapped_column(String(120))
    reached_at: Mapped[datetime]


class DeadlineRow(Base):
    """A started deadline: all it is computed from. `due` is the outcome, kept for lists; recomputing gives the same."""

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        Index("ix_deadline_due", "met_on", "due"),
        Index("ix_deadline_warn", "warn_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    code: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20), default=TermKind.OWN, server_default=TermKind.OWN)
    started_on: Mapped[date]
    suspensions: Mapped[list[Any]] = mapped_column(
        JSON, default=list
    )  # [{"from": iso|null, "until": iso|null, "ground": ..}], and what each day follows (processes.execution.fact_days)
    extensions: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"until": iso|null, "on": iso}]
    due: Mapped[date | None]
    met_on: Mapped[date | None]  # met, or ended with its case
    warn_on: Mapped[date | None]  # when handler and team must next be warned that this date comes near
    warned_for: Mapped[date | None]  # the date that the last warning was about
    follows: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True)
    )  # the letter or answer that `started_on` ("start") and `met_on` ("met") take their day from


class NoteRow(Base):
    """The case timeline of staff: messages of citizens, internal notes, remarks of departments."""

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_unread", "read_by_handler", "at"),  # the news of Vandaag
        index_where_known("note", "party_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))  # NoteKind
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    author: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    read_by_handler: Mapped[bool] = mapped_column(default=False)


class CaseRelation(Base):
    """Another case that belongs to this one. There is a row on either side, so that each case tells its own relations.

    `kind` says what the other is for this case, as a word of Relation.
    """

    __tablename__ = "case_relation"
    __table_args__ = (UniqueConstraint("case_id", "other_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]


class DefaultNotice(Base):
    """A notice of default (ingebrekestelling, Awb 4:17): from it the penalty of a late decision is counted.

    `excluded` is the code of a ground on which no penalty is due (Awb 4:17(6), Woo 8.2); `paid_on` the day of payment.
    """

    __tablename__ = "default_notice"
    __table_args__ = (
        index_where_known("default_notice", "party_id"),
        Index("ix_default_notice_received_on", "received_on"),  # the figures of a period, as the next one
        index_where_known("default_notice", "set_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    deadline: Mapped[str] = mapped_column(String(80))
    received_on: Mapped[date]
    party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    excluded: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(80))
    set_on: Mapped[date | None]  # the day on which the amount was laid down in a decision (Awb 4:18)
    amount_cents: Mapped[int | None]  # as laid down on that day
