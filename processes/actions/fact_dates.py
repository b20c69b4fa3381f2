"""The day of an answer, of a sent letter or of the start of a term, corrected with a reason. What hangs on it moves; the old day
and the reason stay on the timeline of staff and in the trail.
"""

from dataclasses import dataclass
from datetime import date

from processes.access.guards import only_staff, reason_wrong
from processes.access.visibility import is_for_others
from processes.actions.answers import ReceiptDays, received_wrong, withdrawal_wrong
from processes.actions.post import check_sent, locked_notice
from processes.base.errors import Invalid, NotFound, NotNow
from processes.effects.withdrawing import who_withdrew_by
from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import ANSWERED, SENT, START, WITHDRAWN, keep
from processes.execution.following_facts import days_of, follow, moved, was_and_is
from processes.execution.penalties import unfit_penalties
from processes.execution.terms import corrects_start
from processes.execution.unit_of_work import UnitOfWork
from processes.law import DeadlineError
from processes.storage.tables import Party

SAME = "U heeft geen datum veranderd."
NO_TERM = "Vanaf deze datum is geen termijn te berekenen. Controleer het jaar."


@dataclass(frozen=True, slots=True)
class CorrectReceipt:
    """Another day on which an answer on paper came in, or another postmark."""

    task: str
    received: ReceiptDays
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectSent:
    """Another day on which a letter was sent."""

    notice: int
    sent_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectStart:
    """Another day 0 of a term that started on the day of a click."""

    case: str
    deadline: str
    started_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectWithdrawal:
    """Another day on which the withdrawal of a party came in on paper, or another postmark."""

    case: str
    party: int
    received: ReceiptDays
    reason: str


def correct_receipt(work: UnitOfWork, action: CorrectReceipt) -> str:
    """Also after the case was closed, and when it was a withdrawal the day of that moves along. The answer is the case number.
    Raises NotFound, NotNow for an answer that was not on paper, Invalid.
    """
    only_staff(work.actor)
    run, task, _ = CaseExecution.at_task(work, action.task)
    if not is_for_others(task) or task.received_on is None:
        raise NotNow("Van dit antwoord is geen datum van ontvangst vastgelegd.")
    was, now = ReceiptDays(task.received_on, task.postmarked_on), action.received
    _refuse({**received_wrong(run.case, task, now, work.today), **reason_wrong(action.reason)}, same=was == now)
    left = who_withdrew_by(run, task)
    task.received_on, task.postmarked_on = now.received_on, now.postmarked_on
    lines = _follow(run, ANSWERED, task.id, "answer-received_on")
    if left is not None:
        lines += _left_on(run, left, now.received_on)
    days = [f"Ontvangen op: {was_and_is(was.received_on, now.received_on)}"]
    if was.postmarked_on != now.postmarked_on:
        days.append(f"Poststempel: {was_and_is(was.postmarked_on, now.postmarked_on)}")
    tell(run, f"Datum verbeterd van het antwoord '{task.name}'.", [*days, *lines], action.reason)
    work.audit(run.case.id, "correct_receipt", task=task.id, was=str(was.received_on), now=str(now.received_on))
    return run.case.number


def _left_on(run: CaseExecution, party: Party, day: date) -> list[str]:
    """Another day on which this party withdrew, with all that hangs on it."""
    line = f"Ingetrokken op: {was_and_is(party.withdrawn_on, day)}"
    party.withdrawn_on = day
    run.work.session.flush()
    return [line, *_follow(run, WITHDRAWN, party.id, "answer-received_on")]


def correct_sent(work: UnitOfWork, action: CorrectSent) -> str:
    """The answer is the case number. Raises NotFound, NotNow for a letter that was not sent yet, Invalid."""
    case, notice = locked_notice(work, action.notice)
    if notice.sent_on is None:
        raise NotNow("Deze brief is nog niet verzonden.")
    was = notice.sent_on
    _refuse(reason_wrong(action.reason), same=was == action.sent_on, field="sent_on")
    check_sent(work, notice, action.sent_on)
    run = CaseExecution.of(work, case)
    notice.sent_on = action.sent_on
    lines = _follow(run, SENT, notice.id, "sent_on")
    days = f"Verzonden op: {was_and_is(was, action.sent_on)}"
    tell(run, f"Datum verbeterd van de brief '{notice.subject}'.", [days, *lines], action.reason)
    work.audit(case.id, "correct_sent", notice=notice.id, was=str(was), now=str(action.sent_on))
    return case.number


