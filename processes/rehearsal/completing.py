"""The step that fills in a task: what the form asks as a file is made up, what it asks as an explanation is the result's."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from engine.words import LinkTo, Side
from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.delivering import AnswerByLink
from processes.actions.filing import NewDocument
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.rehearsal import persons
from processes.rehearsal.made_up import (
    asked_again,
    assessments,
    concerns,
    inspections,
    made_up,
    outcomes,
    redactions,
    view_answers,
)
from processes.rehearsal.played_case import PlayedCase, dossier_of, open_tasks, token_of_department
from processes.rehearsal.sandbox import ACTORS
from processes.rehearsal.script import Action, ScriptError
from processes.rehearsal.script_words import words_of
from processes.storage.tables import Instance, Party, TaskRow

NOT_NAMED = {ActorKind.CITIZEN, ActorKind.DEPARTMENT, LinkTo.PERSON, *ACTORS}


def complete(played: PlayedCase, step: Action) -> None:
    """Fill in a task; what the form asks as a file is made up, what it asks as an explanation is the result's."""
    party = None if step.by in NOT_NAMED else played.party(step.by)
    with played.services.sessions() as session:
        task = _task_for(party, session.scalars(open_tasks(played).where(TaskRow.element == step.what)).all())
        if task is None:
            raise ScriptError(f"De taak {words_of(played).element(step.what)} staat niet open.")
        instance = session.get_one(Instance, task.instance_id)
        deployed = played.services.models.version(session, instance.model_version_id)
        form = deployed.folder.forms.get(deployed.model.elements[task.element].form or "")
        known = set(deployed.model.values)
    kinds = {field["key"]: field for field in json.loads(form)["components"] if "key" in field} if form else {}
    values = {
        code: value
        for code, value in step.values.items()
        if code in known and not _is_special(kinds.get(code)) and not isinstance(value, dict)
    }
    documents = _documents(played, step.values, kinds)
    if step.by == LinkTo.PERSON or (party and task.side == Side.DEPARTMENT):
        persons.answer(played.services, task, values, documents)
        return
    if step.by == ActorKind.DEPARTMENT:
        _answer(played, AnswerByLink(token_of_department(played), task.id, values, documents))
        return
    act(
        played.services,
        played.actor(step.by if step.by != StaffRole.WORKER else _doer(task)),
        CompleteTask(
            task.id, values, documents, explanation=_explanation(step, kinds),
            assessments=assessments(played.services, instance, step.values, kinds),
            redactions=redactions(played.services, instance, kinds),
            inspection=inspections(played.services, played.case_id, step.values, kinds),
            outcomes=outcomes(played.services, played.case_id, step.values, kinds),
            concerns=concerns(played.services, instance, step.values, kinds),
            asked_again=asked_again(played.services, instance, step.values, kinds),
            view_answers=view_answers(played.services, instance, step.values, kinds),
            received=ReceiptDays(step.received) if step.received else None,
        ),
    )  # fmt: skip


def _task_for(party: Party | None, tasks: Sequence[TaskRow]) -> TaskRow | None:
    """The task for this party, of several of one name: the party's own, or one that is of no party."""
    return next((task for task in tasks if party is None or task.party_id in {None, party.id}), None)


def _answer(played: PlayedCase, action: AnswerByLink) -> None:
    with played.services.sessions() as session:
        dossier = dossier_of(session, played)
        actor = Actor(ActorKind.DEPARTMENT, f"department:{dossier.id}", dossier.department or "", dossier=dossier.id)
    act(played.services, actor, action)


def _doer(task: TaskRow) -> str:
    return StaffRole.COMMITTEE if task.side == Side.COMMITTEE else StaffRole.WORKER


def _is_file(field: Mapping[str, Any] | None) -> bool:
    return bool(field and field["type"] == "filepicker")


def _is_special(field: Mapping[str, Any] | None) -> bool:
    own_answer = {
        "court-only", "filepicker", "inspection", "inventory", "redactions", "concerns", "view-answers", "asked-again",
    }  # fmt: skip
    return bool(field and field["type"] in own_answer)


def _documents(played: PlayedCase, values: Mapping[str, Any], kinds: Mapping[str, Any]) -> tuple[NewDocument, ...]:
    return tuple(
        NewDocument(made_up(played.services, name), kinds[code]["documentType"], name)
        for code, names in values.items()
        if _is_file(kinds.get(code))
        for name in names
    )


def _explanation(step: Action, kinds: Mapping[str, Any]) -> str | None:
    keys = [key for key, field in kinds.items() if field["type"] == "result-explanation"]
    return next((str(step.values[key]) for key in keys if key in step.values), None)
