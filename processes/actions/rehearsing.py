"""Rehearsals that take long are ordered, and played by the workers (processes.jobs.rehearsing); steps that nobody recorded are kept.

Nothing of this is part of a case or of a draft: after a month it is gone.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from engine import Folder
from processes.access.guards import only_staff
from processes.base.actor import StaffRole
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.base import new_id
from processes.storage.model_cache import pack
from processes.storage.words import OutboxKind
from processes.studio.kept_rehearsals import STALLED, keep, order_name, read_kept, steps_name


@dataclass(frozen=True, slots=True)
class OrderRehearsals:
    """Play what must go as recorded before this folder goes into use, or with `seek` (an element of its drawing): look for a way
    there. The folder was checked and has no errors. `about` is the digest of what is ordered, by which the order is found.
    """

    folder: Folder
    about: str
    seek: str = ""


@dataclass(frozen=True, slots=True)
class KeepSteps:
    """Keep a rehearsal that nobody recorded, so that it can be shown again to whoever was away from its page."""

    text: str


def order_rehearsals(work: UnitOfWork, action: OrderRehearsals) -> str:
    """The answer is the name of the order. An order that workers are at stays as it is."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    name, secrets = order_name(action.about), work.services.secrets
    known = read_kept(work.session, secrets, [name]).get(name)
    if known and datetime.now(UTC) - known["kept_at"] < STALLED:
        return name
    turn, folder = new_id(), action.folder
    ordered = {"turn": turn, "process": folder.name, "packed": b64encode(pack(folder)).decode(), "seek": action.seek}
    keep(work.session, secrets, name, ordered)
    work.enqueue(OutboxKind.REHEARSE, f"rehearse:{turn}:1", {"order": name, "turn": turn, "part": 1})
    return name


def keep_steps(work: UnitOfWork, action: KeepSteps) -> str:
    """The answer is the name by which they are found."""
    only_staff(work.actor, (StaffRole.ADMIN,))
    name = steps_name(action.text)
    keep(work.session, work.services.secrets, name, {"steps": action.text})
    return name
