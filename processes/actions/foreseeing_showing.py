"""Foresees who would see what when documents are shown on the portal: everything is carried out, looked at through the one rule of visibility, and undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from processes.access.staff_scope import kept_from
from processes.access.visibility import documents_of, seen_from, shown_case, viewpoints_of
from processes.actions.foreseeing import SOMEBODY
from processes.actions.showing import locked_together, may_be_shown, show_at_once
from processes.base.actor import Actor
from processes.base.errors import NotNow
from processes.execution.unit_of_work import UnitOfWork, foresee
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, MailRow, Party, PersonProfile

ELSEWHERE = "Deze zaak staat niet op het portaal."
NO_SIGN_IN = "Kan niet inloggen: van deze betrokkene is geen BSN of KvK-nummer bekend. Stuur het per post."
LATER = "Ziet dit zodra de zaak is gepubliceerd."
NOT_FOR_THEM = "Ziet dit niet."


@dataclass(frozen=True, slots=True)
class ForeseenDocument:
    """`version` says in words what of it is seen when that is not the whole document."""

    title: str
    reference: str
    version: str


@dataclass(frozen=True, slots=True)
class ForeseenReader:
    """One party: what they would see of these documents, or else why nothing; `mail` is where news goes to, empty when none goes."""

    name: str
    sees: tuple[ForeseenDocument, ...]
    why_not: str
    mail: str


@dataclass(frozen=True, slots=True)
class ForeseenShowing:
    """`documents`: ids and titles of those that can be shown; `refused`: title and reason of those that cannot."""

    documents: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str], ...]
    readers: tuple[ForeseenReader, ...]


def foresee_showing(services: Services, actor: Actor, documents: Sequence[str]) -> ForeseenShowing:
    """Raises NotFound, and Invalid without a document."""
    return foresee(services, actor, lambda work: _look(work, actor, documents))


def _look(work: UnitOfWork, actor: Actor, documents: Sequence[str]) -> ForeseenShowing:
    rows, case = locked_together(work, documents)
    refused = {row.id: why for row in rows if (why := _why_not(row))}
    shown = [row for row in rows if row.id not in refused]
    for row in shown:
        row.on_portal, row.shows_at = False, None
    last = work.session.scalar(select(func.max(MailRow.id))) or 0
    before = {party.id: _seen(work, case, party) for party in _parties(work, case)}
    show_at_once(work, case, shown, "foreseen")
    work.session.flush()
    mails = set(work.session.scalars(select(MailRow.recipient).where(MailRow.id > last)))
    kept = kept_from(work.session, actor, case)
    readers = tuple(
        _reader(work, case, party, before[party.id], mails, hidden=party.id in kept) for party in _parties(work, case)
    )
    return ForeseenShowing(
        tuple((row.id, row.title) for row in shown),
        tuple((row.title, refused[row.id]) for row in rows if row.id in refused),
        readers,
    )


def _why_not(row: DocumentRow) -> str:
    try:
        may_be_shown(row)
    except NotNow as error:
        return str(error)
    return "" if not row.is_shown else "Staat al op het portaal."


def _parties(work: UnitOfWork, case: Case) -> Sequence[Party]:
    here = select(Party).where(Party.case_id == case.id, Party.left_on.is_(None)).order_by(Party.id)
    return work.session.scalars(here).all()


def _seen(work: UnitOfWork, case: Case, party: Party) -> dict[str, DocumentRow]:
    if party.identity_index is None:
        return {}
    # of who reads under a mandate, as the representative that this party is
    which = seen_from(case.id, party.id) if party.by_mandate else viewpoints_of(party.identity_index, case.id)
    viewpoints = work.session.scalars(which).all()
    return {row.id: row for row in work.session.scalars(documents_of(case, viewpoints))}


def _reader(
    work: UnitOfWork, case: Case, party: Party, before: dict[str, DocumentRow], mails: set[str], *, hidden: bool
) -> ForeseenReader:
    new = [row for id_, row in _seen(work, case, party).items() if id_ not in before]
    on_portal = shown_case(case, work.deployed(case.model_version_id).model)
    sees = tuple(ForeseenDocument(row.title, row.reference, _version(row)) for row in new) if on_portal else ()
    mail = "" if hidden else next((one for one in _addresses(work, party) if one in mails), "")
    return ForeseenReader(
        SOMEBODY if hidden else party.name, sees, "" if sees else _nothing(case, party, on_portal=on_portal), mail
    )


def _version(row: DocumentRow) -> str:
    if row.redacts:
        return "de versie voor anderen"
    return f"versie {row.version}" if row.version else ""


def _nothing(case: Case, party: Party, *, on_portal: bool) -> str:
    if not on_portal:
        return ELSEWHERE
    if party.identity_index is None:
        return NO_SIGN_IN
    return LATER if case.published_at is None else NOT_FOR_THEM


def _addresses(work: UnitOfWork, party: Party) -> list[str]:
    found = select(PersonProfile.email).where(PersonProfile.identity_index == party.identity_index)
    return [one for one in work.session.scalars(found) if one]
