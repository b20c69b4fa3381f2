"""Messages from one case to the related ones, carried over after the commit.

The note on the other case needs its lock, and who holds one lock may not wait for another: so it is an outbox row.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from processes.access.clearance import called_in, is_kept_in
from processes.base.actor import SYSTEM
from processes.execution.one_time_key import one_time_key
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage.services import Services
from processes.storage.tables import Case, NoteRow


def tell(services: Services, payload: Mapping[str, Any]) -> None:
    """Outbox kind `tell`: `{"note": id, "other": case id}`. Once, for the one-time key is stored with the note."""
    note_id, other_id = int(payload["note"]), int(payload["other"])
    once = one_time_key(services.secrets, f"tell:{note_id}:{other_id}")
    transact(services, SYSTEM, lambda work: _tell(work, note_id, other_id), once)


def _tell(work: UnitOfWork, note_id: int, other_id: int) -> str:
    """An unread note for the handler of the other case; nothing when either case is destroyed by now."""
    other = work.session.scalar(select(Case).where(Case.id == other_id).with_for_update())
    told = work.session.execute(
        select(NoteRow.text, Case).join(Case, Case.id == NoteRow.case_id).where(NoteRow.id == note_id)
    ).first()
    if other is None or told is None:
        return ""
    text, case = told
    if is_kept_in(work.session, other, case):
        text = "er kwam een bericht. Wie die zaak mag zien, leest het daar."
    work.system_note(other.id, f"Uit {called_in(work.session, other, case, title=True)}: {text}")
    work.audit(other.id, "told", by=case.id)
    return other.number
