"""The page of one case: the sentence that matters, what we wait for, the timeline, documents, letters, messages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType, Model
from engine.words import Side
from processes.access.visibility import notes_of, notices_of, open_tasks_in, related_cases, shown_case, task_is_for
from processes.access.withdrawal import filers_left, withdrawal_too_late
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.execution.deciding_each import decisions_in, outcome_names
from processes.execution.default_of_decision import late_term
from processes.execution.facts import FactMap
from processes.execution.terms import rows_of
from processes.post.frames import Frame, frame_from
from processes.reads.citizen.calendar import CaseMoment, moments_of
from processes.reads.citizen.documents import CitizenDocumentLine, lines_of
from processes.reads.citizen.entry import Entered, enter, facts_for, refused
from processes.reads.citizen.inspection import Inspection, inspection_of
from processes.reads.citizen.overview import standing_of
from processes.reads.citizen.terms import AskedOfCitizen, due_of_task, task_name
from processes.reads.citizen.words import main_deadline, sentence
from processes.reads.opening import reading
from processes.reads.penalties import PenaltyLine, penalty_lines
from processes.reads.statuses import StatusStep, timeline
from processes.reads.terms import ShownTerm, terms_of_case
from processes.storage.root_instance import root_of
from processes.storage.services import Services
from processes.storage.tables import DeadlineRow, DefaultNotice, NoticeRow
from processes.storage.words import CaseState, NoteKind


@dataclass(frozen=True, slots=True)
class CitizenLetterLine:
    """A formal notice. `document` is the letter as a file, once it is made and shown."""

    id: int
    subject: str
    sent_on: date | None
    channel: str
    document: str | None


@dataclass(frozen=True, slots=True)
class MessageLine:
    """`mine`: written by the reader, or by whom the reader represents."""

    mine: bool
    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionLine:
    subject: str
    number: str
    taken_on: date | None
    announced_on: date | None
    missing: bool
    outcome: str = ""  # of one of several, once the case is closed


@dataclass(frozen=True, slots=True)
class RelatedLine:
    number: str
    title: str
    subject: str
    running: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """`withdrawable`: id and name of those for whom this reader may withdraw; `goes_on`: others filed the case too. `late_since` is
    the last day of the term to decide, once this reader may put the municipality in default (Awb 6:12).
    """

    number: str
    title: str
    subject: str
    running: bool
    received_on: date
    closed_on: date | None
    sentence: str
    status: StatusStep | None
    steps: tuple[StatusStep, ...]
    waiting: tuple[AskedOfCitizen, ...]
    term: ShownTerm | None
    penalties: tuple[PenaltyLine, ...]
    documents: tuple[CitizenDocumentLine, ...]
    published: bool
    inspection: Inspection | None
    letters: tuple[CitizenLetterLine, ...]
    messages: tuple[MessageLine, ...]
    decisions: tuple[DecisionLine, ...]
    may_add: tuple[DocumentType, ...]
    may_withdraw: bool
    withdrawable: tuple[tuple[int, str], ...]
    goes_on: bool
    late_since: date | None
    result: str | None
    explanation: str | None
    related: tuple[RelatedLine, ...]
    moments: tuple[CaseMoment, ...] = ()


@dataclass(frozen=True, slots=True)
class CitizenLetter:
    """One letter. `frame` says who sent it (None for an old one); `enclosures` are title and id of a document, None when it
    is not shown apart.
    """

    number: str
    title: str
    line: CitizenLetterLine
    body: str
    frame: Frame | None
    enclosures: tuple[tuple[str, str | None], ...]


def read_case(services: Services, actor: Actor, number: str) -> CasePage:
    """Everything that this person may see of the case. Raises NotFound, which is recorded, when that is nothing."""
    with reading(services) as (session, now):
        entered = enter(session, services, actor, number)
        facts = facts_for(session, entered)
        waiting = _waiting(session, entered)
        documents = lines_of(session, entered)
        steps = timeline(session, entered.case, entered.deployed, facts, now)
        related = _related(session, services, actor, entered)
        return _page(session, entered, facts, now, waiting, documents, steps, related)


def _page(session: Session, entered: Entered, facts: FactMap, now: datetime, waiting: tuple[AskedOfCitizen, ...],
          documents: tuple[CitizenDocumentLine, ...], steps: tuple[StatusStep, ...],
          related: tuple[RelatedLine, ...]) -> CasePage:  # fmt: skip
    case, model = entered.case, entered.deployed.model
    withdrawable, goes_on = withdrawal_for(session, entered)
    rows = rows_of(session, case.id)
    due = {row.code: row for row in rows}
    standing = standing_of(case, model, due, own=entered.own, waiting=bool(waiting))
    running = case.state == CaseState.RUNNING
    return CasePage(
        number=case.number, title=case.title, subject=case.subject, running=running, received_on=case.received_on,
        closed_on=standing.closed_on, sentence=sentence(standing, local_date(now)),
        status=next((step for step in steps if step.state == "current"), None), steps=steps, waiting=waiting,
        term=_term(session, entered, rows, facts, now),
        penalties=penalty_lines(session, case, model, local_date(now), entered.law.book(session)) if entered.own else (), documents=documents, published=case.published_at is not None,
        inspection=inspection_of(session, entered) if case.published_at else None,
        letters=_letters(session, entered, documents), messages=_messages(session, entered),
        decisions=_decisions(session, entered), may_add=_may_add(model) if running else (),
        may_withdraw=bool(withdrawable), withdrawable=withdrawable, goes_on=goes_on,
        late_since=late_since(session, entered, rows, now), result=standing.result,
        explanation=case.result_explanation if case.result else None, related=related,
        moments=moments_of(session, entered, waiting, now),
    )  # fmt: skip


def _waiting(session: Session, entered: Entered) -> tuple[AskedOfCitizen, ...]:
    tasks = session.scalars(open_tasks_in([entered.case.id])).all()
    return tuple(
        AskedOfCitizen(task.id, task_name(task, entered.seen), due_of_task(session, entered.deployed.model, task))
        for task in tasks
        if task_is_for(task, entered.asked_roles, entered.viewpoints)
    )


def _term(
    session: Session, entered: Entered, rows: Iterable[DeadlineRow], facts: FactMap, now: datetime
) -> ShownTerm | None:
    """The term of the law with its explanation, while it still counts (B4)."""
    code = main_deadline(entered.deployed.model)
    book = entered.law.book(session)
    terms = terms_of_case(rows, entered.deployed.model, facts, now, book)
    running = entered.case.state == CaseState.RUNNING
    return next((term for term in terms if term.code == code and term.met_on is None and running), None)


def _letters(
    session: Session, entered: Entered, documents: tuple[CitizenDocumentLine, ...]
) -> tuple[CitizenLetterLine, ...]:
    shown = {line.id for line in documents}
    return tuple(_letter_line(row, shown) for row in session.scalars(notices_of(entered.case.id, entered.viewpoints)))


def _letter_line(row: NoticeRow, shown: set[str]) -> CitizenLetterLine:
    document = row.document_id if row.document_id in shown else None
    return CitizenLetterLine(row.id, row.subject, row.sent_on, row.channel, document)


def _messages(session: Session, entered: Entered) -> tuple[MessageLine, ...]:
    notes = session.scalars(notes_of(entered.case.id, entered.viewpoints))
    return tuple(MessageLine(note.kind == NoteKind.MESSAGE, note.author, note.text, note.at) for note in notes)


def _decisions(session: Session, entered: Entered) -> tuple[DecisionLine, ...]:
    rows = session.scalars(decisions_in(entered.case.id)).all()
    closed = entered.case.state != CaseState.RUNNING
    names = outcome_names(entered.deployed.model, rows) if closed else []
    return tuple(
        DecisionLine(row.subject, row.number, row.taken_on, row.announced_on, row.missing, name)
        for row, name in zip(rows, names or [""] * len(rows), strict=True)
    )


def _related(session: Session, services: Services, actor: Actor, entered: Entered) -> tuple[RelatedLine, ...]:
    """Only the own cases: that there is another one is a detail of somebody else."""
    found = session.scalars(related_cases(actor.subject, entered.case.id)).all()
    known = [(one, services.models.find(session, one.model_version_id)) for one in found]
    shown = [one for one, deployed in known if deployed and shown_case(one, deployed.model)]
    return tuple(RelatedLine(one.number, one.title, one.subject, one.state == CaseState.RUNNING) for one in shown)


def _may_add(model: Model) -> tuple[DocumentType, ...]:
    return tuple(kind for kind in model.document_types.values() if kind.citizen_may_add)


def withdrawal_for(session: Session, entered: Entered) -> tuple[tuple[tuple[int, str], ...], bool]:
    """Those for whom this person may withdraw, while the drawing allows it, and whether the case goes on without them."""
    setting, case = entered.deployed.model.withdrawal, entered.case
    if case.state != CaseState.RUNNING or setting is None or Side.CITIZEN not in setting.by or not entered.own:
        return (), False
    filers = filers_left(session, case.id, entered.deployed.model)
    mine = tuple((party.id, party.name) for party in filers if party.id in entered.viewpoints)
    if not mine or withdrawal_too_late(session, root_of(session, case.id), setting):
        return (), False
    return mine, len(mine) < len(filers)


def late_since(session: Session, entered: Entered, rows: Iterable[DeadlineRow], now: datetime) -> date | None:
    """The day on which the decision should have been there at the latest; None as long as it can come in time, for who did
    not file the case or withdrew, and for who sent a notice of default already.
    """
    case, model = entered.case, entered.deployed.model
    filed = any(party.filing and party.withdrawn_on is None for party in entered.seen)
    if case.state != CaseState.RUNNING or not filed:
        return None
    row = late_term(rows, model, local_date(now), entered.law.book(session))
    if row is None or row.due is None:
        return None
    sent = select(DefaultNotice.id).where(
        DefaultNotice.case_id == case.id, DefaultNotice.deadline == row.code, DefaultNotice.received_on > row.due,
        DefaultNotice.party_id.in_(entered.viewpoints),
    )  # fmt: skip
    return None if session.scalar(sent.limit(1)) else row.due


def read_letter(services: Services, actor: Actor, number: str, notice_id: int) -> CitizenLetter:
    """One formal notice to this person. Raises NotFound."""
    with reading(services) as (session, _):
        entered = enter(session, services, actor, number)
        found = notices_of(entered.case.id, entered.viewpoints).where(NoticeRow.id == notice_id)
        row = session.scalar(found)
        if row is None:
            raise refused(services, actor, "letter")
        shown = {line.id for line in lines_of(session, entered)}
        enclosed = tuple((f"{one['title']} ({one['reference']})", _shown(one, shown)) for one in row.enclosures or ())
        line, frame = _letter_line(row, shown), frame_from(row.frame)
        return CitizenLetter(entered.case.number, entered.case.title, line, row.body, frame, enclosed)


def _shown(enclosure: Mapping[str, Any], shown: Collection[str]) -> str | None:
    return enclosure["document"] if enclosure["document"] in shown else None
