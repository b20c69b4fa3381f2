"""Post that comes in by itself (W12): files that a scanner puts in a folder, and mails in a mailbox. Each is taken once.

A file is taken when it did not change for a while, goes into the store and the post room in one transaction, and moves to a folder beside
it afterwards. A program that stops in between takes it again, which changes nothing: the name, time and content are its one-time key.
A file that cannot be read stays where it is, keeps no other back, and is named in the log at every look.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import time
from typing import Final

import structlog

from processes.actions import act
from processes.actions.post_room import LONGEST, NewPost, TakeInPost, take_in_post
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.base.errors import Busy, Invalid, NoRoom
from processes.base.file_types import safe_name
from processes.base.mail_parts import is_mail
from processes.base.uploads import Upload
from processes.execution.unit_of_work import UnitOfWork
from processes.post.incoming.arriving import mail_arrived, store_arrived
from processes.post.incoming.mailbox import RawMail
from processes.post.incoming.reading import IncomingMail
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.upload_room import let_go
from processes.storage.words import PostItemChannel

TAKEN: Final = "opgehaald"
REFUSED: Final = "geweigerd"
STILL_SECONDS: Final = 30  # without a change, before a file is whole: a scanner writes it page by page
AT_ONCE: Final = 50
CHUNK: Final = 1024 * 1024
HOLDS: Final = "held:post:"  # before the one-time key: what counts is the file, not where its bytes lie in the store
NOT_READ: Final = (
    "Het bestand '{name}' in de postmap kon niet worden ingelezen. {why} Het ligt in de map '{folder}' daaronder."
)
CUT: Final = "Deze mail is te groot en is niet opgehaald. Hij staat nog in het postvak."

log = structlog.get_logger(__name__)


def sweep_post_folder(services: Services) -> int:
    """Take the files that lie still in the folder of the setting; says how many. Files of which the name begins with a dot are not ours."""
    folder = services.settings.post_folder
    if not folder:
        return 0
    taken = 0
    try:
        found = sorted(Path(folder).iterdir())
    except OSError as error:
        log.warning("post_folder.trouble", error=type(error).__name__)
        return taken
    for path in found:
        try:
            taken += _is_still(path) and _take_file(services, path)
        except (Busy, NoRoom):  # the database or the store, not the file
            raise
        except Exception as error:  # noqa: BLE001 - one file may not stop all files behind it
            log.warning("post_folder.file_trouble", name=safe_name(path.name), error=type(error).__name__)
        if taken >= AT_ONCE:
            break
    return taken


def _is_still(path: Path) -> bool:
    """Whether it is a file of ours that did not change for a while. A time in the future is of a clock that is not ours: then counts
    when the system here saw it change.
    """
    if path.name.startswith(".") or path.is_symlink() or not path.is_file():
        return False
    now, seen = time(), path.stat()
    return (seen.st_mtime if seen.st_mtime <= now else seen.st_ctime) < now - STILL_SECONDS


def _take_file(services: Services, path: Path) -> bool:
    before = path.stat()
    written = datetime.fromtimestamp(min(before.st_mtime, time()), UTC)
    day = min(local_date(written), local_date(business_now(services)))
    try:
        upload = store_arrived(services, path.name, _chunks(path))
    except Invalid as error:
        piece, folder = _refused(path.name, day, next(iter(error.fields.values()))), REFUSED
    else:
        try:
            if path.stat().st_mtime_ns != before.st_mtime_ns:
                services.files.delete(upload.blob)
                return False  # it is still being written
            piece, folder = _piece(services, upload, day), TAKEN
        except Exception:
            services.files.delete(upload.blob)
            raise
    content = piece.uploads[0].sha256 if piece.uploads else ""
    name = os.fsencode(path.name).hex()  # a name on a disk is bytes, which need not be text
    try:
        act(services, SYSTEM, TakeInPost((piece,)), once=f"{HOLDS}{name}:{before.st_mtime_ns}:{content}")
    finally:  # what waits in the post room stays; what was taken before, or could not be taken, goes
        let_go(services, piece.uploads)
    _move(path, path.parent / folder)
    return True


def _refused(name: str, day: date, why: str) -> NewPost:
    clean = safe_name(name)
    words = NOT_READ.format(name=clean, why=why, folder=REFUSED)
    return NewPost(PostItemChannel.POST, day, (), subject=clean, words=words)


def _piece(services: Services, upload: Upload, day: date, known: NewPost | None = None) -> NewPost:
    """`known`: what becomes of a file that is no mail, or cannot be taken apart; None: what a scanner made."""
    mail = mail_arrived(services, upload)
    if mail is None:
        channel = PostItemChannel.MAIL if is_mail(upload.name) else PostItemChannel.POST
        return known or NewPost(channel, day, (upload,))
    sender, subject = mail.sender[: LONGEST["sender"]], mail.subject[: LONGEST["subject"]]
    return NewPost(PostItemChannel.MAIL, day, mail.uploads, sender=sender, subject=subject, words=mail.words)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _move(path: Path, folder: Path) -> None:
    """Into the folder, beside an earlier file of the same name."""
    folder.mkdir(exist_ok=True)
    target, at = folder / path.name, 1
    while target.exists():
        at += 1
        target = folder / f"{path.stem}-{at}{path.suffix}"
    path.replace(target)


def take_post_mail(work: UnitOfWork, mail: IncomingMail, raw: RawMail) -> None:
    """A mail of the mailbox becomes a piece of post, with each file that came with it. Of one that cannot be taken apart its sender, subject
    and text are told; one that cannot be read is told all the same.
    """
    day = min(raw.received_on or work.today, work.today)
    read = mail.headers and not raw.cut  # without headers it was put aside: it is told, and not tried again
    stored = _stored(work.services, mail, raw) if read else None
    words, subject = CUT if raw.cut else mail.text, mail.subject[: LONGEST["subject"]]
    piece = NewPost(PostItemChannel.MAIL, day, (), sender=mail.sender, subject=subject, words=words)
    if stored is None:
        take_in_post(work, TakeInPost((piece,)))
        return
    uploads: tuple[Upload, ...] = (stored,)
    try:
        piece = _piece(work.services, stored, day, replace(piece, uploads=uploads))
        uploads = piece.uploads
        take_in_post(work, TakeInPost((piece,)))
    except Exception:
        for upload in uploads:
            work.services.files.delete(upload.blob)  # it is tried again, and then stored anew
        raise


def _stored(services: Services, mail: IncomingMail, raw: RawMail) -> Upload | None:
    """The mail as a file; None for what does not even begin as a mail."""
    with suppress(Invalid):
        return store_arrived(services, f"{mail.subject or 'mail'}.eml", [raw.content])
    return None
