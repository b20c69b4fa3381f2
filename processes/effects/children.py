"""Call activities: an instance of its own for each, and its end when the call is interrupted."""

from sqlalchemy import select

from engine import Cancel, ChildAsked, ChildDropped, Complete
from processes.effects.requests import open_request
from processes.execution.case_execution import CaseExecution
from processes.execution.facts import ITEM
from processes.storage.tables import Instance
from processes.storage.words import InstancePhase


def asked(run: CaseExecution, instance: Instance, effect: ChildAsked) -> None:
    """Start the newest version of the called process, with its inputs and, for documents, its request."""
    deployed = run.work.services.models.current(run.work.session, effect.called)
    child = run.begin(deployed, parent=instance, parent_task=effect.task)
    _hand_inputs(run, instance, child, effect, set(deployed.model.inputs))
    if effect.request:
        open_request(run, child, effect.request, {**run.facts(instance), ITEM: effect.item})
    run.launch(child)


def dropped(run: CaseExecution, instance: Instance, effect: ChildDropped) -> None:
    """The call was interrupted: what it started stops too, and has nothing to answer any more."""
    run.unask(instance, Complete(effect.task))
    run.dropped.add(effect.task)
    children = select(Instance).where(Instance.parent_id == instance.id, Instance.parent_task == effect.task)
    for child in run.work.session.scalars(children):
        stop(run, child)


def stop(run: CaseExecution, instance: Instance) -> None:
    """Cancel an instance with everything that waits in it; one that is parked too, or a retry would wake it later."""
    if instance.phase == InstancePhase.STUCK:
        instance.phase, instance.error = InstancePhase.RUNNING, None
    if instance.phase == InstancePhase.RUNNING:
        run.ask(instance, Cancel())


def _hand_inputs(run: CaseExecution, parent: Instance, child: Instance, effect: ChildAsked, inputs: set[str]) -> None:
    """The values of the caller, and as `item` what this one of several is for."""
    own = {ITEM: effect.item} if ITEM in inputs else {}
    run.data.store(child, {**run.data.plain(parent, inputs), **own})
