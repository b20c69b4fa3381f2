"""Wie keek mee: who looked at a case lately, one line for each person, the last one first (W11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.reads.workbench.look_lines import LookLine, look_lines
from processes.storage.tables import LookRow

LATEST: Final = 200  # looks that are read: enough for who it was, whatever the case has been through


@dataclass(frozen=True, slots=True)
class Looker:
    """One person: when last, at what, and how often among the latest looks."""

    name: str
    at: datetime
    what: str
    times: int


def lookers_of(session: Session, case_id: int) -> tuple[Looker, ...]:
    """Everybody among the latest looks at this case, the reader too."""
    latest = select(LookRow).where(LookRow.case_id == case_id).order_by(LookRow.at.desc(), LookRow.id.desc())
    return tuple(_each(look_lines(session, session.scalars(latest.limit(LATEST)).all())))


def _each(lines: Iterable[LookLine]) -> list[Looker]:
    by_person: dict[tuple[str, str], list[LookLine]] = {}
    for line in lines:  # who also looks for another is there once for each
        by_person.setdefault((line.person, line.who), []).append(line)
    return [Looker(own[0].who, own[0].at, own[0].what, len(own)) for own in by_person.values()]
