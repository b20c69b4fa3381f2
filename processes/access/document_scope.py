"""The documents of a case that a member of staff does not read, though the case is open to them: of a party whose name is kept, a filing whose
answers may tell such a name (others read the version beside it), and one above their clearance (D39, W17).

Who works on the case reads all of them, and who was given access those above the clearance.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, String, cast, exists, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from processes.access.clearance import LEVELS, is_open, levels_of
from processes.access.staff_scope import in_own_work, works_on
from processes.base.actor import Actor, ActorKind
from processes.storage.tables import Case, CaseAccess, DocumentRow, FiledRow, Party

OF_PARTY, OF_FILING, ABOVE = "party", "filing", "above"


@dataclass(frozen=True, slots=True)
class KeptDocuments:
    """The ids of documents, and of parties all of whose documents are kept from a reader. Ask with `in`."""

    documents: frozenset[str] = frozenset()
    parties: frozenset[int] = frozenset()

    def __contains__(self, document: DocumentRow) -> bool:
        return document.id in self.documents or document.party_id in self.parties


NONE_KEPT: Final = KeptDocuments()
NOT_READ: Final = (
    "Document dat u nu niet mag lezen. Pak eerst deze taak op."  # stands for its title in the form of a task
)


def kept_documents(session: Session, actor: Actor, case: Case) -> KeptDocuments:
    """The documents that are kept from this reader in a case that the reader may see. One statement where nothing is."""
    if actor.kind != ActorKind.STAFF:
        return NONE_KEPT
    parties = select(literal(OF_PARTY), cast(Party.id, String)).where(Party.case_id == case.id, Party.confidential)
    filings = (
        select(literal(OF_FILING), FiledRow.document_id)
        .join(DocumentRow, DocumentRow.id == FiledRow.document_id)
        .where(FiledRow.case_id == case.id, FiledRow.confidential, DocumentRow.personal)
    )
    above = select(literal(ABOVE), DocumentRow.id).where(DocumentRow.case_id == case.id, *_above(actor))
    found = session.execute(union_all(parties, filings, above)).all()
    if not found or works_on(session, actor, case):
        return NONE_KEPT
    if any(why == ABOVE for why, _ in found) and _was_given(session, actor, case):
        found = [one for one in found if one[0] != ABOVE]
    return KeptDocuments(
        frozenset(key for why, key in found if why != OF_PARTY),
        frozenset(int(key) for why, key in found if why == OF_PARTY),
    )


def is_read_by(actor: Actor, document_id: Any, case_id: Any) -> ColumnElement[bool]:
    """A condition on a row with the ids of a document and its case: the level of that document is within the clearance of this member of staff, who
    works on the case, or was given access to it. Asked per row, as a value: for few rows.
    """
    document, access = aliased(DocumentRow), aliased(CaseAccess)
    given = exists().where(access.case_id == Case.id, access.staff == actor.subject, is_open(access, actor.day))
    in_case = select(Case.id).where(Case.id == case_id, or_(in_own_work(actor, (actor.subject,)), given)).limit(1)
    within = select(document.id).where(document.id == document_id, document.confidentiality.in_(levels_of(actor.roles)))
    return or_(within.limit(1).scalar_subquery().is_not(None), in_case.scalar_subquery().is_not(None))


def _above(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (DocumentRow.confidentiality.in_([one for one in LEVELS if one not in levels_of(actor.roles)]),)


def _was_given(session: Session, actor: Actor, case: Case) -> bool:
    given = select(CaseAccess.id).where(
        CaseAccess.case_id == case.id, CaseAccess.staff == actor.subject, is_open(day=actor.day)
    )
    return session.scalar(given.limit(1)) is not None
