"""Every kind of work in the outbox and who does it. A kind must be able to do the same work twice without harm."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from processes.effects.telling import tell
from processes.jobs.destroying import destroy
from processes.jobs.law_recompute import recompute_batch
from processes.post.inventory import make_inventory
from processes.post.letters import make_letter
from processes.post.sending import send_mail
from processes.storage.services import Services

Payload = Mapping[str, Any]


def forget_blob(services: Services, payload: Payload) -> None:
    """Remove a file from the store: `{"blob": key}`."""
    services.files.delete(payload["blob"])


KINDS: Final[dict[str, Callable[[Services, Payload], None]]] = {
    "mail": send_mail,  # {"mail": id}
    "letter": make_letter,  # {"notice": id}
    "inventory": make_inventory,  # {"case": id, "document": id, "type": code, "at": moment}
    "forget_blob": forget_blob,
    "tell": tell,  # {"note": id, "other": case id}
    "destroy": destroy,  # {"destruction": id}
    "law": recompute_batch,  # {"row": id, "after": case id, "again": bool}
}
