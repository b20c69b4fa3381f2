"""An address became secret: it goes out of the versions for other eyes of everything that was filed in the case (J2).

The words for others are cleaned in the change itself, and the old file is forgotten at once; a worker makes the new one. What was sent
or fetched before stays what it was, and the handler reads to whom that happened.
"""

from typing import Final

from sqlalchemy import select

from engine.words import Audience
from processes.actions.filed import FOR_OTHERS, details_of, version_beside
from processes.execution.filed_words import for_others, words_from
from processes.execution.unit_of_work import UnitOfWork
from processes.post.unsent import make_again_with
from processes.storage.tables import Case, DepartmentRow, DocumentRow, FiledRow, NoticeRow, Party
from processes.storage.words import DocumentState, OutboxKind

STAYS: Final = "Wat al is verstuurd of opgehaald, verandert niet meer."


def clean_filings(work: UnitOfWork, case: Case, party: Party) -> list[str]:
    """Leave the secret address of this party out of every version for others; one Dutch sentence for each that named it."""
    known, said = (details_of(party),), []
    cleaned = set()
    for filed in work.session.scalars(select(FiledRow).where(FiledRow.case_id == case.id).order_by(FiledRow.filed_at)):
        whole = work.session.get_one(DocumentRow, filed.document_id)
        words = words_from(filed.others or filed.words)
        others = for_others(words, known, {})
        if others == words or whole.state == DocumentState.ERASED:
            continue
        filed.others = others.stored()
        version = _version(work, whole, several=filed.party_id is None)
        said.append(_made_again(work, filed, version))
        cleaned.add(version.id)
    said += [f"De brief '{subject}' wordt opnieuw gemaakt." for subject in make_again_with(work, case, cleaned)]
    return said


def _version(work: UnitOfWork, whole: DocumentRow, *, several: bool) -> DocumentRow:
    """The version for others: the one that is there, or a new one that takes the place of the whole for all but its filer."""
    beside = select(DocumentRow).where(DocumentRow.redacts == whole.id, DocumentRow.state == DocumentState.ACCEPTED)
    found = work.session.scalar(beside.order_by(DocumentRow.added_at.desc()).limit(1))
    if found is not None:
        return found
    version = version_beside(whole, kept=False, several=several)
    if whole.audience != Audience.OWN:
        version.audience, version.on_portal, version.shows_at = whole.audience, whole.on_portal, whole.shows_at
    version.inspection, version.inspected_from = whole.inspection, whole.inspected_from
    version.to_departments = [
        one for one in whole.to_departments if one.get("party") != whole.party_id or not whole.party_id
    ]
    whole.to_departments = [one for one in whole.to_departments if one not in version.to_departments]
    whole.personal, whole.audience = True, Audience.OWN
    whole.on_portal = whole.on_portal or whole.party_id is not None
    work.session.add(version)
    work.session.flush()
    return version


def _made_again(work: UnitOfWork, filed: FiledRow, version: DocumentRow) -> str:
    """The old file goes, a worker makes the new one; in a sentence, with who may have the old one."""
    if version.blob:
        key = f"secret:{version.id}:{version.blob}"
        work.enqueue(OutboxKind.FORGET_BLOB, key[:120], {"blob": version.blob}, version.case_id)
    version.blob, version.file_key, version.size, version.sha256 = "", None, 0, ""
    key = f"filed:{filed.id}:{work.now.timestamp():.6f}"
    work.enqueue(OutboxKind.FILED, key, {"filed": filed.id}, version.case_id)
    work.audit(version.case_id, "filed_cleaned", document=version.id)
    readers = [*_given_to(work, version), *_sent_with(work, version)]
    had = f" Deze versie ging al naar: {', '.join(readers)}. {STAYS}" if readers else ""
    return f"'{filed.title}' ({FOR_OTHERS}) noemde het adres en wordt opnieuw gemaakt.{had}"


def _given_to(work: UnitOfWork, version: DocumentRow) -> list[str]:
    codes = [one["department"] for one in version.to_departments if one.get("department")]
    names = work.session.scalars(
        select(DepartmentRow.name).where(DepartmentRow.code.in_(codes)).order_by(DepartmentRow.name)
    )
    persons = ["een betrokkene met een link"] if any(one.get("party") for one in version.to_departments) else []
    shown = version.on_portal and (version.audience != Audience.NONE or version.party_id is not None)
    laid_open = version.inspected_from is not None
    return [*names, *persons, *(["een of meer betrokkenen op het portaal"] if shown or laid_open else [])]


def _sent_with(work: UnitOfWork, version: DocumentRow) -> list[str]:
    sent = select(NoticeRow).where(NoticeRow.case_id == version.case_id, NoticeRow.sent_on.is_not(None))
    rows = work.session.scalars(sent.order_by(NoticeRow.id)).all()
    return [
        f"de brief '{row.subject}'" for row in rows if version.id in {one["document"] for one in row.enclosures or ()}
    ]
