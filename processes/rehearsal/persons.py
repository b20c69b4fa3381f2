"""The people of a rehearsal who come in by a link of their own: one joins the case, one answers."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from processes.actions import act
from processes.actions.delivering import AnswerByLink
from processes.actions.filing import NewDocument
from processes.base.actor import Actor, ActorKind
from processes.rehearsal.script import ScriptError
from processes.storage.services import Services
from processes.storage.tables import Dossier, Party, TaskRow


def answer(services: Services, task: TaskRow, values: Mapping[str, Any], documents: tuple[NewDocument, ...]) -> None:
    """Whoever the task is for fills it in behind the own link."""
    with services.sessions() as session:
        mine = select(Dossier).join(Party, Party.id == Dossier.party_id)
        mine = mine.where(Dossier.case_id == task.case_id, Party.role == task.party_role)
        found = session.scalars(mine.where(Party.id == task.party_id) if task.party_id else mine).first()
    if found is None:
        raise ScriptError(f"voor de taak '{task.element}' heeft niemand een eigen link.")
    actor = Actor(ActorKind.DEPARTMENT, f"department:{found.id}", str(task.party_role), dossier=found.id)
    act(services, actor, AnswerByLink(services.secrets.link_token(found.salt), task.id, values, documents))
