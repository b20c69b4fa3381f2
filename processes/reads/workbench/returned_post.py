"""Letters of ours that may have come back: found by the reference that is printed on them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from processes.access.staff_scope import kept_from, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.reads.opening import reading
from processes.reads.workbench.post_room import only_post_room
from processes.reads.workbench.words import named
from processes.storage.services import Services
from processes.storage.tables import Case, DocumentRow, NoticeRow, Party
from processes.storage.words import PostChannel

REFERENCE: Final = re.compile(r"(?P<case>[A-Za-z]{2,10}-\d{4}-\d{6,9})(?:-D\d+.*)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that went by post. `returned_on`: it came back already."""

    id: int
    number: str
    reference: str
    subject: str
    recipient: str
    sent_on: date
    returned_on: date | None


@dataclass(frozen=True, slots=True)
class ReturnedPage:
    """`understood`: what was asked looks like a reference."""

    asked: str
    understood: bool
    letters: tuple[SentLetter, ...]
    today: date


def read_returned(services: Services, actor: Actor, asked: str) -> ReturnedPage:
    """The letter with this reference, or every letter of the case with this number. Raises NotAllowed for who does not handle cases."""
    only_post_room(actor)
    found = REFERENCE.fullmatch(asked.replace(" ", ""))
    with reading(services) as (session, now):
        today = local_date(now)
        number = found["case"].upper() if found else ""
        case = session.scalar(select(Case).where(Case.number == number, seen_cases(actor))) if found else None
        if found is None or case is None:
            return ReturnedPage(asked, found is not None, (), today)
        wanted = (
            select(NoticeRow, DocumentRow.reference, Party)
            .join(DocumentRow, DocumentRow.id == NoticeRow.document_id)
            .join(Party, Party.id == NoticeRow.party_id)
            .where(NoticeRow.case_id == case.id, NoticeRow.channel == PostChannel.POST, NoticeRow.sent_on.is_not(None))
            .order_by(NoticeRow.id.desc())
        )
        kept, model = kept_from(session, actor, case), services.models.version(session, case.model_version_id).model
        lines = tuple(
            SentLetter(
                row.id,
                case.number,
                reference,
                row.subject,
                named(party, model, kept),
                row.sent_on or today,
                row.returned_on,
            )
            for row, reference, party in session.execute(wanted)
        )
    whole = found[0].upper()
    exact = tuple(line for line in lines if line.reference.upper() == whole)
    return ReturnedPage(asked, True, exact or (lines if whole == number else ()), today)
