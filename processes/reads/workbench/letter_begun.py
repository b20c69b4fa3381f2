"""Everything that a handler chooses from to begin a letter (W9): who can get it, texts to begin with, and documents that can go along."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.staff_scope import handled_case, kept_from
from processes.access.visibility import SHOWN
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.dated import letter_rule_on
from processes.post.channels import channel_for
from processes.post.recipients import reader_for
from processes.post.text_blocks import offered
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.letter_drafts import Choices
from processes.reads.workbench.words import PARTY_CHANNELS, named, role_in_words
from processes.storage.document_versions import IN_ORDER, looked_into
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, NoticeRow, Party
from processes.storage.words import DocumentState, PostChannel

NO_ADDRESS: Final = "geen adres bekend"


@dataclass(frozen=True, slots=True)
class BeginLetterPage:
    """`parties`, `texts`, `documents`: ids or codes with their words. `asks`: the case type asks that others agree before it leaves."""

    head: Head
    parties: Choices
    texts: Choices
    documents: Choices
    asks: bool


def read_begin_letter(services: Services, actor: Actor, number: str) -> BeginLetterPage:
    """Raises NotFound, or NotAllowed for the committee."""
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        day = local_date(now)
        return BeginLetterPage(
            head_of(session, services, actor, case, now), tuple(_parties(session, services, actor, case)),
            tuple(offered(shelf, day)), tuple(_documents(session, services, case)),
            bool(letter_rule_on(shelf, day, case.case_type).approve),
        )  # fmt: skip


def _parties(session: Session, services: Services, actor: Actor, case: Case) -> Iterator[tuple[str, str]]:
    """Everybody who is in the case and alive, with the role and the way by which the letter goes."""
    model = services.models.version(session, case.model_version_id).model
    kept = kept_from(session, actor, case)
    rows = {one.id: one for one in session.scalars(select(Party).where(Party.case_id == case.id).order_by(Party.id))}
    for party in rows.values():
        reader = reader_for(party, rows)
        if party.left_on is not None or reader.deceased or {party.id, reader.id} & kept:
            continue
        way = channel_for(case, model, reader)
        by = NO_ADDRESS if way == PostChannel.POST and not reader.address else PARTY_CHANNELS.get(way, way)
        through = f", leest {reader.name}" if reader.id != party.id else ""
        yield str(party.id), f"{named(party, model, kept)}, {role_in_words(party.role, model)} ({by}{through})"


def _documents(session: Session, services: Services, case: Case) -> Iterator[tuple[str, str]]:
    """Accepted documents that some reader may have: no letter, nothing above the case file, no original of a redacted version."""
    of_case = DocumentRow.case_id == case.id
    letters = select(NoticeRow.document_id).where(NoticeRow.case_id == case.id, NoticeRow.document_id.is_not(None))
    redacted = select(DocumentRow.redacts).where(of_case, DocumentRow.redacts.is_not(None))
    found = select(DocumentRow).where(
        of_case, DocumentRow.state == DocumentState.ACCEPTED, DocumentRow.confidentiality.in_(SHOWN), DocumentRow.blob != "",
        DocumentRow.id.not_in(letters), DocumentRow.id.not_in(redacted), looked_into(),
    )  # fmt: skip
    kinds = services.models.version(session, case.model_version_id).model.document_types
    for row in session.scalars(found.order_by(*IN_ORDER)):
        kind = kinds.get(row.type)
        yield row.id, f"{row.reference} {row.title}{f' ({kind.name.lower()})' if kind else ''}"
