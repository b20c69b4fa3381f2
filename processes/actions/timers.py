"""Due timers of one case take effect. The sweep that finds them stands in processes.jobs.timer_sweep."""

from dataclasses import dataclass

from engine import Fire
from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class FireTimers:
    case: int


def fire_timers(work: UnitOfWork, action: FireTimers) -> str:
    """Fire what is due in every instance of the case; nothing when a colleague sweep was first.

    A case that somebody works on at this moment is left to the next sweep: the timers of others do not wait for it.
    """
    run = CaseExecution.at_case(work, action.case)
    return run.case.number if run is not None and _fire_due(run) else ""


@dataclass(frozen=True, slots=True)
class RetryTimers:
    """An administrator lets the late timers of a case take effect now, as when no clock process runs."""

    case: str


def retry_timers(work: UnitOfWork, action: RetryTimers) -> str:
    """Raises NotFound, and AlreadyDone when nothing is due (any more)."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    case = work.lock_case(action.case)
    if not _fire_due(CaseExecution.of(work, case)):
        raise AlreadyDone("De timers van deze zaak zijn intussen afgegaan. U hoeft niets meer te doen.")
    return case.number


def _fire_due(run: CaseExecution) -> bool:
    """Whether anything was due."""
    work = run.work
    due = sorted((moment, one.id, one) for one in run.living() if (moment := one.next_due) and moment <= work.now)
    if not due:
        return False
    for _, _, instance in due:
        run.ask(instance, Fire())
    run.settle()
    work.audit(run.case.id, "timers", instances=len(due))
    return True
