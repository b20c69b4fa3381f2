"""Agreement to a letter before it leaves (W9): asked of colleagues or teams, one after the other; given, or refused with a reason.

Who is asked finds it among the tasks of colleagues (`ColleagueTask.letter_id`), by its day. A change of the text makes it void.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.approvers import OF_TEAM, asking_wrong, is_asked, members, wrote
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.execution.colleagues import tell_colleagues
from processes.execution.letterhead import letterhead_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.letter_rows import UNFINISHED, copies, is_unfinished
from processes.storage.tables import Case, ColleagueTask, LetterApproval, LetterRow
from processes.storage.words import ApprovalState, ColleagueTaskState, LetterState, NewsKind

WAITING: Final = (LetterState.WRITING, LetterState.ASKED, LetterState.AGREED)
READ_FIRST: Final = "De tekst veranderde nadat u hem las. Lees hem opnieuw."
OWN_TEXT: Final = "U schreef zelf aan deze brief. Een ander moet akkoord geven."


@dataclass(frozen=True, slots=True)
class AskApproval:
    """`whom`: numbers of staff, or `team:` and the code of a team, in the order of their turn."""

    letter: int
    version: int
    whom: tuple[str, ...]
    due: date | None


def ask_approval(work: UnitOfWork, action: AskApproval) -> str:
    """The first one finds the letter in the list of tasks. Raises Invalid (`whom-1` and on, `due`), NotNow, NotFound, AlreadyDone."""
    case, letter = open_letter(work, action.letter)
    if letter.version != action.version:
        raise NotNow(READ_FIRST)
    if letter.state != LetterState.WRITING:
        raise AlreadyDone("Op deze brief is al akkoord gevraagd.")
    if not copies(work.session, letter):
        raise NotNow("Niemand krijgt deze brief nog.")
    if is_unfinished(work.session, letter):
        raise NotNow(UNFINISHED)
    if wrong := asking_wrong(work, case, letter, action.whom, action.due):
        raise Invalid(wrong)
    for place, whom in enumerate(action.whom, start=1):
        team = whom.removeprefix(OF_TEAM) if whom.startswith(OF_TEAM) else None
        work.session.add(LetterApproval(
            case_id=case.id, letter_id=letter.id, place=place, staff=None if team else whom, team=team, due=action.due,
            state=ApprovalState.LATER, reason="", said="",
        ))  # fmt: skip
    letter.state, letter.asked_by = LetterState.ASKED, work.actor.subject
    work.session.flush()
    _next_turn(work, case, letter)
    work.audit(case.id, "ask_approval", letter=letter.id)
    return case.number


@dataclass(frozen=True, slots=True)
class GiveApproval:
    letter: int
    version: int


def give_approval(work: UnitOfWork, action: GiveApproval) -> str:
    """Then it is the turn of the next one; after the last one the letter may leave. Raises NotAllowed, NotNow, AlreadyDone, NotFound."""
    case, letter, asked = _my_turn(work, action.letter, action.version)
    _no_own_text(work, letter)
    asked.state, asked.decided_by, asked.decided_at = ApprovalState.GIVEN, work.actor.subject, work.now
    asked.said = _said(work, case)
    _end_task(work, letter, ColleagueTaskState.DONE)
    work.session.flush()
    work.audit(case.id, "give_approval", letter=letter.id, place=asked.place)
    if not _next_turn(work, case, letter):
        letter.state = LetterState.AGREED
        _tell(work, case, letter, f"Akkoord op de brief '{letter.subject}'. U kunt hem versturen.")
    return case.number


@dataclass(frozen=True, slots=True)
class ReturnLetter:
    """No agreement: the letter goes back to who handles it, with the reason."""

    letter: int
    version: int
    reason: str


def return_letter(work: UnitOfWork, action: ReturnLetter) -> str:
    """Raises NotAllowed, NotNow, AlreadyDone, NotFound, Invalid without a reason."""
    case, letter, asked = _my_turn(work, action.letter, action.version)
    if wrong := reason_wrong(action.reason, "Schrijf op wat er aan de brief moet veranderen."):
        raise Invalid(wrong)
    asked.state, asked.decided_by, asked.decided_at = ApprovalState.RETURNED, work.actor.subject, work.now
    asked.reason = action.reason.strip()
    void(work, case, letter)
    letter.state = LetterState.WRITING
    _tell(work, case, letter, f"Brief '{letter.subject}' teruggestuurd door {work.actor.name}: {asked.reason}")
    work.audit(case.id, "return_letter", letter=letter.id, place=asked.place)
    return case.number


@dataclass(frozen=True, slots=True)
class TakeBackAsking:
    """The question to agree is taken back: the letter is written on again."""

    letter: int


def take_back_asking(work: UnitOfWork, action: TakeBackAsking) -> str:
    """Raises NotNow when nothing was asked, NotFound, AlreadyDone."""
    case, letter = open_letter(work, action.letter)
    if letter.state == LetterState.WRITING:
        raise NotNow("Op deze brief is geen akkoord gevraagd.")
    void(work, case, letter)
    letter.state = LetterState.WRITING
    work.audit(case.id, "take_back_asking", letter=letter.id)
    return case.number


def open_letter(work: UnitOfWork, letter_id: int) -> tuple[Case, LetterRow]:
    """A letter that waits, with its case locked, for staff. Raises NotFound, AlreadyDone."""
    only_staff(work.actor)
    letter = work.session.get(LetterRow, letter_id)
    if letter is None:
        raise NotFound("Deze brief bestaat niet.")
    case = work.lock_case_id(letter.case_id)
    work.session.refresh(letter)
    if letter.state not in WAITING:
        raise AlreadyDone("Deze brief is al verstuurd of ingetrokken.")
    return case, letter


def approved_lines(work: UnitOfWork, letter: LetterRow) -> tuple[str, ...]:
    """A line for each who agreed to the text as it is, in their order: name, function, day (Awb 10:10)."""
    given = LetterApproval.letter_id == letter.id, LetterApproval.state == ApprovalState.GIVEN
    return tuple(work.session.scalars(select(LetterApproval.said).where(*given).order_by(LetterApproval.id)))


def void(work: UnitOfWork, case: Case, letter: LetterRow) -> None:
    """Nothing that was agreed or asked counts any more. Who had it in the list of tasks finds it there no longer."""
    live = (ApprovalState.LATER, ApprovalState.ASKED, ApprovalState.GIVEN)
    rows = work.session.scalars(
        select(LetterApproval).where(LetterApproval.letter_id == letter.id, LetterApproval.state.in_(live))
    ).all()
    for row in rows:
        row.state = ApprovalState.VOID
    _end_task(work, letter, ColleagueTaskState.WITHDRAWN)
    if letter.state == LetterState.AGREED:
        _tell(work, case, letter, f"De tekst van de brief '{letter.subject}' is veranderd. Het akkoord telt niet meer.")


def _next_turn(work: UnitOfWork, case: Case, letter: LetterRow) -> bool:
    """Ask the next one; False when nobody is left to ask."""
    later = LetterApproval.letter_id == letter.id, LetterApproval.state == ApprovalState.LATER
    row = work.session.scalars(select(LetterApproval).where(*later).order_by(LetterApproval.place).limit(1)).first()
    if row is None:
        return False
    row.state = ApprovalState.ASKED
    task = ColleagueTask(
        case_id=case.id, what=f"Akkoord op de brief '{letter.subject}'", staff=row.staff, team=row.team, due=row.due,
        made_by=letter.asked_by or work.actor.subject, made_at=work.now, state=ColleagueTaskState.OPEN, remark="", letter_id=letter.id,
    )  # fmt: skip
    work.session.add(task)
    note = work.own_note(case.id, f"Akkoord gevraagd op de brief '{letter.subject}', voor {long_date(row.due)}.")
    work.session.flush()
    kind = NewsKind.TASK if row.team else NewsKind.ASKED
    tell_colleagues(work, case, dict.fromkeys(_doers(work, row), kind), note)
    return True


def _my_turn(work: UnitOfWork, letter_id: int, version: int) -> tuple[Case, LetterRow, LetterApproval]:
    only_staff(work.actor, system=False)
    case, letter = open_letter(work, letter_id)
    asked = (LetterApproval.letter_id == letter.id, LetterApproval.state == ApprovalState.ASKED)
    row = work.session.scalars(select(LetterApproval).where(*asked)).first()
    if row is None:
        raise AlreadyDone("Op deze brief wordt geen akkoord meer gevraagd.")
    if letter.version != version:
        raise NotNow(READ_FIRST)
    if not is_asked(work, row):
        raise NotAllowed("Aan u is geen akkoord op deze brief gevraagd.")
    return case, letter, row


def _no_own_text(work: UnitOfWork, letter: LetterRow) -> None:
    """Nobody agrees twice, nor to an own text where four eyes are asked."""
    me = work.actor.subject
    given = (LetterApproval.letter_id == letter.id, LetterApproval.state == ApprovalState.GIVEN)
    if work.session.scalar(select(LetterApproval.id).where(*given, LetterApproval.decided_by == me).limit(1)):
        raise NotAllowed("U gaf al akkoord op deze brief. Een ander moet dit akkoord geven.")
    if letter.four_eyes and (me == letter.asked_by or wrote(work, letter, me)):
        raise NotAllowed(OWN_TEXT)


def _said(work: UnitOfWork, case: Case) -> str:
    """Name and function as letters print them, with the day."""
    post = letterhead_of(work, case.case_type).post_of(work.actor.subject)
    who = ", ".join(filter(None, (post.name or work.actor.name, post.function)))
    return f"{who}, op {long_date(work.today)}"


def _end_task(work: UnitOfWork, letter: LetterRow, state: ColleagueTaskState) -> None:
    mine = (ColleagueTask.letter_id == letter.id, ColleagueTask.state == ColleagueTaskState.OPEN)
    for task in work.session.scalars(select(ColleagueTask).where(*mine)).all():
        task.state, task.ended_by, task.ended_at = state, work.actor.subject, work.now


def _tell(work: UnitOfWork, case: Case, letter: LetterRow, text: str) -> None:
    """The one who handles the case and the one who asked hear of it."""
    note = work.own_note(case.id, text)
    work.session.flush()
    to = {case.handler or "", letter.asked_by or ""} - {""}
    tell_colleagues(work, case, dict.fromkeys(to, NewsKind.TASK), note)


def _doers(work: UnitOfWork, row: LetterApproval) -> set[str]:
    return {row.staff or ""} if row.team is None else members(work, row.team)
