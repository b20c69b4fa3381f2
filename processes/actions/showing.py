"""Documents are shown on the portal a minute after the press, and until then it can be undone in one press (W10).

The minute is real time, as every wait of the outbox: the row that shows them is due when it is over, also after a restart. Meanwhile the
one rule of what a citizen may see (`processes.access.visibility`) leaves them out, and no mail is queued.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select

from processes.access.document_scope import kept_documents
from processes.access.guards import only_staff
from processes.access.visibility import SHOWN
from processes.actions.documents import lock_document, may_go_out, put_on_portal, will_be_read
from processes.base.actor import SYSTEM
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.post.news import tell_of_all
from processes.storage import outbox
from processes.storage.document_versions import first_of
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, PublicationRow
from processes.storage.words import DocumentState, OutboxKind

MINUTE: Final = timedelta(minutes=1)
NOT_SHOWN: Final = "'{title}' ({reference}) is niet op het portaal gezet. {why}"


@dataclass(frozen=True, slots=True)
class ShowSoon:
    """Show these documents of one case, by their ids, once a minute is over."""

    documents: tuple[str, ...]


def show_soon(work: UnitOfWork, action: ShowSoon) -> str:
    """The answer is the number of the case. Raises NotFound, Invalid without a document, NotNow for one that may not be shown, and
    AlreadyDone when somebody else showed all of them.
    """
    only_staff(work.actor, system=False)
    rows, case = locked_together(work, action.documents)
    for row in rows:
        may_be_shown(row)
    new = [row for row in rows if not row.on_portal]
    if not new:
        raise AlreadyDone("Deze documenten staan al op het portaal, of komen er zo op. Laad de pagina opnieuw.")
    at = datetime.now(UTC) + MINUTE
    for row in new:
        row.on_portal, row.shows_at = True, at
        work.audit(case.id, "show_soon", document=row.id)
    payload = {"documents": [row.id for row in new], "at": at.isoformat()}
    outbox.enqueue(work.session, OutboxKind.SHOW, f"show:{new[0].id}:{at.isoformat()}", payload, case.id, work.now, at)
    case.row_version += 1
    return case.number


@dataclass(frozen=True, slots=True)
class UndoShowing:
    """Within the minute: nobody saw these documents, and nobody will."""

    documents: tuple[str, ...]


def undo_showing(work: UnitOfWork, action: UndoShowing) -> str:
    """The answer is the number of the case. Raises NotFound, Invalid, and AlreadyDone when the minute is over or somebody undid it."""
    only_staff(work.actor, system=False)
    rows, case = locked_together(work, action.documents)
    waiting = [row for row in rows if row.shows_at is not None]
    if not waiting:
        raise AlreadyDone("De minuut is voorbij, of iemand anders maakte het al ongedaan. Laad de pagina opnieuw.")
    for row in waiting:
        row.on_portal, row.shows_at = False, None
        work.audit(case.id, "undo_showing", document=row.id)
    case.row_version += 1
    return case.number


def show_waiting(services: Services, payload: Mapping[str, Any]) -> None:
    """The minute of these documents is over: `{"documents": [ids], "at": moment}`. What was undone or taken away meanwhile, stays away."""
    at = datetime.fromisoformat(payload["at"])
    transact(services, SYSTEM, lambda work: _show_waiting(work, payload["documents"], at))


def _show_waiting(work: UnitOfWork, documents: Sequence[str], at: datetime) -> str:
    try:
        rows, case = locked_together(work, documents)
    except NotFound:  # destroyed meanwhile
        return ""
    shown = [row for row in rows if row.shows_at == at and _is_ready(work, row)]
    show_at_once(work, case, shown, f"show:{at.isoformat()}:{documents[0]}")
    return case.number


def _is_ready(work: UnitOfWork, row: DocumentRow) -> bool:
    """Whether it may still be shown; the handler reads why not."""
    ticked, row.on_portal, row.shows_at = row.on_portal, False, None
    if not ticked:
        return False
    try:
        may_be_shown(row)
    except NotNow as error:
        work.system_note(row.case_id, NOT_SHOWN.format(title=row.title, reference=row.reference, why=error))
        return False
    return True


def show_at_once(work: UnitOfWork, case: Case, rows: Sequence[DocumentRow], key: str) -> None:
    """From now on they are seen by who may see them, in the place of their earlier versions, and each is told once (D21)."""
    if not rows:
        return
    for row in rows:
        put_on_portal(row, shown=True)
        follow_versions(work, row)
        work.audit(case.id, "portal", document=row.id, shown=1)
    if case.published_at:
        tell_of_all(work, case, rows, "document", key)
    case.row_version += 1


def follow_versions(work: UnitOfWork, row: DocumentRow) -> None:
    """Earlier versions leave the portal, and a public page names this one in their place."""
    if row.version_of is None or row.version is None:
        return
    chain = (DocumentRow.id == first_of(row)) | (DocumentRow.version_of == first_of(row))
    before = func.coalesce(DocumentRow.version, 1) < row.version
    earlier = work.session.scalars(select(DocumentRow).where(chain, before)).all()
    for one in earlier:
        one.on_portal, one.shows_at = False, None
    ids = {one.id for one in earlier}
    for page in work.session.scalars(select(PublicationRow).where(PublicationRow.case_id == row.case_id)):
        if any(one["id"] in ids for one in page.documents):
            page.documents = [{**one, "id": row.id} if one["id"] in ids else one for one in page.documents]


def locked_together(work: UnitOfWork, documents: Sequence[str]) -> tuple[list[DocumentRow], Case]:
    """The documents with their one case, which is locked. Raises Invalid without any, NotFound for one of another case."""
    if not documents:
        raise Invalid({"document": "Kies eerst een document."})
    first, case = lock_document(work, documents[0])
    rows, kept = [first], kept_documents(work.session, work.actor, case)
    for one in dict.fromkeys(documents[1:]):
        row = work.session.get(DocumentRow, one)
        if row is None or row.case_id != case.id or row in kept:
            raise NotFound("Een van deze documenten hoort niet bij deze zaak.")
        work.session.refresh(row)
        rows.append(row)
    return list(dict.fromkeys(rows)), case


def may_be_shown(row: DocumentRow) -> None:
    """Raises NotNow with the reason for a document that may not be shown to parties."""
    if row.state != DocumentState.ACCEPTED:
        raise NotNow(
            f"'{row.title}' is niet aangenomen, of er is een nieuwere versie. Alleen wat is aangenomen, kan op het portaal staan."
        )
    if row.confidentiality not in SHOWN:
        raise NotNow(f"'{row.title}' is vertrouwelijk, en komt nooit op het portaal.")
    may_go_out(row)
    will_be_read(row)
