"""A case type folder goes into use when the linter has nothing against it: at once, on its day, or after a second administrator agreed."""

from dataclasses import dataclass

from engine import Folder
from processes.access.guards import only_staff
from processes.actions.by_two import second_needed
from processes.actions.proposing import propose, withdraw_open
from processes.actions.putting_in_use import Plan, Refused, Responsible, put_in_use, ready_folder, version_in_use
from processes.base.actor import StaffRole
from processes.execution.unit_of_work import UnitOfWork

__all__ = ["DeployFolder", "Plan", "Refused", "deploy_folder"]
AT_ONCE = Plan()


@dataclass(frozen=True, slots=True)
class DeployFolder:
    folder: Folder
    plan: Plan = AT_ONCE


def deploy_folder(work: UnitOfWork, action: DeployFolder) -> str:
    """The answer is `process:version`, or `process:` when it waits for a second administrator or for its day. An equal folder keeps its
    version when that can be read. Raises Refused with all findings, and Invalid for a plan that cannot be.

    The commands need no second one: whoever may run them reaches everything, and has rules of their own for that.
    """
    only_staff(work.actor, (StaffRole.ADMIN,))
    ready = ready_folder(work, action.folder)
    newest = version_in_use(work, ready.model.process)
    # one that cannot be read is replaced by a new version, also of the same folder
    if newest is not None and newest.sha256 == ready.sha256 and work.services.models.find(work.session, newest.id):
        return f"{newest.process}:{newest.version}"
    if second_needed(work) or action.plan.starts_on:
        return propose(work, ready, action.plan)
    withdraw_open(work, ready.model.process)
    return put_in_use(work, ready, action.plan, Responsible(work.actor.subject))
