"""Due timers of one case take effect. The sweep that finds them stands in processes.timers."""

from dataclasses import dataclass

from engine import Fire
from processes.corridor.advance import Run
from processes.corridor.work import Work


@dataclass(frozen=True, slots=True)
class FireTimers:
    case: int


def fire_timers(work: Work, action: FireTimers) -> str:
    """Fire what is due in every instance of the case; nothing when a colleague sweep was first.

    A case that somebody works on at this moment is left to the next sweep: the timers of others do not wait for it.
    """
    run = Run.at_case(work, action.case)
    if run is None:
        return ""
    case = run.case
    due = sorted((moment, one.id, one) for one in run.living() if (moment := one.next_due) and moment <= work.now)
    if not due:
        return ""
    for _, _, instance in due:
        run.ask(instance, Fire())
    run.settle()
    work.audit(case.id, "timers", instances=len(due))
    return case.number
