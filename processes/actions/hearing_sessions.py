"""Sessions of a committee (W8): planned, moved to another day, time or place, held, or cancelled. Each case on the agenda is told by itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, select

from processes.access.guards import only_staff, reason_wrong
from processes.base.clock import local_date
from processes.base.dutch import enumeration
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.base.typed_values import read_moment
from processes.dated import Committee, committees_on
from processes.execution.hearing_clashes import elsewhere, room_taken
from processes.execution.hearings import HEARS, items_of, places_of, seats_of, sits, told_place
from processes.execution.unit_of_work import UnitOfWork
from processes.post.session_mail import mail_seats
from processes.storage import staff
from processes.storage.tables import Case, HearingItem, HearingSeat, HearingSession
from processes.storage.turn import SESSIONS, wait_for_turn
from processes.storage.words import HearingSessionState, OutboxKind, SeatAnswer, SeatKind

LONGEST_PLACE: Final = 200
LONGEST_VIDEO: Final = 1000
NOT_PLANNED: Final = "Deze zitting is al gehouden of gaat niet door."
NO_REASON: Final = "Schrijf waarom u verbetert wie er waren."


@dataclass(frozen=True, slots=True)
class SessionTyped:
    """A session as it was typed: day and times as texts, people by number. `room` or `video` may be empty, not both."""

    chamber: str
    day: str
    begins: str
    ends: str
    room: str
    video: str
    chair: str
    members: tuple[str, ...]
    secretary: str = ""


@dataclass(frozen=True, slots=True)
class PlanSession:
    committee: str
    typed: SessionTyped


def plan_session(work: UnitOfWork, action: PlanSession) -> str:
    """The answer is the id of the session. Raises NotFound for an unknown committee, Invalid per field, also for who or what is taken then."""
    only_staff(work.actor)
    committee = committee_of(work, action.committee)
    begins, ends = _checked(work, committee, action.typed, ())
    row = HearingSession(
        committee=action.committee, chamber=action.typed.chamber, begins_at=begins, ends_at=ends,
        room=action.typed.room, video=action.typed.video, quorum=committee.quorum, minutes=committee.minutes,
        set_by=work.actor.subject, set_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    _seat(work, row, action.typed)
    mail_seats(work, row, _seated(work, row), "U bent ingedeeld voor een zitting.")
    work.audit(0, "session_planned", session=row.id, committee=row.committee)
    return str(row.id)


@dataclass(frozen=True, slots=True)
class ChangeSession:
    """Another day, time, place or people. `seen`: the count of changes that the form was made from."""

    session: int
    typed: SessionTyped
    reason: str
    seen: int


def change_session(work: UnitOfWork, action: ChangeSession) -> str:
    """All cases move along by as much as the beginning does; each is told by `TellHearing`, after the commit those that who acts may not
    see. The answer is the id of the session.

    Raises AlreadyDone when somebody changed it since, NotNow, and Invalid per field; without a reason when parties were told.
    """
    only_staff(work.actor)
    row = locked_session(work, action.session)
    if row.changes != action.seen:
        raise AlreadyDone("Iemand anders heeft deze zitting intussen veranderd. Bekijk eerst hoe zij nu is.")
    seats = seats_of(work.session, row.id)
    committee = committee_of(work, row.committee)
    begins, ends = _checked(work, committee, action.typed, [seat.staff for seat in seats], row.id)
    items = items_of(work.session, row.id)
    moved = (begins, action.typed.room, action.typed.video) != (row.begins_at, row.room, row.video)
    if (
        moved
        and any(item.told_at for item in items)
        and (wrong := reason_wrong(action.reason, "Schrijf waarom de zitting verandert."))
    ):
        raise Invalid(wrong)
    for item in items:
        item.begins_at += begins - row.begins_at
    row.begins_at, row.ends_at, row.chamber = begins, ends, action.typed.chamber
    row.room, row.video = action.typed.room, action.typed.video
    row.reason, row.changes = action.reason.strip(), row.changes + 1
    _seat(work, row, action.typed, seats)
    if moved or {seat.staff for seat in seats} != set(_seated(work, row)):
        mail_seats(work, row, _seated(work, row), "Een zitting waarin u zit, is veranderd. Zo is zij nu.")
    if moved:
        _tell_hidden(work, row, HearingItem.told_at.is_not(None))
    work.audit(0, "session_changed", session=row.id, cases=len(items), place=len(told_place(row)))
    return str(row.id)


@dataclass(frozen=True, slots=True)
class CancelSession:
    """The session does not take place. Each case is taken off its agenda by itself, before or after; after the commit those that who
    acts may not see.
    """

    session: int
    reason: str


def cancel_session(work: UnitOfWork, action: CancelSession) -> str:
    """Raises NotNow, and Invalid without a reason."""
    only_staff(work.actor)
    row = locked_session(work, action.session)
    if wrong := reason_wrong(action.reason, "Schrijf waarom de zitting niet doorgaat."):
        raise Invalid(wrong)
    row.state, row.reason, row.changes = HearingSessionState.CANCELLED, action.reason.strip(), row.changes + 1
    mail_seats(work, row, _seated(work, row), "Een zitting waarin u zou zitten, gaat niet door.")
    _tell_hidden(work, row)
    work.audit(0, "session_cancelled", session=row.id)
    return str(row.id)


@dataclass(frozen=True, slots=True)
class HoldSession:
    """The session took place. `there`: the numbers of who heard, of those with a place to hear; None for everybody who did not sign off.
    `reason`: why it was held with fewer people than its quorum asks. Of a session that was held it corrects who heard, for a reason.
    """

    session: int
    there: tuple[str, ...] | None = None
    reason: str = ""


def hold_session(work: UnitOfWork, action: HoldSession) -> str:
    """Keep who of the committee were there: the others see its cases no longer, and give no advice in them. Raises NotNow before its day and for a
    cancelled session, and Invalid when nobody heard, or too few did without a reason, or a correction has none.
    """
    only_staff(work.actor)
    row = locked_session(work, action.session, planned=False)
    if row.state == HearingSessionState.CANCELLED:
        raise NotNow(NOT_PLANNED)
    again = row.state == HearingSessionState.HELD
    if local_date(row.begins_at) > work.today:
        raise NotNow("Deze zitting moet nog komen. Leg haar vast als zij is gehouden.")
    seats = [seat for seat in seats_of(work.session, row.id) if seat.kind in HEARS]
    there = {seat.staff for seat in seats if sits(seat)} if action.there is None else set(action.there)
    places = len(places_of(seat for seat in seats if seat.staff in there))
    wrong = _wrong_presence(there, {seat.staff for seat in seats}, places, row.quorum, action.reason)
    if again:
        wrong |= reason_wrong(action.reason, NO_REASON)  # in the order of the page
    if wrong:
        raise Invalid(wrong)
    if action.there is not None:
        for seat in seats:
            seat.answer = SeatAnswer.COMES if seat.staff in there else SeatAnswer.AWAY
    if again or places < row.quorum:
        row.reason = action.reason.strip()
    row.state = HearingSessionState.HELD
    work.audit(0, "session_presence_corrected" if again else "session_held", session=row.id, there=len(there))
    return str(row.id)


def _wrong_presence(
    there: Collection[str], seated: Collection[str], places: int, quorum: int, reason: str
) -> dict[str, str]:
    """`places`: how many of the places of the committee they fill."""
    if not there or set(there) - set(seated):
        return {"there": "Kies wie van de commissie er waren."}
    few = f"Er waren minder mensen dan de {quorum} die er moeten zijn. Schrijf waarom de zitting toch is gehouden."
    return reason_wrong(reason, few) if places < quorum else {}


def locked_session(work: UnitOfWork, session: int, *, planned: bool = True) -> HearingSession:
    """The session, locked until the commit. A change that locks a case too does that first. Raises NotFound, and NotNow unless it is planned."""
    row = work.session.get(HearingSession, session, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound("Deze zitting bestaat niet.")
    if planned and row.state != HearingSessionState.PLANNED:
        raise NotNow(NOT_PLANNED)
    return row


def _tell_hidden(work: UnitOfWork, row: HearingSession, *which: ColumnElement[bool]) -> None:
    """After the commit the system tells the parties in cases that who acts may not see, and so cannot tell."""
    mine = select(HearingItem.id, HearingItem.case_id).join(Case, Case.id == HearingItem.case_id)
    hidden = work.session.execute(mine.where(HearingItem.session_id == row.id, ~work.open_to_actor(), *which)).all()
    for item, case in hidden:
        work.enqueue(OutboxKind.HIDDEN_HEARING, f"hidden-hearing:{item}:{row.changes}", {"item": item}, case)


def _seated(work: UnitOfWork, row: HearingSession) -> list[str]:
    """Numbers of everybody who sits there, but for who acts and who signed off."""
    work.session.flush()
    return [
        seat.staff
        for seat in seats_of(work.session, row.id)
        if seat.answer != SeatAnswer.AWAY and seat.staff != work.actor.subject
    ]


def committee_of(work: UnitOfWork, code: str) -> Committee:
    """The committee as it is today. Raises NotFound."""
    found = committees_on(work.services.law.shelf(work.session), work.today).get(code)
    if found is None:
        raise NotFound("Deze commissie bestaat niet, of niet meer.")
    return found


def _checked(
    work: UnitOfWork, committee: Committee, typed: SessionTyped, seated: Collection[str], own: int | None = None
) -> tuple[datetime, datetime]:
    """Beginning and end. `seated`: who had a place already in this session (`own`), and may keep it. Raises Invalid per field."""
    wrong: dict[str, str] = {}
    begins = _moment(typed.day, typed.begins, "begins", wrong)
    ends = _moment(typed.day, typed.ends, "ends", wrong)
    if begins and begins <= work.now:
        wrong["day"] = "Deze dag of tijd is voorbij. Kies een moment dat nog komt."
    if begins and ends and ends <= begins:
        wrong["ends"] = "Het einde moet na het begin liggen."
    if committee.chambers and typed.chamber not in committee.chambers:
        wrong["chamber"] = "Kies een kamer van de commissie."
    if not typed.room and not typed.video:
        wrong["room"] = "Vul een kamer in, of hoe iemand online meedoet."
    if len(typed.room) > LONGEST_PLACE:
        wrong["room"] = f"Maak dit korter: hoogstens {LONGEST_PLACE} tekens."
    if len(typed.video) > LONGEST_VIDEO:
        wrong["video"] = f"Maak dit korter: hoogstens {LONGEST_VIDEO} tekens."
    wrong |= _people(committee, typed, seated)
    if begins and ends:
        wrong = _taken(work, typed, HearingSession(id=own, room=typed.room, begins_at=begins, ends_at=ends)) | wrong
    if wrong or begins is None or ends is None:
        raise Invalid(wrong)
    return begins, ends


def _taken(work: UnitOfWork, typed: SessionTyped, row: HearingSession) -> dict[str, str]:
    """A sentence for a room and for people who are taken at some moment of this session. Two who plan wait for each other."""
    wait_for_turn(work.session, SESSIONS)
    wrong = {}
    if room_taken(work.session, row):
        wrong["room"] = f"In {row.room} is dan al een andere zitting. Kies een andere kamer of een andere tijd."
    for field, numbers in {"chair": [typed.chair], "members": typed.members, "secretary": [typed.secretary]}.items():
        if taken := elsewhere(work.session, row, numbers):
            names = staff.names_of(work.session, taken)
            who = enumeration([names[number] for number in taken])
            sits = "zit" if len(taken) == 1 else "zitten"
            wrong[field] = f"{who} {sits} dan al in een andere zitting. Kies iemand anders of een andere tijd."
    return wrong


def _people(committee: Committee, typed: SessionTyped, seated: Collection[str]) -> dict[str, str]:
    wrong = {}
    hearing = {*committee.chairs, *committee.members, *committee.deputies, *seated}
    if typed.chair not in hearing:
        wrong["chair"] = "Kies wie de zitting voorzit."
    if set(typed.members) - hearing:
        wrong["members"] = "Kies alleen leden van de commissie."
    elif typed.chair in typed.members:
        wrong["members"] = "De voorzitter zit er al. Kies de andere leden."
    elif len({typed.chair, *typed.members}) < committee.quorum:
        wrong["members"] = f"Kies genoeg leden: met de voorzitter moeten er minstens {committee.quorum} zijn."
    if typed.secretary and typed.secretary not in {*committee.secretaries, *seated}:
        wrong["secretary"] = "Kies een secretaris van de commissie."
    elif typed.secretary and typed.secretary in {typed.chair, *typed.members}:
        wrong["secretary"] = "De secretaris hoort niet mee. Kies iemand anders."
    return wrong


def _moment(day: str, time: str, field: str, wrong: dict[str, str]) -> datetime | None:
    if not day.strip():
        wrong["day"] = "Vul de dag van de zitting in."
        return None
    try:
        return read_moment(f"{day} {time}")
    except ValueError as error:
        wrong.setdefault(field, str(error) if time.strip() else "Vul een tijd in, zoals 13.00.")
        return None


def _seat(work: UnitOfWork, row: HearingSession, typed: SessionTyped, seats: Sequence[HearingSeat] = ()) -> None:
    """Give everybody a place; who had one keeps what was answered. Deputies stay for whom they stand in."""
    wanted = {typed.chair: SeatKind.CHAIR, **dict.fromkeys(typed.members, SeatKind.MEMBER)}
    if typed.secretary:
        wanted[typed.secretary] = SeatKind.SECRETARY
    for seat in seats:
        stays = seat.staff in wanted or (seat.kind == SeatKind.DEPUTY and seat.instead_of in wanted)
        if not stays:
            work.session.delete(seat)
    work.session.flush()
    known = {seat.staff: seat for seat in seats}
    for number, kind in wanted.items():
        if number in known:
            known[number].kind = kind
            known[number].instead_of = None
        else:
            work.session.add(HearingSeat(session_id=row.id, staff=number, kind=kind))
