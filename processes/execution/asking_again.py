"""Third parties for whom something changed after they were asked for a view: more of a document about them becomes public (Woo 4.4(3)).

Of each document is kept, in its assessment under ASKED, how it stood when a party was asked about it: `{id of the party: {"public":
code, "version": id of the redacted version or None}}`. What a redacted version shows, only a person can judge: a worker says who is
asked again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.errors import NotFound
from processes.execution.assessing import ASKED, about, third_parties
from processes.execution.case_execution import CaseExecution
from processes.law.disclosure_grounds import PUBLIC, Publicity
from processes.storage.document_versions import IN_ORDER, redactions_of
from processes.storage.tables import DocumentRow
from processes.storage.words import DocumentState

HOW_PUBLIC: Final[Mapping[str, int]] = {Publicity.DEELS: 1, Publicity.GEHEEL: 2}  # everything else shows nothing new
NEVER: Final[Mapping[str, Any]] = {"public": "", "version": None}  # a document that the party was not asked about


def mark_asked(run: CaseExecution, parties: Collection[int]) -> None:
    """Keep how each document about these parties stands now: they are asked about that."""
    documents = _assessed(run.work.session, run.case.id)
    versions = redactions_of(documents)
    for document in documents:
        asked = {str(party): _now(document, versions) for party in about(document) if party in parties}
        if asked:
            said = document.assessment or {}
            document.assessment = {**said, ASKED: {**said.get(ASKED, {}), **asked}}


def changed_for(session: Session, case_id: int) -> dict[int, list[str]]:
    """By id of a third party who was asked, a sentence for each document about that party of which more becomes public since."""
    documents = _assessed(session, case_id)
    versions = redactions_of(documents)
    asked_once = {party for document in documents for party in (document.assessment or {}).get(ASKED, {})}
    found = {
        party.id: [said for one in documents if party.id in about(one) and (said := _change(one, party.id, versions))]
        for party in third_parties(session, case_id)
        if str(party.id) in asked_once
    }
    return {party: said for party, said in found.items() if said}


def choose_again(run: CaseExecution, chosen: Iterable[int]) -> list[int]:
    """The parties who are asked again, of those for whom something changed; for the others a worker judged that it shows nothing new.

    Raises NotFound for somebody else.
    """
    changed = changed_for(run.work.session, run.case.id)
    again = sorted(set(chosen))
    if set(again) - set(changed):
        raise NotFound("Voor een van deze derden is er niets veranderd. Laad de pagina opnieuw.")
    mark_asked(run, set(changed))
    run.work.audit(run.case.id, "ask_again", parties=len(again), changed=len(changed))
    return again


def _assessed(session: Session, case_id: int) -> Sequence[DocumentRow]:
    """The accepted documents that belong to no part decision, the redacted versions too."""
    mine = (DocumentRow.case_id == case_id, DocumentRow.state == DocumentState.ACCEPTED, DocumentRow.part_id.is_(None))
    return session.scalars(select(DocumentRow).where(*mine).order_by(*IN_ORDER)).all()


def _now(document: DocumentRow, versions: Mapping[str, DocumentRow]) -> dict[str, Any]:
    version = versions.get(document.id)
    return {"public": (document.assessment or {}).get("public", ""), "version": version.id if version else None}


def _change(document: DocumentRow, party: int, versions: Mapping[str, DocumentRow]) -> str:
    """The sentence on what changed; empty when no more becomes public than when this party was asked."""
    then = (document.assessment or {}).get(ASKED, {}).get(str(party), NEVER)
    now = _now(document, versions)
    name = f"'{document.title}'"
    if HOW_PUBLIC.get(now["public"], 0) > HOW_PUBLIC.get(then["public"], 0):
        before = PUBLIC.get(then["public"], "niet gevraagd").lower()
        return f"{name}: was {before}, wordt {PUBLIC[now['public']].lower()}."
    if now["public"] == Publicity.DEELS and now["version"] != then["version"]:
        return f"{name}: er is een {'nieuwe ' if then['version'] else ''}gelakte versie van na de zienswijze."
    return ""
