"""The readers of a document that is ticked for the portal: somebody, nobody yet, or nobody at all, so that a page says what is so (C6)."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Audience
from processes.access.visibility import documents_of, shown_case, viewpoints_of
from processes.storage.tables import Case, DocumentRow, Party


class Readers(StrEnum):
    """Whether anybody sees a document that is ticked for the portal, and if not, why."""

    SOMEBODY = "somebody"
    LATER = "later"
    NO_SIGN_IN = "no_sign_in"
    NOT_ON_PORTAL = "not_on_portal"


def is_for_nobody(document: DocumentRow) -> bool:
    """Whether a document is for one party only, and nobody said which."""
    return document.audience == Audience.OWN and document.party_id is None


def readers_of(session: Session, case: Case, model: Model, document: DocumentRow) -> Readers:
    """Through the one rule of what a citizen may see. Who acted by a mandate counts for nobody: it may be over, and the represented see it."""
    if not shown_case(case, model):
        return Readers.NOT_ON_PORTAL
    here = (Party.case_id == case.id, Party.identity_index.is_not(None), Party.left_on.is_(None))
    signing_in = select(Party.identity_index).where(*here, Party.by_mandate.is_(False)).distinct()
    for subject in session.scalars(signing_in):
        viewpoints = session.scalars(viewpoints_of(str(subject), case.id)).all()
        if session.scalar(documents_of(case, viewpoints).where(DocumentRow.id == document.id)) is not None:
            return Readers.SOMEBODY
    return Readers.LATER if case.published_at is None else Readers.NO_SIGN_IN
