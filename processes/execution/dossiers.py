"""Dossiers: one, and one link, per case and department or person."""

import secrets as random
from typing import Any

from sqlalchemy import ColumnElement, select

from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, Dossier, Party


def ensure_dossier(work: UnitOfWork, case: Case, department: str) -> Dossier:
    """The dossier of a department in a case, made when there is none. A link that was revoked stays revoked: `renewed` in
    `processes.post.dossier_links` makes another one.
    """
    return _found_or_made(work, case, Dossier.department == department, department=department)


def ensure_own_dossier(work: UnitOfWork, case: Case, party: Party) -> Dossier:
    """The dossier of one person, of no department; made when there is none."""
    return _found_or_made(work, case, Dossier.party_id == party.id, party_id=party.id)


def give_link(work: UnitOfWork, dossier: Dossier) -> None:
    """A link of this dossier that nobody knows yet, in the place of the one that it had: that one is dead from now on."""
    salt = random.token_bytes(32)
    dossier.salt = salt
    dossier.token_hash = work.services.secrets.token_hash(work.services.secrets.link_token(salt))
    dossier.sealed_token, dossier.revoked_at = None, None


def _found_or_made(work: UnitOfWork, case: Case, whose: ColumnElement[bool], **owner: Any) -> Dossier:
    dossier = work.session.scalar(select(Dossier).where(Dossier.case_id == case.id, whose))
    if dossier is None:
        dossier = Dossier(case_id=case.id, opened_at=work.now, **owner)
        give_link(work, dossier)
        work.session.add(dossier)
        work.session.flush()
    return dossier
