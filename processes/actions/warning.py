"""A date comes near: handler and team are warned, once for each warning that the drawing asks for.

The sweep that finds the cases stands in processes.jobs.warning_sweep. After an outage several warnings for one date are one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from engine import DrawnDeadline
from processes.access.clearance import levels_of
from processes.base.dutch import date_in_words, days_left_in_words
from processes.dated import team_for
from processes.execution.alarms import WARNING_FAILED
from processes.execution.letterhead import settings_of
from processes.execution.unit_of_work import UnitOfWork
from processes.law import next_warning
from processes.post.desk_mail import reached_for
from processes.post.queue import queue_mail
from processes.post.standard.staff import WARNING
from processes.post.templates import render
from processes.storage.tables import Case, DeadlineRow
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class WarnOfDeadlines:
    """`again`: also give the warnings that failed before and were given up; afterwards none is missing."""

    case: int
    again: bool = False


def warn_of_deadlines(work: UnitOfWork, action: WarnOfDeadlines) -> str:
    """Warn of everything that is due in this case; nothing when a colleague sweep was first.

    A case that somebody works on at this moment is left to the next sweep.
    """
    case = work.session.scalar(select(Case).where(Case.id == action.case).with_for_update(skip_locked=True))
    if case is None:
        return ""
    settings = work.deployed(case.model_version_id).model.deadlines
    if action.again:
        _plan_again(work, case, settings)
    rows = select(DeadlineRow).where(DeadlineRow.case_id == case.id, DeadlineRow.warn_on <= work.today)
    solved = action.again
    for row in work.session.scalars(rows.order_by(DeadlineRow.id)).all():
        if case.state == CaseState.RUNNING and row.met_on is None and row.due is not None:
            _warn(work, case, row, settings[row.code].title)
            solved = True
            row.warned_for = row.due
            closed = work.services.law.book(work.session).equalised
            row.warn_on = next_warning(row.due, settings[row.code].warnings, work.today, row.warned_for, closed)
        else:
            row.warn_on = None
    if solved and case.alarm == WARNING_FAILED:
        case.alarm = None
    return case.number


def _plan_again(work: UnitOfWork, case: Case, settings: Mapping[str, DrawnDeadline]) -> None:
    """A warning that failed was given up: its day is planned anew, as if nobody was told of the date yet."""
    given_up = (DeadlineRow.case_id == case.id, DeadlineRow.warn_on.is_(None), DeadlineRow.warned_for.is_(None))
    closed = work.services.law.book(work.session).equalised
    for row in work.session.scalars(select(DeadlineRow).where(*given_up)).all():
        plan = row.met_on is None and row.due is not None
        row.warn_on = next_warning(row.due, settings[row.code].warnings, work.today, None, closed) if plan else None
    work.session.flush()


def _warn(work: UnitOfWork, case: Case, row: DeadlineRow, title: str) -> None:
    work.system_note(case.id, _in_words(work, row, title))
    page = f"{work.services.settings.public_url}/werk/zaken/{case.number}"
    made = render(WARNING, {"case.number": case.number, "deadline": title, "link": page})
    for address in _addresses(work, case):
        key = f"{case.id}:warning:{row.code}:{row.due}:{work.now.isoformat()}:{address}"
        queue_mail(work, case, "deadline-warning", address, made.subject, made.body, key)
    work.audit(case.id, "warn", code=row.code, due=str(row.due))


def _in_words(work: UnitOfWork, row: DeadlineRow, title: str) -> str:
    if row.due is None:
        return ""
    ends = "loopt af" if row.due >= work.today else "liep af"
    left = days_left_in_words(row.due, work.today)
    return f"Let op: de termijn '{title}' {ends} op {date_in_words(row.due)} ({left})."


def _addresses(work: UnitOfWork, case: Case) -> list[str]:
    """The handler, who stands in for that one, and the team of the case type or the mailbox for all warnings, each once. A mailbox has no
    clearance: of a more confidential case it hears only where no person does.
    """
    process = work.deployed(case.model_version_id).model.process
    team = team_for(work.services.law.shelf(work.session), work.today, process)
    mailbox = (team.mailbox if team else "") or settings_of(work).team_mailbox
    people = reached_for(work.session, case, work.today)
    if people and case.confidentiality not in levels_of(frozenset()):
        return people
    return list(dict.fromkeys(filter(None, (*people, mailbox))))
