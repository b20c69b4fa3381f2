"""A value that changed after its process ended, given to those who had it from that process."""

from collections.abc import Collection

from processes.execution.answers import keep_answers
from processes.execution.case_execution import CaseExecution
from processes.execution.values import store_values
from processes.storage.tables import Instance
from processes.storage.words import InstancePhase


def hand_on(run: CaseExecution, instance: Instance, codes: Collection[str]) -> None:
    """Give the changed values to each instance that had them from this one, as its own end gave them: where it asked each person, what all
    of them say together; where it was called, its outputs.
    """
    child, given = instance, set(codes)
    while child.parent_id is not None and child.phase == InstancePhase.FINISHED and given:
        parent = run.work.session.get_one(Instance, child.parent_id)
        if child.element:
            keep_answers(run, child, parent)
        else:
            given &= run.work.deployed(child.model_version_id).model.outputs.keys()
            given &= run.work.deployed(parent.model_version_id).model.values.keys()
            store_values(run, parent, run.data.plain(child, given))
        child = parent
