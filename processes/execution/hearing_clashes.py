"""Clashes of a session, each said why: a closed day, too little time, a member who decided before, somebody who is in two places at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.barred import is_barred
from processes.access.staff_scope import works_on
from processes.base.actor import Actor
from processes.base.clock import AMSTERDAM, local_date
from processes.base.dutch import enumeration
from processes.execution.hearings import ends, ends_of, overlapping, places_of, sits
from processes.law.counting import why_closed
from processes.storage import staff
from processes.storage.tables import Case, Decision, HearingItem, HearingSeat, HearingSession, Party
from processes.storage.words import HearingSessionState, SeatKind

INSPECTION: Final = timedelta(
    days=10
)  # a week of inspection, and until ten days before it papers may come in (Awb 7:4)
EARLY, LATE = 8, 18


@dataclass(frozen=True, slots=True)
class HearingClash:
    """One thing that does not go together. `item`: the place on the agenda that it is about, None for the session itself."""

    sentence: str
    item: int | None = None


def clashes_of(
    session: Session,
    actor: Actor,
    row: HearingSession,
    seats: Sequence[HearingSeat],
    items: Sequence[HearingItem],
    equalised: Mapping[date, str],
    today: date,
) -> list[HearingClash]:
    """Everything that clashes in a session that is still to come, first of the session and then in the order of its agenda."""
    names = staff.names_of(session, [seat.staff for seat in seats])
    found = [*_of_day(row, items, equalised, today), *_of_quorum(row, seats), *_of_room(session, row)]
    found += _of_people(session, row, seats, names)
    for item in items:
        found += _of_item(session, actor, row, item, seats, names, today)
    return found


def _of_day(
    row: HearingSession, items: Sequence[HearingItem], equalised: Mapping[date, str], today: date
) -> Iterator[HearingClash]:
    day = local_date(row.begins_at)
    if why := why_closed(day, equalised):
        yield HearingClash(f"Deze dag is {why}: dan is het gemeentehuis dicht.")
    if day - today < INSPECTION:
        yield HearingClash(
            "Deze zitting is over minder dan 10 dagen. Stukken liggen een week ter inzage en partijen mogen tot 10 dagen "
            "ervoor stukken sturen (Awb 7:4). Een zaak die er nu bij komt, vraagt waarom het zo snel is."
        )
    begins, until = row.begins_at.astimezone(AMSTERDAM), row.ends_at.astimezone(AMSTERDAM)
    if begins.hour < EARLY or until.hour > LATE:
        yield HearingClash(f"De zitting is van {_time(begins)} tot {_time(until)}: buiten de gewone uren.")
    if ends_of(items, row) > row.ends_at:
        yield HearingClash(
            f"De laatste zaak is pas klaar om {_time(ends_of(items, row))}. De zitting eindigt om {_time(until)}."
        )


def _of_quorum(row: HearingSession, seats: Sequence[HearingSeat]) -> Iterator[HearingClash]:
    there = len(places_of(seat for seat in seats if sits(seat)))
    if there < row.quorum:
        yield HearingClash(f"Te weinig leden: er zitten er {there}, en er zijn er {row.quorum} nodig.")
    if not any(sits(seat) and seat.kind == SeatKind.CHAIR for seat in seats) and not any(
        sits(seat) and seat.kind == SeatKind.DEPUTY for seat in seats
    ):
        yield HearingClash("Niemand zit voor.")


def room_taken(session: Session, row: HearingSession) -> bool:
    """Whether another session is in the same room at some moment of this one."""
    same = select(HearingSession.id).where(
        overlapping(row.begins_at, row.ends_at), HearingSession.id != row.id, HearingSession.room == row.room
    )
    return bool(row.room) and session.scalar(same.limit(1)) is not None


def elsewhere(session: Session, row: HearingSession, numbers: Collection[str]) -> list[str]:
    """Those of these members of staff who have a place in another session at some moment of this one."""
    others = (
        select(HearingSeat)
        .join(HearingSession, HearingSession.id == HearingSeat.session_id)
        .where(overlapping(row.begins_at, row.ends_at), HearingSession.id != row.id, HearingSeat.staff.in_(numbers))
    )
    return sorted({seat.staff for seat in session.scalars(others) if sits(seat) or seat.kind == SeatKind.SECRETARY})


def _involved(session: Session, actor: Actor, case_id: int, name: str) -> str:
    """Whom a case is about is told to who works on it alone."""
    if works_on(session, actor, session.get_one(Case, case_id)):
        return f"{name} is zelf bij deze zaak betrokken."
    return "Niet iedereen in deze zitting kan deze zaak horen. Vraag het wie de zaak behandelt."


def _of_room(session: Session, row: HearingSession) -> Iterator[HearingClash]:
    if room_taken(session, row):
        yield HearingClash(f"In {row.room} is dan al een andere zitting.")


def _of_people(
    session: Session, row: HearingSession, seats: Sequence[HearingSeat], names: Mapping[str, str]
) -> Iterator[HearingClash]:
    mine = [seat.staff for seat in seats if sits(seat) or seat.kind == SeatKind.SECRETARY]
    for number in elsewhere(session, row, mine):
        yield HearingClash(f"{names[number]} zit dan ook in een andere zitting.")


def _of_item(
    session: Session,
    actor: Actor,
    row: HearingSession,
    item: HearingItem,
    seats: Sequence[HearingSeat],
    names: Mapping[str, str],
    today: date,
) -> Iterator[HearingClash]:
    hearing = [seat.staff for seat in seats if sits(seat)]
    took = set(session.scalars(select(Decision.taken_by).where(Decision.case_id == item.case_id)))
    for number in hearing:
        if number in took:
            yield HearingClash(f"{names[number]} nam het bestreden besluit en mag niet horen (Awb 7:5).", item.id)
        if is_barred(session, item.case_id, number):
            yield HearingClash(_involved(session, actor, item.case_id, names[number]), item.id)
    handler = session.scalar(select(Case.handler).where(Case.id == item.case_id))
    if handler in hearing:
        yield HearingClash(f"{names[handler or '']} behandelt deze zaak en hoort er ook over.", item.id)
    if twice := _twice(session, item):
        who = enumeration(twice)
        yield HearingClash(f"{who} {'heeft' if len(twice) == 1 else 'hebben'} dan ook een andere hoorzitting.", item.id)
    if local_date(row.begins_at) > today and item.told_at and item.told_at != item.begins_at:
        yield HearingClash(
            "Deze zaak heeft een nieuwe tijd. Vertel het de partijen met Uitnodigingen nakijken.", item.id
        )


def _twice(session: Session, item: HearingItem) -> list[str]:
    """Names of the parties of this case who are heard in another one at the same time, also for whom they speak."""
    around = (
        select(HearingItem)
        .join(HearingSession, HearingSession.id == HearingItem.session_id)
        .where(
            HearingSession.state == HearingSessionState.PLANNED, HearingItem.case_id != item.case_id,
            HearingItem.begins_at < ends(item), HearingItem.begins_at > item.begins_at - timedelta(hours=8),
        )
    )  # fmt: skip
    others = [one.case_id for one in session.scalars(around) if ends(one) > item.begins_at]
    if not others:
        return []
    theirs = select(Party.identity_index).where(Party.case_id.in_(others), Party.identity_index.is_not(None))
    same = (Party.case_id == item.case_id, Party.left_on.is_(None), Party.identity_index.in_(theirs))
    rows = session.scalars(select(Party).where(*same).order_by(Party.id))
    return ["Een betrokkene" if party.confidential else party.name for party in rows]


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H.%M} uur"
