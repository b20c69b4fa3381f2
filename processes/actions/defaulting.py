"""A citizen puts the municipality in default from the page of the case: the decision is late (Awb 4:17(3), 6:12(2))."""

from dataclasses import dataclass

from sqlalchemy import select

from engine.words import Recipient
from processes.access.guards import own_case
from processes.base.dutch import date_in_words
from processes.base.errors import AlreadyDone, CaseClosed, Invalid, NotAllowed, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.default_of_decision import appeal_opens, late_term
from processes.execution.penalties import reckon
from processes.execution.unit_of_work import UnitOfWork
from processes.law import LawBook
from processes.post.notices import send_standard
from processes.post.standard.citizens import DEFAULT_RECEIVED
from processes.storage.tables import Case, DeadlineRow, DefaultNotice, NoteRow, Party
from processes.storage.words import CaseState, NoteKind

LONGEST = 2000  # characters of what somebody adds to the notice
NOT_LATE = "De termijn om te beslissen is nog niet voorbij, of staat stil. De gemeente is dan niet te laat."


@dataclass(frozen=True, slots=True)
class PutInDefault:
    """The municipality is late with the decision of this case. `text` is what the citizen wants to say with it."""

    case: str
    text: str = ""


def put_in_default(work: UnitOfWork, action: PutInDefault) -> str:
    """The notice counts from today, and who sent it gets a confirmation that says what follows.

    Raises NotFound for another person's case, NotAllowed for who did not file it or withdrew, CaseClosed, NotNow as long as the term
    is not over, AlreadyDone for a second notice, Invalid for a text that is too long.
    """
    case = work.lock_case(action.case)
    party = _filing(work, case)
    if case.state != CaseState.RUNNING:
        raise CaseClosed
    if len(action.text) > LONGEST:
        raise Invalid({"text": f"Maak dit korter: hoogstens {LONGEST} tekens."})
    book, model = work.services.law.book(work.session), work.deployed(case.model_version_id).model
    row = late_term(CaseExecution.of(work, case).data.deadlines().values(), model, work.today, book)
    if row is None or row.due is None:
        raise NotNow(NOT_LATE)
    sent = select(DefaultNotice).where(DefaultNotice.case_id == case.id, DefaultNotice.deadline == row.code)
    if any(one.party_id == party.id and one.received_on > row.due for one in work.session.scalars(sent)):
        raise AlreadyDone("U heeft ons al in gebreke gesteld. Eén keer is genoeg.")
    notice = DefaultNotice(
        case_id=case.id, deadline=row.code, received_on=work.today, party_id=party.id, recorded_at=work.now,
        recorded_by=work.actor.subject,
    )  # fmt: skip
    work.session.add(notice)
    words = f"Ik stel u in gebreke: u had uiterlijk op {date_in_words(row.due)} moeten beslissen. {action.text.strip()}"
    work.session.add(
        NoteRow(
            case_id=case.id,
            kind=NoteKind.MESSAGE,
            party_id=party.id,
            author=work.actor.signed,
            text=words.strip(),
            at=work.now,
        )
    )
    work.session.flush()
    _confirm(work, case, row, party, book)
    work.audit(case.id, "default_notice", notice=notice.id, deadline=row.code, on=work.today.isoformat())
    return case.number


def _filing(work: UnitOfWork, case: Case) -> Party:
    """The party that filed the case and still takes part, from whose viewpoint this citizen acts."""
    seen = own_case(work, case)
    mine = select(Party).where(Party.id.in_(seen), Party.filing, Party.withdrawn_on.is_(None))
    party = work.session.scalar(mine.order_by(Party.id).limit(1))
    if party is None:
        raise NotAllowed(
            "Alleen wie de zaak heeft ingediend en niet heeft ingetrokken, kan de gemeente hiervoor in gebreke stellen."
        )
    return party


def _confirm(work: UnitOfWork, case: Case, row: DeadlineRow, party: Party, book: LawBook) -> None:
    model = work.deployed(case.model_version_id).model
    mine = [one for one in reckon(work.session, case, model, work.today, book) if one.row.code == row.code]
    found = mine[0]
    why = "" if found.penalty.first else " ".join(step.sentence for step in found.penalty.steps)
    words: dict[str, object] = {
        "received": work.today, "due": row.due, "first": found.penalty.first, "why": why,
        "appeal": appeal_opens(row, found.notices, book),
    }  # fmt: skip
    send_standard(
        CaseExecution.of(work, case), "default-received", DEFAULT_RECEIVED, words, to=Recipient.ITEM, only=party.id
    )
