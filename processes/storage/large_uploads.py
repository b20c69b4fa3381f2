"""Large files that come in by pieces: who may send which piece now, and where the next one begins (the rules of tus 1.0).

In: a file that is announced, then its pieces; out: an outbox row, when the last byte is there. Offset and lock stand in the
row, since no process keeps state. The lock is a lease that each stored part renews: who is cut off loses it after half a minute.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import Select, delete, exists, func, select
from sqlalchemy.orm import Session

from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound, PieceBusy, TooLarge, UploadGone, WrongOffset
from processes.base.file_types import safe_name
from processes.base.secrets import SealBroken, Secrets
from processes.base.security_log import pseudonym
from processes.base.uploads import Upload
from processes.base.written import TypedText
from processes.storage import drafts, outbox
from processes.storage.base import new_id
from processes.storage.business_time import business_now
from processes.storage.current_settings import current_settings
from processes.storage.sealed_columns import LARGE_UPLOAD
from processes.storage.services import Services
from processes.storage.session import read_only, transaction
from processes.storage.tables import DocumentRow, LargeUpload, TaskRow, UploadPart, UploadRow
from processes.storage.upload_room import LEAST, alone, let_go, room_in
from processes.storage.words import LargeUploadState, OutboxKind, TaskState

LEASE: Final = timedelta(seconds=30)
KEPT: Final = timedelta(days=7)
MOST_OPEN: Final = 50  # of one owner, as many as one form may bring
FEW_PARTS: Final = (
    100  # and one for each LEAST_PART bytes: who sends a few bytes at a time would fill the disk with files
)
LEAST_PART: Final = 65_536
COMING: Final = (LargeUploadState.RECEIVING, LargeUploadState.ASSEMBLING)
OVER: Final = (LargeUploadState.REFUSED, LargeUploadState.GONE)


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that somebody is going to send: `form` as in a draft, `field` of that form, `size` in bytes.

    `changed`: when the sender's file was last changed, as the browser counts it; by it the same file is known again.
    """

    form: str
    field: str
    name: str
    size: int
    changed: str = ""


@dataclass(frozen=True, slots=True)
class LargeFile:
    """A large file as its owner sees it. `why` is the sentence of a refusal; `upload` is there once the file is one."""

    id: str
    form: str
    field: str
    name: TypedText
    size: int
    received: int
    state: str
    at: datetime
    why: str = ""
    upload: Upload | None = None
    changed: str = ""

    @property
    def until(self) -> datetime:
        """The moment at which it goes by itself."""
        return self.at + KEPT

    @property
    def coming(self) -> bool:
        return self.state in COMING

    @property
    def assembling(self) -> bool:
        return self.state == LargeUploadState.ASSEMBLING

    @property
    def refused(self) -> bool:
        return self.state == LargeUploadState.REFUSED


@dataclass(frozen=True, slots=True)
class Words:
    """The words that are sealed in the row."""

    name: str = ""
    field: str = ""
    changed: str = ""
    why: str = ""
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """The right to bring the bytes from `offset` on, for one request; `writer` names it."""

    upload: str
    writer: str
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class StoredPart:
    """Bytes of a piece that are in the store."""

    blob: str
    sha256: str
    size: int
    file_key: str | None


def begin(services: Services, actor: Actor, announced: Announced) -> LargeFile:
    """Take the announcement down; the whole size is kept free from now on. Raises Invalid, TooLarge or QuotaReached."""
    name, now = safe_name(announced.name), datetime.now(UTC)
    if announced.size < 1:
        raise Invalid({"": f"Het bestand '{name}' is leeg."})
    settings = current_settings(services)
    with transaction(services.sessions) as session:
        alone(session, pseudonym(actor))
        room_in(session, settings, actor, now).take(max(announced.size, LEAST))
        if _count_coming(session, pseudonym(actor)) >= MOST_OPEN:
            raise TooLarge(f"U kunt hoogstens {MOST_OPEN} bestanden tegelijk versturen. Wacht tot er een klaar is.")
        row = LargeUpload(
            id=new_id(), owner=pseudonym(actor), form=announced.form, size=announced.size, received=0, at=now
        )
        row.state, row.case_id = LargeUploadState.RECEIVING, drafts.case_of(session, actor, announced.form)
        row.task_id = session.scalar(_open_task(announced.form))
        write_words(services.secrets, row, Words(name, announced.field, announced.changed))
        session.add(row)
        return view(services.secrets, row)


