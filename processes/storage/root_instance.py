"""The instance of a case's own drawing; other instances of the case are processes that it called or that began beside it."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from processes.base.errors import NotFound
from processes.storage.asked_ahead import as_objects, asked_before
from processes.storage.fast import PreparedQuery
from processes.storage.tables import Instance, TaskRow


def find_root(session: Session, case_id: int) -> Instance | None:
    """The root instance, running or ended; None while the case is being registered."""
    kept = asked_before(session, root_question(), case=case_id)
    found: Instance | None = session.scalar(_root(), {"case": case_id}) if kept is None else next(iter(kept), None)
    return found


def root_of(session: Session, case_id: int) -> Instance:
    """The root instance of a registered case. Raises NotFound where it is lost."""
    found = find_root(session, case_id)
    if found is None:
        raise NotFound("Deze zaak heeft geen proces.")
    return found


@cache
def root_question() -> PreparedQuery:
    """For a page, which asks for the root of a `case` with other things."""
    return as_objects(_root(), Instance)


@cache  # a change of any case asks it, so the statement is made once
def _root() -> Any:
    return select(Instance).where(Instance.case_id == bindparam("case"), Instance.is_root)


def asking_part(session: Session, task: TaskRow) -> Instance:
    """The instance that goes on after the question of this task: where several people were each asked, the part that asked them all."""
    own = session.get_one(Instance, task.instance_id)
    return session.get_one(Instance, own.parent_id) if own.element and own.parent_id else own
