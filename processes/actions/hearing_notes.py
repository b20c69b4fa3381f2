"""Private notes about a case of who sits in its session (W8): sealed, and read by their writer alone."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from processes.access.agenda import sits_in
from processes.access.guards import only_staff
from processes.access.staff_scope import HANDLES, seen_cases
from processes.base.actor import StaffRole
from processes.base.errors import Invalid, NotFound
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.sealed_columns import HEARING_NOTE
from processes.storage.tables import Case, HearingItem, HearingNote

LONGEST: Final = 20_000  # characters: some ten pages


@dataclass(frozen=True, slots=True)
class KeepNote:
    """`item`: the case on the agenda; `text` takes the place of what was noted before, and an empty one removes it."""

    item: int
    text: str


def keep_note(work: UnitOfWork, action: KeepNote) -> str:
    """The answer is the id of the session. Raises NotFound for who does not sit there, and Invalid."""
    only_staff(work.actor, (*HANDLES, StaffRole.COMMITTEE), system=False)
    item = work.session.get(HearingItem, action.item)
    if item is None or not sits_in(work.session, work.actor.subject, item.session_id):
        raise NotFound("Deze zaak staat niet meer op uw agenda.")
    if len(action.text) > LONGEST:
        raise Invalid({"text": f"Maak uw notitie korter: hoogstens {LONGEST:,} tekens.".replace(",", ".")})
    case = work.lock_case_id(item.case_id)
    if work.session.scalar(select(Case.id).where(Case.id == case.id, seen_cases(work.actor))) is None:
        raise NotFound("Deze zaak staat niet meer op uw agenda.")
    mine = (HearingNote.case_id == case.id, HearingNote.staff == work.actor.subject)
    if not action.text.strip():
        work.session.execute(delete(HearingNote).where(*mine))
    else:
        row = work.session.scalar(select(HearingNote).where(*mine))
        if row is None:
            row = HearingNote(case_id=case.id, staff=work.actor.subject, text=b"", saved_at=work.now)
            work.session.add(row)
            work.session.flush()  # what is sealed is bound to the id of its row
        row.text = work.services.secrets.seal(action.text.strip().encode(), HEARING_NOTE, row.id)
        row.saved_at = work.now
    work.audit(case.id, "private_note_kept", session=item.session_id)
    return str(item.session_id)