def find(services: Services, actor: Actor, upload_id: str) -> LargeFile:
    """The actor's own large file. Raises NotFound, and UploadGone for one that is over."""
    with transaction(services.sessions) as session:
        return view(services.secrets, _alive(services.secrets, _own(read_only(session), actor, upload_id)))


def find_all(session: Session, secrets: Secrets, actor: Actor, form: str) -> tuple[LargeFile, ...]:
    """The actor's own large files of this form, also those that were refused, the oldest first; none that became a document, or was
    let go.
    """
    filed = exists().where(DocumentRow.blob == LargeUpload.blob)
    thrown = exists().where(UploadRow.blob == LargeUpload.blob, UploadRow.gone_at.is_not(None))
    wanted = select(LargeUpload).where(
        LargeUpload.owner == pseudonym(actor), LargeUpload.form == form, LargeUpload.state != LargeUploadState.GONE,
        LargeUpload.at > datetime.now(UTC) - KEPT, ~filed, ~thrown,
    )  # fmt: skip
    return tuple(view(secrets, row) for row in session.scalars(wanted.order_by(LargeUpload.at, LargeUpload.id)))


def claim(services: Services, actor: Actor, upload_id: str, offset: int) -> Piece:
    """The right to bring bytes from this offset on. Raises NotFound, UploadGone, PieceBusy or WrongOffset."""
    now = datetime.now(UTC)
    with transaction(services.sessions) as session:
        row = _alive(services.secrets, _own(session, actor, upload_id, lock=True))
        if row.writer and row.writer_until and row.writer_until > now:
            raise PieceBusy
        if offset != row.received:
            raise WrongOffset
        parts = session.scalar(select(func.count()).where(UploadPart.upload_id == row.id)) or 0
        if parts >= FEW_PARTS + row.received // LEAST_PART:
            raise TooLarge("Dit bestand komt in te veel kleine stukken binnen. Haal het weg en stuur het opnieuw.")
        row.writer, row.writer_until = new_id(), now + LEASE
        return Piece(row.id, row.writer, row.received, row.size)


def keep_part(services: Services, piece: Piece, part: StoredPart) -> Piece:
    """Note a stored part, and renew the lease; with the last byte a worker is told. Raises UploadGone or PieceBusy, and then
    the part is nobody's: whoever stored it removes it.
    """
    told: list[int] = []
    with transaction(services.sessions) as session:
        row = session.scalar(select(LargeUpload).where(LargeUpload.id == piece.upload).with_for_update())
        if row is None or row.state != LargeUploadState.RECEIVING:
            raise UploadGone
        if row.writer != piece.writer or row.received != piece.offset:
            raise PieceBusy  # this request was silent for so long that another took over
        session.add(
            UploadPart(upload_id=row.id, first_byte=row.received, case_id=row.case_id, size=part.size, sha256=part.sha256,
                       blob=part.blob, file_key=part.file_key)
        )  # fmt: skip
        row.received, row.writer_until = row.received + part.size, datetime.now(UTC) + LEASE
        if row.received == row.size:
            row.state, row.writer, row.writer_until = LargeUploadState.ASSEMBLING, None, None
            told.append(_enqueue(session, services, row))
        after = Piece(row.id, piece.writer, row.received, row.size)
    outbox.dispatch(services, told)
    return after


def release(services: Services, piece: Piece) -> None:
    """Whoever comes next may bring the next piece."""
    with transaction(services.sessions) as session:
        row = session.get(LargeUpload, piece.upload, with_for_update=True)
        if row is not None and row.writer == piece.writer:
            row.writer = row.writer_until = None


def give_up(services: Services, actor: Actor, upload_id: str) -> None:
    """The owner does not want it any more. Raises NotFound; one that is over already is fine."""
    with transaction(services.sessions) as session:
        row = _own(session, actor, upload_id, lock=True)
        blobs, made = end(session, services.secrets, row)
    throw_away(services, blobs, made)


