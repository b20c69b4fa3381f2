"""Whether a case can be withdrawn, and by whom: until the element that the drawing names, by who filed it."""

from functools import cache, lru_cache

from sqlalchemy import String, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from engine import Model, Withdrawal
from processes.access.visibility import taking_part
from processes.storage.asked_ahead import answer, as_objects
from processes.storage.base import BigId
from processes.storage.fast import PreparedQuery
from processes.storage.tables import Instance, NoticeRow, Party, StatusRow, TaskRow
from processes.storage.words import TaskState


def withdrawal_too_late(session: Session, root: Instance, setting: Withdrawal) -> bool:
    """True once the task, the notice or the status of that element is there. One statement."""
    ((too_late,),) = answer(session, passed(), case=root.case_id, until=setting.until)
    return bool(too_late)


@cache
def passed() -> PreparedQuery:
    """The question of `withdrawal_too_late`, by the id `case` and the element `until`."""
    case, until = bindparam("case", type_=BigId), bindparam("until", type_=String)
    roots = select(Instance.id).where(Instance.case_id == case, Instance.is_root)
    done = (TaskRow.instance_id.in_(roots), TaskRow.element == until, TaskRow.state == TaskState.DONE)
    there = ((one.case_id == case, one.element == until) for one in (NoticeRow, StatusRow))
    return PreparedQuery(select(or_(exists().where(*done), *(exists().where(*known) for known in there))))


def filing_roles(model: Model) -> frozenset[str]:
    """The party roles whose case it is."""
    return frozenset(model.initiators())


def filers_left(session: Session, case_id: int, model: Model) -> list[Party]:
    """The parties who filed the case and did not withdraw, in the order in which they joined it."""
    return answer(session, filers(filing_roles(model)), case=case_id)


@lru_cache(maxsize=100)  # a few case types share the same roles
def filers(roles: frozenset[str]) -> PreparedQuery:
    """The question of `filers_left`, by the id `case`."""
    return as_objects(taking_part(bindparam("case", type_=BigId), roles), Party)
