"""A letter that waits is written on, filled in again and sent (W9). Each press says which version of the text it is about."""

from dataclasses import dataclass
from typing import Final

from processes.access.guards import only_staff, reason_wrong
from processes.access.staff_scope import kept_from
from processes.actions.approving import approved_lines, open_letter, void
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork, foresee
from processes.post.letter_rows import UNFINISHED, copies, is_unfinished
from processes.post.looking_again import fill_again, not_so, send
from processes.post.shared_text import for_one
from processes.post.text_blocks import filled_text
from processes.storage.services import Services
from processes.storage.tables import Case, LetterEdit, LetterRow, NoticeRow
from processes.storage.words import LetterState

TEXT_LENGTH: Final = 20_000
MEANWHILE: Final = (
    "Een collega veranderde deze brief terwijl u schreef. Lees hieronder wat er nu staat, en bewaar daarna uw tekst."
)
OTHER_TEXT: Final = "De tekst veranderde nadat u hem las. Lees hem opnieuw."
NOBODY_LEFT: Final = "Niemand krijgt deze brief nog. U kunt hem intrekken."
DROPPED: Final = "Niet verstuurd: het concept is ingetrokken."


@dataclass(frozen=True, slots=True)
class EditLetter:
    """Another text for these copies (ids of notices); `[aanhef]` and `[naam]` in it are those of each reader."""

    letter: int
    version: int
    text: str
    copies: tuple[int, ...]


def edit_letter(work: UnitOfWork, action: EditLetter) -> str:
    """An agreement that was given or asked is void. Raises Invalid, NotFound, AlreadyDone, NotAllowed for a text of who is kept away."""
    case, letter = open_letter(work, action.letter)
    clean = _checked(action.text)
    if letter.version != action.version:
        raise Invalid({"text": MEANWHILE})
    chosen = [(notice, party) for notice, party in copies(work.session, letter) if notice.id in action.copies]
    if not chosen:
        raise Invalid({"copies": "Kies voor wie deze tekst is."})
    if {party.id for _, party in chosen} & kept_from(work.session, work.actor, case):
        raise NotAllowed("Deze tekst verandert u als u aan deze zaak werkt.")
    before = [notice.body for notice, _ in chosen]
    for notice, party in chosen:
        notice.body = for_one(clean, party)
    if [notice.body for notice, _ in chosen] != before:
        _changed(work, case, letter)
    return case.number


@dataclass(frozen=True, slots=True)
class RefillLetter:
    """Every copy gets what is known now; what somebody wrote stays."""

    letter: int
    version: int


def refill_letter(work: UnitOfWork, action: RefillLetter) -> str:
    """Raises NotFound, AlreadyDone, NotNow for another version."""
    case, letter = open_letter(work, action.letter)
    _of_version(letter, action.version)
    if fill_again(CaseExecution.of(work, case), letter):
        _changed(work, case, letter)
    return case.number


@dataclass(frozen=True, slots=True)
class SendLetter:
    """Every copy leaves. `reason` only where something in it is not so, and somebody sends it knowingly."""

    letter: int
    version: int
    reason: str = ""


def send_letter(work: UnitOfWork, action: SendLetter) -> str:
    """Raises NotFound, AlreadyDone, NotNow without an agreement that was asked, Invalid (`reason`) for what is not so."""
    case, letter = open_letter(work, action.letter)
    _of_version(letter, action.version)
    _may_leave(work, letter)
    run = CaseExecution.of(work, case)
    wrong = not_so(run, letter)
    if any(wrong.values()):
        if missing := reason_wrong(
            action.reason, "Niet alles in de brief klopt. Verbeter het, of schrijf waarom hij toch zo weggaat."
        ):
            raise Invalid(missing)
        work.own_note(case.id, f"Brief '{letter.subject}' toch zo verstuurd. Reden: {action.reason.strip()}")
    send(run, letter, approved_lines(work, letter))
    letter.state = LetterState.SENT
    work.audit(case.id, "send_letter", letter=letter.id)
    return case.number


@dataclass(frozen=True, slots=True)
class DropLetter:
    """A letter that somebody began by hand, or that nobody gets any more, is not sent."""

    letter: int
    reason: str


def drop_letter(work: UnitOfWork, action: DropLetter) -> str:
    """Raises NotFound, AlreadyDone, Invalid without a reason, NotNow for one that the drawing sends."""
    case, letter = open_letter(work, action.letter)
    waiting = copies(work.session, letter)
    if letter.made_by is None and waiting:
        raise NotNow("Deze brief hoort bij het proces en moet verstuurd worden. U kunt de tekst wel aanpassen.")
    if wrong := reason_wrong(action.reason):
        raise Invalid(wrong)
    for notice, _ in waiting:
        notice.stopped = DROPPED
    void(work, case, letter)
    letter.state = LetterState.DROPPED
    work.own_note(case.id, f"Concept van de brief '{letter.subject}' ingetrokken. Reden: {action.reason.strip()}")
    work.audit(case.id, "drop_letter", letter=letter.id)
    return case.number


def what_is_not_so(services: Services, actor: Actor, letter_id: int) -> tuple[str, ...]:
    """A sentence for each thing in a letter that is not so now, each once; none that would tell who is kept from the reader."""

    def look(work: UnitOfWork) -> tuple[str, ...]:
        only_staff(work.actor)
        letter = work.session.get(LetterRow, letter_id)
        if letter is None:
            return ()
        case = work.session.get_one(Case, letter.case_id)
        kept = kept_from(work.session, actor, case)
        found = not_so(CaseExecution.of(work, case), letter)
        open_ones = [one for one in found if work.session.get_one(NoticeRow, one).party_id not in kept]
        return tuple(dict.fromkeys(said for one in open_ones for said in found[one]))

    return foresee(services, actor, look)


def text_to_put_in(services: Services, actor: Actor, letter_id: int, chosen: str) -> str:
    """A text of the settings, filled in for the case of a letter. Raises NotFound."""

    def look(work: UnitOfWork) -> str:
        only_staff(work.actor)
        letter = work.session.get(LetterRow, letter_id)
        if letter is None:
            raise NotFound
        return filled_text(CaseExecution.of(work, work.session.get_one(Case, letter.case_id)), chosen)

    return foresee(services, actor, look)


def _checked(text: str) -> str:
    typed = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if not typed or len(typed) > TEXT_LENGTH:
        raise Invalid({"text": f"Schrijf een tekst van hoogstens {TEXT_LENGTH} tekens."})
    return typed + "\n"


def _of_version(letter: LetterRow, version: int) -> None:
    if letter.version != version:
        raise NotNow(OTHER_TEXT)


def _may_leave(work: UnitOfWork, letter: LetterRow) -> None:
    if not copies(work.session, letter):
        raise NotNow(NOBODY_LEFT)
    if is_unfinished(work.session, letter):
        raise NotNow(UNFINISHED)
    if letter.state == LetterState.ASKED:
        raise NotNow("Deze brief wacht nog op akkoord.")
    if letter.asks and letter.state != LetterState.AGREED:
        raise NotNow("Vraag eerst akkoord op deze brief.")


def _changed(work: UnitOfWork, case: Case, letter: LetterRow) -> None:
    letter.version += 1
    work.session.add(LetterEdit(case_id=case.id, letter_id=letter.id, staff=work.actor.subject, at=work.now))
    void(work, case, letter)
    letter.state = LetterState.WRITING
    work.audit(case.id, "edit_letter", letter=letter.id, version=letter.version)
