"""A step that somebody did in one case, done in another one too: outbox kind `joined`, one piece of work for each case."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.actions import act
from processes.actions.joining import CompleteAlike
from processes.base.actor import SYSTEM, Actor, ActorKind
from processes.base.errors import Busy, Invalid, NoRoom, NotAllowed, NotScannedYet, ZaakspoorError
from processes.execution.one_time_key import one_time_key
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.services import Services
from processes.storage.session import read_only
from processes.storage.tables import Case, StaffRow, TaskRow


def complete_joined(services: Services, payload: Mapping[str, Any]) -> None:
    """`{"like": task, "task": task, "by": number}`. Done with the roles that the person has now. What is refused stands as a note in
    the first case, so that its handler does that case by hand. Raises Busy, NoRoom and NotScannedYet, to be
    tried again.
    """
    like, task = str(payload["like"]), str(payload["task"])
    try:
        with services.sessions() as session:
            actor = _actor(read_only(session), str(payload["by"]))
        act(services, actor, CompleteAlike(task, like), once=f"joined:{like}:{task}")
    except (Busy, NoRoom, NotScannedYet):
        raise
    except ZaakspoorError as refused:
        why = " ".join(refused.fields.values()) if isinstance(refused, Invalid) else str(refused)
        once = one_time_key(services.secrets, f"not-joined:{like}:{task}")
        transact(services, SYSTEM, lambda work: _tell(work, like, task, why), once)


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
        select(Case.number, TaskRow.name).join(TaskRow, TaskRow.case_id == Case.id).where(TaskRow.id == task)
    ).first()
    if case is None or other is None:
        return ""
    work.system_note(
        case.id,
        f"De stap '{other.name}' is niet ook in zaak {other.number} gedaan: {why} Doe de stap in die zaak zelf.",
    )
    return case.number
