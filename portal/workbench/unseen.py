"""The part of the form of a task that asks why documents may go out although the eye does not see all of them (W22).

It is asked once it is known that the step gives them: the form comes back with what is hidden in each document, and the next press goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from portal.looked_into import looked_into
from portal.received import Received
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid
from processes.execution.unseen import FIELD, AsksWhy
from processes.storage.services import Services


def explained(services: Services, action: CompleteTask, form: Received) -> CompleteTask:
    """With what the eye does not see in the files that came along, for they may go out by this very press, and with the reasons that were written."""
    versions = dict(zip(action.redactions, looked_into(services, action.redactions.values()), strict=True))
    why = {name.removeprefix(FIELD): reason for name, reason in _typed(form)}
    documents = looked_into(services, action.documents)
    return replace(action, documents=documents, redactions=versions, unseen=why, asks_why=True)


def unseen_context(error: Invalid | None, typed: Received | None) -> Mapping[str, Any]:
    """The values that the template shows: `unseen` of the documents that are asked about, `unseen_typed` the reasons that another mistake keeps waiting."""
    asked = error.documents if isinstance(error, AsksWhy) else ()
    shown = {one.field for one in asked}
    return {"unseen": asked, "unseen_typed": [(name, why) for name, why in _typed(typed) if why and name not in shown]}


def _typed(form: Received | None) -> Sequence[tuple[str, str]]:
    return [(name, form.text(name)) for name in form.fields if name.startswith(FIELD)] if form else []
