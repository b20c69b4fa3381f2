"""Every opening of the links of a case (P14), for who works on it: when, from where, on what kind of device, by a person or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from processes.storage.tables import LinkOpening

SHOWN: Final = 20  # of one link; the count goes on


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """One opening. `unattended`: it was no person by all signs."""

    at: datetime
    address: str
    device: str
    unattended: bool


@dataclass(frozen=True, slots=True)
class Openings:
    """The newest openings of one link, how many there were in all, and how many of those by a person."""

    lines: tuple[OpeningLine, ...] = ()
    count: int = 0
    attended: int = 0


NONE_YET: Final = Openings()


def openings_of(session: Session, dossiers: Sequence[int]) -> Mapping[int, Openings]:
    """By dossier; one that was never opened is left out."""
    counted = (
        select(LinkOpening.dossier_id, func.count(), func.count().filter(LinkOpening.unattended.is_(False)))
        .where(LinkOpening.dossier_id.in_(dossiers))
        .group_by(LinkOpening.dossier_id)
    )
    return {
        dossier: Openings(_newest(session, dossier), count, attended)
        for dossier, count, attended in session.execute(counted)
    }


def _newest(session: Session, dossier: int) -> tuple[OpeningLine, ...]:
    mine = select(LinkOpening).where(LinkOpening.dossier_id == dossier)
    rows = session.scalars(mine.order_by(LinkOpening.at.desc(), LinkOpening.id.desc()).limit(SHOWN))
    return tuple(OpeningLine(row.at, row.address or "", row.device, row.unattended) for row in rows)
