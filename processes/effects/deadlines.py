"""Deadline actions of the drawing: start, suspend, resume, extend, consent, meet. What happened is kept; dates follow from it."""

from collections.abc import Callable
from datetime import date, datetime

from engine import DeadlineAction, DeadlineTouched, compile_expression
from engine.words import DeadlineVerb
from processes.base.clock import local_date
from processes.base.errors import NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.terms import BY_HAND, request_of, start_of, variant_of
from processes.law import Extension, ExtensionRefused, check_extension
from processes.storage.fast import add_row
from processes.storage.tables import DeadlineRow, Instance

ENDING = {DeadlineVerb.MEET, DeadlineVerb.RESUME}


def touched(run: CaseExecution, instance: Instance, effect: DeadlineTouched) -> None:
    """One verb on one deadline of the case; an instance that was called touches the deadlines of its case."""
    action = effect.action
    row = run.data.deadlines().get(action.deadline)
    if row is None and action.action in ENDING:
        return  # on this way through the drawing it never began
    if row is None or action.action == DeadlineVerb.START:
        start(run, instance, action, row)
    else:
        VERBS[action.action](run, instance, row, action)
    run.facts_changed = True
    run.work.audit(run.case.id, "deadline", code=action.deadline, verb=action.action, element=effect.element)


def start(run: CaseExecution, instance: Instance, action: DeadlineAction, row: DeadlineRow | None) -> None:
    """Start, or start again (a second request to repair has a term of its own)."""
    setting = run.root.model.deadlines[action.deadline]
    fallback = run.case.received_on if setting.rule else run.work.today
    day = start_of(setting, run.facts(instance), run.work.now, otherwise=fallback)
    if row is None:
        row = DeadlineRow(case_id=run.case.id, code=action.deadline, started_on=day, suspensions=[], extensions=[])
        add_row(run.work.session, row)
        run.data.deadlines()[action.deadline] = row
    row.started_on, row.met_on, row.due = day, None, None
    row.suspensions, row.extensions = [], []


def suspend(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """The term stands still from the day after today (Awb 7:10, second paragraph), once at a time."""
    del instance
    if not any(item["until"] is None and not item.get(BY_HAND) for item in row.suspensions):
        today = run.work.today.isoformat()
        row.suspensions = [*row.suspensions, {"from": today, "until": None, "ground": action.ground or ""}]


def resume(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """Today is the first day that counts again; what a worker stopped by hand is not the drawing's to end."""
    del instance, action
    today = run.work.today.isoformat()
    row.suspensions = [
        item if item.get(BY_HAND) else {**item, "until": item["until"] or today} for item in row.suspensions
    ]


def extend(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """Extend the term by what the law allows, or until the date of the drawing's expression. Raises NotNow."""
    _lengthen(run, instance, row, Extension(run.work.today, _until(run, instance, action)))


def consent(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """Until the date that others agreed to (Awb 7:10, fourth paragraph, and its like). Raises NotNow without a date."""
    until = _until(run, instance, action)
    if until is None:
        raise NotNow("Vul in tot welke datum er uitstel is afgesproken.")
    _lengthen(run, instance, row, Extension(run.work.today, until, consent=True))


def _until(run: CaseExecution, instance: Instance, action: DeadlineAction) -> date | None:
    until = compile_expression(action.until).evaluate(run.facts(instance), run.work.now) if action.until else None
    if isinstance(until, datetime):
        return local_date(until)
    return until if isinstance(until, date) else None


def _lengthen(run: CaseExecution, instance: Instance, row: DeadlineRow, extension: Extension) -> None:
    setting = run.root.model.deadlines[row.code]
    request = request_of(row, setting, variant_of(setting, run.facts(instance), run.work.now))
    try:
        check_extension(request, extension, run.data.book())
    except ExtensionRefused as refused:
        raise NotNow(str(refused)) from refused
    row.extensions = [*row.extensions, extension.to_dict()]


def meet(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """Record that what had to happen before the date has happened today."""
    del instance, action
    row.met_on = run.work.today


VERBS: dict[DeadlineVerb, Callable[[CaseExecution, Instance, DeadlineRow, DeadlineAction], None]] = {
    DeadlineVerb.SUSPEND: suspend,
    DeadlineVerb.RESUME: resume,
    DeadlineVerb.EXTEND: extend,
    DeadlineVerb.CONSENT: consent,
    DeadlineVerb.MEET: meet,
}
