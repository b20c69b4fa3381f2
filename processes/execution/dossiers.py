"""Dossiers: one, and one link, per case and department or person."""

import secrets as random
from typing import Any

from sqlalchemy import ColumnElement, select

from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, Dossier, Party


def ensure_dossier(work: UnitOfWork, case: Case, department: str) -> Dossier:
    """The dossier of a department in a case, made when there is none. Who is asked again after the link was revoked
    gets a new link: a mail with the dead one would be of no use, and the dead one stays dead.
    """
    return _with_link(work, case, Dossier.department == department, department=department)


def ensure_own_dossier(work: UnitOfWork, case: Case, party: Party) -> Dossier:
    """The dossier of one person, of no department; made, or given a new link, as `ensure_dossier` does."""
    return _with_link(work, case, Dossier.party_id == party.id, party_id=party.id)


def _with_link(work: UnitOfWork, case: Case, whose: ColumnElement[bool], **owner: Any) -> Dossier:
    dossier = work.session.scalar(select(Dossier).where(Dossier.case_id == case.id, whose))
    if dossier is not None and dossier.revoked_at is None:
        return dossier
    salt = random.token_bytes(32)
    token_hash = work.services.secrets.token_hash(work.services.secrets.link_token(salt))
    if dossier is None:
        dossier = Dossier(case_id=case.id, opened_at=work.now, **owner)
        work.session.add(dossier)
    else:
        work.audit(case.id, "new_link", dossier=dossier.id)
    dossier.salt, dossier.token_hash, dossier.sealed_token, dossier.revoked_at = salt, token_hash, None, None
    work.session.flush()
    return dossier
