"""Deadline actions of the drawing: start, suspend, resume, extend, consent, meet. What happened is kept; dates follow from it.

The day of an action is that of the fact behind it: of a step with `day`, the day that a form says; of an answer, the day it was
received; of a step with `on="sent"`, the day that its formal notice was sent. Other actions happen today.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from engine import DeadlineAction, DeadlineTouched, compile_expression
from engine.words import DeadlineVerb, FactDay
from processes.base.clock import AMSTERDAM, local_date
from processes.base.errors import Invalid, NotNow
from processes.base.typed_values import as_day
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import (
    ANSWERED,
    BEGIN,
    END,
    LAPSED,
    MET,
    SENT,
    START,
    Source,
    counts_again_on,
    day_of,
    keep,
    said_by_form,
    take_days,
    that_count,
    waits_to_be_met,
)
from processes.execution.terms import BY_HAND, request_of, start_of, variant_of
from processes.execution.urgency import kind_of
from processes.law import Extension, ExtensionRefused, check_extension
from processes.storage.fast import add_row
from processes.storage.tables import DeadlineRow, Instance, NoticeRow, TaskRow

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
    told = action.on == FactDay.RECEIVED or action.day
    today, source = _fact(run, instance, action) if told else (run.work.today, None)
    fallback = run.case.received_on if setting.rule else today
    now = run.work.now if today == run.work.today else datetime.combine(today, time(12), AMSTERDAM)
    day = start_of(setting, run.facts(instance), now, otherwise=fallback)
    if row is None:
        kind = kind_of(setting)
        row = DeadlineRow(
            case_id=run.case.id, code=action.deadline, kind=kind, started_on=day, suspensions=[], extensions=[]
        )  # fmt: skip
        add_row(run.work.session, row)
        run.data.deadlines()[action.deadline] = row
    row.started_on, row.met_on, row.due = day, None, None
    row.suspensions, row.extensions = [], []
    row.follows = {START: source} if source and day == today else None


def suspend(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """The term stands still from the day after today, or after the day that a form says (Awb 7:10, second paragraph), once at a time."""
    if not any(item["until"] is None and not item.get(BY_HAND) for item in row.suspensions):
        since, source = _said(run, instance, action)
        day = (since or run.work.today).isoformat()
        stop = {"from": day, "until": None, "ground": action.ground or "", "asked": run.work.today.isoformat()}
        row.suspensions = [*row.suspensions, {**stop, BEGIN: source} if source else stop]


def resume(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """The term runs again from the day of the repair, whatever day that was entered (Awb 7:10, second paragraph), else from today.
    What a worker stopped by hand is not the drawing's to end.
    """
    going_on = [item for item in row.suspensions if item["until"] is None and not item.get(BY_HAND)]
    row.suspensions = [_ended(run, instance, action, item) if item in going_on else item for item in row.suspensions]


def _ended(run: CaseExecution, instance: Instance, action: DeadlineAction, item: Mapping[str, Any]) -> dict[str, Any]:
    """A standstill that ends. The same question may have been asked of several people: it ends when the last of them answered."""
    said, form = _said(run, instance, action)
    if said and form:
        day = counts_again_on(run.work.session, form, item["ground"]) or said
        return {**item, "until": day.isoformat(), END: form}
    task = _answered(run, action)
    if task is None:
        return {**item, "until": run.work.today.isoformat()}
    since = date.fromisoformat(item["asked"]) if "asked" in item else run.work.today
    source = _source(run, task, *_asked_with(run, task, since))
    day = counts_again_on(run.work.session, source, item["ground"]) or run.work.today
    return {**item, "until": day.isoformat(), END: source}


def _answered(run: CaseExecution, action: DeadlineAction) -> str | None:
    """The question whose answer, or end without one, led here."""
    return None if action.on == FactDay.SENT else run.answered


def _fact(run: CaseExecution, instance: Instance, action: DeadlineAction) -> tuple[date, Source | None]:
    """The day that a form says, else that of the answer that led here, and where it is kept; today when there is neither."""
    said, form = _said(run, instance, action)
    if said:
        return said, form
    task = _answered(run, action)
    if task is None:
        return run.work.today, None
    source = _source(run, task)
    return day_of(run.work.session, source) or run.work.today, source


def _said(run: CaseExecution, instance: Instance, action: DeadlineAction) -> tuple[date | None, Source | None]:
    """The day that a form says (`day`), and where it is kept. Raises Invalid for one that is still to come: nothing has
    happened on it yet; a term may start on such a day.
    """
    if action.day is None:
        return None, None
    day = as_day(run.data.values(instance).get(action.day))
    if day is None:
        return None, None
    if day > run.work.today and action.action != DeadlineVerb.START:
        raise Invalid({action.day: "Deze datum ligt in de toekomst. Vul een datum tot en met vandaag in."})
    return day, said_by_form(instance, action.day)


def _source(run: CaseExecution, *tasks: str) -> Source:
    return {ANSWERED: list(tasks), **({LAPSED: run.fired_on.isoformat()} if run.fired_on else {})}


def _asked_with(run: CaseExecution, task: str, since: date) -> Sequence[str]:
    mine = run.work.session.get_one(TaskRow, task)
    same = (TaskRow.case_id == run.case.id, TaskRow.element == mine.element, TaskRow.id != task)
    asked = (*same, TaskRow.opened_at >= datetime.combine(since, time(), AMSTERDAM))
    return run.work.session.scalars(select(TaskRow.id).where(*asked).order_by(TaskRow.id)).all()


def follow_notices(run: CaseExecution, instance: Instance, element: str, notices: Sequence[NoticeRow]) -> None:
    """Tie the terms that this step changes with `on="sent"` to its letters: a letter by post that was not sent yet starts,
    meets and stops nothing.
    """
    drawn = run.work.deployed(instance.model_version_id).model.elements[element].deadline_actions
    changes = [action for action in drawn if action.on == FactDay.SENT and not _said(run, instance, action)[0]]
    if not changes or not notices:
        return
    source = {SENT: that_count(run.work.session, run.case, notices)}
    for action in changes:
        row = run.data.deadlines().get(action.deadline)
        if row is None:
            continue
        _tie(row, action, source)
        take_days(run.work.session, row, lawful=bool(run.root.model.deadlines[row.code].rule))
        run.facts_changed = True


def _tie(row: DeadlineRow, action: DeadlineAction, source: Source) -> None:
    if action.action == DeadlineVerb.START:
        keep(row, START, source)
    elif action.action == DeadlineVerb.MEET:
        keep(row, MET, source)
    elif action.action == DeadlineVerb.SUSPEND:
        row.suspensions = [
            {**item, BEGIN: source} if item["until"] is None and not item.get(BY_HAND) and BEGIN not in item else item
            for item in row.suspensions
        ]


def extend(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """Extend the term by what the law allows, or until the date of the drawing's expression. Raises NotNow."""
    said, source = _said(run, instance, action)
    _lengthen(run, instance, row, Extension(said or run.work.today, _until(run, instance, action)), source)


