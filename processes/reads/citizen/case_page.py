"""The page of one case: the sentence that matters, what we wait for, the timeline, documents, letters, messages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import DocumentType, Withdrawal
from engine.words import Side
from processes.access.sign_in_level import demanded_level, is_enough
from processes.access.visibility import shown_case
from processes.access.withdrawal import filers, filers_left, filing_roles, passed, withdrawal_too_late
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.written import TypedChoices, TypedText, TypedTextOrNone, TypedTexts
from processes.execution.case_data import CaseData
from processes.execution.case_lines import processes_question, tasks_question
from processes.execution.deciding_each import outcome_names
from processes.execution.default_of_decision import late_term
from processes.execution.facts import FactMap, facts_from
from processes.execution.penalties import notices_question
from processes.execution.queries import around_root, deadlines_question
from processes.reads.citizen.answers import GivenAnswer, given_answers
from processes.reads.citizen.calendar import CaseMoment, moments_of
from processes.reads.citizen.co_filers import CoFilerLine, co_filer_lines, co_filers_of
from processes.reads.citizen.contact import CaseContact, contact_for, handler_name
from processes.reads.citizen.documents import CitizenDocumentLine, addable, documents_seen, lines_of
from processes.reads.citizen.entry import Entered, enter, in_use_in
from processes.reads.citizen.expected import Expected, expected_days, steps_after
from processes.reads.citizen.inspection import Inspection, inspection_of
from processes.reads.citizen.letters import CitizenLetterLine, letter_lines
from processes.reads.citizen.opened import Opened, begins_at, opened_in
from processes.reads.citizen.overview import standing_of
from processes.reads.citizen.papers import PaperGroup, grouped
from processes.reads.citizen.questions import decisions, notes, notices, other_of, related, tasks, way_in, whose
from processes.reads.citizen.terms import AskedOfCitizen, asked_in
from processes.reads.citizen.words import TAKES_NO_PART, main_deadline, sentence
from processes.reads.filed import filed_question
from processes.reads.opening import reading
from processes.reads.penalties import PenaltyLine, penalty_lines
from processes.reads.statuses import StatusStep, reached_statuses, timeline
from processes.reads.terms import ShownTerm, terms_of_case
from processes.storage import own_looks
from processes.storage.asked_ahead import Question, answer, ask_ahead
from processes.storage.root_instance import root_of, root_question
from processes.storage.services import Services
from processes.storage.tables import DeadlineRow, DefaultNotice
from processes.storage.words import CaseState, NoteKind


@dataclass(frozen=True, slots=True)
class MessageLine:
    """`mine`: written by the reader, or by whom the reader represents; `new`: an answer of ours that no page showed yet."""

    id: int
    mine: bool
    author: TypedText
    text: TypedText
    at: datetime
    new: bool = False


@dataclass(frozen=True, slots=True)
class DecisionLine:
    subject: TypedText
    number: TypedText
    taken_on: date | None
    announced_on: date | None
    missing: bool
    outcome: str = ""  # of one of several, once the case is closed


@dataclass(frozen=True, slots=True)
class RelatedLine:
    """`withheld`: the reader must sign in more strongly for it; then it has no subject, and whether it runs is not said."""

    number: str
    title: str
    subject: TypedText
    running: bool
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class CasePage:
    """`withdrawable`: id and name of those for whom this reader may withdraw; `goes_on`: others filed the case too. `late_since` is
    the last day of the term to decide, once this reader may put the municipality in default (Awb 6:12). `expected`: by code of a
    step to come. `on_behalf_of`: the names of those for whom the reader acts; `withdrawn_on`: the day on which the own withdrawal came in.
    """

    number: str
    title: str
    subject: TypedText
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
    withdrawable: TypedChoices
    goes_on: bool
    late_since: date | None
    result: str | None
    explanation: TypedTextOrNone
    related: tuple[RelatedLine, ...]
    contact: CaseContact
    groups: tuple[PaperGroup, ...]
    expected: Mapping[str, Expected]
    on_behalf_of: TypedTexts
    withdrawn_on: date | None
    moments: tuple[CaseMoment, ...] = ()
    answers: tuple[GivenAnswer, ...] = ()
    co_filers: tuple[CoFilerLine, ...] = ()

    @property
    def hearing(self) -> CaseMoment | None:
        return next((one for one in self.moments if one.is_hearing), None)

    @property
    def new_papers(self) -> int:
        return sum(group.new for group in self.groups)

    @property
    def new_messages(self) -> int:
        return sum(one.new for one in self.messages)

    @property
    def newest_reply(self) -> int | None:
        """The id of the newest answer that the page shows for the first time."""
        return max((one.id for one in self.messages if one.new), default=None)


def read_case(services: Services, actor: Actor, number: str) -> CasePage:
    """Everything that this person may see of the case. Raises NotFound, which is recorded, when that is nothing."""
    with reading(services) as (session, now):
        ask_ahead(session, [*way_in(actor, number), (own_looks.began(), {})])
        entered = enter(session, services, actor, number)
        begins = begins_at(session, services, now)
        ask_ahead(session, _around(actor, entered, begins))
        opened = opened_in(session, actor, [entered.case.id], begins)
        known = CaseData(session, entered.case, entered.law)
        facts = facts_from(known, entered.case, root_of(session, entered.case.id), entered.deployed, entered.deployed)
        seen = _Seen(session, entered, facts, tuple(known.deadlines().values()), now, opened)
        contact = contact_for(session, services, entered, local_date(now))
        page = _page(seen, contact, _related(session, services, actor, entered))
        named = co_filer_lines(session, services, actor, entered, local_date(now))
        return replace(page, answers=given_answers(session, services, entered, now), co_filers=named)


def _around(actor: Actor, entered: Entered, begins: own_looks.NewsBegins) -> Iterator[Question]:
    """The questions that the page asks of every case, in one go."""
    case = {"case": entered.case.id}
    yield from own_looks.questions(actor.party_subject, [entered.case.id], begins)
    for query in (
        root_question(),
        deadlines_question(),
        around_root(),
        reached_statuses(),
        filed_question(),
        co_filers_of(),
        decisions(),
        tasks_question(),
        processes_question(),
    ):
        yield query, case
    for query in (documents_seen(entered), notices(), notes()):
        yield query, entered.named
    yield tasks(), {"cases": (entered.case.id,)}
    yield related(other_of(actor)), {**whose(actor), **case}
    if entered.own:
        yield notices_question(), case
    if setting := _withdrawal(entered):
        yield filers(filing_roles(entered.deployed.model)), case
        yield passed(), {**case, "until": setting.until}
    if entered.case.handler:
        yield handler_name(), {"number": entered.case.handler}


@dataclass(frozen=True, slots=True)
class _Seen:
    """One case on its way to its page."""

    session: Session
    entered: Entered
    facts: FactMap
    deadlines: tuple[DeadlineRow, ...]
    now: datetime
    opened: Opened


def _page(seen: _Seen, contact: CaseContact, related: tuple[RelatedLine, ...]) -> CasePage:
    session, entered, now = seen.session, seen.entered, seen.now
    case, model, today = entered.case, entered.deployed.model, local_date(now)
    waiting, steps = asked_in(session, entered), timeline(session, case, entered.deployed, seen.facts, now)
    documents = lines_of(session, entered, seen.opened)
    letters = letter_lines(session, entered, documents, seen.opened)
    withdrawable, goes_on = withdrawal_for(session, entered)
    rows = seen.deadlines
    standing = standing_of(case, model, {row.code: row for row in rows}, own=entered.own, waiting=bool(waiting))
    running, moments = case.state == CaseState.RUNNING, moments_of(session, entered, waiting, now)
    term = _term(session, entered, rows, seen.facts, now)
    later = steps_after(entered.deployed.compiled, term.code, now) if term else ()
    return CasePage(
        number=case.number, title=case.title, subject=case.subject, running=running, received_on=case.received_on,
        closed_on=standing.closed_on, sentence=sentence(standing, today) if entered.asked_roles or not running else TAKES_NO_PART,
        status=next((step for step in steps if step.state == "current"), None), steps=steps, waiting=waiting, term=term,
        penalties=penalty_lines(session, case, model, today, entered.law.book(session)) if entered.own else (),
        documents=documents, published=case.published_at is not None,
        inspection=inspection_of(session, entered) if any(one.open_since for one in documents) else None,
        letters=letters, messages=_messages(session, entered, seen.opened),
        decisions=_decisions(session, entered), may_add=addable(entered) if running else (),
        may_withdraw=bool(withdrawable), withdrawable=withdrawable, goes_on=goes_on,
        late_since=late_since(session, entered, rows, now), result=standing.result,
        explanation=case.result_explanation if case.result else None, related=related, contact=contact,
        groups=grouped(documents, letters), expected=expected_days(steps, term, moments, today, later),
        on_behalf_of=tuple(party.name for party in entered.seen if party.id != entered.me.id), withdrawn_on=entered.me.withdrawn_on, moments=moments,
    )  # fmt: skip


def _term(
    session: Session, entered: Entered, rows: Iterable[DeadlineRow], facts: FactMap, now: datetime
) -> ShownTerm | None:
    """The term of the law with its explanation, while it still counts (B4)."""
    code = main_deadline(entered.deployed.model)
    book = entered.law.book(session)
    terms = terms_of_case(rows, entered.deployed.model, facts, now, book)
    running = entered.case.state == CaseState.RUNNING
    return next((term for term in terms if term.code == code and term.met_on is None and running), None)


def _messages(session: Session, entered: Entered, opened: Opened) -> tuple[MessageLine, ...]:
    return tuple(
        MessageLine(
            note.id, note.kind == NoteKind.MESSAGE, note.author, note.text, note.at, opened.is_new_message(note)
        )
        for note in answer(session, notes(), **entered.named)
    )


def _decisions(session: Session, entered: Entered) -> tuple[DecisionLine, ...]:
    rows = answer(session, decisions(), case=entered.case.id)
    closed = entered.case.state != CaseState.RUNNING
    names = outcome_names(entered.deployed.model, rows) if closed else []
    return tuple(
        DecisionLine(row.subject, row.number, row.taken_on, row.announced_on, row.missing, name)
        for row, name in zip(rows, names or [""] * len(rows), strict=True)
    )


def _related(session: Session, services: Services, actor: Actor, entered: Entered) -> tuple[RelatedLine, ...]:
    """Only the own cases: that there is another one is a detail of somebody else."""
    found = answer(session, related(other_of(actor)), **whose(actor), case=entered.case.id)
    known = [(one, services.models.find(session, one.model_version_id)) for one in found]
    shown = [(one, deployed) for one, deployed in known if deployed and shown_case(one, deployed.model)]
    in_use = in_use_in(session, services, [one.id for one, _ in shown]) if shown else {}
    return tuple(
        RelatedLine(one.number, one.title, one.subject, one.state == CaseState.RUNNING)
        if is_enough(actor.level, demanded_level(deployed, *in_use[deployed.process]))
        else RelatedLine(one.number, one.title, "", running=False, withheld=True)
        for one, deployed in shown
    )


def withdrawal_for(session: Session, entered: Entered) -> tuple[tuple[tuple[int, str], ...], bool]:
    """Those for whom this person may withdraw, while the drawing allows it, and whether the case goes on without them."""
    setting, case = _withdrawal(entered), entered.case
    if setting is None:
        return (), False
    left = filers_left(session, case.id, entered.deployed.model)
    mine = tuple((party.id, party.name) for party in left if party.id in entered.viewpoints)
    if not mine or withdrawal_too_late(session, root_of(session, case.id), setting):
        return (), False
    return mine, len(mine) < len(left)


def _withdrawal(entered: Entered) -> Withdrawal | None:
    """The setting of the drawing for withdrawing, where somebody like this reader may."""
    setting = entered.deployed.model.withdrawal
    may = entered.case.state == CaseState.RUNNING and setting is not None and Side.CITIZEN in setting.by
    return setting if may and entered.own else None


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
