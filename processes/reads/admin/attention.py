"""The administrator's list: stuck cases, outgoing work that fails, refused mails, late timers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, exists, literal_column, not_, or_, select, union
from sqlalchemy.orm import Session

from processes.access.clearance import of_no_case_or_within, within_clearance
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.reads.mail_answers import count_to_read
from processes.reads.opening import reading
from processes.reads.refused_mail import RefusedMail, refused_mails
from processes.storage.late_work import oldest_post, outbox_is_late, timer_is_late
from processes.storage.restored import read_restored
from processes.storage.returned_share import ReturnedShare, returned_share
from processes.storage.services import Services
from processes.storage.tables import Case, Instance, MailboxRow, OutboxRow
from processes.storage.unread_documents import unread_documents
from processes.storage.words import InstancePhase, MailboxPurpose, OutboxKind

MOST: Final = 100  # lines of one kind on the page; the count goes on
POST_DAYS: Final = 3  # post that lies longer may cost somebody a term
KINDS: Final[Mapping[str, str]] = {  # of every kind in processes.jobs.outbox_kinds, which a test compares
    OutboxKind.MAIL: "E-mail versturen",
    OutboxKind.MAILBOX_CODE: "Code naar het postvak van een afdeling mailen",
    OutboxKind.LETTER: "Brief maken",
    OutboxKind.INVENTORY: "Inventarislijst maken",
    OutboxKind.FILED: "Document maken van wat is ingestuurd",
    OutboxKind.TELL: "Een bericht doorgeven aan een andere zaak",
    OutboxKind.FORGET_BLOB: "Bestand opruimen",
    OutboxKind.DESTROY: "Dossier vernietigen",
    OutboxKind.GROUP_HEARING: "De hoorzitting plannen van een zaak in een groep",
    OutboxKind.HIDDEN_HEARING: "De partijen van een zaak vertellen dat hun zitting verandert of vervalt",
    OutboxKind.JOINED: "Dezelfde stap doen in een zaak die samen wordt behandeld",
    OutboxKind.PERSON_PACKAGE: "Gegevens van één persoon verzamelen",
    OutboxKind.BUNDLE: "Een dossier als PDF of zip maken",
    OutboxKind.LAW: "Termijnen opnieuw uitrekenen na een wijziging van de wet",
    OutboxKind.MOVE: "Lopende zaken verplaatsen naar een nieuwe versie",
    OutboxKind.ASSEMBLE: "Een groot bestand samenstellen uit zijn delen",
    OutboxKind.SCAN: "Een bestand op virussen controleren",
    OutboxKind.WORDS: "Lezen wat er in documenten staat, voor het zoeken",
    OutboxKind.HIDDEN: "Zoeken wat het oog niet ziet in een document",
    OutboxKind.SHOW: "Een document op het portaal tonen",
    OutboxKind.MAILBOX: "Kijken of er mail terugkwam of binnenkwam",
    OutboxKind.REHEARSE: "Repetities van een zaaktype spelen",
    OutboxKind.WIPE: "Resten van een verwijderd document wissen",
    OutboxKind.RETRY: "Zaken opnieuw laten proberen na een nieuwe versie van een proces",
}
MAILBOXES: Final[Mapping[str, str]] = {
    MailboxPurpose.RETURNED: "Mail die terugkomt", MailboxPurpose.POST: "Mail voor de postkamer"
}  # fmt: skip
NEW_UNREADABLE: Final = (
    "Er kan geen nieuwe zaak mee beginnen. Neem het zaaktype opnieuw in gebruik, en haal voor lopende zaken deze versie "
    "terug uit een back-up."
)
OLD_UNREADABLE: Final = "Lopende zaken met deze versie staan stil. Haal de versie terug uit een back-up."
LAW_UNREADABLE: Final = "Deze wijziging telt niet mee. Sla haar opnieuw op bij Wettelijke termijnen."
CAUSES: Final = {
    "MailDelayed": "De mailserver antwoordt niet of neemt nu geen mail aan.",
    "MailHeld": "Alle mail wacht sinds een back-up is teruggezet. Kies op de pagina Herstel wat er weg mag.",
    "Busy": "De database of de bestandsopslag was niet bereikbaar.",
    "NoRoom": "De schijf is vol.",
    "ScannerTrouble": "De viruscontrole lukt niet. Tot dat wel lukt, kan niemand dit bestand openen.",
    "NotScannedYet": "Een bestand dat nodig is, wacht nog op de viruscontrole.",
    "NotFound": "Iets wat nodig is, is er niet meer.",
}


@dataclass(frozen=True, slots=True)
class StuckCase:
    number: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class FailedWork:
    """`reason` in plain words, `said` what the program itself said."""

    id: int
    what: str
    case_number: str | None
    attempts: int
    reason: str
    said: str
    next_try: datetime


@dataclass(frozen=True, slots=True)
class LateTimer:
    case_number: str
    process: str
    due: datetime


@dataclass(frozen=True, slots=True)
class SilentMailbox:
    """A mailbox that cannot be read: `said` why, with what to do; `since` in real time."""

    what: str
    said: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something of the installation that cannot be read and is left out: `what` names it, `todo` says what to do now."""

    what: str
    todo: str


