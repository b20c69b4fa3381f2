"""One table from each kind of effect of the engine to the function that turns it into rows."""

from collections.abc import Callable
from typing import Any

from engine import (
    ChildAsked,
    ChildDropped,
    DeadlineTouched,
    Effect,
    MailAsked,
    Passed,
    ResultReached,
    ServiceAsked,
    StatusReached,
    TaskClosed,
    TaskOpened,
)
from processes.corridor.advance import Run
from processes.corridor.effects import children, deadlines, mails, services, statuses, tasks
from processes.database.tables import Instance

TABLE: dict[type, Callable[[Run, Instance, Any], None]] = {
    TaskOpened: tasks.opened,
    TaskClosed: tasks.closed,
    Passed: statuses.passed,
    StatusReached: statuses.reached,
    ResultReached: statuses.result,
    DeadlineTouched: deadlines.touched,
    MailAsked: mails.asked,
    ServiceAsked: services.asked,
    ChildAsked: children.asked,
    ChildDropped: children.dropped,
}


def carry_out(run: Run, instance: Instance, effect: Effect) -> None:
    """Turn one effect of the engine into rows and, where needed, further commands."""
    TABLE[type(effect)](run, instance, effect)
