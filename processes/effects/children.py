"""Call activities: an instance of its own for each, and its end when the call is interrupted."""

from sqlalchemy import select

from engine import Cancel, ChildAsked, ChildDropped, Complete
from processes.effects.requests import departments_asked, open_request
from processes.effects.stopping import request_stopped
from processes.execution.case_execution import NOT_ENDED, CaseExecution
from processes.execution.facts import ITEM
from processes.storage.tables import Instance
from processes.storage.words import InstancePhase


def asked(run: CaseExecution, instance: Instance, effect: ChildAsked) -> None:
    """Start the newest version of the called process, with its inputs; for documents once for each department that is asked."""
    deployed = run.work.services.models.current(run.work.session, effect.called)
    facts = {**run.facts(instance), ITEM: effect.item}
    asked_of = departments_asked(run, effect.request, facts) if effect.request else [None]
    children = [run.begin(deployed, parent=instance, parent_task=effect.task) for _ in asked_of]
    for child, department in zip(children, asked_of, strict=True):
        _hand_inputs(run, instance, child, effect, set(deployed.model.inputs))
        if effect.request and department:
            open_request(run, child, effect.request, department)
        run.launch(child)


def dropped(run: CaseExecution, instance: Instance, effect: ChildDropped) -> None:
    """The call was interrupted: what it started stops too, and has nothing to answer any more."""
    run.unask(instance, Complete(effect.task))
    run.dropped.add(effect.task)
    children = select(Instance).where(Instance.parent_id == instance.id, Instance.parent_task == effect.task)
    for child in run.work.session.scalars(children):
        stop(run, child)


def stop(run: CaseExecution, instance: Instance) -> None:
    """Cancel an instance with everything that waits in it; one that is parked too, or a retry would wake it later.
    Who was asked something by it, hears that it is not needed any more (P13).
    """
    if instance.phase in NOT_ENDED:
        request_stopped(run, instance)
    if instance.phase == InstancePhase.STUCK:
        instance.phase, instance.error = InstancePhase.RUNNING, None
    if instance.phase == InstancePhase.RUNNING:
        run.ask(instance, Cancel())


def _hand_inputs(run: CaseExecution, parent: Instance, child: Instance, effect: ChildAsked, inputs: set[str]) -> None:
    """The values of the caller, and as `item` what this one of several is for."""
    own = {ITEM: effect.item} if ITEM in inputs else {}
    run.data.store(child, {**run.data.plain(parent, inputs), **own})
