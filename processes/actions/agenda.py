"""The agenda of a session: which case is heard when. What the parties are told goes by the drawing of each case, in a change of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from processes.access.guards import LONGEST_REASON, only_staff, reason_wrong
from processes.actions.course import send_by_button
from processes.actions.hearing_sessions import NOT_PLANNED, locked_session
from processes.actions.tasks import CompleteTask, complete_task
from processes.base.actor import ActorKind
from processes.base.clock import local_date
from processes.base.dutch import long_moment
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.base.marks import MEANWHILE, NOTHING_SHOWN, mark_of
from processes.execution.agenda_times import begin_at, begins_on, in_blocks, in_order
from processes.execution.case_execution import CaseExecution
from processes.execution.facts import to_fact
from processes.execution.hearings import (
    PlanningTask,
    ends,
    filled_in,
    holds,
    item_of_case,
    items_of,
    planning_of,
    told_place,
    values_of,
)
from processes.execution.unit_of_work import UnitOfWork
from processes.execution.values import store_value
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, HearingItem, HearingSession, TaskRow
from processes.storage.words import CaseState, HearingSessionState

LONGEST_CASE: Final = 480  # minutes
LONGEST_PAUSE: Final = 240
ON_AN_AGENDA: Final = "Deze zaak staat al op de agenda van een zitting."
NOT_SO: Final = "Deze zaak wordt niet in een zitting gehoord."
UP, DOWN = "omhoog", "omlaag"


@dataclass(frozen=True, slots=True)
class PutOnAgenda:
    """`case`: its number. It gets the first time that is free."""

    session: int
    case: str


def put_on_agenda(work: UnitOfWork, action: PutOnAgenda) -> str:
    """Nobody is told yet. The answer is the id of the session. Raises NotFound, NotNow and AlreadyDone with what stands in the way."""
    only_staff(work.actor)
    place_on_agenda(work, action)
    return str(action.session)


@dataclass(frozen=True, slots=True)
class PlanOnSession:
    """From the case: the open task that plans is filled in by a session with a free place, and so invites."""

    task: str
    session: int


def plan_on_session(work: UnitOfWork, action: PlanOnSession) -> str:
    """The answer is the case number. Raises what `put_on_agenda` and `tell_hearing` raise, and NotNow when the session is full."""
    only_staff(work.actor)
    case = work.lock_case_of(action.task)
    item = place_on_agenda(work, PutOnAgenda(action.session, case.number))
    row = work.session.get_one(HearingSession, action.session)
    if ends(item) > row.ends_at:
        raise NotNow("In deze zitting is geen tijd meer vrij. Kies een andere zitting.")
    tell_hearing(work, TellHearing(item.id))
    return case.number


@dataclass(frozen=True, slots=True)
class TellHearing:
    """Plan the case for the moment and place that it has on the agenda, by its drawing: parties are invited, or invited anew."""

    item: int
    reason: str = ""


def tell_hearing(work: UnitOfWork, action: TellHearing) -> str:
    """The answer is the case number. Raises AlreadyDone when it was told so, CaseClosed, and NotNow for a moment that has passed or a
    drawing that cannot plan now.
    """
    only_staff(work.actor)
    item, case = _locked(work, action.item)
    row = locked_session(work, item.session_id)
    if case.state != CaseState.RUNNING:
        raise NotNow("Deze zaak is afgerond. Haal haar van de agenda.")
    if item.begins_at <= work.now:
        raise NotNow("Dit moment is voorbij. Kies een andere zitting voor deze zaak.")
    planning = _planning(work, case)
    was = planned_moment(work, case, planning)
    if planning.task is None and was == item.begins_at and item.told_where == told_place(row):
        raise AlreadyDone("De uitnodiging voor dit moment is al verstuurd.")
    task = planning.task or _plan_again(work, case, planning, was)
    complete_task(work, CompleteTask(task.id, filled_in(work.session, planning.plan, row, item)))
    item.told_at, item.told_where = item.begins_at, told_place(row)
    if action.reason.strip() and was:
        _note(work, case, f"De hoorzitting van {long_moment(was)} is verplaatst. Reden: {action.reason.strip()}")
    work.audit(case.id, "hearing_planned", session=row.id, item=item.id)
    return case.number


@dataclass(frozen=True, slots=True)
class TakeOffAgenda:
    """The case is not heard in this session, also when that was cancelled. Parties who were told hear that the day changes, and the case waits
    for another one.
    """

    item: int
    reason: str = ""


def take_off_agenda(work: UnitOfWork, action: TakeOffAgenda) -> str:
    """The answer is the case number. Raises NotNow, and Invalid without a reason when parties were told."""
    only_staff(work.actor)
    item, case = _locked(work, action.item)
    row = _not_held(work, item.session_id)
    if item.told_at and case.state == CaseState.RUNNING and not _heard_elsewhere(work, item):
        if wrong := reason_wrong(action.reason, "Schrijf waarom de zaak van de agenda gaat. Dit staat op de tijdlijn."):
            raise Invalid(wrong)
        planning = _planning(work, case)
        was = planned_moment(work, case, planning)
        if planning.task is None:
            _plan_again(work, case, planning, was)
        _note(
            work, case, f"De hoorzitting van {long_moment(item.told_at)} gaat niet door. Reden: {action.reason.strip()}"
        )
    work.session.delete(item)
    work.audit(case.id, "agenda_left", session=row.id)
    return case.number


@dataclass(frozen=True, slots=True)
class MoveItem:
    """To another session, at the first time that is free there; parties who were told are told anew, in the same change."""

    item: int
    session: int
    reason: str = ""


def move_item(work: UnitOfWork, action: MoveItem) -> str:
    """The answer is the case number. Raises what `tell_hearing` raises, and Invalid without a reason when parties were told."""
    only_staff(work.actor)
    item, case = _locked(work, action.item)
    if item.session_id == action.session:
        raise AlreadyDone("De zaak staat al op de agenda van deze zitting.")
    first, second = sorted((item.session_id, action.session))
    rows = {
        one: locked_session(work, one) if one == action.session else _not_held(work, one) for one in (first, second)
    }
    if _heard_elsewhere(work, item):
        raise AlreadyDone(ON_AN_AGENDA)
    told = item.told_at is not None
    if told and (wrong := reason_wrong(action.reason, "Schrijf waarom de zaak naar een andere zitting gaat.")):
        raise Invalid(wrong)
    target = rows[action.session]
    _still_comes(work, target)
    others = items_of(work.session, target.id)
    item.session_id, item.begins_at = target.id, begins_on(target, others, item.minutes, item.block)
    in_order([*others, item])
    work.session.flush()
    work.audit(case.id, "agenda_moved", session=target.id, item=item.id)
    if told:
        tell_hearing(work, TellHearing(item.id, action.reason))
    return case.number


@dataclass(frozen=True, slots=True)
class FollowSession:
    """For the system: a case that who changed or cancelled its session may not see goes along with it, and its parties are told."""

    item: int


def follow_session(work: UnitOfWork, action: FollowSession) -> str:
    """The answer is the case number. Raises what `tell_hearing` and `take_off_agenda` raise."""
    only_staff(work.actor, ())
    item, _ = _locked(work, action.item)
    row = work.session.get_one(HearingSession, item.session_id)
    if row.state == HearingSessionState.CANCELLED:
        return take_off_agenda(work, TakeOffAgenda(item.id, row.reason))
    return tell_hearing(work, TellHearing(item.id, row.reason))


@dataclass(frozen=True, slots=True)
class CannotFollow:
    """For the system: the parties of such a case could not be told, for this reason. Its handler does it by hand."""

    item: int
    why: str


def cannot_follow(work: UnitOfWork, action: CannotFollow) -> str:
    """The answer is the case number. Raises NotFound."""
    only_staff(work.actor, ())
    item, case = _locked(work, action.item)
    row = work.session.get_one(HearingSession, item.session_id)
    what = "gaat niet door" if row.state == HearingSessionState.CANCELLED else "is veranderd"
    text = f"De zitting waarin deze zaak zou worden gehoord, {what}. Dat weten de partijen nog niet. {action.why}"
    work.system_note(case.id, text)
    work.audit(case.id, "hearing_not_told", session=row.id, item=item.id)
    return case.number


@dataclass(frozen=True, slots=True)
class ShiftItem:
    """One place up or down (`way`: UP or DOWN); the two cases change times."""

    item: int
    way: str


def shift_item(work: UnitOfWork, action: ShiftItem) -> str:
    """The answer is the id of the session. Raises NotNow at either end."""
    item, row = _of_agenda(work, action.item)
    items = items_of(work.session, row.id)
    blocks = in_blocks(items)
    at = next(place for place, block in enumerate(blocks) if item.id in {one.id for one in block})
    first = at - 1 if action.way == UP else at
    if not 0 <= first < len(blocks) - 1:
        raise NotNow("Deze zaak staat al aan het begin of het einde van de agenda.")
    upper, lower = blocks[first], blocks[first + 1]
    room_between = lower[0].begins_at - ends(upper[0])
    begin_at(lower, upper[0].begins_at)
    begin_at(upper, ends(lower[0]) + room_between)
    in_order(items)
    work.audit(item.case_id, "agenda_shifted", session=row.id, item=item.id)
    return str(row.id)


@dataclass(frozen=True, slots=True)
class SetItemTime:
    """How long the case takes and how long a pause follows, in minutes as typed."""

    item: int
    minutes: str
    pause: str


def set_item_time(work: UnitOfWork, action: SetItemTime) -> str:
    """Cases after it move on when they would begin too early. The answer is the id of the session. Raises Invalid."""
    item, row = _of_agenda(work, action.item)
    wrong: dict[str, str] = {}
    minutes = _minutes(action.minutes, 5, LONGEST_CASE, "minutes", wrong)
    pause = _minutes(action.pause or "0", 0, LONGEST_PAUSE, "pause", wrong)
    if wrong:
        raise Invalid(wrong)
    until = row.begins_at
    for block in in_blocks(items_of(work.session, row.id)):
        if item.id in {one.id for one in block}:
            for one in block:
                one.minutes, one.pause = minutes, pause
        begin_at(block, max(block[0].begins_at, until))
        until = ends(block[0]) + timedelta(minutes=block[0].pause)
    work.audit(item.case_id, "agenda_times", session=row.id, item=item.id)
    return str(row.id)


@dataclass(frozen=True, slots=True)
class NotePresence:
    """`present`: who were there and for whom, as the secretary wrote it down; it stands ready for the report of the case. `seen` is the mark of
    what the page showed.
    """

    item: int
    present: str
    seen: str = NOTHING_SHOWN


def note_presence(work: UnitOfWork, action: NotePresence) -> str:
    """The answer is the id of the session. Raises Invalid, also when somebody wrote it down since, and NotNow before its day."""
    only_staff(work.actor)
    item, case = _locked(work, action.item)
    row = locked_session(work, item.session_id, planned=False)
    if local_date(item.begins_at) > work.today:
        raise NotNow("Deze hoorzitting moet nog komen.")
    if not action.present.strip() or len(action.present) > LONGEST_REASON:
        raise Invalid({"present": f"Schrijf op wie er waren, in hoogstens {LONGEST_REASON} tekens."})
    if item.present != action.present.strip() and action.seen != mark_of(item.present):
        raise Invalid({"present": MEANWHILE})
    item.present = action.present.strip()
    planning = planning_of(work.session, work.deployed(case.model_version_id), case)
    if planning and planning.plan.present and case.state == CaseState.RUNNING:
        run = CaseExecution.of(work, case)
        store_value(run, run.root_instance(), planning.plan.present, item.present)
        run.settle()
    work.audit(case.id, "presence_noted", session=row.id, item=item.id)
    return str(row.id)


def planned_moment(work: UnitOfWork, case: Case, planning: PlanningTask) -> datetime | None:
    """The moment for which the drawing planned the hearing last; None when it did not."""
    stored = values_of(work.session, root_of(work.session, case.id)).get(planning.plan.on)
    moment = to_fact(planning.deployed.model.values[planning.plan.on], stored)
    return moment if isinstance(moment, datetime) else None


# -- places and times ---------------------------------------------------------------------------------------------------


def place_on_agenda(work: UnitOfWork, action: PutOnAgenda, block: int | None = None) -> HearingItem:
    """The case on the agenda, at the first time that is free; with those of its `block` where these are. Raises what `put_on_agenda` raises."""
    case = work.lock_case(action.case, running=True)
    row = locked_session(work, action.session)
    _still_comes(work, row)
    planning = _planning(work, case)
    stored = values_of(work.session, root_of(work.session, case.id))
    if planning.task is None or not holds(planning.plan, planning.deployed, stored, work.now):
        raise NotNow("Deze zaak wacht nu niet op een zitting.")
    known = item_of_case(work.session, case.id)
    if known and work.session.get_one(HearingSession, known.session_id).state == HearingSessionState.PLANNED:
        raise AlreadyDone(ON_AN_AGENDA)
    others = items_of(work.session, row.id)
    beside = next((one for one in others if one.block == block is not None), None)
    minutes, pause = (beside.minutes, beside.pause) if beside else (row.minutes, 0)
    item = HearingItem(
        session_id=row.id, case_id=case.id, position=len(others), minutes=minutes, pause=pause,
        begins_at=begins_on(row, others, minutes, block), told_where="", present="", block=block,
    )  # fmt: skip
    work.session.add(item)
    in_order([*others, item])
    work.session.flush()
    work.audit(case.id, "agenda_joined", session=row.id, item=item.id)
    return item


def _minutes(typed: str, least: int, most: int, field: str, wrong: dict[str, str]) -> int:
    if typed.isascii() and typed.isdigit() and len(typed) < len(str(most)) + 1 and least <= int(typed) <= most:
        return int(typed)
    wrong[field] = f"Vul een heel aantal minuten in, van {least} tot en met {most}."
    return 0


def _still_comes(work: UnitOfWork, row: HearingSession) -> None:
    if local_date(row.begins_at) <= work.today:
        raise NotNow("Deze zitting is vandaag of al voorbij. Kies een zitting die nog komt.")


# -- the case -------------------------------------------------------------------------------------------------------------


def _locked(work: UnitOfWork, item_id: int) -> tuple[HearingItem, Case]:
    """The item and its case, locked."""
    item = work.session.get(HearingItem, item_id)
    if item is None:
        raise NotFound("Deze zaak staat niet meer op de agenda.")
    case = work.lock_case_id(item.case_id)
    item = work.session.get(HearingItem, item_id, populate_existing=True)
    if item is None:
        raise NotFound("Deze zaak staat niet meer op de agenda.")
    return item, case


def _not_held(work: UnitOfWork, session: int) -> HearingSession:
    """The session, locked. Raises NotNow when it took place."""
    row = locked_session(work, session, planned=False)
    if row.state == HearingSessionState.HELD:
        raise NotNow(NOT_PLANNED)
    return row


def _heard_elsewhere(work: UnitOfWork, item: HearingItem) -> bool:
    """Whether another session hears the case by now."""
    stands = item_of_case(work.session, item.case_id)
    return stands is not None and stands.id != item.id


def _note(work: UnitOfWork, case: Case, text: str) -> None:
    """Tell what became of a hearing: news for the handler when the system did it."""
    (work.system_note if work.actor.kind == ActorKind.SYSTEM else work.own_note)(case.id, text)


def _of_agenda(work: UnitOfWork, item_id: int) -> tuple[HearingItem, HearingSession]:
    """The item, under the locks of its case and session, for who may change the agenda."""
    only_staff(work.actor)
    item, _ = _locked(work, item_id)
    return item, locked_session(work, item.session_id)


def _planning(work: UnitOfWork, case: Case) -> PlanningTask:
    found = planning_of(work.session, work.deployed(case.model_version_id), case)
    if found is None:
        raise NotNow(NOT_SO)
    return found


def _plan_again(work: UnitOfWork, case: Case, planning: PlanningTask, was: datetime | None) -> TaskRow:
    """Press the button of the drawing that plans the hearing anew; the task that waits then. Raises NotNow when it cannot."""
    if was and was <= work.now:
        raise NotNow("Deze hoorzitting is al geweest.")
    button = planning.deployed.model.on_demand.get(planning.plan.move or "")
    if button is None:
        raise NotNow("Het zaaktype heeft geen knop om de hoorzitting opnieuw te plannen. Doe het in de zaak.")
    run = CaseExecution.of(work, case)
    work.audit(case.id, "press", button=button.code)
    send_by_button(run, run.root_instance(), button)
    work.session.flush()
    again = planning_of(work.session, planning.deployed, case)
    if again is None or again.task is None:
        raise NotNow("De zaak is op een punt waar geen nieuwe hoorzitting te plannen is.")
    return again.task
