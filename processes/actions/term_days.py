"""A day of a term is corrected with a reason: the click of a worker that came later than what happened (met, resumed, suspended,
extended, agreed), or the day that somebody filled in on a form. All that hangs on it moves; also after the case was closed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from processes.access.guards import only_staff, reason_wrong
from processes.actions.fact_dates import NO_TERM, SAME, tell
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import FORM, take_days, uses
from processes.execution.following_facts import days_of, moved, was_and_is
from processes.execution.term_days import DayPlace, TermDay, TermPart, days_of_term
from processes.execution.terms import names_fact, request_of, variant_of
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import store_value
from processes.law import DeadlineError, Extension, check_extension
from processes.storage.tables import DeadlineRow, Instance

FUTURE = "Deze datum ligt in de toekomst. Vul een datum tot en met vandaag in."
CHOOSE = "Kies welke dag u verbetert."
ELSEWHERE = "Deze dag komt van een brief, een antwoord, een intrekking of een datum van de zaak. Verbeter hem daar."


@dataclass(frozen=True, slots=True)
class CorrectTermDay:
    """`which` is the key of a TermDay; `was` is the day that stood on the page, so that two people do not undo each other's work."""

    case: str
    deadline: str
    which: str
    was: date | None
    day: date
    reason: str


def correct_term_day(work: UnitOfWork, action: CorrectTermDay) -> str:
    """The answer is the case number. Raises NotFound, NotNow for a day that is corrected elsewhere, AlreadyDone when somebody was
    first, Invalid with the fields `which`, `day` and `reason`.
    """
    only_staff(work.actor)
    run = CaseExecution.of(work, work.lock_case(action.case))
    row = run.data.deadlines().get(action.deadline)
    if row is None:
        raise NotFound("Deze termijn loopt niet in deze zaak.")
    found = _chosen(run, row, action)
    if action.was is not None and action.was != found.day:
        raise AlreadyDone("Iemand anders heeft deze dag intussen verbeterd. Bekijk eerst wat er nu staat.")
    _check(work, found, action)
    before = days_of(run)
    try:
        rows = _store(run, row, found, action.day)
        lines = moved(run, rows, before)
    except DeadlineError as cause:
        raise Invalid({"day": NO_TERM}) from cause
    title = run.root.model.deadlines[row.code].title
    days = f"{found.title}: {was_and_is(found.day, action.day)}"
    tell(run, f"Dag verbeterd van de termijn '{title}'.", [days, *lines], action.reason)
    work.audit(run.case.id, "correct_term_day", code=row.code, which=found.key, was=str(found.day), now=str(action.day))
    return run.case.number


def _chosen(run: CaseExecution, row: DeadlineRow, action: CorrectTermDay) -> TermDay:
    root, model = run.root_instance(), run.root.model
    days = days_of_term(row, model.deadlines[row.code], model, root.id, run.data.values(root))
    found = next((one for one in days if one.key == action.which), None)
    if found is None:
        raise Invalid({"which": CHOOSE})
    if found.place != DayPlace.HERE:
        raise NotNow(ELSEWHERE)
    return found


def _check(work: UnitOfWork, found: TermDay, action: CorrectTermDay) -> None:
    wrong = reason_wrong(action.reason)
    if action.day == found.day:
        wrong["day"] = SAME
    elif action.day > work.today and not found.may_come:
        wrong["day"] = FUTURE
    if wrong:
        raise Invalid(wrong)


def _store(run: CaseExecution, row: DeadlineRow, found: TermDay, day: date) -> list[DeadlineRow]:
    """Change the day where it is kept; the answer are the terms that it may move."""
    if found.form:
        return _store_form(run, *found.form, day)
    if found.part == TermPart.MET:
        row.met_on = day
    elif found.part == TermPart.START:
        row.started_on = day
    elif found.part in {TermPart.STOP, TermPart.RESUME}:
        row.suspensions = _with(row.suspensions, found, {"from" if found.part == TermPart.STOP else "until": day})
        _in_order(row.suspensions[found.at])
    else:
        _lengthen(run, row, found, day)
    return [row]


def _with(items: list[Any], found: TermDay, changed: Mapping[str, date]) -> list[Any]:
    texts = {name: day.isoformat() for name, day in changed.items()}
    return [{**item, **texts} if at == found.at else item for at, item in enumerate(items)]


def _in_order(item: Mapping[str, Any]) -> None:
    if item["from"] and item["until"] and item["until"] < item["from"]:
        raise Invalid({"day": "De termijn kan niet weer gaan lopen voordat zij stilstond."})


def _lengthen(run: CaseExecution, row: DeadlineRow, found: TermDay, day: date) -> None:
    """Another day of an extension, when the law would have allowed it so."""
    setting = run.root.model.deadlines[row.code]
    chosen = variant_of(setting, run.facts(run.root_instance()), run.work.now)
    items = _with(row.extensions, found, {"on" if found.part == TermPart.EXTENDED else "until": day})
    extension = Extension.from_dict(items[found.at])
    request = request_of(row, setting, chosen)
    others = tuple(one for at, one in enumerate(request.extensions) if at != found.at)
    try:
        check_extension(replace(request, extensions=others), extension, run.data.book())
    except DeadlineError as refused:
        raise Invalid({"day": str(refused)}) from refused
    row.extensions = items


def _store_form(run: CaseExecution, instance_id: int, code: str, day: date) -> list[DeadlineRow]:
    """Another day in a value: every term that follows it or counts from it."""
    instance = run.work.session.get_one(Instance, instance_id)
    store_value(run, instance, code, day)
    found = []
    for row in run.data.deadlines().values():
        setting = run.root.model.deadlines[row.code]
        if uses(row, FORM, [instance_id, code]):
            take_days(run.work.session, row, lawful=bool(setting.rule))
            found.append(row)
        elif instance.is_root and names_fact(setting, code):
            found.append(row)
    return found