def correct_withdrawal(work: UnitOfWork, action: CorrectWithdrawal) -> str:
    """The answer is the case number. Raises NotFound, NotNow for a withdrawal that staff did not enter, Invalid."""
    only_staff(work.actor)
    case = work.lock_case(action.case)
    party = work.session.get(Party, action.party)
    if party is None or party.case_id != case.id:
        raise NotFound("Deze betrokkene hoort niet bij de zaak.")
    if party.withdrawn_on is None or party.withdrawal_entered_on is None:
        raise NotNow("Van deze betrokkene is geen intrekking op papier vastgelegd.")
    was, now = ReceiptDays(party.withdrawn_on, party.withdrawal_postmarked_on), action.received
    _refuse({**withdrawal_wrong(case, now, work.today), **reason_wrong(action.reason)}, same=was == now)
    run = CaseExecution.of(work, case)
    party.withdrawn_on, party.withdrawal_postmarked_on = now.received_on, now.postmarked_on
    work.session.flush()
    lines = _follow(run, WITHDRAWN, party.id, "answer-received_on")
    days = f"Ontvangen op: {was_and_is(was.received_on, now.received_on)}"
    tell(run, "Datum verbeterd van de intrekking.", [days, *lines], action.reason)
    work.audit(case.id, "correct_withdrawal", party=party.id, was=str(was.received_on), now=str(now.received_on))
    return case.number


def correct_start(work: UnitOfWork, action: CorrectStart) -> str:
    """The answer is the case number. Raises NotFound, NotNow for a term that starts from a date of the case, Invalid."""
    only_staff(work.actor)
    run = CaseExecution.of(work, work.lock_case(action.case, running=True))
    row = run.data.deadlines().get(action.deadline)
    if row is None:
        raise NotFound("Deze termijn loopt niet in deze zaak.")
    setting = run.root.model.deadlines[action.deadline]
    if not corrects_start(row, setting):
        raise NotNow("Deze termijn telt vanaf een datum in de zaak. Verbeter die datum.")
    future = {"started_on": "Deze datum ligt in de toekomst."} if action.started_on > work.today else {}
    was, before = row.started_on, days_of(run)
    _refuse({**future, **reason_wrong(action.reason)}, same=was == action.started_on, field="started_on")
    row.started_on = action.started_on
    keep(row, START, None)
    try:
        lines = moved(run, [row], before)
    except DeadlineError as cause:
        raise Invalid({"started_on": NO_TERM}) from cause
    days = f"Telt vanaf: {was_and_is(was, action.started_on)}"
    tell(run, f"Begin verbeterd van de termijn '{setting.title}'.", [days, *lines], action.reason)
    work.audit(run.case.id, "correct_start", code=row.code, was=str(was), now=str(action.started_on))
    return run.case.number


def _follow(run: CaseExecution, kind: str, fact: str | int, field: str) -> list[str]:
    try:
        return follow(run, kind, fact)
    except DeadlineError as cause:
        raise Invalid({field: NO_TERM}) from cause


def _refuse(wrong: dict[str, str], *, same: bool, field: str = "answer-received_on") -> None:
    if wrong:
        raise Invalid(wrong)
    if same:
        raise Invalid({field: SAME})


def tell(run: CaseExecution, what: str, lines: list[str], reason: str) -> None:
    """The internal note of a correction; it also says which laid down penalty no longer fits."""
    lines = [*lines, *unfit_penalties(run)]
    run.work.own_note(run.case.id, "\n".join([what, *lines, f"Reden: {reason.strip()}"]))
