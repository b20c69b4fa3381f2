"""One table from each kind of effect of the engine to the function that turns it into rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine import (
    ChildAsked,
    ChildDropped,
    DeadlineTouched,
    EachAsked,
    Effect,
    Lapsed,
    MailAsked,
    Passed,
    ResultReached,
    ServiceAsked,
    ServiceDropped,
    StatusReached,
    TaskClosed,
    TaskOpened,
)
from processes.effects import children, deadlines, each, mails, operations, statuses, tasks
from processes.effects.endings import case_ended, outputs_to_parent
from processes.execution.case_execution import CaseExecution
from processes.storage.tables import Instance

TABLE: dict[type, Callable[[CaseExecution, Instance, Any], None]] = {
    TaskOpened: tasks.opened,
    TaskClosed: tasks.closed,
    Passed: statuses.passed,
    StatusReached: statuses.reached,
    ResultReached: statuses.result,
    DeadlineTouched: deadlines.touched,
    MailAsked: mails.asked,
    ServiceAsked: operations.asked,
    ServiceDropped: operations.dropped,
    ChildAsked: children.asked,
    ChildDropped: children.dropped,
    EachAsked: each.asked,
    Lapsed: each.lapsed,
}


@dataclass(frozen=True, slots=True)
class Effects:
    """The effects of a step of the engine, carried out; implements `processes.storage.services.Reactions`."""

    def carry_out(self, run: CaseExecution, instance: Instance, effect: Effect) -> None:
        """Turn one effect of the engine into rows and, where needed, further commands."""
        TABLE[type(effect)](run, instance, effect)

    def outputs_to_parent(self, run: CaseExecution, child: Instance, parent: Instance) -> None:
        """Hand the outputs of a called process to its caller."""
        outputs_to_parent(run, child, parent)

    def person_ended(self, run: CaseExecution, child: Instance, parent: Instance) -> None:
        """Let the instance that asked each person go on when none of them is left."""
        each.person_ended(run, child, parent)

    def case_ended(self, run: CaseExecution) -> None:
        """Close the case."""
        case_ended(run)


REACTIONS = Effects()