@dataclass(frozen=True, slots=True)
class Attention:
    """The first MOST of each; `more` says that there are others."""

    stuck: tuple[StuckCase, ...]
    work: tuple[FailedWork, ...]
    mails: tuple[RefusedMail, ...]
    timers: tuple[LateTimer, ...]
    unreadable: tuple[Unreadable, ...]
    more: bool
    mailboxes: tuple[SilentMailbox, ...]
    answers: int  # that somebody has to read
    mail_held: bool  # since a backup was put back no mail leaves
    returned: ReturnedShare | None  # when much of our mail comes back
    unread: int = 0  # documents whose words nobody finds yet, at most one more than is counted
    post_since: date | None = None  # when the oldest post was received, once nobody handled it for POST_DAYS
    hidden: bool = False  # something waits in cases above the clearance of the reader

    @property
    def nothing(self) -> bool:
        return not (
            self.mail_held
            or self.hidden
            or self.post_since
            or self.returned
            or self.mailboxes
            or self.answers
            or self.stuck
            or self.work
            or self.mails
            or self.timers
            or self.unreadable
        )


def read_attention(services: Services, actor: Actor) -> Attention:
    """Raises NotAllowed for anybody but an administrator."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        found: list[Sequence[Any]] = [
            _stuck(session, actor), _work(session, actor), refused_mails(session, actor, MOST + 1), _timers(session, actor, now)
        ]  # fmt: skip
        hidden = _hidden(session, actor, now)
        mailboxes, answers = tuple(_mailboxes(session)), count_to_read(session, actor)
        unreadable, restored = tuple(_unreadable(services, session)), read_restored(session)
        returned, unread = returned_share(session, now), unread_documents(session)
        post = session.scalar(oldest_post())
    stuck, work, mails, timers = (tuple(lines[:MOST]) for lines in found)
    return Attention(
        stuck, work, mails, timers, unreadable, more=any(len(lines) > MOST for lines in found),
        mailboxes=mailboxes, answers=answers, mail_held=restored is not None and restored.mail_held,
        returned=returned if returned.is_much else None, unread=unread, hidden=hidden,
        post_since=post if post and (local_date(now) - post).days >= POST_DAYS else None,
    )  # fmt: skip


def _mailboxes(session: Session) -> Iterator[SilentMailbox]:
    failing = select(MailboxRow).where(MailboxRow.failure.is_not(None)).order_by(MailboxRow.purpose)
    for row in session.scalars(failing):
        yield SilentMailbox(
            MAILBOXES.get(row.purpose, row.purpose), row.failure or "", row.failing_since or row.looked_at
        )


def _unreadable(services: Services, session: Session) -> Iterator[Unreadable]:
    for version in services.models.unreadable(session):
        what = f"{version.title}, versie {version.version}"
        yield Unreadable(what, NEW_UNREADABLE if version.newest else OLD_UNREADABLE)
    for law in services.law.unreadable(session):
        yield Unreadable(f"Wettelijke termijnen, {law.in_words}", LAW_UNREADABLE)


def _hidden(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether a case that is stuck or late is above the clearance of the reader: somebody else has to look."""
    stuck = exists().where(Case.id.in_(_stuck_ids()), not_(within_clearance(actor)))
    late = exists().where(timer_is_late(now), not_(within_clearance(actor, Instance.case_id)))
    mine = of_no_case_or_within(actor, OutboxRow.case_id)
    work = exists().where(OutboxRow.done_at.is_(None), _waits_too_long(), not_(mine))
    return bool(session.scalar(select(or_(stuck, late, work))))


def _stuck_ids() -> CompoundSelect[int]:
    """Together, not as an OR, and with the word in the text: so each is read from its own small index."""
    parked = select(Instance.case_id).where(Instance.phase == literal_column(f"'{InstancePhase.STUCK}'"))
    return union(select(Case.id).where(Case.alarm.is_not(None)), parked)


def _stuck(session: Session, actor: Actor) -> list[StuckCase]:
    mine = (Case.id.in_(_stuck_ids()), within_clearance(actor))
    wanted = select(Case).where(*mine).order_by(Case.id).limit(MOST + 1)
    return [StuckCase(case.number, case.title, case.alarm or _why(session, case)) for case in session.scalars(wanted)]


def _why(session: Session, case: Case) -> str:
    stuck = select(Instance.error).where(Instance.case_id == case.id, Instance.phase == InstancePhase.STUCK).limit(1)
    return session.scalar(stuck) or "Het proces van deze zaak staat stil."


def _waits_too_long() -> ColumnElement[bool]:
    return or_(OutboxRow.error.is_not(None), outbox_is_late())


def _work(session: Session, actor: Actor) -> list[FailedWork]:
    wanted = (
        select(OutboxRow, Case.number)
        .outerjoin(Case, Case.id == OutboxRow.case_id)
        .where(OutboxRow.done_at.is_(None), _waits_too_long(), of_no_case_or_within(actor, OutboxRow.case_id))
        .order_by(OutboxRow.id)
        .limit(MOST + 1)
    )
    return [_failed(row, number) for row, number in session.execute(wanted)]


def _failed(row: OutboxRow, number: str | None) -> FailedWork:
    kind, _, said = (row.error or "").partition(": ")
    waits = "Dit werk wacht al langer dan tien minuten. Draait er een werkproces (zaakspoor worker)?"
    reason = CAUSES.get(kind, "Het programma liep vast op dit werk.") if row.error else waits
    return FailedWork(row.id, KINDS.get(row.kind, "Ander werk"), number, row.attempts, reason, said, row.not_before)


def _timers(session: Session, actor: Actor, now: datetime) -> list[LateTimer]:
    wanted = select(Case.number, Instance.process, Instance.next_due).join(Case, Case.id == Instance.case_id)
    rows = session.execute(
        wanted.where(timer_is_late(now), within_clearance(actor)).order_by(Instance.next_due).limit(MOST + 1)
    )
    return [LateTimer(number, process, due) for number, process, due in rows if due is not None]
