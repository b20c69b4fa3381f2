"""The part of the form of a task about the other cases in which the same is done: those that were ticked, and exceptions among them."""

from typing import Any, Final

from fastapi import Request

from portal.kept_forms import FilesReceived
from portal.received import Received
from processes.actions.joining import CompleteTogether
from processes.actions.tasks import CompleteTask
from processes.reads import workbench as reads

TICKED: Final = "together"
EXCEPTION: Final = "exception-"  # with the id of the task of that case
NOT_TICKED: Final = "Kruis deze zaak ook aan, of kies hier: Dezelfde uitkomst."
ALL: Final = "groep"  # in the address, from the page of a group: every case is ticked


def with_others(page: reads.WorkerTaskPage, action: CompleteTask, form: Received) -> CompleteTask | CompleteTogether:
    """The task alone, or with the cases that were ticked."""
    others = tuple(form.texts(TICKED))
    if not others and not page.group:  # with a group the own words are filled in, also when this case alone is done
        return action
    typed = {task: form.one(f"{EXCEPTION}{task}") for task in others} if page.exceptions else {}
    return CompleteTogether(action, others, {task: outcome for task, outcome in typed.items() if outcome})


def exceptions_unticked(page: reads.WorkerTaskPage, form: Received) -> dict[str, str]:
    """A sentence for each case with another outcome that was not ticked: nothing would be done there."""
    ticked = set(form.texts(TICKED))
    alone = (one.task for one in page.joined if page.exceptions and one.task not in ticked)
    return {f"{EXCEPTION}{task}": NOT_TICKED for task in alone if form.one(f"{EXCEPTION}{task}")}


def after_step(page: reads.WorkerTaskPage, form: FilesReceived) -> str:
    """Where to go when it was done: for a group to its page, which shows how far it is."""
    locked = "-slot" if form.locked else ""
    if not form.texts(TICKED):
        return f"/werk/zaken/{page.head.number}?gedaan=taak{locked}&na={page.id}"
    if page.group and page.head.handles:
        return f"/werk/groepen/{page.group.id}?gedaan=samen{locked}"
    return f"/werk/zaken/{page.head.number}?gedaan=samen{locked}"


def together_context(request: Request, page: reads.WorkerTaskPage, typed: Received | None) -> dict[str, Any]:
    """The values that the template shows of it. Without anything typed, an address with ALL has every case ticked."""
    joined = [(one.task, ", ".join(filter(None, (one.number, one.filer, one.subject)))) for one in page.joined]
    everything = typed is None and ALL in request.query_params
    ticked = [task for task, _ in joined] if everything else (typed.texts(TICKED) if typed else [])
    return {"joined": joined, "ticked": ticked, "exception": EXCEPTION}
