"""The document of what somebody filed or answered (J2): frozen words in, an accessible PDF (PDF/UA-1) out, as file of its document.

The rows of the documents are there from the change that stored the words on: the whole version, and where it holds contact details
the one for other eyes, which `redacts` it. A worker makes the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.crash_points import crash_point
from processes.base.uploads import Upload
from processes.execution.filed_words import ANSWERS, CONTACT, FILES, FiledWords, words_from
from processes.post.pdf import PDF, markup, pdf
from processes.post.proof_page import files_list, lines_list, proof_page
from processes.storage.current_settings import current_settings
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, FiledRow
from processes.storage.words import DocumentState

LEFT_OUT_HERE: Final = "Dit is de versie voor anderen. Contactgegevens en wat geheim is, zijn weggelaten."


@dataclass(frozen=True, slots=True)
class FiledLayout:
    """One version as it is laid out. `note` says what is special about it; `sha256` is of the words of the whole version, empty
    on the version for others.
    """

    organisation: str
    words: FiledWords
    sha256: str = ""
    note: str = ""


def make_filed(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `filed`: `{"filed": id}`. Does nothing for files that are there already, or when the case was destroyed."""
    with services.sessions() as session:
        waiting = _waiting(services, session, payload["filed"])
    if not waiting:
        return
    made = {document: services.files.add("", PDF, [filed_pdf(page)]) for document, page in waiting.items()}
    crash_point("blob-written")
    kept: set[str] = set()
    try:
        with services.sessions.begin() as session:
            kept = _attach(services, session, payload["filed"], {one: (waiting[one], made[one]) for one in made})
    finally:
        for document, upload in made.items():
            if document not in kept:
                services.files.delete(upload.blob)


def filed_pdf(page: FiledLayout) -> bytes:
    """The words as PDF/UA-1 in Dutch. It fetches nothing: all text is escaped."""
    return pdf(_page(page))


def _waiting(services: Services, session: Session, filed_id: str) -> dict[str, FiledLayout]:
    """By id the documents of one filing that have no file yet, each with what goes on it."""
    filed = session.get(FiledRow, filed_id)
    if filed is None:
        return {}
    name = current_settings(services).organisation
    pages = {filed.document_id: FiledLayout(name, words_from(filed.words), filed.sha256)}
    if filed.others is not None:
        others = FiledLayout(name, words_from(filed.others), note=LEFT_OUT_HERE)
        pages |= {row.id: others for row in session.scalars(_version_of(filed.document_id))}
    rows = session.scalars(select(DocumentRow).where(DocumentRow.id.in_(pages)))
    return {row.id: pages[row.id] for row in rows if _waits(row)}


def _version_of(document_id: str) -> Any:
    return select(DocumentRow).where(DocumentRow.redacts == document_id)


def _waits(row: DocumentRow) -> bool:
    return not row.is_made and row.state != DocumentState.ERASED


def _attach(
    services: Services, session: Session, filed_id: str, made: Mapping[str, tuple[FiledLayout, Upload]]
) -> set[str]:
    """Give each document its file; the ids of those that took it. None when someone else did, when the case is gone, or when the
    words were cleaned while the file was made: then the work for the new ones is on the queue.
    """
    case_id = session.scalar(select(FiledRow.case_id).where(FiledRow.id == filed_id))
    case = session.scalar(select(Case).where(Case.id == case_id).with_for_update())
    if case is None:
        return set()
    session.expire_all()  # the case is locked from here on: nothing changes any more
    kept, waiting = set(), _waiting(services, session, filed_id)
    for document_id, (page, upload) in made.items():
        row = session.get(DocumentRow, document_id)
        if row is not None and waiting.get(document_id) == page:
            row.blob, row.file_key, row.size, row.sha256 = upload.blob, upload.file_key, upload.size, upload.sha256
            kept.add(row.id)
    return kept


def _page(page: FiledLayout) -> str:
    words = page.words
    contact = f"<h2>{CONTACT}</h2>{lines_list(words.contact)}" if words.contact else ""
    note = f"<p>{markup(page.note)}</p>" if page.note else ""
    answers = "".join(f"<h3>{markup(one.question)}</h3><p>{markup(one.answer)}</p>" for one in words.answers)
    proof = f'<h2>Vingerafdruk van deze woorden</h2><p class="sum">SHA-256 {page.sha256}</p>' if page.sha256 else ""
    body = f"""{note}
{lines_list(words.facts)}
{contact}
<h2>{ANSWERS}</h2>
{answers or "<p>Er zijn geen vragen gesteld.</p>"}
<h2>{FILES}</h2>
{files_list(words.files)}
{proof}"""
    return proof_page(page.organisation, words.title, body)
