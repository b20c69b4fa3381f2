"""Messages of citizens, answers of staff, internal notes. They land on the timeline of the case (D41-D48)."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Update, select, update

from processes.access.guards import only_staff, own_party
from processes.base.actor import ActorKind
from processes.base.errors import CaseClosed, Invalid, NotFound, NotNow
from processes.execution.colleagues import involved, mentioned, tell_colleagues
from processes.execution.unit_of_work import UnitOfWork
from processes.post.by_letter import reader_of, tell_by_letter
from processes.post.news import tell_parties
from processes.post.receipts import mail_citizen_receipt
from processes.post.standard.citizens import REPLY
from processes.post.standard.received import What
from processes.storage.tables import Case, NewsRow, NoteRow, Party
from processes.storage.words import CaseState, NewsKind, NoteKind, PostChannel

BY_MANDATE = "Deze gemachtigde leest alleen wat u aan de vertegenwoordigde schrijft. Antwoord wie deze gemachtigde vertegenwoordigt."
UNCLEAR = "unclear"
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
    mail_citizen_receipt(work, case, party, What.MESSAGE, f"note:{note.id}")
    work.audit(case.id, "message", party=party.id)
    return case.number


@dataclass(frozen=True, slots=True)
class AddNote:
    """Staff write an internal note, which no citizen ever sees."""

    case: str
    text: str


def add_note(work: UnitOfWork, action: AddNote) -> str:
    """Everybody who is involved in the case hears of it, and who is named in it as `@Noor`. The answer is UNCLEAR where an @ calls nobody."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    note = _add(work, case, NoteKind.NOTE, action.text, None)
    told = dict.fromkeys(involved(work, case), NewsKind.NOTE)
    named = mentioned(work, note.text)
    told |= dict.fromkeys(named.numbers, NewsKind.MENTION)
    tell_colleagues(work, case, told, note)
    work.audit(case.id, "note")
    return UNCLEAR if named.unclear else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Staff answer one party. `seen`: the id of the last note that stood on the page: what this party wrote until then is read."""

    case: str
    party: int
    text: str
    seen: int = 0


def reply(work: UnitOfWork, action: Reply) -> str:
    """At the portal where that party reads, else by a letter that waits to be posted. The answer is that PostChannel.

    Raises NotFound, Invalid, and NotNow for who reads no messages, and who acted by a mandate: the answer
    is for who gave it.
    """
    only_staff(work.actor)
    case = work.lock_case(action.case)
    party = work.session.get(Party, action.party)
    if party is None or party.case_id != case.id:
        raise NotFound("Deze partij hoort niet bij de zaak.")
    if party.role in work.deployed(case.model_version_id).model.personal_roles():
        raise NotNow("Deze betrokkene leest geen berichten: de eigen link toont alleen brieven en documenten.")
    if party.by_mandate:
        raise NotNow(BY_MANDATE)
    reader, channel = reader_of(work, case, party)
    note = _add(work, case, NoteKind.REPLY, action.text, party)
    if channel == PostChannel.PORTAL:
        tell_parties(work, case, "reply", key=f"reply:{note.id}", only=reader.id)
    else:
        tell_by_letter(work, case, party, "antwoord", REPLY, {"message": note.text})
    _read(work, case, NoteRow.id <= action.seen, NoteRow.party_id.in_({party.id, party.represented_by or party.id}))
    work.audit(case.id, "reply", party=party.id, channel=channel)
    return channel


@dataclass(frozen=True, slots=True)
class MarkRead:
    """The handler has seen what came in: this one `note`, or everything of the case, and then no further than the last note (`seen`) and
    the last news (`news`) that stood on the page, where these are said. What is news for who acts is read as well.
    """

    case: str
    note: int | None = None
    seen: int | None = None
    news: int | None = None


def mark_read(work: UnitOfWork, action: MarkRead) -> str:
    only_staff(work.actor)
    case = work.lock_case(action.case)
    if action.note is not None:
        _read(work, case, NoteRow.id == action.note)
    else:
        _read(work, case, *([NoteRow.id <= action.seen] if action.seen is not None else []))
        news = _own_news(work).where(NewsRow.case_id == case.id)
        if action.news is not None:
            news = news.where(NewsRow.id <= action.news)
        work.session.execute(news.values(read_at=work.now))
    work.audit(case.id, "read")
    return case.number


def _read(work: UnitOfWork, case: Case, *which: ColumnElement[bool]) -> None:
    """These notes of the case are read, and the news of them for who acts."""
    notes = (NoteRow.case_id == case.id, *which)
    unread = update(NoteRow).where(*notes, NoteRow.read_by_handler.is_(False))
    work.session.execute(unread.values(read_by_handler=True))
    news = _own_news(work).where(NewsRow.note_id.in_(select(NoteRow.id).where(*notes)))
    work.session.execute(news.values(read_at=work.now))


def _own_news(work: UnitOfWork) -> Update:
    return update(NewsRow).where(NewsRow.staff == work.actor.subject, NewsRow.read_at.is_(None))


@dataclass(frozen=True, slots=True)
class ReadNews:
    """A member of staff has seen the own news: up to and including the row `upto`, or only the row `one`."""

    upto: int = 0
    one: int = 0


def read_news(work: UnitOfWork, action: ReadNews) -> str:
    only_staff(work.actor, system=False)
    which = NewsRow.id == action.one if action.one else NewsRow.id <= action.upto
    work.session.execute(_own_news(work).where(which).values(read_at=work.now))
    return ""


def _add(work: UnitOfWork, case: Case, kind: str, text: str, party: Party | None) -> NoteRow:
    if not text.strip():
        raise Invalid({"text": "Schrijf eerst een bericht."})
    if len(text) > LONGEST:
        raise Invalid(
            {"text": f"Dit bericht is te lang. Gebruik hoogstens {LONGEST} tekens, of voeg een document toe."}
        )
    note = NoteRow(
        case_id=case.id, kind=kind, party_id=party.id if party else None, author=work.actor.signed, text=text.strip(),
        at=work.now, read_by_handler=work.actor.kind == ActorKind.STAFF,
    )  # fmt: skip
    work.session.add(note)
    work.session.flush()
    return note
