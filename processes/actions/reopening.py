"""A case that ended is reopened with a reason, and closed again with a new result (W14).

The drawing of the case stays finished: what is still to be done goes by hand, and by the processes that buttons start.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from engine import Model
from processes.access.guards import LONGEST_REASON, only_staff, reason_wrong
from processes.access.withdrawal import filers_left, filing_roles
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotNow, ZaakspoorError
from processes.effects.endings import case_ended
from processes.effects.statuses import set_status
from processes.execution.case_execution import CaseExecution
from processes.execution.colleagues import involved, tell_colleagues
from processes.execution.done_before import done_before
from processes.execution.fact_days import MET
from processes.execution.reopened import REOPENED, is_reopened
from processes.execution.unit_of_work import UnitOfWork
from processes.post.notices import send_standard
from processes.post.standard import reopening as letters
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, DeadlineRow, DestructionRow, Party, ReopeningRow
from processes.storage.words import CaseState, DestructionState, NewsKind

BY: Final = "reopening"  # stands where a status names the element that reached it
GOES: Final = frozenset({DestructionState.APPROVED, DestructionState.DESTROYED})


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """`reason` is for colleagues, `message` is what the parties read. `terms`: codes of terms that ended with the case and were not
    met, so that they run again.
    """

    case: str
    reason: str
    message: str
    terms: tuple[str, ...] = ()


def reopen_case(work: UnitOfWork, action: ReopenCase) -> str:
    """The case runs again without a result, and every party gets a letter. The answer is the case number.

    Raises Invalid per field, and NotNow for a case that runs or whose destruction was approved.
    """
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    if case.state != CaseState.CLOSED:
        raise _runs_already(work, case)
    rows = _ended_terms(work, case)
    if wrong := _wrong(action, rows):
        raise Invalid(wrong)
    _off_destruction_list(work, case)
    run = CaseExecution.of(work, case)
    model, root = run.root.model, root_of(work.session, case.id)
    known = model.result_types.get(case.result or "")
    words = {"message": action.message.strip(), "ended_on": local_date(case.closed_at) if case.closed_at else None,
             "outcome": known.description if known else ""}  # fmt: skip
    again = _withdrawn_again(work, case, model)
    _write_down(run, action, str(words["outcome"]), again)
    _runs_again(run, [row for row in rows if row.code in action.terms])
    set_status(run, root, REOPENED, BY)
    run.settle()
    send_standard(run, "heropend", letters.REOPENED, {**_about(case), **words, "again": bool(again)})
    return case.number


def _runs_already(work: UnitOfWork, case: Case) -> ZaakspoorError:
    """The refusal: who reopened it before, when that is why it runs."""
    mine = select(ReopeningRow).where(ReopeningRow.case_id == case.id).order_by(ReopeningRow.id.desc()).limit(1)
    before = work.session.scalar(mine)
    if before is None:
        return NotNow("Deze zaak loopt al.")
    return done_before(work.session, "Deze zaak is al heropend", before.reopened_by, before.reopened_at)


def _wrong(action: ReopenCase, rows: Collection[DeadlineRow]) -> dict[str, str]:
    wrong = reason_wrong(action.reason)
    if not action.message.strip():
        wrong["message"] = "Schrijf wat de betrokkenen hierover lezen."
    elif len(action.message) > LONGEST_REASON:
        wrong["message"] = f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."
    if not set(action.terms) <= {row.code for row in rows}:
        wrong["terms"] = "Kies termijnen van deze zaak."
    return wrong


def _ended_terms(work: UnitOfWork, case: Case) -> list[DeadlineRow]:
    ended = select(DeadlineRow).where(DeadlineRow.case_id == case.id, DeadlineRow.met_on.is_not(None))
    return list(work.session.scalars(ended.order_by(DeadlineRow.id)))


def _off_destruction_list(work: UnitOfWork, case: Case) -> None:
    """Raises NotNow once the destruction was approved. A new end gives a new day, on which the case is listed again."""
    listed = select(DestructionRow).where(DestructionRow.case_id == case.id).with_for_update()
    for row in work.session.scalars(listed).all():
        if row.state in GOES:
            raise NotNow("De vernietiging van deze zaak is al goedgekeurd. Heropenen kan niet meer.")
        work.session.delete(row)
        work.audit(case.id, "destruction_unlisted", destruction=row.id)


def _withdrawn_again(work: UnitOfWork, case: Case, model: Model) -> list[str]:
    """Names of those whose withdrawal counts no more: of a case that ended because everybody had withdrawn, it is theirs again."""
    if filers_left(work.session, case.id, model):
        return []
    mine = (Party.case_id == case.id, Party.role.in_(filing_roles(model)), Party.withdrawn_on.is_not(None))
    rows = work.session.scalars(select(Party).where(*mine, Party.left_on.is_(None)).order_by(Party.id)).all()
    for row in rows:
        row.withdrawn_on = row.withdrawal_entered_on = row.withdrawal_postmarked_on = None
    return [row.name for row in rows]


def _write_down(run: CaseExecution, action: ReopenCase, outcome: str, again: Iterable[str]) -> None:
    """Keep how the case had ended, and tell colleagues why it runs again."""
    work, case = run.work, run.case
    lines = [f"Zaak heropend. Reden: {action.reason.strip()}", f"Het resultaat was: {outcome}." if outcome else ""]
    lines.append(f"Uitleg daarbij: {case.result_explanation}" if case.result_explanation else "")
    lines += [f"De intrekking van {name} telt niet meer." for name in again]
    note = work.own_note(case.id, "\n".join(filter(None, lines)))
    work.session.flush()
    work.session.add(
        ReopeningRow(
            case_id=case.id, closed_at=case.closed_at, result=case.result, status=case.status,
            retention_class=case.retention_class, reopened_at=work.now, reopened_by=work.actor.subject,
        )
    )  # fmt: skip
    tell_colleagues(work, case, dict.fromkeys(involved(work, case), NewsKind.NOTE), note)
    work.audit(case.id, "reopen", result=case.result)


def _runs_again(run: CaseExecution, terms: Iterable[DeadlineRow]) -> None:
    """Nothing of the end is left: departments may come in, nothing counts for retention, and these terms run from their old day 0."""
    case = run.case
    case.state, case.closed_at, case.departments_until = CaseState.RUNNING, None, None
    case.result = case.result_explanation = case.retention_class = case.destroy_from = None
    for row in terms:
        row.met_on = None
        row.follows = {key: day for key, day in (row.follows or {}).items() if key != MET} or None
    run.facts_changed = True


@dataclass(frozen=True, slots=True)
class CloseAgain:
    """`result` is the code of a result of the case type; `explanation` is for the parties."""

    case: str
    result: str
    explanation: str = ""


def close_again(work: UnitOfWork, action: CloseAgain) -> str:
    """End a reopened case as its drawing would: retention is counted from today, and what follows on this result begins.

    Raises Invalid per field, CaseClosed, and NotNow for a case whose own drawing still runs.
    """
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case, running=True)
    root = root_of(work.session, case.id)
    if not is_reopened(case, root):
        raise NotNow("Deze zaak is niet heropend. Zij eindigt vanzelf als de laatste taak is gedaan.")
    run = CaseExecution.of(work, case)
    kind = run.root.model.result_types.get(action.result)
    wrong = {} if kind else {"result": "Kies een resultaat."}
    if len(action.explanation) > LONGEST_REASON:
        wrong["explanation"] = f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."
    if wrong or kind is None:
        raise Invalid(wrong)
    case.result, case.result_explanation = action.result, action.explanation.strip() or None
    _status_of_before(run)
    words: dict[str, object] = {**_about(case), "message": action.explanation.strip(), "outcome": kind.description}
    send_standard(run, "weer-afgerond", letters.CLOSED_AGAIN, words)
    case_ended(run)
    run.settle()
    work.audit(case.id, "close_again", result=action.result)
    return case.number


def _about(case: Case) -> dict[str, str]:
    return {"case.title": case.title, "case.subject": case.subject}


def _status_of_before(run: CaseExecution) -> None:
    """The status with which the case had ended, when its version still has it."""
    last = select(ReopeningRow.status).where(ReopeningRow.case_id == run.case.id).order_by(ReopeningRow.id.desc())
    code = run.work.session.scalar(last.limit(1))
    status = next((one for one in run.root.model.statuses() if one.code == code), None)
    if status is not None:
        set_status(run, run.root_instance(), status, BY)
