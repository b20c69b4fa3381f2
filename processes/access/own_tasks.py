"""Whose a task of citizens is, for who acts now."""

from sqlalchemy import select

from processes.access.guards import Acting, own_case
from processes.access.visibility import task_is_for
from processes.storage.tables import Case, Party, TaskRow


def is_own_task(work: Acting, case: Case, task: TaskRow, party: Party) -> bool:
    """Whether this party, as which the citizen acts, may answer the task: for itself or for who it represents. Raises NotFound for another
    person's case.
    """
    if task.party_id is None and task.party_role in {None, party.role} and party.withdrawn_on is None:
        return True
    viewpoints = own_case(work, case)
    asked = select(Party.role).where(Party.id.in_(viewpoints), Party.withdrawn_on.is_(None))
    roles = work.session.scalars(asked)
    return task_is_for(task, set(roles), viewpoints)
