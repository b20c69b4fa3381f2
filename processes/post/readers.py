"""The documents that the reader of a letter or mail finds where it points: on the portal, behind the own link, or enclosed."""

import re
from collections.abc import Callable

from sqlalchemy import select

from engine.words import Audience, FixedRole
from processes.access.visibility import SHOWN, documents_of, seen_from, shown_case
from processes.execution.case_execution import CaseExecution
from processes.storage.tables import DocumentRow, Party
from processes.storage.words import DocumentState, PostChannel

Sees = Callable[[str], bool]
SEES = "sees."
ASKED = re.compile(rb"\bsees\.[a-z][a-z0-9_]*")


def seen_by_party(run: CaseExecution, party: Party) -> Sees:
    """Whether a party finds an accepted document of a type: what goes by post is enclosed, the rest is looked up."""
    if party.channel == PostChannel.LINK:
        return lambda kind: any(_given_to(one, "party", party.id) for one in _accepted(run, kind))
    if party.channel == PostChannel.PORTAL and shown_case(run.case, run.root.model):
        return lambda kind: _on_portal(run, party, kind)
    return lambda kind: any(_may_have(run, party, one) for one in _accepted(run, kind))


def _on_portal(run: CaseExecution, party: Party, kind: str) -> bool:
    shown = documents_of(run.case, _viewpoints(run, party)).where(
        DocumentRow.type == kind, DocumentRow.state == DocumentState.ACCEPTED
    )
    return run.work.session.scalar(shown.limit(1)) is not None


def seen_by_department(run: CaseExecution, department: str) -> Sees:
    """Whether a department finds an accepted document of a type in its dossier."""
    return lambda kind: any(_given_to(one, "department", department) for one in _accepted(run, kind))


def seen_words(source: bytes, sees: Sees) -> dict[str, object]:
    """`sees.TYPE` for each document type that a template asks for so: whether its reader finds one of that type."""
    return {name.decode(): sees(name.decode().removeprefix(SEES)) for name in set(ASKED.findall(source))}


def _accepted(run: CaseExecution, kind: str) -> list[DocumentRow]:
    mine = (DocumentRow.case_id == run.case.id, DocumentRow.type == kind)
    return list(run.work.session.scalars(select(DocumentRow).where(*mine, DocumentRow.state == DocumentState.ACCEPTED)))


def _given_to(document: DocumentRow, kind: str, to: object) -> bool:
    return any(item.get(kind) == to for item in document.to_departments)


def _may_have(run: CaseExecution, party: Party, document: DocumentRow) -> bool:
    """Whether a document may be put in an envelope to this party. A court or other body gets what its letter is about."""
    if _is_body(run, party):
        return True
    if document.confidentiality not in SHOWN or not document.is_shown or not document.is_looked_into:
        return False
    own = document.party_id in _viewpoints(run, party)
    return {
        Audience.PARTIES: True,
        Audience.INITIATOR: party.filing or own,
        Audience.OWN: own,
        Audience.NONE: False,
    }[Audience(document.audience)]


def _is_body(run: CaseExecution, party: Party) -> bool:
    """A court or another organisation: no citizen takes part in that role."""
    roles = run.root.model.parties
    known = party.role in {FixedRole.REPRESENTATIVE, FixedRole.THIRD_PARTY}
    return not (known or party.filing or party.confidential) and party.role in roles and party.identity_index is None


def _viewpoints(run: CaseExecution, party: Party) -> set[int]:
    return set(run.work.session.scalars(seen_from(run.case.id, party.id)))
