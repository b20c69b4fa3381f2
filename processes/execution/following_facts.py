"""A fact got another day (a letter was sent, an answer came in earlier than was typed): all terms that follow it move."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from processes.base.dutch import long_date
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import SENT, day_of, take_days, uses
from processes.execution.parts import parts_of
from processes.execution.terms import recompute
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, DeadlineRow, Instance
from processes.storage.words import CaseState

NO_DATE = "geen datum"
Days = Mapping[str, tuple[date | None, date | None]]
"""By code of a deadline, its date and the day on which it was met."""


def follow(run: CaseExecution, kind: str, fact: Any) -> list[str]:
    """Give the terms that follow this letter (SENT) or task (ANSWERED) its day of now, and let timers look again.

    Also in a case that has ended: the decision of a closed case may still have to be posted. The answer are sentences on what
    moved, for a note. Raises DeadlineError where the law has no term from the new day.
    """
    rows = [row for row in run.data.deadlines().values() if uses(row, kind, fact)]
    if kind == SENT:
        _announce_parts(run, fact)
    before = days_of(run)
    for row in rows:
        take_days(run.work.session, row, lawful=bool(run.root.model.deadlines[row.code].rule))
    return moved(run, rows, before) if rows else []


def _announce_parts(run: CaseExecution, notice_id: int) -> None:
    """A part decision is announced on the day on which the last of its letters was sent; also after its case ended."""
    for part in parts_of(run.work.session, run.case.id):
        if part.letters and notice_id in part.letters[SENT]:
            part.announced_on = day_of(run.work.session, part.letters)
            run.data.part_changed(run.work.session.get_one(Instance, part.instance_id))
            run.facts_changed = True
            run.settle()


def follow_letter(work: UnitOfWork, case: Case, notice_id: int) -> list[str]:
    """Give the terms that follow a letter its day of now, as `follow` does. A letter that no term follows needs no drawing, so
    it can go while the drawing of its case cannot be read.
    """
    rows = work.session.scalars(select(DeadlineRow).where(DeadlineRow.case_id == case.id))
    followed = any(uses(row, SENT, notice_id) for row in rows)
    followed = followed or any(
        notice_id in (part.letters or {}).get(SENT, ()) for part in parts_of(work.session, case.id)
    )
    return follow(CaseExecution.of(work, case), SENT, notice_id) if followed else []


def moved(run: CaseExecution, changed: Iterable[DeadlineRow], before: Days) -> list[str]:
    """Compute again after these terms were changed; what moved since `before`, in sentences."""
    if run.case.state == CaseState.RUNNING:
        run.facts_changed = True
        run.settle()
    else:
        facts = run.facts(run.root_instance())
        recompute(changed, run.root.model, facts, run.work.now, run.data.book())
        run.case.row_version += 1
    after = days_of(run)
    return [line for code in before for line in _moves(run, code, before[code], after[code])]


def days_of(run: CaseExecution) -> Days:
    """The dates of the terms by their code, before something changes."""
    return {code: (row.due, row.met_on) for code, row in run.data.deadlines().items()}


def _moves(
    run: CaseExecution, code: str, was: tuple[date | None, date | None], now: tuple[date | None, date | None]
) -> list[str]:
    title = run.root.model.deadlines[code].title
    lines = []
    if was[0] != now[0]:
        lines.append(f"Termijn '{title}': {was_and_is(was[0], now[0])}")
    if was[1] != now[1]:
        lines.append(f"Termijn '{title}', gehaald op: {was_and_is(was[1], now[1])}")
    return lines


def was_and_is(was: date | None, now: date | None) -> str:
    """Both days as the end of a sentence in a note."""
    old, new = (long_date(day) if day else NO_DATE for day in (was, now))
    return f"was {old}, is nu {new}."
