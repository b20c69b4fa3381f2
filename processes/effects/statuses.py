"""Statuses, the moment of publication and the result, as the drawing says them."""

from engine import Passed, ResultReached, Status, StatusReached
from processes.execution.case_execution import CaseExecution
from processes.post.news import tell_parties
from processes.storage.base import new_id
from processes.storage.fast import insert_rows
from processes.storage.tables import Instance, StatusRow


def reached(run: CaseExecution, instance: Instance, effect: StatusReached) -> None:
    """The drawing reached a status."""
    set_status(run, instance, effect.status, effect.element)


def set_status(run: CaseExecution, instance: Instance, status: Status, element: str) -> None:
    """One row for the timeline, and news for who asked for it (D20); nothing when the case already has it."""
    if run.case.status == status.code:
        return
    row = {"case_id": run.case.id, "code": status.code, "element": element, "reached_at": run.work.now}
    insert_rows(run.work.session, StatusRow.__table__, [row])
    run.case.status = status.code
    if status.visible and status.notify and not run.data.nobody_wants_news():
        with run.work.session.no_autoflush:  # who gets news does not depend on what this change has yet to write
            tell_parties(run.work, run.case, "status", key=f"status:{instance.id}:{new_id()}")


def passed(run: CaseExecution, instance: Instance, effect: Passed) -> None:
    """The drawing says from which element the citizen sees documents (D50)."""
    case_type = run.root.model.case_type
    if instance.is_root and case_type and case_type.published_from == effect.element and not run.case.published_at:
        run.case.published_at = run.work.now


def result(run: CaseExecution, instance: Instance, effect: ResultReached) -> None:
    """The result of the case; a called process has none of its own."""
    if instance.is_root:
        run.case.result = effect.type
