"""A step that somebody did in one case, done in another one too, or a hearing planned in it: one piece of work for each case."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.clearance import called_in
from processes.actions import act
from processes.actions.group_hearing import PlanMember
from processes.actions.group_steps import RefuseStep
from processes.actions.joining import CompleteAlike
from processes.base.actor import SYSTEM, Actor, ActorKind
from processes.base.errors import Busy, Invalid, NoRoom, NotAllowed, NotScannedYet, ZaakspoorError
from processes.execution.groups import step_of_task
from processes.execution.one_time_key import one_time_key
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import Case, StaffRow, TaskRow


def complete_joined(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"like": task, "task": task, "by": number}`. Done with the roles that the person has now. What is refused stands at the group of
    the cases, or without one as a note in the first case, so that its handler does that case by hand. Raises Busy, NoRoom and
    NotScannedYet, to be tried again.
    """
    like, task = str(payload["like"]), str(payload["task"])
    why = _try(services, str(payload["by"]), CompleteAlike(task, like), f"joined:{like}:{task}")
    if not why:
        return
    if _in_group(services, task):
        act(services, SYSTEM, RefuseStep(task, like, why))
        return
    once = one_time_key(services.secrets, f"not-joined:{like}:{task}")
    transact(services, SYSTEM, lambda work: _tell(work, like, task, why), once)


def plan_in_group(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"task": task, "by": number}`: the hearing of one case of a group. Raises as `complete_joined` does."""
    task = str(payload["task"])
    if why := _try(services, str(payload["by"]), PlanMember(task), f"group-hearing:{task}"):
        act(services, SYSTEM, RefuseStep(task, None, why))


def _try(services: Services, by: str, action: object, once: str) -> str:
    """Act for this person; the answer is why it was refused, or nothing."""
    try:
        with services.sessions() as session:
            actor = _actor(read_only(session), by)
        act(services, actor, action, once=once)
    except (Busy, NoRoom, NotScannedYet):
        raise
    except Invalid as refused:
        return " ".join(refused.fields.values())
    except ZaakspoorError as refused:
        return str(refused)
    return ""


def _in_group(services: Services, task: str) -> bool:
    """Whether this task was begun with others of its group."""
    with services.sessions() as session:
        return step_of_task(read_only(session), task) is not None


def _actor(session: Session, number: str) -> Actor:
    row = session.get(StaffRow, number)
    if row is None or row.blocked_at is not None:
        raise NotAllowed("De collega die dit deed, kan niet meer inloggen.")
    return Actor(ActorKind.STAFF, row.number, row.name, frozenset(str(role) for role in row.roles))


def _tell(work: UnitOfWork, like: str, task: str, why: str) -> str:
    """An unread note in the first case; nothing when that is destroyed by now."""
    case = work.session.scalar(
        select(Case).join(TaskRow, TaskRow.case_id == Case.id).where(TaskRow.id == like).with_for_update(of=Case)
    )
    other = work.session.execute(
        select(Case, TaskRow.name).join(TaskRow, TaskRow.case_id == Case.id).where(TaskRow.id == task)
    ).first()
    if case is None or other is None:
        return ""
    work.system_note(
        case.id,
        f"De stap '{other.name}' is niet ook in {called_in(work.session, case, other.Case)} gedaan: {why} Doe de stap in die zaak zelf.",
    )
    return case.number