def consent(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """Until the date that others agreed to (Awb 7:10, fourth paragraph, and its like). Raises NotNow without a date."""
    until = _until(run, instance, action)
    if until is None:
        raise NotNow("Vul in tot welke datum er uitstel is afgesproken.")
    said, source = _said(run, instance, action)
    _lengthen(run, instance, row, Extension(said or run.work.today, until, consent=True), source)


def _until(run: CaseExecution, instance: Instance, action: DeadlineAction) -> date | None:
    until = compile_expression(action.until).evaluate(run.facts(instance), run.work.now) if action.until else None
    if isinstance(until, datetime):
        return local_date(until)
    return until if isinstance(until, date) else None


def _lengthen(
    run: CaseExecution, instance: Instance, row: DeadlineRow, extension: Extension, source: Source | None
) -> None:
    setting = run.root.model.deadlines[row.code]
    request = request_of(row, setting, variant_of(setting, run.facts(instance), run.work.now))
    try:
        check_extension(request, extension, run.data.book())
    except ExtensionRefused as refused:
        raise NotNow(str(refused)) from refused
    kept = extension.to_dict()
    row.extensions = [*row.extensions, {**kept, BEGIN: source} if source else kept]


def meet(run: CaseExecution, instance: Instance, row: DeadlineRow, action: DeadlineAction) -> None:
    """Record that what had to happen before the date has happened: on the day that a form says, by the answer that led here, or today. It happens once: a term
    that was met stays so until it starts again.
    """
    if row.met_on is not None or waits_to_be_met(row):
        return
    row.met_on, source = _fact(run, instance, action)
    keep(row, MET, source)


VERBS: dict[DeadlineVerb, Callable[[CaseExecution, Instance, DeadlineRow, DeadlineAction], None]] = {
    DeadlineVerb.SUSPEND: suspend,
    DeadlineVerb.RESUME: resume,
    DeadlineVerb.EXTEND: extend,
    DeadlineVerb.CONSENT: consent,
    DeadlineVerb.MEET: meet,
}
