"""To whom a document went without being fetched: who brought it in, was given it, got it as a letter or a mail about it (T11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.execution.document_parts import receivers_of
from processes.execution.forms import departments
from processes.reads.workbench.words import named
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, Party, RemovalRow

HOW: Final[Mapping[str, str]] = {
    "brought": "Voegde het toe",
    "given": "Kreeg het te lezen",
    "letter": "Kreeg het als brief",
    "mail": "Kreeg er een e-mail over",
}


@dataclass(frozen=True, slots=True)
class SpreadLine:
    """One person who had the document before them: when, who, how, and from which address if that is known."""

    at: datetime
    who: str
    how: str
    address: str = ""


def removal_of(session: Session, document_id: str) -> RemovalRow | None:
    """The proposal to take it away that waits or was carried out; one that was withdrawn counts no longer."""
    mine = select(RemovalRow).where(RemovalRow.document_id == document_id, RemovalRow.withdrawn_at.is_(None))
    return session.scalar(mine.order_by(RemovalRow.id.desc()).limit(1))


def spread_of(
    session: Session, services: Services, case: Case, document: DocumentRow, removal: RemovalRow | None
) -> list[SpreadLine]:
    """Everybody to whom it went, oldest first; of a document that was taken away as it was then.

    A confidential party has no name here.
    """
    told = removal.seen if removal and removal.seen else receivers_of(session, document)
    model = services.models.version(session, case.model_version_id).model
    parties = {
        party.id: named(party, model, [party.id] if party.confidential else ())
        for party in session.scalars(select(Party).where(Party.case_id == case.id))
    }
    names = dict(departments(session))
    lines = [SpreadLine(_moment(one["at"]), _name(one, parties, names), HOW[one["how"]]) for one in told]
    return sorted(lines, key=lambda line: line.at)


def _name(one: Mapping[str, Any], parties: Mapping[int, str], names: Mapping[str, str]) -> str:
    if "party" in one:
        return parties.get(one["party"], "Iemand die niet meer bij de zaak hoort")
    return names.get(one["department"], one["department"]) if "department" in one else str(one["name"])


def _moment(text: str) -> datetime:
    """A day, as a letter has, is its beginning."""
    if len(text) == len("2026-01-01"):
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    return datetime.fromisoformat(text)
