"""A task for each person in a role (`answers="each"`): an instance of its own for everybody, until all are done or gone.

Who joins the case gets one too, who leaves it loses the own. The instance that asked goes on once none of them waits: as after
an answer when somebody answered, else by the event on the border that ended the last one.
"""

from collections.abc import Sequence

from sqlalchemy import select

from engine import Complete, EachAsked, Lapse, Lapsed
from engine.words import ValueType
from processes.access.visibility import taking_part
from processes.effects.children import stop
from processes.execution.answers import forget_answers, keep_answers
from processes.execution.case_execution import NOT_ENDED, CaseExecution
from processes.execution.facts import ITEM
from processes.storage.tables import Instance, Party, TaskRow
from processes.storage.words import InstancePhase


def asked(run: CaseExecution, instance: Instance, effect: EachAsked) -> None:
    """Ask everybody in the role of the task. With nobody there the task waits, for who joins or for an answer on paper."""
    roles = run.work.deployed(instance.model_version_id).model.asked_roles(effect.element)
    people: list[int | None] = [one.id for one in run.work.session.scalars(taking_part(run.case.id, roles))]
    forget_answers(run, instance, effect.element)
    for party in people or [None]:
        _begin(run, instance, effect.task, effect.element, party)


def lapsed(run: CaseExecution, instance: Instance, effect: Lapsed) -> None:
    """The time of one person is over, or something else ended the task without an answer."""
    del run
    instance.lapsed_by = effect.element


def person_ended(run: CaseExecution, child: Instance, parent: Instance) -> None:
    """One of them is done, or gone. When nobody is left, the instance that asked goes on."""
    task = str(child.parent_task)
    if child.answered:
        keep_answers(run, child, parent)
    all_of_them = _asked(run, parent.id, task)
    if any(one.phase in NOT_ENDED for one in all_of_them):
        return
    last = next((one.lapsed_by for one in reversed(all_of_them) if one.lapsed_by), None)
    if last is None or any(one.answered for one in all_of_them):
        run.ask(parent, Complete(task))
    else:
        run.ask(parent, Lapse(task, last))


def join(run: CaseExecution, party: Party) -> None:
    """Ask a party that joins the case what still waits for somebody in its role."""
    for first in _waiting(run, party.role):
        nobodys = next((one for one in _asked(run, first.parent_id, str(first.parent_task)) if _is_free(one)), None)
        if nobodys is not None:
            nobodys.party_id = party.id
            for task in run.work.session.scalars(select(TaskRow).where(TaskRow.instance_id == nobodys.id)):
                task.party_id, task.party_role = party.id, party.role
        else:
            parent = run.work.session.get_one(Instance, first.parent_id)
            _begin(run, parent, str(first.parent_task), str(first.element), party.id)


def leave(run: CaseExecution, party: Party) -> None:
    """Take away what waits for a party that leaves the case: its own tasks, and the processes called for it alone."""
    for instance in run.living():
        if not _belongs_to(run, instance, party):
            continue
        stop(run, instance)
        caller = run.work.session.get(Instance, instance.parent_id) if instance.parent_id else None
        if (
            caller and instance.parent_task and not instance.element
        ):  # what is stopped answers nothing: the call is done
            run.ask(caller, Complete(instance.parent_task))


def _begin(run: CaseExecution, parent: Instance, task: str, element: str, party: int | None) -> None:
    deployed = run.work.deployed(parent.model_version_id)
    run.launch(run.begin(deployed, parent=parent, parent_task=task, element=element, party=party))


def _asked(run: CaseExecution, parent: int | None, task: str) -> Sequence[Instance]:
    """The instances of everybody who was asked, oldest first."""
    found = select(Instance).where(Instance.parent_id == parent, Instance.parent_task == task)
    return run.work.session.scalars(found.order_by(Instance.id)).all()


def _waiting(run: CaseExecution, role: str) -> list[Instance]:
    """One instance of each task that is asked of everybody in this role and still waits."""
    found: dict[tuple[int | None, str | None], Instance] = {}
    for instance in run.living():
        model = run.work.deployed(instance.model_version_id).model
        if instance.element and role in model.asked_roles(instance.element):
            found.setdefault((instance.parent_id, instance.parent_task), instance)
    return list(found.values())


def _is_free(instance: Instance) -> bool:
    return instance.party_id is None and instance.phase == InstancePhase.RUNNING


def _belongs_to(run: CaseExecution, instance: Instance, party: Party) -> bool:
    if instance.element:
        return instance.party_id == party.id
    declared = run.work.deployed(instance.model_version_id).model.inputs.get(ITEM)
    one = declared is not None and declared.type == ValueType.PARTY and not instance.is_root
    return one and run.data.values(instance).get(ITEM) == party.id
