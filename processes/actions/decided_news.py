"""News for who handles a case: that a colleague took the decision, or sent it back, with what was said."""

from collections.abc import Mapping
from typing import Any

from engine import Element, Model, Value
from engine.words import ValueType
from processes.execution.colleagues import tell_colleagues
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, TaskRow
from processes.storage.words import NewsKind


def tell_decided(
    work: UnitOfWork, case: Case, task: TaskRow, element: Element, model: Model, values: Mapping[str, Any]
) -> None:
    """An internal note with the answers of a task that asks for a mandate, and news for the handler. Nothing where the handler did it."""
    mandated = element.assignment is not None and element.assignment.mandate
    if not mandated or case.handler in {None, work.actor.subject}:
        return
    told = [word for code, value in model.values.items() if (word := _in_words(value, values.get(code)))]
    note = work.own_note(case.id, "\n".join((f"{task.name}.", *told)))
    work.session.flush()
    tell_colleagues(work, case, {case.handler or "": NewsKind.DECIDED}, note)


def _in_words(value: Value, answer: Any) -> str:
    """A choice or text that was given; empty for anything else, and for what only who works on the case reads."""
    if value.confidential or not isinstance(answer, str) or not answer:
        return ""
    chosen = next((one.title for one in value.choices if one.value == answer), "")
    return chosen or (f"{value.title}: {answer}" if value.type == ValueType.TEXT and not value.choices else "")
