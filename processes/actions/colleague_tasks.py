"""Tasks for a colleague or a team beside the drawing of a case (W13): asked, done, handed back, taken back by who asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.access.guards import only_staff
from processes.access.staff_scope import HANDLES
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.base.dutch import long_date
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow
from processes.dated import teams_on
from processes.dated.teams import Team
from processes.execution.colleagues import tell_colleagues
from processes.execution.done_before import done_before
from processes.execution.standing_aside import cannot_handle
from processes.execution.unit_of_work import UnitOfWork
from processes.storage import staff
from processes.storage.tables import Case, ColleagueTask, StaffRow
from processes.storage.words import ColleagueTaskState, NewsKind

LONGEST: Final = 500  # characters of what is asked, and of a remark: a longer story is a note
WHOM: Final = "Kies een collega of een team."
OF_TEAM: Final = "team:"  # before the code of a team, in the one choice of for whom a task is


@dataclass(frozen=True, slots=True)
class AskColleague:
    """`whom`: the number of a colleague, or `team:` and the code of a team."""

    case: str
    what: str
    whom: str
    due: date | None


def ask_colleague(work: UnitOfWork, action: AskColleague) -> str:
    """The task stands in the list of that person or team and on the case. Raises Invalid per field."""
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    if wrong := task_wrong(work, case, action):
        raise Invalid(wrong)
    add_colleague_task(work, case, action)
    return case.number


def task_wrong(work: UnitOfWork, case: Case, action: AskColleague) -> dict[str, str]:
    """A sentence for each field that cannot be."""
    wrong = text_wrong("what", action.what, "Schrijf op wat er moet gebeuren.")
    if action.due is None or action.due < work.today:
        wrong["due"] = "Vul een datum in vanaf vandaag."
    if action.whom.startswith(OF_TEAM):
        known = action.whom.removeprefix(OF_TEAM) in _teams(work)
        return wrong if known else {**wrong, "whom": WHOM}
    person = work.session.get(StaffRow, action.whom) if action.whom else None
    if person is None or person.blocked_at is not None or not {*person.roles} & {*HANDLES}:
        wrong["whom"] = WHOM
    elif why_not := cannot_handle(work, case, person):
        wrong["whom"] = why_not
    return wrong


def add_colleague_task(work: UnitOfWork, case: Case, action: AskColleague) -> None:
    """The row of a task in which nothing is wrong; those whom it is for hear of it."""
    of_team = action.whom.startswith(OF_TEAM)
    row = ColleagueTask(
        case_id=case.id, what=action.what.strip(), due=action.due, made_by=work.actor.subject, made_at=work.now,
        staff=None if of_team else action.whom, team=action.whom.removeprefix(OF_TEAM) if of_team else None,
        state=ColleagueTaskState.OPEN, remark="",
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    text = f"Taak voor {_whom(work, row)}, klaar op {long_date(row.due)}: {row.what}"
    _told(work, case, text, _doers(work, row), NewsKind.TASK if of_team else NewsKind.ASKED)
    work.audit(case.id, "ask_colleague", task=row.id)


@dataclass(frozen=True, slots=True)
class FinishColleagueTask:
    """`remark` may be empty."""

    case: str
    task: int
    remark: str = ""


def finish_colleague_task(work: UnitOfWork, action: FinishColleagueTask) -> str:
    """Whoever works on cases may do it; who asked hears of it. Raises AlreadyDone, NotFound, Invalid for the remark."""
    case, row = _open_task(work, action.case, action.task, action.remark)
    _end(work, row, ColleagueTaskState.DONE, action.remark)
    _told(work, case, _with_remark(f"Taak gedaan: {row.what}", action.remark), {row.made_by, *_doers(work, row)})
    work.audit(case.id, "finish_colleague_task", task=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class OpenColleagueTaskAgain:
    """It was said to be done by mistake."""

    case: str
    task: int


def open_colleague_task_again(work: UnitOfWork, action: OpenColleagueTaskAgain) -> str:
    """Only by who said that it was done, on that day. Raises NotFound, NotNow."""
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    row = work.session.get(ColleagueTask, action.task)
    if row is None or row.case_id != case.id:
        raise NotFound("Deze taak hoort niet bij de zaak.")
    ended = row.state == ColleagueTaskState.DONE and row.ended_by == work.actor.subject and row.ended_at
    if not ended or local_date(ended) != work.today:
        raise NotNow("Terugzetten kan alleen op dezelfde dag, door wie de taak deed. Geef anders een nieuwe taak.")
    row.state, row.ended_by, row.ended_at = ColleagueTaskState.OPEN, None, None
    _told(work, case, f"Taak toch niet gedaan: {row.what}", {row.made_by, *_doers(work, row)})
    work.audit(case.id, "open_colleague_task_again", task=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class HandBackColleagueTask:
    """Give a task back to who asked, who finds it in the own list with the reason."""

    case: str
    task: int
    remark: str


def hand_back_colleague_task(work: UnitOfWork, action: HandBackColleagueTask) -> str:
    """Raises NotNow for one's own task that is back already, Invalid without a reason."""
    case, row = _open_task(work, action.case, action.task, action.remark, needed=True)
    if row.staff == row.made_by:
        raise NotNow("Deze taak ligt al bij wie hem maakte.")
    if row.made_by == SYSTEM.subject:
        raise NotNow(
            "Deze taak komt van Zaakspoor zelf. Vraag een collega met een eigen taak, en meld deze dan als gedaan."
        )
    row.staff, row.team, row.remark = row.made_by, None, action.remark.strip()
    _told(work, case, _with_remark(f"Taak teruggegeven: {row.what}", action.remark), {row.made_by})
    work.audit(case.id, "hand_back_colleague_task", task=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class WithdrawColleagueTask:
    case: str
    task: int


def withdraw_colleague_task(work: UnitOfWork, action: WithdrawColleagueTask) -> str:
    """Only by who asked. Raises NotAllowed for anybody else."""
    case, row = _open_task(work, action.case, action.task)
    if row.made_by != work.actor.subject:
        raise NotAllowed("Alleen wie de taak maakte, kan hem intrekken.")
    _end(work, row, ColleagueTaskState.WITHDRAWN, "")
    _told(work, case, f"Taak ingetrokken: {row.what}", _doers(work, row))
    work.audit(case.id, "withdraw_colleague_task", task=row.id)
    return case.number


def text_wrong(field: str, text: str, asked: str, longest: int = LONGEST) -> dict[str, str]:
    """A text that must be there and fit."""
    if not text.strip():
        return {field: asked}
    return {field: f"Maak dit korter: hoogstens {longest} tekens."} if len(text.strip()) > longest else {}


def _open_task(
    work: UnitOfWork, number: str, task: int, remark: str = "", *, needed: bool = False
) -> tuple[Case, ColleagueTask]:
    only_staff(work.actor, system=False)
    case = work.lock_case(number)
    row = work.session.get(ColleagueTask, task)
    if row is None or row.case_id != case.id:
        raise NotFound("Deze taak hoort niet bij de zaak.")
    if row.state != ColleagueTaskState.OPEN:
        how = "gedaan" if row.state == ColleagueTaskState.DONE else "ingetrokken"
        raise done_before(work.session, f"Deze taak is al {how}", row.ended_by, row.ended_at)
    if row.letter_id is not None:
        raise NotNow("Lees de brief zelf. Daar geeft u akkoord, of stuurt u hem terug.")
    wrong = text_wrong("remark", remark, "Schrijf op waarom u de taak teruggeeft.") if needed or remark.strip() else {}
    if wrong:
        raise Invalid(wrong)
    return case, row


def _end(work: UnitOfWork, row: ColleagueTask, state: ColleagueTaskState, remark: str) -> None:
    row.state, row.ended_by, row.ended_at = state, work.actor.subject, work.now
    row.remark = remark.strip() or row.remark


def _told(work: UnitOfWork, case: Case, text: str, to: Iterable[str], kind: NewsKind = NewsKind.TASK) -> None:
    note = work.own_note(case.id, text)
    work.session.flush()
    tell_colleagues(work, case, dict.fromkeys(to, kind), note)


def _with_remark(text: str, remark: str) -> str:
    return f"{text}\n{remark.strip()}".strip()


def _doers(work: UnitOfWork, row: ColleagueTask) -> set[str]:
    """Numbers of those in whose list a task stands."""
    if row.team is None:
        return {row.staff or ""}
    teams = _teams(work)
    return {*teams[row.team].members} if row.team in teams else set()


def _whom(work: UnitOfWork, row: ColleagueTask) -> str:
    if row.team is not None:
        return f"team {_teams(work)[row.team].name}"
    return staff.names_of(work.session, [row.staff]).get(row.staff or "", "")


def _teams(work: UnitOfWork) -> dict[str, Team]:
    return teams_on(work.services.law.shelf(work.session), work.today)
