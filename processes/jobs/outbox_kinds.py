"""Every kind of work in the outbox and who does it. A kind must be able to do the same work twice without harm."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from processes.effects.telling import tell
from processes.jobs.alarm_retry import retry_alarmed
from processes.jobs.assembling import assemble
from processes.jobs.bundling import make_bundle
from processes.jobs.destroying import destroy
from processes.jobs.hidden_hearings import tell_hidden
from processes.jobs.joining import complete_joined, plan_in_group
from processes.jobs.law_recompute import recompute_batch
from processes.jobs.looking_inside import look_inside
from processes.jobs.mailbox_reading import read_mailbox
from processes.jobs.moving import move_batch
from processes.jobs.person_package import make_person_package
from processes.jobs.reading_documents import read_documents
from processes.jobs.rehearsing import play_ordered
from processes.jobs.scanning import scan_file
from processes.jobs.showing import show_now
from processes.jobs.wiping import wipe_leftovers
from processes.post.filed import make_filed
from processes.post.inventory import make_inventory
from processes.post.letters import make_letter
from processes.post.mailbox_codes import mail_mailbox_code
from processes.post.sending import send_mail
from processes.storage.file_scans import forget
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.words import OutboxKind

Payload = Mapping[str, Any]


def forget_blob(services: Services, payload: Payload) -> None:
    """Remove a file from the store: `{"blob": key}`."""
    services.files.delete(payload["blob"])
    with transaction(services.sessions) as session:
        forget(session, [payload["blob"]])


def wipe(services: Services, _payload: Payload) -> None:
    """Wipe what a database file still holds of what was erased; raises Busy while somebody reads for long."""
    wipe_leftovers(services)


KINDS: Final[Mapping[str, Callable[[Services, Payload], None]]] = {
    OutboxKind.MAIL: send_mail,  # {"mail": id}
    OutboxKind.MAILBOX_CODE: mail_mailbox_code,  # {"ask": digest}
    OutboxKind.LETTER: make_letter,  # {"notice": id}
    OutboxKind.INVENTORY: make_inventory,  # {"case": id, "document": id, "type": code, "at": moment}
    OutboxKind.FILED: make_filed,  # {"filed": id}
    OutboxKind.FORGET_BLOB: forget_blob,
    OutboxKind.TELL: tell,  # {"note": id, "other": case id}
    OutboxKind.DESTROY: destroy,  # {"destruction": id}
    OutboxKind.JOINED: complete_joined,  # {"like": task, "task": task, "by": number}
    OutboxKind.GROUP_HEARING: plan_in_group,  # {"task": task, "by": number}
    OutboxKind.HIDDEN_HEARING: tell_hidden,  # {"item": id}
    OutboxKind.LAW: recompute_batch,  # {"row": id, "after": case id, "again": bool}
    OutboxKind.MOVE: move_batch,  # {"move": id, "turn": number, "after": case id}
    OutboxKind.PERSON_PACKAGE: make_person_package,  # {"package": id}
    OutboxKind.BUNDLE: make_bundle,  # {"bundle": id}
    OutboxKind.RETRY: retry_alarmed,  # {"process": name}
    OutboxKind.MAILBOX: read_mailbox,  # {"purpose": MailboxPurpose}
    OutboxKind.REHEARSE: play_ordered,  # {"order": name, "turn": id, "part": number}
    OutboxKind.WIPE: wipe,  # {}
    OutboxKind.SCAN: scan_file,  # {"blob": key}
    OutboxKind.WORDS: read_documents,  # {}
    OutboxKind.HIDDEN: look_inside,  # {"document": id}
    OutboxKind.SHOW: show_now,  # {"document": id, "at": moment}
    OutboxKind.ASSEMBLE: assemble,  # {"upload": id}
}
