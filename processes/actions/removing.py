"""A document in the wrong case or before the wrong eyes: one person proposes to erase or move it, a second one carries it out.

Other than `RemoveDocument`, which takes a document off the case and keeps its file until the dossier is destroyed, this
leaves nothing of it: no file, name or title, no redacted version, no list that names it, no post that still has to leave.
What stays is a line on the timeline, the row without words, and in the audit trail the hash.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select

from processes.access.guards import only_staff, reason_wrong
from processes.actions.documents import lock_document
from processes.actions.filing import NewDocument, file_document
from processes.actions.holds import check_document_free
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.base.security_log import SecurityEvent, security_event
from processes.base.uploads import Upload
from processes.execution.bundled import forget_bundles
from processes.execution.document_parts import DocumentParts, original_among, parts_of, receivers_of
from processes.execution.person_packages import forget_packages
from processes.execution.session_bundles import forget_session_bundles
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.base import new_id
from processes.storage.session import overwrite_deleted
from processes.storage.tables import (
    Case,
    DocumentRow,
    FiledRow,
    MailRow,
    NoteRow,
    NoticeRow,
    PublicationRow,
    RemovalRow,
)
from processes.storage.words import DocumentState, NoteKind, OutboxKind, RemovalKind

NO_TITLE: Final = "Verwijderd document"
NOT_SENT: Final = "Niet verstuurd: het stuk waar deze mail over gaat, is verwijderd."
GONE: Final = "[verwijderd]"


@dataclass(frozen=True, slots=True)
class ProposeRemoval:
    """`target`: the number of the case to move it to; empty erases it. `type`: its type there, empty when that is the same."""

    document: str
    reason: str
    target: str = ""
    type: str = ""


def propose_removal(work: UnitOfWork, action: ProposeRemoval) -> str:
    """Raises NotFound, Invalid, and AlreadyDone for a document that is gone or that somebody proposed already."""
    only_staff(work.actor, system=False)
    document, case = lock_document(work, action.document)
    _still_here(document)
    check_document_free(work, document)
    if open_removal(work, document.id) is not None:
        raise AlreadyDone("Iemand heeft dit al voorgesteld. Laad de pagina opnieuw.")
    wrong = reason_wrong(action.reason, "Schrijf waarom dit document hier niet hoort.")
    target = _target(work, case, document, action, wrong)
    if wrong:
        raise Invalid(wrong)
    row = RemovalRow(
        case_id=case.id, document_id=document.id, kind=RemovalKind.MOVE if target else RemovalKind.ERASE,
        target=target.number if target else None, target_type=(action.type or document.type) if target else None,
        reason=action.reason.strip(), proposed_by=work.actor.subject, proposed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    if case.handler != work.actor.subject:
        work.system_note(case.id, f"{work.actor.name} stelt voor om document {document.reference} weg te halen. Een tweede persoon moet dat doen.")  # fmt: skip
    work.session.flush()
    work.audit(case.id, "propose_removal", document=document.id, removal=row.id)
    return case.number


def _target(
    work: UnitOfWork, case: Case, document: DocumentRow, action: ProposeRemoval, wrong: dict[str, str]
) -> Case | None:
    """The case to move it to, looked at and not locked; what is wrong with it goes into `wrong`."""
    number = action.target.strip().upper()
    if not number:
        return None
    target = work.session.scalar(select(Case).where(Case.number == number, work.open_to_actor()))
    if target is None or target.id == case.id:
        wrong["target"] = "Vul het nummer van een andere zaak in."
        return None
    kinds = work.deployed(target.model_version_id).model.document_types
    if (action.type or document.type) not in kinds:
        wrong["type"] = "Kies wat voor document het in die zaak is."
    return target


@dataclass(frozen=True, slots=True)
class WithdrawRemoval:
    """It was a mistake, or the second person does not agree."""

    document: str


def withdraw_removal(work: UnitOfWork, action: WithdrawRemoval) -> str:
    """Raises NotFound, and AlreadyDone when nothing waits."""
    only_staff(work.actor, system=False)
    document, case = lock_document(work, action.document)
    row = _waiting(work, document.id)
    row.withdrawn_at = work.now
    work.audit(case.id, "withdraw_removal", document=document.id, removal=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class ApproveRemoval:
    """Carry out what somebody else proposed: the id of the proposal, so that nobody carries out another than they saw."""

    document: str
    proposal: str


def approve_removal(work: UnitOfWork, action: ApproveRemoval) -> str:
    """Raises NotFound, AlreadyDone when this proposal does not wait, NotAllowed for who proposed it, Invalid when the other case
    changed.
    """
    only_staff(work.actor, system=False)
    document, case = _locked_with_target(work, action.document)
    row = _waiting(work, document.id)
    if str(row.id) != action.proposal:
        raise AlreadyDone(
            "Er staat nu een ander voorstel dan op uw pagina. Laad de pagina opnieuw en bekijk het eerst."
        )
    if row.proposed_by == work.actor.subject:
        raise NotAllowed("U heeft dit zelf voorgesteld. Een tweede persoon moet het doen.")
    overwrite_deleted(work.session)
    row.seen = receivers_of(work.session, document)
    row.approved_by, row.approved_at = work.actor.subject, work.now
    parts = parts_of(work.session, document)
    along = {document.id}  # what takes its file along to the other case
    if row.kind == RemovalKind.MOVE:
        _is_made(document)
        original = original_among(document, parts.versions)
        row.moved_to = _moved(work, document, original, row).id
        along |= {original.id} if original else set()
    for one in (*parts.versions, *parts.inventories, document):
        _erase(work, one, keep_file=one.id in along and row.kind == RemovalKind.MOVE)
    _stop_post(work, parts)
    _forget_title(work, case, parts.names)
    for one in parts.inventories:
        _make_anew(work, case, one)
    for notice in parts.enclosed_in:
        _without_enclosure(work, notice, {document.id, *(one.id for one in parts.versions)}, row)
    said = f"naar zaak {row.target} verplaatst" if row.kind == RemovalKind.MOVE else "voorgoed verwijderd"
    work.own_note(case.id, f"Document {document.reference} is {said}. Voorgesteld en uitgevoerd door twee mensen. Reden: {row.reason}")  # fmt: skip
    work.audit(case.id, "move_document" if row.moved_to else "erase_document", document=document.id, removal=row.id)
    forget_packages(work, case.id)
    forget_bundles(work, case.id)
    forget_session_bundles(work, case.id)
    work.enqueue(OutboxKind.WIPE, f"wipe:{row.id}", {}, case.id)
    case.row_version += 1
    event = SecurityEvent.DOCUMENT_MOVED if row.moved_to else SecurityEvent.DOCUMENT_REMOVED
    security_event(event, who=work.actor, whose_case=case.number, document=document.id, proposed_by=row.proposed_by)
    return case.number


def open_removal(work: UnitOfWork, document_id: str) -> RemovalRow | None:
    """The proposal that waits for a second person."""
    mine = (RemovalRow.document_id == document_id, RemovalRow.approved_at.is_(None), RemovalRow.withdrawn_at.is_(None))
    return work.session.scalar(select(RemovalRow).where(*mine))


def _waiting(work: UnitOfWork, document_id: str) -> RemovalRow:
    row = open_removal(work, document_id)
    if row is None:
        raise AlreadyDone("Hier wacht niets meer op. Laad de pagina opnieuw.")
    return row


def _still_here(document: DocumentRow) -> None:
    if document.state == DocumentState.ERASED:
        raise AlreadyDone("Dit document is al verwijderd.")


def _is_made(document: DocumentRow) -> None:
    """A document that moves takes its file along."""
    if not document.is_made:
        raise NotNow("Dit document wordt nog gemaakt. Probeer het over een paar minuten nog een keer.")


def _locked_with_target(work: UnitOfWork, document_id: str) -> tuple[DocumentRow, Case]:
    """The document with its case; when it moves also the other case is locked, the older one of the two first."""
    document = work.session.get(DocumentRow, document_id)
    row = open_removal(work, document_id) if document is not None else None
    target = work.session.scalar(select(Case.id).where(Case.number == row.target)) if row and row.target else None
    if document is not None and target is not None and target < document.case_id:
        work.lock_case_id(target)
    found = lock_document(work, document_id)
    _still_here(found[0])
    if target is not None and target > found[1].id:
        work.lock_case_id(target)
    return found


def _moved(work: UnitOfWork, document: DocumentRow, original: DocumentRow | None, row: RemovalRow) -> DocumentRow:
    """The document in the other case, under a reference of that case; there it is shown to nobody yet. The file of which its PDF was
    made goes along, so that the decision and what it was made of stay together.
    """
    target = work.session.scalar(select(Case).where(Case.number == row.target, work.open_to_actor()))
    if target is None:
        raise NotFound("De zaak waar dit document heen moet, is er niet meer.")
    kept = NewDocument(
        _file_of(document), row.target_type or document.type, document.title, field="target",
        original=_file_of(original) if original and original.blob else None,
    )  # fmt: skip
    made = file_document(work, target, kept, on_portal=False)
    for one in (made, original_among(made, parts_of(work.session, made).versions)):
        if one is not None:
            one.origin, one.added_by = document.origin, document.added_by
    work.own_note(
        target.id, f"Document {made.reference} hoort bij deze zaak en is uit een andere zaak hierheen verplaatst."
    )
    work.audit(target.id, "move_document", document=made.id)
    target.row_version += 1
    return made


def _file_of(document: DocumentRow) -> Upload:
    return Upload(
        document.file_name, document.media_type, document.size, document.sha256, document.blob, document.locked,
        document.file_key,
    )  # fmt: skip


def _erase(work: UnitOfWork, document: DocumentRow, *, keep_file: bool) -> None:
    """Leave the row without words: other rows point at it. What was filed with a form loses its words too."""
    if (filed := work.session.scalar(select(FiledRow).where(FiledRow.document_id == document.id))) is not None:
        work.session.delete(filed)
    if document.blob and not keep_file:
        work.enqueue(OutboxKind.FORGET_BLOB, f"erased:{document.id}", {"blob": document.blob}, document.case_id)
    document.state, document.on_portal, document.audience, document.party_id = DocumentState.ERASED, False, "none", None
    document.hidden, document.hidden_found, document.shows_at, document.version_why = None, None, None, None
    document.title, document.file_name, document.media_type = NO_TITLE, GONE, "application/octet-stream"
    document.blob, document.file_key, document.size, document.locked, document.scan = "", None, 0, False, None
    document.refusal, document.assessment, document.to_departments = None, None, []
    document.taken_back = None


def _stop_post(work: UnitOfWork, parts: DocumentParts) -> None:
    """A letter that was not sent leaves the pile to print, with the mails that announce it; of one that was sent the words go."""
    for notice in parts.letters:
        announcing = work.session.scalars(select(MailRow).where(MailRow.notice_id == notice.id)).all()
        _stop_mails(work, [mail for mail in announcing if mail.sent_at is None])
        notice.subject, notice.body, notice.translation = GONE, GONE, None
        if notice.sent_on is None:
            for mail in announcing:
                mail.notice_id = None
            work.session.delete(notice)
    _take_out(work, parts)


def _take_out(work: UnitOfWork, parts: DocumentParts) -> None:
    """A mail that speaks of it is stopped; in one that left, the name goes from what is kept of it."""
    said = [
        column.contains(name, autoescape=True) for name in parts.names for column in (MailRow.subject, MailRow.body)
    ]
    mails = select(MailRow).where(MailRow.case_id == parts.document.case_id, or_(*said))
    found = [mail for mail in work.session.scalars(mails) if _speaks(mail, parts.names)]
    _stop_mails(work, [mail for mail in found if mail.sent_at is None])
    for mail in found:
        mail.subject, mail.body = _without(mail.subject, parts.names), _without(mail.body, parts.names)


def _stop_mails(work: UnitOfWork, mails: Sequence[MailRow]) -> None:
    for mail in mails:
        mail.subject, mail.body, mail.error, mail.settled_at = GONE, GONE, NOT_SENT, work.now


def _forget_title(work: UnitOfWork, case: Case, names: Sequence[str]) -> None:
    """The timeline says what a citizen handed in, by its titles."""
    uploads = select(NoteRow).where(NoteRow.case_id == case.id, NoteRow.kind == NoteKind.UPLOAD)
    for note in work.session.scalars(uploads):
        note.text = _without(note.text, names)


def _speaks(mail: MailRow, names: Sequence[str]) -> bool:
    return any(_whole(name).search(text) for name in names for text in (mail.subject, mail.body))


def _without(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = _whole(name).sub(GONE, text)
    return text


def _whole(name: str) -> re.Pattern[str]:
    """The name, not as a part of other words: who calls a document `e` must not stop every mail of the case."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def _make_anew(work: UnitOfWork, case: Case, old: DocumentRow) -> None:
    """A list that named it is made once more, without it."""
    payload = {"case": case.id, "document": new_id(), "type": old.type, "at": work.now.isoformat()}
    for page in work.session.scalars(select(PublicationRow).where(PublicationRow.case_id == case.id)):
        page.documents = [one | {"id": payload["document"]} if one["id"] == old.id else one for one in page.documents]
    work.enqueue(OutboxKind.INVENTORY, f"inventory:{payload['document']}", payload, case.id)


def _without_enclosure(work: UnitOfWork, notice: NoticeRow, gone: set[str], row: RemovalRow) -> None:
    """A letter to which it was added is made once more without it, also when that letter was sent."""
    notice.enclosures = [
        {"document": None, "title": NO_TITLE, "reference": one["reference"], "joined": False}
        if one["document"] in gone
        else one
        for one in notice.enclosures or ()
    ]
    if notice.document_id is None:
        return  # its letter is still to be made
    _erase(work, work.session.get_one(DocumentRow, notice.document_id), keep_file=False)
    notice.document_id = None
    work.enqueue(OutboxKind.LETTER, f"letter:{notice.id}:without:{row.id}", {"notice": notice.id}, notice.case_id)
