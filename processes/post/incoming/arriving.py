"""Files that come in by themselves, such as from a folder or with a mail, into the store; and a mail with what came with it (W12)."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from processes.base.actor import Actor
from processes.base.errors import Invalid
from processes.base.file_types import DOCUMENTS, HEAD_BYTES, check_type, safe_name
from processes.base.locked_files import LockWatch
from processes.base.mail_parts import is_taken_apart, mail_parts
from processes.base.uploads import Upload
from processes.storage.services import Services
from processes.storage.upload_room import note_uploads


@dataclass(frozen=True, slots=True)
class ArrivedMail:
    """`uploads`: the mail itself first, then each file that came with it and is of a kind that documents may be."""

    sender: str
    subject: str
    words: str
    uploads: tuple[Upload, ...]


def store_arrived(services: Services, name: str, chunks: Iterable[bytes]) -> Upload:
    """The file in the store. Raises Invalid for a kind that no document may be, an empty file, and one that is not what its name says;
    NoRoom, Busy.
    """
    clean, head = safe_name(name), b""
    watch = LockWatch(clean)
    with services.files.open_incoming() as incoming:
        for chunk in chunks:
            head += chunk[: HEAD_BYTES - len(head)]
            watch.feed(chunk)
            incoming.write(chunk)
        media_type = check_type(head, clean, DOCUMENTS)
        blob, sha256, size = incoming.finish()
    try:
        locked = watch.locked(services.files.read_unscanned(blob, incoming.file_key))
    except Exception:
        services.files.delete(blob)
        raise
    return Upload(clean, media_type, size, sha256, blob, locked, incoming.file_key)


def mail_arrived(services: Services, upload: Upload) -> ArrivedMail | None:
    """The mail that this file is, with its files stored; None for what is no mail, or cannot be taken apart.

    It is not scanned first: nobody gets to see the bytes, and each file of it is scanned by itself.
    """
    if not is_taken_apart(upload.name, upload.size):
        return None
    parts = mail_parts(b"".join(services.files.read_unscanned(upload.blob, upload.file_key)))
    if parts is None:
        return None
    return ArrivedMail(parts.sender, parts.subject, parts.words, (upload, *_stored(services, parts.files)))


def mails_brought(services: Services, actor: Actor, uploads: Sequence[Upload]) -> dict[str, ArrivedMail]:
    """The mails among these uploads, by blob; the files that came with them are noted as brought by this person."""
    found = {upload.blob: mail for upload in uploads if (mail := mail_arrived(services, upload))}
    if inside := [one for mail in found.values() for one in mail.uploads[1:]]:
        note_uploads(services, actor, inside)
    return found


def _stored(services: Services, files: Iterable[tuple[str, bytes]]) -> list[Upload]:
    """All of them or none. A file of a kind that no document may be stays in the mail."""
    stored: list[Upload] = []
    try:
        for name, content in files:
            with suppress(Invalid):
                stored.append(store_arrived(services, name, [content]))
    except Exception:
        for upload in stored:
            services.files.delete(upload.blob)
        raise
    return stored
