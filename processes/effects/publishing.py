"""The operation of a drawing that publishes request and decision: a public page with what became public (Woo 3.3(2)(i))."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine import Fact
from processes.effects.disclosing import accepted_in, public_of
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import body_of, decided_on
from processes.execution.hidden import say_hidden
from processes.execution.inspecting import is_withheld
from processes.execution.values import store_values
from processes.storage.tables import DocumentRow, Instance, OutboxRow, PartDecision, PublicationRow
from processes.storage.words import OutboxKind, PublicKind

Parameters = Mapping[str, Fact]
LONGEST_TITLE = 200
BEFORE_PAGES: Parameters = {"inventoryType": None, "title": None, "link": None}  # what an older drawing does not give


def record_publication(run: CaseExecution, instance: Instance, parameters: Parameters) -> None:
    """Publish request and decision, in the version without data of who asked (`documentType`), with the list of documents
    (`inventoryType`) and what became public, from today on. Nothing is published without such a version.

    The page is called `title`, which a worker wrote for everybody; without one after the number of the case. The day stands in
    the value `into`, the address in `link`, and both on the timeline of staff. A drawing of before the page exists gives only `documentType` and `into`.
    """
    parameters = {**BEFORE_PAGES, **parameters}
    part = run.part(instance)
    documents, kept_back = _without_kept_back(accepted_in(run, part))
    _say_kept_back(run, kept_back)
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
            for one in _lists_to_come(run, part, str(parameters["inventoryType"] or ""))
        ),
        *_named(PublicKind.DOCUMENT, (*whole, *parts)),
    ]
    say_hidden(run, (*versions, *lists, *whole, *parts))
    for document in (*versions, *lists, *whole, *parts):
        document.confidentiality = "openbaar"
    row = _page(run, instance, part, str(parameters["title"] or _name(run, part)), shown)
    values: dict[str, Any] = {str(parameters["into"]): run.work.today}
    if parameters["link"]:
        values[str(parameters["link"])] = f"{run.work.services.settings.public_url.rstrip('/')}/openbaar/{row.id}"
    store_values(run, instance if part else run.root_instance(), values)
    names = ", ".join(document.reference for document in versions)
    run.work.system_note(
        run.case.id, f"Gepubliceerd zonder gegevens van de verzoeker: {names}. Iedereen kan het lezen."
    )
    run.work.audit(run.case.id, "publication", documents=len(shown), publication=row.id)


def _name(run: CaseExecution, part: PartDecision | None) -> str:
    return f"Woo-besluit {run.case.number}{f', deelbesluit {part.number}' if part else ''}"


def _without_kept_back(documents: list[DocumentRow]) -> tuple[list[DocumentRow], list[DocumentRow]]:
    """The documents that may be published, and those that somebody keeps back: the document itself, or the original of which it is the version."""
    kept_back = {document.id for document in documents if is_withheld(document)}
    held = [document for document in documents if document.id in kept_back or document.redacts in kept_back]
    return [document for document in documents if document not in held], held


def _say_kept_back(run: CaseExecution, documents: Sequence[DocumentRow]) -> None:
    if documents:
        names = ", ".join(document.reference for document in documents)
        run.work.system_note(run.case.id, f"Niet gepubliceerd, want achtergehouden: {names}.")


def _page(
    run: CaseExecution, instance: Instance, part: PartDecision | None, title: str, shown: list[dict[str, Any]]
) -> PublicationRow:
    row = PublicationRow(
        case_id=run.case.id, title=title[:LONGEST_TITLE], body=body_of(run, instance), documents=shown,
        received_on=run.case.received_on, decided_on=part.taken_on if part and part.taken_on else decided_on(run, instance), published_on=run.work.today,
        published_at=run.work.now, part_id=part.id if part else None,
    )  # fmt: skip
    run.work.session.add(row)
    run.work.session.flush()
    return row


def _named(kind: PublicKind, documents: Iterable[DocumentRow]) -> list[dict[str, Any]]:
    return [{"id": document.id, "kind": kind} for document in documents]


def _lists_to_come(run: CaseExecution, part: PartDecision | None, kind: str) -> list[str]:
    """The ids of lists that a worker still makes: they were asked for in this transaction, or a moment before it."""
    run.work.session.flush()
    waiting = select(OutboxRow.payload).where(OutboxRow.case_id == run.case.id, OutboxRow.kind == OutboxKind.INVENTORY)
    made = {document.id for document in accepted_in(run, part)}
    return [
        payload["document"]
        for payload in run.work.session.scalars(waiting)
        if payload["type"] == kind
        and payload.get("part") == (part.id if part else None)
        and payload["document"] not in made
    ]
