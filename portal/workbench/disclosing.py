"""The inventory and the redacted versions of a task, read for the documents that the page showed and no others."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.doors import row_id
from portal.received import Received
from portal.workbench.dates import date_or_none
from processes.actions.filing import NewDocument
from processes.execution.assessing import LATER, Assessment
from processes.law.disclosure_grounds import GROUNDS, PUBLIC
from processes.reads.workbench import AskedDocument, WorkerTaskPage

PUBLICS = tuple(PUBLIC.items())
OF_THE_REST = (LATER, "Hoort niet bij dit deelbesluit")
CHOICES = tuple((code, ground.title) for code, ground in GROUNDS.items())


def assessments_in(page: WorkerTaskPage, form: Received, wrong: dict[str, str]) -> dict[str, Assessment]:
    """Assessments by document id. A date that cannot be read goes into `wrong`; the rest is for the action to judge."""
    return {document.id: _assessment(document.id, form, wrong) for document in page.inventory}


def _assessment(document: str, form: Received, wrong: dict[str, str]) -> Assessment:
    grounds = tuple(code for code in form.all(f"grounds-{document}") if code)
    day = date_or_none(form, f"date-{document}", wrong)
    return Assessment(form.one(f"public-{document}"), grounds, day, form.text(f"note-{document}"))


def concerns_in(page: WorkerTaskPage, form: Received) -> dict[str, tuple[int, ...]]:
    """The ids of third parties whom each document is about, by document id; what is no id of the page, is left to the action."""
    documents, _ = page.concerns
    return {
        one.id: tuple(found for party in form.all(f"about-{one.id}") if (found := row_id(party)) is not None)
        for one in documents
    }


def shown_concerns(page: WorkerTaskPage) -> Mapping[str, Any]:
    """The data for `forms/concerns.html`."""
    documents, parties = page.concerns
    return {
        "documents": [
            {"id": one.id, "title": one.title, "detail": one.detail, "href": _address(one.id), "chosen": [str(party) for party in one.chosen]}
            for one in documents
        ],
        "parties": [(str(party), name) for party, name in parties],
    }  # fmt: skip


def view_answers_in(page: WorkerTaskPage, form: Received) -> dict[int, str]:
    """The answer to each view by the id of the party."""
    return {one.party: form.text(f"answer-{one.party}") for one in page.views}


def redactions_in(page: WorkerTaskPage, form: Received) -> dict[str, NewDocument]:
    """Redacted versions by the id of their original; their document type comes from the drawing."""
    return {
        document.id: NewDocument(uploads[0], "", field=name)
        for document in page.redactions
        if (uploads := form.files.get(name := f"redaction-{document.id}"))
    }


def shown_inventory(documents: Sequence[AskedDocument], *, part: bool = False) -> Mapping[str, Any]:
    """The data for `forms/inventory.html`; a part decision may leave documents to the rest."""
    publics = (OF_THE_REST, *PUBLICS) if part else PUBLICS
    return {"documents": [_shown(document) for document in documents], "publics": publics, "grounds": CHOICES}


def shown_redactions(documents: Sequence[AskedDocument]) -> list[dict[str, Any]]:
    """The data for `forms/redactions.html`."""
    return [
        {**_shown(document), "grounds": document.said.ground_names, "redacted": document.redacted and document.redacted[1],
         "redacted_href": _address(document.redacted[0]) if document.redacted else ""}
        for document in documents
    ]  # fmt: skip


def _shown(document: AskedDocument) -> dict[str, Any]:
    said = document.said
    return {
        "id": document.id, "title": document.title, "detail": document.detail, "href": _address(document.id),
        "public": said.public, "grounds": said.grounds, "date": said.dated.isoformat() if said.dated else "",
        "note": said.note,
    }  # fmt: skip


def _address(document: str) -> str:
    return f"/werk/documenten/{document}"
