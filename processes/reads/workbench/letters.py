"""Brieven of a case: every formal notice, by which way it went, when it was sent, and its PDF; and mails that were refused."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from engine import Model
from processes.access.kept_addresses import addresses_of
from processes.access.links import LINK_SHOWN, MARKER
from processes.access.staff_scope import handled_case, kept_from
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.reads.mail_answers import AnswerLine, answers_in_case
from processes.reads.opening import reading
from processes.reads.refused_mail import KEPT, RefusedMail, refused_in_case
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.letter_drafts import LetterDraftLine, drafts_in
from processes.reads.workbench.words import PARTY_CHANNELS, named
from processes.storage.services import Services
from processes.storage.tables import Case, MailRow, NoticeRow, Party
from processes.storage.words import PostChannel


@dataclass(frozen=True, slots=True)
class EnclosureLine:
    """A document that goes along with a letter. `joined`: it is in the letter itself; `document` is None once it was erased."""

    title: str
    reference: str
    document: str | None
    joined: bool


def enclosure_lines(row: NoticeRow) -> tuple[EnclosureLine, ...]:
    """The enclosures of one notice, in the order of its list."""
    kept = row.enclosures or ()
    return tuple(EnclosureLine(one["title"], one["reference"], one["document"], one["joined"]) for one in kept)


@dataclass(frozen=True, slots=True)
class WorkerLetterLine:
    """`document` is None until the PDF is made; `waits` asks a worker to print and send it. `hidden`: it would tell who
    a confidential party is, to a reader who does not work on the case. `reasons`: why it is held, none when it is not.
    """

    id: int
    subject: str
    recipient: str
    channel: str
    made_on: date
    sent_on: date | None
    document: str | None
    waits: bool
    body: str
    hidden: bool
    stopped: str = ""  # why it will not be sent any more
    envelope: str = ""  # a secret address: it stands on no document, so somebody writes it on the envelope
    enclosures: tuple[EnclosureLine, ...] = ()
    reasons: tuple[str, ...] = ()
    returned_on: date | None = None  # by post: it came back
    translation: str = ""  # that goes with it, empty without one


@dataclass(frozen=True, slots=True)
class HeldMailLine:
    """A mail that is held. `text` is what it would say, empty when it would tell this reader who a confidential party is."""

    id: int
    recipient: str
    subject: str
    made_on: date
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LettersPage:
    head: Head
    today: date
    letters: tuple[WorkerLetterLine, ...]
    refused: tuple[RefusedMail, ...]
    held: tuple[HeldMailLine, ...]
    answers: tuple[AnswerLine, ...]
    drafts: tuple[LetterDraftLine, ...]


def read_letters(services: Services, actor: Actor, number: str) -> LettersPage:
    """Raises NotFound, or NotAllowed for the committee."""
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        kept = kept_from(session, actor, case)
        query = (
            select(NoticeRow, Party)
            .join(Party, Party.id == NoticeRow.party_id)
            .where(NoticeRow.case_id == case.id)
            .order_by(NoticeRow.id.desc())
        )
        rows = session.execute(
            query.where(or_(NoticeRow.letter_id.is_(None), NoticeRow.held.is_(None), NoticeRow.stopped.is_not(None)))
        )
        letters = [_line(row, party, model, kept) for row, party in rows]
        drafts = drafts_in(session, case, lambda party: named(party, model, kept))
        refused = refused_in_case(session, case, kept)
        held = _held_mails(session, case, kept)
        answers = tuple(answers_in_case(session, case, kept))
        head = head_of(session, services, actor, case, now)
        return LettersPage(head, local_date(now), tuple(letters), tuple(refused), held, answers, drafts)


def _line(row: NoticeRow, party: Party, model: Model, kept: Collection[int]) -> WorkerLetterLine:
    hidden = party.id in kept
    return WorkerLetterLine(
        id=row.id, subject=row.subject, recipient=named(party, model, kept),
        channel=PARTY_CHANNELS.get(row.channel, row.channel), made_on=local_date(row.created_at), sent_on=row.sent_on,
        document=None if hidden else row.document_id, waits=row.channel == PostChannel.POST and row.sent_on is None and not row.stopped and row.held is None,
        stopped=row.stopped or "", envelope=(party.address or "") if party.secret_address and not hidden else "",
        body="" if hidden else row.body, hidden=hidden, enclosures=() if hidden else enclosure_lines(row),
        reasons=() if row.stopped else tuple((row.held or {}).get("reasons", ())), returned_on=row.returned_on,
        translation="" if hidden or not row.translation else row.translation["body"],
    )  # fmt: skip


def _held_mails(session: Session, case: Case, kept: Collection[int]) -> tuple[HeldMailLine, ...]:
    secret = addresses_of(session, kept)
    found = (
        select(MailRow)
        .where(MailRow.case_id == case.id, MailRow.held.is_not(None), MailRow.error.is_(None))
        .order_by(MailRow.id)
    )
    return tuple(_held_mail(row, hidden=row.recipient in secret) for row in session.scalars(found))


def _held_mail(row: MailRow, *, hidden: bool) -> HeldMailLine:
    text = "" if hidden else MARKER.sub(LINK_SHOWN, row.body)
    reasons = tuple((row.held or {}).get("reasons", ()))
    recipient = KEPT if hidden else row.recipient
    return HeldMailLine(row.id, recipient, row.subject, local_date(row.created_at), text, reasons)
