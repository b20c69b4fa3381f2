"""How many bytes a person or a link may still put in the store: by day, and in files that wait to be sent.

Every file that comes in gets a row with its owner and size, which counts for a day. Until the file becomes a document, it
also counts as one that waits. Who files without signing in is another owner at each visit: the visits from one address share a total, and so
do all visits.
Real time, as for all that has to do with files without a document.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, delete, exists, func, or_, select, text, update
from sqlalchemy.orm import Session

from processes.base.actor import SYSTEM, Actor, ActorKind
from processes.base.errors import QuotaReached
from processes.base.security_log import VISITS, EventOutcome, SecurityEvent, pseudonym, security_event
from processes.base.settings import Settings
from processes.base.uploads import MEGABYTE, Upload
from processes.base.visitor import network
from processes.storage import file_scans, outbox
from processes.storage.current_settings import current_settings
from processes.storage.rates import RateStorage
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import DocumentRow, DraftRow, LargeUpload, PostFile, UploadRow
from processes.storage.words import LargeUploadState

OF_VISITS: Final = (
    "Er komen nu te veel bestanden binnen van mensen die niet zijn ingelogd. Uw bestanden zijn niet opgeslagen. Stuur het formulier "
    "zonder bestanden, stuur ze morgen, of log in."
)
DAY: Final = timedelta(days=1)
KEPT: Final = timedelta(days=2)  # a row counts for one day; the second is there to look back
LEAST: Final = 4096  # what the smallest file takes of a disk: a million empty files would fill it too
OF_NETWORK: Final = (
    2  # what the visits from one address may bring in a day, counted as the next: a library with some who file
)
VISITORS: Final = 10  # what all visits together may bring in a day, counted in days of one person
KILOBYTE: Final = 1000
LOCK: Final = 7412203  # a number of our own among the advisory locks of a database


@dataclass(slots=True)
class UploadRoom:
    """The bytes that one owner may still bring: `day` of a day's share, `waiting` of what may wait; of a visitor `visits` of what the visits from
    one address, and all visits, may bring in a day. `take` uses them up.
    """

    day: int
    waiting: int
    owner: Actor | None = None
    day_megabytes: int = 0
    waiting_megabytes: int = 0
    visits: int | None = None

    def take(self, size: int) -> None:
        """Raises QuotaReached, with a sentence that says how much may be brought and what to do."""
        self.day -= size
        self.waiting -= size
        if self.day < 0:
            raise self._full(self.day_sentence, "day")
        if self.waiting < 0:
            raise self._full(self.waiting_sentence, "waiting")
        if self.visits is not None:
            self.visits -= size
            if self.visits < 0:
                raise self._full(OF_VISITS, "visits")

    @property
    def day_sentence(self) -> str:
        may = "Via deze link kunt u" if self.owner and self.owner.kind == ActorKind.DEPARTMENT else "U kunt"
        return (
            f"{may} in 24 uur hoogstens {self.day_megabytes} MB aan bestanden sturen. Met deze bestanden wordt dat meer. "
            "Ze zijn niet opgeslagen. Stuur minder of kleinere bestanden, of stuur de rest morgen."
        )

    @property
    def waiting_sentence(self) -> str:
        return (
            f"U mag hoogstens {self.waiting_megabytes} MB aan bestanden hebben klaarstaan die nog niet zijn verstuurd. Met deze "
            "bestanden wordt dat meer. Ze zijn niet opgeslagen. Verstuur eerst wat klaarstaat, of haal daar iets van weg."
        )

    def _full(self, sentence: str, limit: str) -> QuotaReached:
        if self.owner:
            security_event(
                SecurityEvent.LIMIT_REACHED, who=self.owner, outcome=EventOutcome.REFUSED, limit=f"upload_{limit}"
            )
        return QuotaReached(sentence)


def room_of(services: Services, actor: Actor) -> UploadRoom:
    """The bytes that this actor may still bring. Raises Busy."""
    settings = current_settings(services)
    with transaction(services.sessions) as session:
        room = room_in(read_only(session), settings, actor, datetime.now(UTC))
    if room.visits is not None and network():
        brought = RateStorage(services).get(_of_network()) * KILOBYTE
        room.visits = min(room.visits, room.day_megabytes * OF_NETWORK * MEGABYTE - brought)
    return room


def note_uploads(services: Services, actor: Actor, uploads: Sequence[Upload], *, made_here: bool = False) -> None:
    """Write down who brought these files, and have them scanned; not what was made here of a file that was scanned.

    Raises QuotaReached when others came in meanwhile; then nothing is written.
    """
    now, settings = datetime.now(UTC), current_settings(services)
    with transaction(services.sessions) as session:
        alone(session, VISITS if actor.is_visitor else pseudonym(actor))
        room = room_in(session, settings, actor, now)
        for upload in uploads:
            size = max(upload.size, LEAST)
            room.take(size)
            session.add(UploadRow(blob=upload.blob, owner=pseudonym(actor), size=size, at=now))
        told = [] if made_here else file_scans.expect(session, services, uploads)
    if actor.is_visitor and network():
        brought = sum(-(-upload.size // KILOBYTE) for upload in uploads)
        RateStorage(services).incr(_of_network(), int(DAY.total_seconds()), brought)
    outbox.dispatch(services, told)


def let_go(services: Services, uploads: Collection[Upload]) -> None:
    """Throw away files that will not be sent; never what became a document or post after all, in another window."""
    blobs = {upload.blob for upload in uploads}
    if not blobs:
        return
    with transaction(services.sessions) as session:
        for table in (DocumentRow, PostFile):
            blobs -= set(session.scalars(select(table.blob).where(table.blob.in_(blobs))))
        gone = update(UploadRow).where(UploadRow.blob.in_(blobs))
        session.execute(gone.values(gone_at=datetime.now(UTC), settled=True))
    for blob in blobs:
        services.files.delete(blob)


def taken_in(session: Session, blobs: Collection[str]) -> None:
    """These files wait in the post room from now on, which keeps them: the sweep of files that nobody sent leaves them alone."""
    session.execute(update(UploadRow).where(UploadRow.blob.in_(blobs)).values(settled=True))


def arrived(session: Session, services: Services, uploads: Sequence[Upload]) -> list[int]:
    """These files came in by themselves and wait in the post room: the ids of the work that the commit must tell of."""
    now = datetime.now(UTC)
    for upload in uploads:
        session.add(
            UploadRow(blob=upload.blob, owner=pseudonym(SYSTEM), size=max(upload.size, LEAST), at=now, settled=True)
        )
    return file_scans.expect(session, services, uploads)


def still_there(services: Services, blobs: Collection[str]) -> set[str]:
    """The files among these that the store has and that were not given up."""
    if not blobs:
        return set()
    with transaction(services.sessions) as session:
        gone = select(UploadRow.blob).where(UploadRow.blob.in_(blobs), UploadRow.gone_at.is_not(None))
        left = set(blobs).difference(read_only(session).scalars(gone))
    return {blob for blob in left if services.files.exists(blob)}


def waits_in_draft() -> ColumnElement[bool]:
    """A condition on UploadRow: some draft holds the file."""
    return exists().where(DraftRow.id == UploadRow.draft_id)


def waits_whole() -> ColumnElement[bool]:
    """A condition on UploadRow: it came in by pieces, is one file now, and its form did not take it up yet."""
    return exists().where(LargeUpload.blob == UploadRow.blob)


def waits_in_case(case_id: int) -> ColumnElement[bool]:
    """A condition on UploadRow: a draft of this case holds the file."""
    return UploadRow.draft_id.in_(select(DraftRow.id).where(DraftRow.case_id == case_id))


def waits_whole_in_case(case_id: int) -> ColumnElement[bool]:
    """A condition on UploadRow: it came in by pieces for a form of this case."""
    mine = select(LargeUpload.blob).where(LargeUpload.case_id == case_id, LargeUpload.blob.is_not(None))
    return UploadRow.blob.in_(mine)


def waits() -> ColumnElement[bool]:
    """A condition on UploadRow, as its index has it: nobody has settled yet what becomes of the file."""
    return ~UploadRow.settled


def is_document() -> ColumnElement[bool]:
    """A condition on UploadRow: the file became a document."""
    return exists().where(DocumentRow.blob == UploadRow.blob)


def forget_old_rows(session: Session, now: datetime) -> None:
    """Delete rows of files that wait no longer and count for no limit any more."""
    old = and_(UploadRow.at < now - KEPT, UploadRow.settled)
    file_scans.forget_unfiled(session, old)
    session.execute(delete(UploadRow).where(old))


def room_in(session: Session, settings: Settings, actor: Actor, now: datetime) -> UploadRoom:
    """The bytes that this actor may still bring, in a transaction that is open. A large file counts whole from its beginning."""
    of_day = case((UploadRow.at > now - DAY, UploadRow.size), else_=0)
    unsent = and_(waits(), UploadRow.gone_at.is_(None), ~is_document())
    waiting = case((unsent, UploadRow.size), else_=0)
    mine = select(func.coalesce(func.sum(of_day), 0), func.coalesce(func.sum(waiting), 0)).where(
        UploadRow.owner == pseudonym(actor), or_(UploadRow.at > now - DAY, unsent)
    )
    day_used, waiting_used = session.execute(mine).one()
    day_coming, waiting_coming = session.execute(_of_large_files(pseudonym(actor), now)).one()
    day, held = _megabytes(settings, actor)
    day_left = day * MEGABYTE - int(day_used) - int(day_coming)
    visits = day * VISITORS * MEGABYTE - _of_visits(session, now) if actor.is_visitor else None
    return UploadRoom(day_left, held * MEGABYTE - int(waiting_used) - int(waiting_coming), actor, day, held, visits)


def _of_network() -> str:
    """The count of what the visits from this address brought, which is counted as `limits` counts: in a window of a day, by a digest, in kilobytes."""
    return f"uploads:{network()}"


def _of_visits(session: Session, now: datetime) -> int:
    """The bytes that came in a day from all who did not sign in. They send no large files by pieces."""
    brought = select(func.coalesce(func.sum(UploadRow.size), 0))
    return int(
        session.scalar(brought.where(UploadRow.at > now - DAY, UploadRow.owner.startswith(VISITS, autoescape=True)))
        or 0
    )


def _of_large_files(owner: str, now: datetime) -> Select[Any]:
    """The share that large files take of a day and of what may wait, until they are one: then they have a row as other files."""
    coming = LargeUpload.state.in_((LargeUploadState.RECEIVING, LargeUploadState.ASSEMBLING))
    took = case((coming, LargeUpload.size), else_=LargeUpload.received)
    of_day = case((LargeUpload.at > now - DAY, took), else_=0)
    waiting = case((coming, LargeUpload.size), else_=0)
    counts = and_(LargeUpload.state != LargeUploadState.READY, or_(LargeUpload.at > now - DAY, coming))
    return select(func.coalesce(func.sum(of_day), 0), func.coalesce(func.sum(waiting), 0)).where(
        LargeUpload.owner == owner, counts
    )


def _megabytes(settings: Settings, actor: Actor) -> tuple[int, int]:
    if actor.kind == ActorKind.STAFF:
        return settings.staff_day_megabytes, settings.staff_waiting_megabytes
    if actor.kind == ActorKind.DEPARTMENT:
        return settings.link_day_megabytes, settings.waiting_megabytes
    return settings.person_day_megabytes, settings.waiting_megabytes


def alone(session: Session, owner: str) -> None:
    """One owner's uploads are counted one after another; on SQLite a transaction is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock, hashtext(:owner))"), {"lock": LOCK, "owner": owner})
