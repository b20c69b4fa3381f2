"""The judgement of each delivery, read for the documents and the words that the page showed and no others."""

from collections.abc import Iterator
from typing import Any

from portal.downloads import SHOWN_INSIDE
from portal.forms import FormSchema
from portal.received import Received
from processes.actions.judging import Judgement
from processes.base.uploads import LOCKED
from processes.execution.deliveries import ALL, MISSING, words_of_delivery
from processes.reads.workbench import DeliveryToJudge, WorkerTaskPage
from processes.storage.words import DocumentState

NOT_NEEDED = "niet-nodig"  # of what the department promised


def to_judge(schema: FormSchema) -> bool:
    """Whether a form asks for a judgement."""
    return any(component.type == "delivery-judgement" for component in schema.components)


def judgements_in(page: WorkerTaskPage, form: Received, wrong: dict[str, str]) -> dict[str, Judgement]:
    """Judgements as the action takes them. What is missing goes into `wrong`, under the name of its field."""
    found = _of_the_whole(page, form)
    for key, title in _asked(page):
        name = f"judgement-{key}"
        answer, reason = form.one(name), form.one(f"reason-{key}")
        if answer == DocumentState.REFUSED and not reason:
            wrong[name] = f"Schrijf waarom u {title} niet aanneemt. De afdeling leest dit."
        elif answer in {DocumentState.ACCEPTED, DocumentState.REFUSED}:
            found[key] = Judgement(answer == DocumentState.ACCEPTED, reason, form.ticked(f"portal-{key}"))
        elif ALL not in found or not _is_document(key):
            wrong[name] = f"Kies akkoord of niet akkoord bij {title}."
    return found


def _of_the_whole(page: WorkerTaskPage, form: Received) -> dict[str, Judgement]:
    found = {}
    if form.ticked(f"judgement-{ALL}"):
        found[ALL] = Judgement(accepted=True, reason=form.one(f"reason-{ALL}"))
    if (page.missing or page.promised) and (answer := form.one(f"judgement-{MISSING}")):
        found[MISSING] = Judgement(accepted=answer == NOT_NEEDED, reason=form.one(f"reason-{MISSING}"))
    return found


def _asked(page: WorkerTaskPage) -> Iterator[tuple[str, str]]:
    """Key and name of everything that gets a judgement of its own."""
    for delivery in page.deliveries:
        if delivery.documents:
            yield from ((document.id, f"'{document.title}'") for document in delivery.documents)
        else:
            yield words_of_delivery(delivery.id), "de uitleg van de afdeling"


def _is_document(key: str) -> bool:
    return not key.startswith(words_of_delivery(""))


def shown_deliveries(page: WorkerTaskPage) -> list[dict[str, Any]]:
    """The data for `forms/delivery-judgement.html`: documents, words without a document, and what did not come."""
    shown = [one for delivery in page.deliveries for one in _shown(delivery)]
    if shown and (page.missing or page.promised):
        shown.append({"id": MISSING, "absent": page.missing, "promised": page.promised, "not_needed": NOT_NEEDED})
    return shown


def _shown(delivery: DeliveryToJudge) -> Iterator[dict[str, Any]]:
    if not delivery.documents:
        yield {"id": words_of_delivery(delivery.id), "text": delivery.remark}
    for line in delivery.documents:
        yield {
            "id": line.id, "title": line.title, "href": f"/werk/documenten/{line.id}" if line.made else "",
            "detail": f"{line.type}, {line.file_name}{LOCKED if line.locked else ''}", "scanning": line.making,
            "seen_here": line.made and line.media_type in SHOWN_INSIDE and not line.locked, "is_image": line.media_type.startswith("image/"),
            "opened": line.id in delivery.opened, "for_whom": line.for_whom,
        }  # fmt: skip
