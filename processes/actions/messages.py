"""Messages of citizens, answers of staff, internal notes. They land on the timeline of the case (D41-D48)."""

from dataclasses import dataclass

from sqlalchemy import update

from processes.access.guards import only_staff, own_party
from processes.base.actor import ActorKind
from processes.base.errors import CaseClosed, Invalid, NotFound, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.post.news import tell_parties
from processes.post.receipts import mail_citizen_receipt
from processes.storage.tables import Case, NoteRow, Party
from processes.storage.words import CaseState, NoteKind

LONGEST = 5000  # characters; a longer story belongs in a document


@dataclass(frozen=True, slots=True)
class SendMessage:
    """A citizen writes on the own running case."""

    case: str
    text: str


def send_message(work: UnitOfWork, action: SendMessage) -> str:
    """Raises CaseClosed after closing (D43), NotFound for another person's case, Invalid for an empty text."""
    case = work.lock_case(action.case)
    party = own_party(work, case)
    if case.state != CaseState.RUNNING:
        raise CaseClosed
    note = _add(work, case, NoteKind.MESSAGE, action.text, party)
    mail_citizen_receipt(work, case, party, "een bericht", f"note:{note.id}")
    work.audit(case.id, "message", party=party.id)
    return case.number


@dataclass(frozen=True, slots=True)
class AddNote:
    """Staff write an internal note, which no citizen ever sees."""

    case: str
    text: str


def add_note(work: UnitOfWork, action: AddNote) -> str:
    only_staff(work.actor)
    case = work.lock_case(action.case)
    _add(work, case, NoteKind.NOTE, action.text, None)
    work.audit(case.id, "note")
    return case.number


@dataclass(frozen=True, slots=True)
class Reply:
    """Staff answer one party, who reads it in the portal."""

    case: str
    party: int
    text: str


def reply(work: UnitOfWork, action: Reply) -> str:
    only_staff(work.actor)
    case = work.lock_case(action.case)
    party = work.session.get(Party, action.party)
    if party is None or party.case_id != case.id:
        raise NotFound("Deze partij hoort niet bij de zaak.")
    if party.role in work.deployed(case.model_version_id).model.personal_roles():
        raise NotNow("Deze betrokkene leest geen berichten: de eigen link toont alleen brieven en documenten.")
    note = _add(work, case, NoteKind.REPLY, action.text, party)
    tell_parties(work, case, "reply", key=f"reply:{note.id}", only=party.id)
    work.audit(case.id, "reply", party=party.id)
    return case.number


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The handler has seen what came in."""

    case: str


def mark_read(work: UnitOfWork, action: MarkRead) -> str:
    only_staff(work.actor)
    case = work.lock_case(action.case)
    work.session.execute(update(NoteRow).where(NoteRow.case_id == case.id).values(read_by_handler=True))
    work.audit(case.id, "read")
    return case.number


def _add(work: UnitOfWork, case: Case, kind: str, text: str, party: Party | None) -> NoteRow:
    if not text.strip():
        raise Invalid({"text": "Schrijf eerst een bericht."})
    if len(text) > LONGEST:
        raise Invalid(
            {"text": f"Dit bericht is te lang. Gebruik hoogstens {LONGEST} tekens, of voeg een document toe."}
        )
    note = NoteRow(
        case_id=case.id, kind=kind, party_id=party.id if party else None, author=work.actor.name, text=text.strip(),
        at=work.now, read_by_handler=work.actor.kind == ActorKind.STAFF,
    )  # fmt: skip
    work.session.add(note)
    work.session.flush()
    return note
