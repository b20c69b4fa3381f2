"""A task in the citizen's inbox (B5): what is asked in which case, with its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from processes.access.visibility import task_is_for
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone
from processes.base.written import TypedText
from processes.execution.forms import FormPage, form_of
from processes.reads.citizen.documents import CitizenDocumentLine, filed_pages, lines_of, sent_along
from processes.reads.citizen.entry import enter_by_id, refused
from processes.reads.citizen.terms import due_of_task, task_name
from processes.reads.filed import FiledPage
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import Instance, TaskRow
from processes.storage.words import TaskState


@dataclass(frozen=True, slots=True)
class CitizenTaskPage:
    """`form` is None for a task that only needs a confirmation. `done_at` and `sent` are the proof of a task done (B6),
    or of its answer as it was changed last.
    """

    id: str
    name: str
    number: str
    title: str
    subject: TypedText
    due: date | None
    explanation: str
    form: FormPage | None
    done_at: datetime | None
    sent: tuple[CitizenDocumentLine, ...]
    words: tuple[FiledPage, ...]


def read_task(services: Services, actor: Actor, task_id: str, *, done_too: bool = False) -> CitizenTaskPage:
    """An open task of this person. Raises NotFound (recorded) for another's, AlreadyDone unless `done_too`."""
    with reading(services) as (session, _):
        task = session.get(TaskRow, task_id)
        if task is None:
            raise refused(services, actor, "task")
        entered = enter_by_id(session, services, actor, task.case_id)
        roles = entered.asked_roles if task.state == TaskState.OPEN else entered.roles
        if not task_is_for(task, roles, entered.viewpoints):
            raise refused(services, actor, "task")
        if task.state != TaskState.OPEN and not done_too:
            raise AlreadyDone("Dit is al gedaan. Kijk in de zaak wat de stand is.")
        instance = session.get_one(Instance, task.instance_id)
        deployed = services.models.version(session, instance.model_version_id)
        element = deployed.model.elements[task.element]
        done_at = (task.changed_at or task.done_at) if task.state == TaskState.DONE else None
        lines = lines_of(session, entered) if done_at else ()
        return CitizenTaskPage(
            task.id, task_name(task, entered.seen), entered.case.number, entered.case.title, entered.case.subject,
            due_of_task(session, deployed, task), element.documentation,
            form_of(session, deployed, task.element, instance.id), done_at, _sent_at(lines, done_at),
            filed_pages(session, entered, lines, task.id) if done_at else (),
        )  # fmt: skip


def _sent_at(lines: Sequence[CitizenDocumentLine], moment: datetime | None) -> tuple[CitizenDocumentLine, ...]:
    """The own documents that came in when the task was done: one change has one moment."""
    return tuple(line for line in sent_along(lines) if line.added_at == moment)