def give_up_form(services: Services, actor: Actor, form: str) -> None:
    """The same for everything that was still coming in for this form, when it was sent or begun again."""
    with transaction(services.sessions) as session:
        mine = select(LargeUpload).where(
            LargeUpload.owner == pseudonym(actor), LargeUpload.form == form, LargeUpload.state != LargeUploadState.GONE
        )
        ended = [end(session, services.secrets, row) for row in session.scalars(mine.with_for_update())]
    for blobs, made in ended:
        throw_away(services, blobs, made)


def taken_up(services: Services, actor: Actor, upload_ids: Sequence[str]) -> None:
    """The draft of the form holds these files now, as it holds others."""
    if upload_ids:
        with transaction(services.sessions) as session:
            mine = (LargeUpload.owner == pseudonym(actor), LargeUpload.state == LargeUploadState.READY)
            session.execute(delete(LargeUpload).where(*mine, LargeUpload.id.in_(upload_ids)))


def end(session: Session, secrets: Secrets, row: LargeUpload) -> tuple[list[str], Upload | None]:
    """Give a file up, in a transaction that is open: what the store still holds of it, parts and whole file."""
    blobs = list(session.scalars(select(UploadPart.blob).where(UploadPart.upload_id == row.id)))
    session.execute(delete(UploadPart).where(UploadPart.upload_id == row.id))
    made = view(secrets, row).upload
    write_words(secrets, row, Words())
    row.state, row.writer, row.writer_until, row.blob = LargeUploadState.GONE, None, None, None
    return blobs, made


def throw_away(services: Services, blobs: Sequence[str], made: Upload | None) -> None:
    for blob in blobs:
        services.files.delete(blob)
    if made is not None:
        let_go(services, [made])


def view(secrets: Secrets, row: LargeUpload) -> LargeFile:
    said = read_words(secrets, row)
    return LargeFile(
        row.id,
        row.form,
        said.field,
        said.name,
        row.size,
        row.received,
        row.state,
        row.at,
        said.why,
        said.upload,
        said.changed,
    )


def write_words(secrets: Secrets, row: LargeUpload, words: Words) -> None:
    """Seal what tells of a person into the row."""
    row.data = secrets.seal(orjson.dumps(asdict(words)), LARGE_UPLOAD, row.id)


def read_words(secrets: Secrets, row: LargeUpload) -> Words:
    try:
        said: dict[str, Any] = orjson.loads(secrets.open(row.data, LARGE_UPLOAD, row.id))
    except SealBroken:
        return Words()
    return Words(**{**said, "upload": Upload(**said["upload"]) if said["upload"] else None})


def _open_task(form: str) -> Select[str]:
    """The task that a form answers, with which its files go; of one that lapsed an answer can still be entered."""
    return select(TaskRow.id).where(TaskRow.id.in_(form.split("/")), TaskRow.state == TaskState.OPEN)


def _enqueue(session: Session, services: Services, row: LargeUpload) -> int:
    now = business_now(services, session)
    return outbox.enqueue(session, OutboxKind.ASSEMBLE, f"assemble:{row.id}", {"upload": row.id}, row.case_id, now)


def _own(session: Session, actor: Actor, upload_id: str, *, lock: bool = False) -> LargeUpload:
    wanted = select(LargeUpload).where(LargeUpload.id == upload_id, LargeUpload.owner == pseudonym(actor))
    row = session.scalar(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise NotFound
    return row


def _alive(secrets: Secrets, row: LargeUpload) -> LargeUpload:
    if row.state == LargeUploadState.REFUSED:
        raise UploadGone(read_words(secrets, row).why or str(UploadGone()))
    if row.state in OVER or row.at < datetime.now(UTC) - KEPT:
        raise UploadGone
    return row


def _count_coming(session: Session, owner: str) -> int:
    mine = select(func.count()).where(LargeUpload.owner == owner, LargeUpload.state.in_(COMING))
    return int(session.scalar(mine) or 0)
