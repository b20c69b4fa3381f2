"""Sessions of committees (W8): the list, one session with its agenda, and what it takes to plan one.

Who handles cases sees every session; a member of a committee those in which they sit, and there what is on the agenda.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from processes.access.agenda import sessions_of
from processes.access.staff_scope import handles, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.dated import Committee, committees_on
from processes.execution.agenda_times import in_blocks
from processes.execution.hearing_clashes import HearingClash, clashes_of
from processes.execution.hearings import (
    ends,
    ends_of,
    heard_in_session,
    is_told,
    items_of,
    places_of,
    seats_of,
    sits,
    waiting_for_session,
    where_of,
)
from processes.reads.opening import reading
from processes.reads.workbench.agenda_lines import AgendaLine, agenda_lines, needs_in_words
from processes.reads.workbench.legal import known_day
from processes.reads.workbench.words import objectors
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import HearingItem, HearingSeat, HearingSession
from processes.storage.words import HearingSessionState, SeatAnswer, SeatKind

MOST_SESSIONS: Final = 100
MOST_WAITING: Final = 100
SEATS: Final[Mapping[str, str]] = {
    SeatKind.CHAIR: "voorzitter", SeatKind.MEMBER: "lid", SeatKind.DEPUTY: "plaatsvervanger", SeatKind.SECRETARY: "secretaris",
}  # fmt: skip
ANSWERS: Final[Mapping[str | None, str]] = {
    SeatAnswer.COMES: "komt",
    SeatAnswer.AWAY: "komt niet",
    None: "nog geen antwoord",
}


@dataclass(frozen=True, slots=True)
class SessionLine:
    """`untold`: how many cases on the agenda were not told yet: of its moment and place, or that it was cancelled."""

    id: int
    committee: str
    chamber: str
    begins: datetime
    ends: datetime
    where: str
    cases: int
    untold: int
    cancelled: bool


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """`coming` the nearest first, `past` the last first. `committees`: code and name, for who may plan."""

    coming: tuple[SessionLine, ...]
    past: tuple[SessionLine, ...]
    committees: tuple[tuple[str, str], ...]
    handles: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """`kind` and `answer` in words; `away`: signed off. `for_whom`: the name of who is replaced."""

    id: int
    staff: str
    name: str
    kind: str
    answer: str
    away: bool
    comes: bool
    secretary: bool
    for_whom: str
    reason: str
    mine: bool


@dataclass(frozen=True, slots=True)
class WaitingForSession:
    """A case that waits for a session. `due`: the day by which the task that plans it should be done, or its legal day. `needs`: of each party, in words."""

    number: str
    title: str
    subject: str
    objector: str
    due: Any
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionPage:
    """`committee` is its code, `quorum` in words, `needed` how many must hear. `today`: it is held today or was. `waiting_more`: more wait than are shown. `hidden`: cases that the reader may not see.
    `same_chair`: the other sessions of the day that the same person chairs. `fits`: how many more cases of the usual length there is time for behind the last one.
    """

    line: SessionLine
    committee: str
    room: str
    video: str
    quorum: str
    needed: int
    enough: bool
    minutes: int
    planned_minutes: int
    reason: str
    changes: int
    seats: tuple[SeatLine, ...]
    agenda: tuple[AgendaLine, ...]
    hidden: int
    clashes: tuple[HearingClash, ...]
    waiting: tuple[WaitingForSession, ...]
    others: tuple[SessionLine, ...]
    deputies: tuple[tuple[str, str], ...]
    handles: bool
    planned: bool
    begun: bool
    fits: int
    same_chair: tuple[SessionLine, ...]

    @property
    def sits(self) -> bool:
        """Whether who looks has a place there."""
        return any(seat.mine and not seat.away for seat in self.seats)

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return not self.planned and not self.line.cancelled

    @property
    def heard(self) -> list[tuple[str, str]]:
        """Number and name of who has a place to hear, also of who signed off."""
        return [(seat.staff, f"{seat.name}, {seat.kind}") for seat in self.seats if not seat.secretary]

    @property
    def expected(self) -> list[str]:
        """The numbers of those of `heard` who did not sign off."""
        return [seat.staff for seat in self.seats if not seat.secretary and not seat.away]

    @property
    def untold(self) -> int:
        """How many cases on the agenda that still run were not told of their moment and place."""
        return sum(line.running and not line.told for line in self.agenda)


@dataclass(frozen=True, slots=True)
class SessionToPlan:
    """The choices for a session: people by number and name. `seated`: who sits there now, of a session that is changed."""

    code: str
    committee: Committee
    chairs: tuple[tuple[str, str], ...]
    members: tuple[tuple[str, str], ...]
    secretaries: tuple[tuple[str, str], ...]
    seated: Mapping[str, str] = field(default_factory=dict)


def read_sessions(services: Services, actor: Actor) -> SessionsPage:
    """Raises NotAllowed for who has no place in the workbench."""
    with reading(services) as (session, now):
        seen_cases(actor)
        found = select(HearingSession)
        if not handles(actor):
            found = found.where(HearingSession.id.in_(sessions_of(actor.subject)))
        mine = found.where(HearingSession.state == HearingSessionState.PLANNED).order_by(HearingSession.begins_at)
        known = _committees(services, session, now)
        coming = session.scalars(mine.limit(MOST_SESSIONS)).all()
        past = _last(session, found)
        lines = {line.id: line for line in _lines(session, [*coming, *past], known)}
    return SessionsPage(
        tuple(lines[row.id] for row in coming), tuple(lines[row.id] for row in past),
        tuple((code, one.name) for code, one in known.items()), handles(actor),
    )  # fmt: skip


def _last(session: Session, found: Select[HearingSession]) -> list[HearingSession]:
    """The last ones that were held or cancelled. A statement for each, which an index serves in its order."""
    rows: list[HearingSession] = []
    for state in (HearingSessionState.HELD, HearingSessionState.CANCELLED):
        last = found.where(HearingSession.state == state).order_by(HearingSession.begins_at.desc())
        rows += session.scalars(last.limit(MOST_SESSIONS)).all()
    return sorted(rows, key=lambda row: row.begins_at, reverse=True)[:MOST_SESSIONS]


def free_sessions(services: Services, session: Session, case_type: str, now: datetime) -> tuple[SessionLine, ...]:
    """Sessions that are to come with time for one more case of this type, the nearest first."""
    known = _committees(services, session, now)
    fitting = [code for code, one in known.items() if not one.case_types or case_type in one.case_types]
    coming = select(HearingSession).where(
        HearingSession.state == HearingSessionState.PLANNED,
        HearingSession.begins_at > now,
        HearingSession.committee.in_(fitting),
    )
    rows = session.scalars(coming.order_by(HearingSession.begins_at).limit(MOST_SESSIONS)).all()
    free = [
        row for row in rows if local_date(row.begins_at) > local_date(now) and _has_room(row, items_of(session, row.id))
    ]
    return tuple(_lines(session, free, known))


def read_session(services: Services, actor: Actor, session_id: int) -> SessionPage:
    """Raises NotFound, also for a member who does not sit there."""
    with reading(services) as (session, now):
        row = visible_session(session, actor, session_id)
        known = _committees(services, session, now)
        seats, items = seats_of(session, row.id), items_of(session, row.id)
        lines = agenda_lines(session, services, actor, row, items)
        managed = handles(actor)
        equalised = services.law.book(session).equalised
        planned = row.state == HearingSessionState.PLANNED
        clashes = (
            clashes_of(session, actor, row, seats, items, equalised, local_date(now)) if managed and planned else []
        )
        others = _others(session, row, now, known) if managed else ()
        committee = known.get(row.committee)
        there = len(places_of(seat for seat in seats if sits(seat)))
        return SessionPage(
            line=next(iter(_lines(session, [row], known))), committee=row.committee, room=row.room, video=row.video,
            quorum=f"{there} van {sum(seat.kind in {SeatKind.CHAIR, SeatKind.MEMBER} for seat in seats)}, nodig {row.quorum}",
            needed=row.quorum,
            enough=there >= row.quorum, minutes=row.minutes, planned_minutes=sum(block[0].minutes for block in in_blocks(items)),
            reason=row.reason, changes=row.changes, seats=_seats(session, actor, seats), agenda=tuple(lines),
            hidden=len(items) - len(lines), clashes=tuple(clashes),
            waiting=_waiting(session, services, actor, committee, now) if managed and planned else (),
            others=others, deputies=_free_deputies(session, committee, seats), handles=managed, planned=planned,
            begun=local_date(row.begins_at) <= local_date(now), fits=_fits(row, items),
            same_chair=_same_chair(session, seats, others, local_date(row.begins_at)),
        )  # fmt: skip


def read_session_to_plan(services: Services, actor: Actor, code: str, session_id: int | None = None) -> SessionToPlan:
    """Raises NotFound for a committee that does not exist, and for who may not plan."""
    with reading(services) as (session, now):
        seats = seats_of(session, visible_session(session, actor, session_id).id) if session_id else []
        committee = _committees(services, session, now).get(code)
        if committee is None or not handles(actor):
            raise NotFound
        seated = {seat.staff: seat.kind for seat in seats}
        numbers = {*committee.chairs, *committee.members, *committee.secretaries, *committee.deputies, *seated}
        names = staff.names_of(session, numbers)

        def named(*wanted: str) -> tuple[tuple[str, str], ...]:
            return tuple((number, names[number]) for number in dict.fromkeys(wanted))

        kept = {kind: [number for number, one in seated.items() if one == kind] for kind in SeatKind}
        return SessionToPlan(
            code, committee, named(*committee.chairs, *kept[SeatKind.CHAIR]),
            named(*committee.members, *committee.deputies, *kept[SeatKind.MEMBER]),
            named(*committee.secretaries, *kept[SeatKind.SECRETARY]), seated,
        )  # fmt: skip


def visible_session(session: Session, actor: Actor, session_id: int) -> HearingSession:
    """Raises NotFound, also for a member who does not sit there, and NotAllowed for who has no place in the workbench."""
    seen_cases(actor)
    found = select(HearingSession).where(HearingSession.id == session_id)
    if not handles(actor):
        found = found.where(HearingSession.id.in_(sessions_of(actor.subject)))
    row = session.scalar(found)
    if row is None:
        raise NotFound
    return row


def _committees(services: Services, session: Session, now: datetime) -> dict[str, Committee]:
    return committees_on(services.law.shelf(session), local_date(now))


def _lines(session: Session, rows: Sequence[HearingSession], known: Mapping[str, Committee]) -> list[SessionLine]:
    """In the order of the rows; one statement for all of them."""
    items: dict[int, list[HearingItem]] = {}
    for item in session.scalars(select(HearingItem).where(HearingItem.session_id.in_([row.id for row in rows]))):
        items.setdefault(item.session_id, []).append(item)
    return [_line(row, items.get(row.id, []), known) for row in rows]


def _line(row: HearingSession, items: Sequence[HearingItem], known: Mapping[str, Committee]) -> SessionLine:
    committee = known.get(row.committee)
    untold = {
        HearingSessionState.PLANNED: sum(not is_told(item, row) for item in items),
        HearingSessionState.CANCELLED: len(items),
    }.get(HearingSessionState(row.state), 0)
    return SessionLine(
        row.id, committee.name if committee else row.committee, row.chamber, row.begins_at, row.ends_at, where_of(row),
        len(items), untold, row.state == HearingSessionState.CANCELLED,
    )  # fmt: skip


def _has_room(row: HearingSession, items: Sequence[HearingItem]) -> bool:
    """Whether one more case fits, between two others or after the last one."""
    at = row.begins_at
    for item in items:
        if (item.begins_at - at).total_seconds() / 60 >= row.minutes:
            return True
        at = max(at, ends(item))
    return (row.ends_at - ends_of(items, row)).total_seconds() / 60 >= row.minutes


def _same_chair(
    session: Session, seats: Sequence[HearingSeat], others: Sequence[SessionLine], day: date
) -> tuple[SessionLine, ...]:
    """Those of the other sessions to come that are on the same day, with the same chair."""
    chairs = [seat.staff for seat in seats if seat.kind == SeatKind.CHAIR]
    ids = [one.id for one in others if local_date(one.begins) == day]
    same = (HearingSeat.session_id.in_(ids), HearingSeat.staff.in_(chairs), HearingSeat.kind == SeatKind.CHAIR)
    found = set(session.scalars(select(HearingSeat.session_id).where(*same))) if ids else set()
    return tuple(one for one in others if one.id in found)


def _fits(row: HearingSession, items: Sequence[HearingItem]) -> int:
    free_from = max((ends(item) + timedelta(minutes=item.pause) for item in items), default=row.begins_at)
    return max(0, int((row.ends_at - free_from).total_seconds() // 60) // row.minutes)


def _others(
    session: Session, row: HearingSession, now: datetime, known: Mapping[str, Committee]
) -> tuple[SessionLine, ...]:
    """The other sessions to come, to which cases may go."""
    coming = select(HearingSession).where(
        HearingSession.state == HearingSessionState.PLANNED, HearingSession.begins_at > now, HearingSession.id != row.id
    )
    rows = session.scalars(coming.order_by(HearingSession.begins_at).limit(MOST_SESSIONS)).all()
    return tuple(_lines(session, [one for one in rows if local_date(one.begins_at) > local_date(now)], known))


def _seats(session: Session, actor: Actor, seats: Sequence[HearingSeat]) -> tuple[SeatLine, ...]:
    names = staff.names_of(session, (one for seat in seats for one in (seat.staff, seat.instead_of)))
    return tuple(
        SeatLine(
            seat.id, seat.staff, names[seat.staff], SEATS[seat.kind], ANSWERS[seat.answer], seat.answer == SeatAnswer.AWAY,
            seat.answer == SeatAnswer.COMES, seat.kind == SeatKind.SECRETARY, names.get(seat.instead_of or "", ""),
            seat.reason if handles(actor) or seat.staff == actor.subject else "", seat.staff == actor.subject,
        )
        for seat in seats
    )  # fmt: skip


def _free_deputies(
    session: Session, committee: Committee | None, seats: Sequence[HearingSeat]
) -> tuple[tuple[str, str], ...]:
    if committee is None:
        return ()
    free = [number for number in committee.deputies if number not in {seat.staff for seat in seats}]
    names = staff.names_of(session, free)
    return tuple((number, names[number]) for number in free)


def _waiting(
    session: Session, services: Services, actor: Actor, committee: Committee | None, now: datetime
) -> tuple[WaitingForSession, ...]:
    types = committee.case_types if committee else ()
    wanted = waiting_for_session(session, services.models, types).where(seen_cases(actor)).limit(MOST_WAITING)
    rows = [(task, case) for task, case in session.execute(wanted)]
    shown = heard_in_session(session, services.models, rows, now)
    names = objectors(session, [case.id for _, case in shown])
    drawn = [(case, services.models.version(session, case.model_version_id)) for _, case in shown]
    needs = needs_in_words(session, actor, drawn)
    return tuple(
        WaitingForSession(
            case.number, case.title, case.subject, names.get(case.id, ""), task.due or known_day(case.legal_on),
            needs.get(case.id, ()),
        )
        for task, case in shown
    )  # fmt: skip
