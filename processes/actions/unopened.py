"""A letter on the portal that its reader did not open in time (C5): the handler, or the team, gets a task to reach that person in another way."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import or_, select

from processes.access.guards import only_staff
from processes.actions.colleague_tasks import OF_TEAM, AskColleague, add_colleague_task, task_wrong
from processes.base.dutch import long_date
from processes.dated import teams_on, unopened_letters_on
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, ColleagueTask, LookRow, NoticeRow, Party
from processes.storage.words import ColleagueTaskState, LookKind, PostChannel

TASK_DAYS: Final = 2  # a term may run since the letter was sent, so the task is for today or tomorrow
NOT_OPENED: Final = "{whom} heeft de brief '{subject}' van {day} niet geopend op het portaal."
WHAT_TO_DO: Final = " Bel, of stuur de brief ook per post."


@dataclass(frozen=True, slots=True)
class TellUnopened:
    """`notice`: a letter that lies on the portal for so long that it is time to look whether somebody opened it."""

    notice: int


def tell_unopened(work: UnitOfWork, action: TellUnopened) -> str:
    """The answer is the case number; empty when nothing is to be told (yet). Each letter is looked at once."""
    only_staff(work.actor)
    case_id = work.session.scalar(select(NoticeRow.case_id).where(NoticeRow.id == action.notice))
    if case_id is None:
        return ""
    case = work.lock_case_id(case_id)
    notice = work.session.get_one(NoticeRow, action.notice)
    if notice.channel != PostChannel.PORTAL or notice.unopened is not None or notice.sent_on is None:
        return ""
    if notice.sent_on > work.today - unopened_letters_on(work.services.law.shelf(work.session), work.today):
        return ""
    party = work.session.get_one(Party, notice.party_id)
    # also in a closed case: the decision ends it, and from then on the term to object or appeal runs
    reads = party.left_on is None and not party.deceased
    notice.unopened = reads and not _opened(work, notice, party)
    if not notice.unopened:
        return ""
    _tell(work, case, notice, party)
    work.audit(case.id, "unopened", notice=notice.id)
    return case.number


def _opened(work: UnitOfWork, notice: NoticeRow, party: Party) -> bool:
    """Whether its reader saw the letter on a page, or fetched it as a file."""
    page = (LookRow.kind == LookKind.LETTER) & (LookRow.part == str(notice.id))
    seen = or_(page, LookRow.document_id == notice.document_id) if notice.document_id else page
    mine = (LookRow.case_id == notice.case_id, LookRow.who == party.identity_index)
    return work.session.scalar(select(LookRow.id).where(*mine, seen).limit(1)) is not None


def _tell(work: UnitOfWork, case: Case, notice: NoticeRow, party: Party) -> None:
    """One open task for each person: who missed one letter missed the next one as well."""
    whom = "Een betrokkene" if party.confidential else party.name
    said = NOT_OPENED.format(whom=whom, subject=notice.subject, day=long_date(notice.sent_on) if notice.sent_on else "")
    task = _task(work, case, said + WHAT_TO_DO)
    if task and not _asked_before(work, case, whom):
        add_colleague_task(work, case, task)
    else:
        work.system_note(case.id, said + WHAT_TO_DO, party.id)


def _task(work: UnitOfWork, case: Case, what: str) -> AskColleague | None:
    """For the handler, where that one may have it and still works here; else for the team of the case type. None when there is neither."""
    due = work.today + timedelta(days=TASK_DAYS)
    asked = (AskColleague(case.number, what, whom, due) for whom in (case.handler or "", _team(work, case)))
    return next((one for one in asked if "whom" not in task_wrong(work, case, one)), None)


def _team(work: UnitOfWork, case: Case) -> str:
    """The team of the case type, in the words of `AskColleague`; empty without one."""
    process = work.deployed(case.model_version_id).model.process
    teams = teams_on(work.services.law.shelf(work.session), work.today)
    return next((f"{OF_TEAM}{code}" for code, team in teams.items() if process in team.case_types), "")


def _asked_before(work: UnitOfWork, case: Case, whom: str) -> bool:
    mine = (ColleagueTask.case_id == case.id, ColleagueTask.state == ColleagueTaskState.OPEN)
    ours = (
        ColleagueTask.made_by == work.actor.subject,
        ColleagueTask.what.startswith(f"{whom} heeft", autoescape=True),
    )
    return work.session.scalar(select(ColleagueTask.id).where(*mine, *ours).limit(1)) is not None
