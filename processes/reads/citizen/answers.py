"""The answers that a citizen gave in a case (C13): what they say now, whether they can still be changed, and the form to change one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from engine.words import Side
from processes.access.visibility import task_is_for
from processes.base.actor import Actor
from processes.base.errors import NotNow
from processes.base.written import TypedLines, TypedText
from processes.execution.answer_use import NO_PART, AnswerUse, Changing
from processes.execution.answered import components_of
from processes.execution.filed_words import words_from
from processes.execution.forms import FormPage, form_of
from processes.execution.given_answers import filed_with_any, files_of, lying_open, stands_as_it_is
from processes.reads.citizen.entry import Entered, enter_by_id, refused
from processes.reads.citizen.terms import task_name
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import FiledRow, Instance, TaskRow
from processes.storage.words import TaskState


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """`at`: when it was given first, `changed_at`: when it was changed last. `filed`: the id of its words. `why`: why it cannot change any
    more, empty while it can; `until`: the last day on which it can, where the drawing names one.
    """

    task: str
    name: str
    at: datetime
    changed_at: datetime | None
    filed: str
    lines: TypedLines
    why: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file that belongs to the answer: `id` of the document, `size` in bytes."""

    id: str
    name: TypedText
    size: int
    type: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """`seen`: the version of the answer that the page shows; `kept`: the codes of questions that keep their answer, `kept_lines` those questions
    with their answers.
    """

    number: str
    title: str
    subject: TypedText
    answer: GivenAnswer
    seen: int
    form: FormPage
    files: tuple[AnswerFile, ...]
    kept: frozenset[str]
    kept_lines: TypedLines


def given_answers(session: Session, services: Services, entered: Entered, now: datetime) -> tuple[GivenAnswer, ...]:
    """The answers of this reader in this case, the newest first."""
    use = AnswerUse.of(session, services, entered.case, now)
    done = [task for task in use.tasks if _is_answer(task, entered)]
    filed = _versions(session, [task.id for task in done], entered)
    changing = {task.id: use.changing(task) for task in done if task.id in filed}
    open_now = lying_open(session, [one for id_, each in changing.items() if not each.why for one in filed[id_]])
    found = (_given(entered, task, filed[task.id], changing[task.id], open_now) for task in done if task.id in filed)
    return tuple(sorted(found, key=lambda one: one.changed_at or one.at, reverse=True))


def read_change(services: Services, actor: Actor, task_id: str) -> ChangePage:
    """The form of an answer that was given, with what it says now. Raises NotFound (recorded) for another's, and for what was not answered;
    NotNow where the case has no such question any more.
    """
    with reading(services) as (session, now):
        task = session.get(TaskRow, task_id)
        if task is None:
            raise refused(services, actor, "answer")
        entered = enter_by_id(session, services, actor, task.case_id)
        filed = _versions(session, [task.id], entered).get(task.id)
        if not _is_answer(task, entered) or not filed:
            raise refused(services, actor, "answer")
        instance = session.get_one(Instance, task.instance_id)
        deployed = services.models.version(session, instance.model_version_id)
        changing = AnswerUse.of(session, services, entered.case, now).changing(task)
        if task.element not in deployed.model.elements:
            raise NotNow(changing.why)
        form = form_of(session, deployed, task.element, instance.id)
        if form is None:
            raise refused(services, actor, "answer")
        labels = {
            str(one.get("label")) for one in components_of(deployed, task.element) if one.get("key") in changing.kept
        }
        given = _given(entered, task, filed, changing, lying_open(session, filed))
        files = (AnswerFile(row.id, row.file_name, row.size, row.type) for row in files_of(session, filed[-1]))
        return ChangePage(
            entered.case.number, entered.case.title, entered.case.subject, given, task.row_version, form, tuple(files),
            changing.kept, tuple(line for line in given.lines if line[0] in labels),
        )  # fmt: skip


def _is_answer(task: TaskRow, entered: Entered) -> bool:
    done = task.side == Side.CITIZEN and task.state == TaskState.DONE
    return done and task_is_for(task, entered.roles, entered.viewpoints)


def _versions(session: Session, tasks: list[str], entered: Entered) -> Mapping[str, list[FiledRow]]:
    """The words that were filed with each of these tasks, oldest first. Only what this reader gave: of a question to several each reads
    the own answer.
    """
    found: dict[str, list[FiledRow]] = {}
    if tasks:
        for row in session.scalars(filed_with_any(tasks)):
            if row.party_id in entered.viewpoints:
                found.setdefault(str(row.task_id), []).append(row)
    return found


def _given(
    entered: Entered, task: TaskRow, versions: Sequence[FiledRow], changing: Changing, open_now: Collection[str]
) -> GivenAnswer:
    filed = versions[-1]
    lines = tuple((one.question, one.answer) for one in words_from(filed.words).answers)
    gone = task.party_id is None and not task_is_for(task, entered.asked_roles, entered.viewpoints)
    why = NO_PART if gone else changing.why or stands_as_it_is(versions, open_now)
    until = changing.before - timedelta(days=1) if changing.before else None
    return GivenAnswer(
        task.id,
        task_name(task, entered.seen),
        task.done_at or filed.filed_at,
        task.changed_at,
        filed.id,
        lines,
        why,
        until,
    )
