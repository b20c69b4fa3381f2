"""The operation of a drawing that publishes request and decision: a public page with what became public (Woo 3.3(2)(i))."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from engine import Fact
from processes.effects.disclosing import accepted_in, public_of
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import body_of, decided_on
from processes.execution.values import store_values
from processes.storage.tables import DocumentRow, OutboxRow, PublicationRow
from processes.storage.words import OutboxKind, PublicKind

Parameters = Mapping[str, Fact]
LONGEST_TITLE = 200
BEFORE_PAGES: Parameters = {"inventoryType": None, "title": None, "link": None}  # what an older drawing does not give


def record_publication(run: CaseExecution, parameters: Parameters) -> None:
    """Publish request and decision, in the version without data of who asked (`documentType`), with the list of documents
    (`inventoryType`) and what became public, from today on. Nothing is published without such a version.

    The page is called `title`, which a worker wrote for everybody; without one after the number of the case. The day stands in
    the value `into`, the address in `link`, and both on the timeline of staff. A drawing of before the page exists gives only `documentType` and `into`.
    """
    parameters = {**BEFORE_PAGES, **parameters}
    documents = accepted_in(run)
    versions = [document for document in documents if document.type == parameters["documentType"]]
    if not versions:
        return
    for document in versions:
        document.on_portal = True
    whole, parts = public_of(documents)
    lists = [document for document in documents if document.type == parameters["inventoryType"]]
    shown = [
        *_named(PublicKind.DECISION, versions),
        *_named(PublicKind.INVENTORY, lists),
        *(
            {"id": one, "kind": PublicKind.INVENTORY}
            for one in _lists_to_come(run, str(parameters["inventoryType"] or ""))
        ),
        *_named(PublicKind.DOCUMENT, (*whole, *parts)),
    ]
    for document in (*versions, *lists, *whole, *parts):
        document.confidentiality = "openbaar"
    row = _page(run, str(parameters["title"] or f"Woo-besluit {run.case.number}"), shown)
    values: dict[str, Any] = {str(parameters["into"]): run.work.today}
    if parameters["link"]:
        values[str(parameters["link"])] = f"{run.work.services.settings.public_url.rstrip('/')}/openbaar/{row.id}"
    store_values(run, run.root_instance(), values)
    names = ", ".join(document.reference for document in versions)
    run.work.system_note(
        run.case.id, f"Gepubliceerd zonder gegevens van de verzoeker: {names}. Iedereen kan het lezen."
    )
    run.work.audit(run.case.id, "publication", documents=len(shown), publication=row.id)


def _page(run: CaseExecution, title: str, shown: list[dict[str, Any]]) -> PublicationRow:
    row = PublicationRow(
        case_id=run.case.id, title=title[:LONGEST_TITLE], body=body_of(run), documents=shown,
        received_on=run.case.received_on, decided_on=decided_on(run), published_on=run.work.today,
        published_at=run.work.now,
    )  # fmt: skip
    run.work.session.add(row)
    run.work.session.flush()
    return row


def _named(kind: PublicKind, documents: Iterable[DocumentRow]) -> list[dict[str, Any]]:
    return [{"id": document.id, "kind": kind} for document in documents]


def _lists_to_come(run: CaseExecution, kind: str) -> list[str]:
    """The ids of lists that a worker still makes: they were asked for in this transaction, or a moment before it."""
    run.work.session.flush()
    waiting = select(OutboxRow.payload).where(OutboxRow.case_id == run.case.id, OutboxRow.kind == OutboxKind.INVENTORY)
    made = {document.id for document in accepted_in(run)}
    return [
        payload["document"]
        for payload in run.work.session.scalars(waiting)
        if payload["type"] == kind and payload["document"] not in made
    ]
