"""Foresees what a press on a session leads to, case by case: each is carried out, looked at and undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from processes.actions.agenda import MoveItem, TakeOffAgenda, TellHearing, move_item, take_off_agenda, tell_hearing
from processes.actions.foreseeing import foreseen_letters, newest_letter
from processes.actions.hearing_sessions import ChangeSession, change_session
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, ZaakspoorError
from processes.execution.unit_of_work import UnitOfWork, foresee
from processes.storage.services import Services
from processes.storage.tables import Case, HearingItem, TaskRow
from processes.storage.words import TaskState


@dataclass(frozen=True, slots=True)
class ForeseenHearing:
    """One case. `letters`: to whom something goes; `asks`: the names of tasks that then wait at a desk; `why_not`: why it cannot, empty when it can;
    `nothing`: there is nothing to do.
    """

    item: int
    number: str
    letters: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    why_not: str = ""
    nothing: bool = False


Numbered = Sequence[tuple[int, str]]


def foresee_telling(services: Services, actor: Actor, items: Numbered) -> list[ForeseenHearing]:
    """Every case of an agenda (id and number) is told of its moment."""
    return _each(services, actor, items, lambda work, item: tell_hearing(work, TellHearing(item)))


def foresee_change(services: Services, actor: Actor, items: Numbered, change: ChangeSession) -> list[ForeseenHearing]:
    """The session changes, and every case that was told is told anew. Raises what the change itself raises."""
    foresee(services, actor, lambda work: change_session(work, change))

    def look(work: UnitOfWork, item: int) -> str:
        change_session(work, change)
        if work.session.get_one(HearingItem, item).told_at is None:
            raise AlreadyDone
        return tell_hearing(work, TellHearing(item, change.reason))

    return _each(services, actor, items, look)


def foresee_moving(
    services: Services, actor: Actor, items: Numbered, target: int, reason: str
) -> list[ForeseenHearing]:
    """Every case goes to another session."""
    return _each(services, actor, items, lambda work, item: move_item(work, MoveItem(item, target, reason)))


def foresee_leaving(services: Services, actor: Actor, items: Numbered, reason: str) -> list[ForeseenHearing]:
    """Every case goes off the agenda."""
    return _each(services, actor, items, lambda work, item: take_off_agenda(work, TakeOffAgenda(item, reason)))


def _each(
    services: Services, actor: Actor, items: Numbered, change: Callable[[UnitOfWork, int], str]
) -> list[ForeseenHearing]:
    return [_one(services, actor, item, number, change) for item, number in items]


def _one(
    services: Services, actor: Actor, item: int, number: str, change: Callable[[UnitOfWork, int], str]
) -> ForeseenHearing:
    def look(work: UnitOfWork) -> ForeseenHearing:
        last, before = newest_letter(work), _open(work, number)
        change(work, item)
        work.session.flush()
        case = work.session.scalars(select(Case).where(Case.number == number)).one()
        letters = tuple(letter.recipient for letter in foreseen_letters(work, actor, case, last))
        asks = {key: name for key, name in _open(work, number).items() if key not in before}
        return ForeseenHearing(item, number, letters, () if letters else tuple(asks.values()))

    try:
        return foresee(services, actor, look)
    except AlreadyDone:
        return ForeseenHearing(item, number, nothing=True)
    except Invalid as error:
        return ForeseenHearing(item, number, why_not=" ".join(error.fields.values()))
    except ZaakspoorError as error:
        return ForeseenHearing(item, number, why_not=str(error))


def _open(work: UnitOfWork, number: str) -> dict[str, str]:
    rows = select(TaskRow.id, TaskRow.name).join(Case, Case.id == TaskRow.case_id)
    return dict(work.session.execute(rows.where(Case.number == number, TaskRow.state == TaskState.OPEN)).all())
