"""Enclosures of a formal notice: the documents that go along with it, in its PDF or, when they cannot be joined, beside it.

A notice keeps them as `[{"document": id, "title": text, "reference": text, "joined": bool}]`, in the order of the drawing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import Audience, FixedRole, Recipient
from processes.access.visibility import SHOWN, seen_from
from processes.base.pdf_joining import JOINABLE, MOST_BYTES
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import deciding
from processes.execution.inspecting import is_withheld
from processes.execution.parts import in_part
from processes.storage.document_versions import IN_ORDER
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, Instance, NoticeRow, Party, TaskRow
from processes.storage.words import DocumentState, PostChannel

Enclosure = dict[str, Any]
NOT_ALONG: Final = "'{title}' ({reference}) gaat niet mee: {name} mag dit stuk niet hebben."
TO_ALL: Final = frozenset({Recipient.PARTIES, Recipient.INITIATOR, Recipient.ITEM})


def enclosures_for(
    run: CaseExecution, types: Sequence[str], to: str, party: Party, instance: Instance | None = None
) -> list[Enclosure]:
    """The documents that go along to this reader (`enclosable`), which are shown on the portal to whom they are meant for."""
    return list(recorded(shown_along(enclosable(run, types, to, party, instance)), run.root.model))


def shown_along(rows: Sequence[DocumentRow]) -> Sequence[DocumentRow]:
    """Documents that go along with a letter: from now on they are on the portal too, for whom they are meant."""
    for row in rows:
        row.on_portal = row.on_portal or row.audience != Audience.NONE
    return rows


def chosen_for(run: CaseExecution, rows: Sequence[DocumentRow], party: Party) -> list[DocumentRow]:
    """Those of the documents that somebody chose to go along that this reader may have (`enclosable`), in the order of choice."""
    types = tuple(dict.fromkeys(row.type for row in rows))
    allowed = {row.id for row in enclosable(run, types, Recipient.ITEM, party)}
    return [row for row in rows if row.id in allowed]


def not_for(run: CaseExecution, rows: Sequence[DocumentRow], party: Party) -> list[str]:
    """A sentence for each of these documents that this reader may not have."""
    allowed = {row.id for row in chosen_for(run, rows, party)}
    name = "Een betrokkene" if party.confidential else party.name
    return [
        NOT_ALONG.format(title=row.title, reference=row.reference, name=name) for row in rows if row.id not in allowed
    ]


def enclosable(
    run: CaseExecution, types: Sequence[str], to: str, party: Party, instance: Instance | None = None
) -> list[DocumentRow]:
    """The accepted documents of these types that this reader may have.

    Never what is more confidential than the case file, but for a type so confidential that the drawing names for a court or
    another organisation (Awb 8:29); never the original of a redacted version, never a letter, never a draft
    that was sent back, and never another's paper that is kept back from the inspection. Of a filing with contact details the whole
    version goes to whose it is, and to the organisation that takes the case over (Awb 6:15); to others the one without. With a
    letter of a process (`instance`) that takes a part decision go the documents of that part, with every other letter those of no part.
    """
    if not types:
        return []
    session, case_id = run.work.session, run.case.id
    part = run.part(instance) if instance else None
    query = select(DocumentRow).where(
        in_part(part),
        DocumentRow.case_id == case_id,
        DocumentRow.type.in_(types),
        DocumentRow.state == DocumentState.ACCEPTED,
        or_(DocumentRow.confidentiality.in_(SHOWN), DocumentRow.type.in_(_secret_types(run.root.model, types, party))),
        DocumentRow.id.not_in(select(NoticeRow.document_id).where(NoticeRow.case_id == case_id, NoticeRow.document_id.is_not(None))),
        or_(
            DocumentRow.personal,
            DocumentRow.id.not_in(select(DocumentRow.redacts).where(DocumentRow.case_id == case_id, DocumentRow.redacts.is_not(None))),
        ),
    )  # fmt: skip
    rows = _without_drafts(run, instance if part else None, session.scalars(query.order_by(*IN_ORDER)).all())
    rows.sort(key=lambda row: types.index(row.type))
    represented = set(session.scalars(seen_from(case_id, party.id))) - {party.id}
    filing = party.filing or bool(
        represented and session.scalar(select(Party.id).where(Party.id.in_(represented), Party.filing).limit(1))
    )
    rows = _versions(rows, party, {party.id, *represented})
    named = to not in TO_ALL  # the drawing means this very role, such as the court
    return [row for row in rows if _may_have(row, party, {party.id, *represented}, filing=filing, named=named)]


def _secret_types(model: Model, types: Sequence[str], party: Party) -> list[str]:
    """The types above `zaakvertrouwelijk` that may go to this reader: none, but for an organisation that is no side in the case."""
    people = {*model.initiators(), FixedRole.REPRESENTATIVE, FixedRole.THIRD_PARTY}
    drawn = {role.party for role in model.roles.values()}
    if party.role in people | drawn or party.filing or party.confidential or party.channel != PostChannel.POST:
        return []
    return [
        one for one in types if one in model.document_types and model.document_types[one].confidentiality not in SHOWN
    ]


def _without_drafts(run: CaseExecution, instance: Instance | None, rows: Sequence[DocumentRow]) -> list[DocumentRow]:
    """Without what an earlier turn of the task that writes the decision brought, where its last turn brought another one."""
    model = run.work.deployed(instance.model_version_id).model if instance else run.root.model
    writing = deciding(model).not_same_as
    if writing is None or len(rows) < 2:  # noqa: PLR2004 - one document is no other one's draft
        return list(rows)
    turns = select(TaskRow.done_at).where(TaskRow.case_id == run.case.id, TaskRow.element == writing)
    if instance:
        turns = turns.where(TaskRow.instance_id == instance.id)
    done = [at for at in run.work.session.scalars(turns.order_by(TaskRow.done_at)) if at is not None]
    newest = {row.type for row in rows if done and row.added_at == done[-1]}
    return [row for row in rows if row.type not in newest or row.added_at not in done[:-1]]


def _versions(rows: Sequence[DocumentRow], party: Party, viewpoints: set[int]) -> list[DocumentRow]:
    """The documents, with one version of each that holds contact details: the one that this reader gets."""
    takes_over = party.role == FixedRole.OTHER_BODY
    personal = {row.id: takes_over or row.party_id in viewpoints for row in rows if row.personal}
    return [row for row in rows if personal.get(row.id, not personal.get(row.redacts or "", False))]


def _may_have(row: DocumentRow, party: Party, viewpoints: set[int], *, filing: bool, named: bool) -> bool:
    if party.channel == PostChannel.LINK or party.confidential:
        return any(given.get("party") == party.id for given in row.to_departments)
    kept_back = is_withheld(row) and row.party_id not in viewpoints
    if party.role == FixedRole.OTHER_BODY or row.audience == Audience.NONE or kept_back:
        return named
    if row.audience == Audience.OWN:
        return row.party_id in viewpoints
    return row.audience == Audience.PARTIES or filing


def recorded(rows: Sequence[DocumentRow], model: Model) -> Iterator[Enclosure]:
    """The enclosures of a notice that these documents go along with, in this order."""
    room = MOST_BYTES
    for row in rows:
        kind = model.document_types.get(row.type)
        title = f"{kind.name}: {row.title}" if kind and kind.name != row.title else row.title
        joined = row.media_type in JOINABLE and not row.locked and row.size <= room
        room -= row.size if joined else 0
        yield {"document": row.id, "title": title, "reference": row.reference, "joined": joined}


def files_of(
    services: Services, session: Session, enclosures: Sequence[Enclosure]
) -> list[tuple[str, str, str | None]]:
    """Media type, blob and key of each enclosure that is to be joined, in order. One that is gone is left out, and no longer joined."""
    found: list[tuple[str, str, str | None]] = []
    for one in enclosures:
        row = session.get(DocumentRow, one["document"]) if one["joined"] and one["document"] else None
        if row is not None and row.blob and services.files.exists(row.blob):
            found.append((row.media_type, row.blob, row.file_key))
        else:
            one["joined"] = False
    return found


def not_joined(enclosures: Sequence[Enclosure], pages: Sequence[int | None]) -> list[Enclosure]:
    """The enclosures, with those that were to be joined and could not be (`pages` None) as they now go: beside the letter."""
    told = iter(pages)
    return [{**one, "joined": bool(one["joined"] and next(told))} for one in enclosures]


def in_words(one: Mapping[str, Any], channel: str) -> str:
    """One enclosure as the list of a letter names it, with where it is when it is not in the letter itself."""
    name = f"{one['title']} ({one['reference']})"
    if one["joined"] or one["document"] is None:
        return name
    return f"{name}. {BESIDE.get(channel, BESIDE[PostChannel.POST])}"


BESIDE: Final[Mapping[str, str]] = {
    PostChannel.PORTAL: "Dit stuk staat bij Documenten op het portaal.",
    PostChannel.LINK: "Dit stuk staat achter uw eigen link.",
    PostChannel.POST: "Dit stuk gaat los mee met deze brief.",
}
