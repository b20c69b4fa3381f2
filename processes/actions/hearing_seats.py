"""The people who come to a session: a member says so or signs off, and a deputy is asked in the place of who does not come."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from processes.access.guards import only_staff, reason_wrong
from processes.access.staff_scope import HANDLES
from processes.actions.hearing_sessions import committee_of, locked_session
from processes.base.actor import StaffRole
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.hearing_clashes import elsewhere
from processes.execution.hearings import HEARS, seats_of
from processes.execution.unit_of_work import UnitOfWork
from processes.post.session_mail import mail_seats
from processes.storage.tables import HearingSeat, HearingSession
from processes.storage.words import SeatAnswer, SeatKind

ASKED = "U bent gevraagd om te komen, in de plaats van een lid dat niet kan."


@dataclass(frozen=True, slots=True)
class AnswerSeat:
    """The seat of who acts: comes to the session, or signs off with a reason that the secretary reads."""

    session: int
    comes: bool
    reason: str = ""


def answer_seat(work: UnitOfWork, action: AnswerSeat) -> str:
    """For who signs off, the first deputy who has no place yet is asked, unless one was. Raises NotFound for who does not sit there, Invalid, and
    AlreadyDone for the same answer again.
    """
    only_staff(work.actor, (*HANDLES, StaffRole.COMMITTEE), system=False)
    row = locked_session(work, action.session)
    mine = (HearingSeat.session_id == row.id, HearingSeat.staff == work.actor.subject)
    seat = work.session.scalar(select(HearingSeat).where(*mine))
    if seat is None:
        raise NotFound
    if not action.comes and (
        wrong := reason_wrong(action.reason, "Schrijf waarom u niet kunt. De secretaris leest dit.")
    ):
        raise Invalid(wrong)
    answer, reason = (SeatAnswer.COMES, "") if action.comes else (SeatAnswer.AWAY, action.reason.strip())
    if (seat.answer, seat.reason) == (answer, reason):
        raise AlreadyDone("Dit heeft u al laten weten.")
    seat.answer, seat.reason = answer, reason
    work.audit(0, "seat_answered", session=row.id, comes=int(action.comes))
    seats = seats_of(work.session, row.id)
    if not action.comes and seat.kind in HEARS and not _is_filled(seat, seats):
        _ask_one(work, row, seat, _free(work, row, seats))
    return str(row.id)


@dataclass(frozen=True, slots=True)
class AskDeputy:
    """The secretary asks this deputy in the place of the one of `seat`, who stays away."""

    seat: int
    deputy: str


def ask_deputy(work: UnitOfWork, action: AskDeputy) -> str:
    """Raises NotFound, Invalid for who is no deputy or has a place already, and AlreadyDone when another deputy was asked for the same place."""
    only_staff(work.actor)
    seat = work.session.get(HearingSeat, action.seat)
    if seat is None:
        raise NotFound
    row = locked_session(work, seat.session_id)
    seats = seats_of(work.session, row.id)
    if seat.kind in HEARS and _is_filled(seat, seats):
        raise AlreadyDone("Voor deze plaats is al een plaatsvervanger gevraagd.")
    if action.deputy not in _free(work, row, seats):
        raise Invalid({f"deputy-{seat.id}": "Kies een plaatsvervanger die nog niet in deze zitting zit."})
    if seat.kind not in HEARS:
        raise NotNow("Voor de secretaris komt geen plaatsvervanger. Verander de zitting.")
    seat.answer = SeatAnswer.AWAY
    work.audit(0, "deputy_asked", session=row.id)
    _ask_one(work, row, seat, [action.deputy])
    return str(row.id)


@dataclass(frozen=True, slots=True)
class ReplaceChair:
    """Somebody else takes the chair of this session. `reason` goes with what changed last."""

    session: int
    chair: str
    reason: str


def replace_chair(work: UnitOfWork, action: ReplaceChair) -> str:
    """The answer is the id of the session. Raises Invalid for who may not hear or is taken then, and AlreadyDone."""
    only_staff(work.actor)
    row = locked_session(work, action.session)
    committee, seats = committee_of(work, row.committee), seats_of(work.session, row.id)
    if action.chair in {seat.staff for seat in seats if seat.kind == SeatKind.CHAIR}:
        raise AlreadyDone("Deze voorzitter zit de zitting al voor.")
    if action.chair not in {*committee.chairs, *committee.members, *committee.deputies}:
        raise Invalid({"chair": "Kies wie de zitting voorzit."})
    if elsewhere(work.session, row, [action.chair]):
        raise Invalid({"chair": "Deze voorzitter zit dan al in een andere zitting."})
    for seat in seats:
        if seat.kind == SeatKind.CHAIR or seat.staff == action.chair:
            work.session.delete(seat)
    work.session.flush()
    work.session.add(HearingSeat(session_id=row.id, staff=action.chair, kind=SeatKind.CHAIR))
    row.reason, row.changes = action.reason.strip(), row.changes + 1
    work.session.flush()
    mail_seats(
        work,
        row,
        [seat.staff for seat in seats_of(work.session, row.id)],
        "Een zitting waarin u zit, krijgt een andere voorzitter.",
    )
    work.audit(0, "chair_replaced", session=row.id)
    return str(row.id)


def _free(work: UnitOfWork, row: HearingSession, seats: Iterable[HearingSeat]) -> list[str]:
    deputies = committee_of(work, row.committee).deputies
    taken = {*(seat.staff for seat in seats), *elsewhere(work.session, row, deputies)}
    return [number for number in deputies if number not in taken]


def _is_filled(seat: HearingSeat, seats: Iterable[HearingSeat]) -> bool:
    """Whether a deputy was asked for this place who did not sign off."""
    place = seat.instead_of or seat.staff
    return any(one.instead_of == place and one.id != seat.id and one.answer != SeatAnswer.AWAY for one in seats)


def _ask_one(work: UnitOfWork, row: HearingSession, seat: HearingSeat, free: list[str]) -> None:
    """Give the first of these a place, and tell them."""
    if not free:
        return
    place = seat.instead_of or seat.staff
    asked = HearingSeat(session_id=row.id, staff=free[0], kind=SeatKind.DEPUTY, instead_of=place, reason="")
    work.session.add(asked)
    work.session.flush()
    mail_seats(work, row, [asked.staff], ASKED)
