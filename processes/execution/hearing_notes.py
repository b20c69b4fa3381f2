"""The private notes of somebody who sits in sessions, opened for who wrote them: nobody else asks for these."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.secrets import SealBroken
from processes.storage.sealed_columns import HEARING_NOTE
from processes.storage.services import Services
from processes.storage.tables import HearingNote

BROKEN_NOTE: Final = "Uw notitie gaat niet meer open."


def notes_of(services: Services, session: Session, number: str, cases: Collection[int]) -> dict[int, str]:
    """The own notes of this member of staff by case."""
    rows = session.scalars(select(HearingNote).where(HearingNote.case_id.in_(cases), HearingNote.staff == number))
    return {row.case_id: _opened(services, row) for row in rows}


def _opened(services: Services, row: HearingNote) -> str:
    try:
        return services.secrets.open(row.text, HEARING_NOTE, row.id).decode()
    except SealBroken:
        return BROKEN_NOTE
