"""Tasks for colleagues (W13): those of one case, and those of one member of staff with the own teams and who is away, in pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, true, union
from sqlalchemy.orm import Session

from engine import Model
from processes.access.staff_scope import HANDLES, handled_case, handles, offered_in, rows_of_seen_cases, seen_cases
from processes.access.substitution import replaced_by
from processes.base.actor import SYSTEM, Actor
from processes.base.clock import local_date
from processes.base.errors import NotAllowed
from processes.dated import SettingShelf, teams_on
from processes.reads.opening import reading
from processes.reads.workbench.head import Head, head_of
from processes.reads.workbench.legal import Due, due_of
from processes.reads.workbench.parties import party_choices
from processes.reads.workbench.risk import PAGE, counted, pages_of
from processes.reads.workbench.whose import DeskOf
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, ColleagueTask, Party, PersonProfile
from processes.storage.words import ColleagueTaskState

Choices = tuple[tuple[str, str], ...]
OPEN = ColleagueTask.state == literal_column(f"'{ColleagueTaskState.OPEN}'")  # said as the indexes say it


@dataclass(frozen=True, slots=True)
class ColleagueTaskLine:
    """`whom` is the name of a colleague or a team; `asked`: this reader made it; `remark`: why it came back;
    `staff`: the number of the colleague, None for a team.
    """

    id: int
    what: str
    whom: str
    by: str
    due: Due
    number: str
    subject: str
    asked: bool
    remark: str
    staff: str | None
    letter: int | None = None  # the task is to agree to this letter, or not
    goes_back: bool = True  # to the person who asked; not when the program itself did


@dataclass(frozen=True, slots=True)
class AskColleaguePage:
    """`whom`: the words and names of every colleague and team that a task can be for."""

    head: Head
    whom: Choices
    today: date


@dataclass(frozen=True, slots=True)
class PhonePage:
    """`parties`: ids and names; `now` is the local moment for which the form stands."""

    head: Head
    parties: tuple[tuple[int, str], ...]
    whom: Choices
    now: datetime


@dataclass(frozen=True, slots=True)
class ColleagueTasksPage:
    """`asked`: shown are the tasks that the reader asked of others. `counts`: of those for the reader, and of those asked."""

    lines: tuple[ColleagueTaskLine, ...]
    asked: bool
    counts: tuple[int, int]
    page: int
    pages: int


def colleague_tasks_in(
    session: Session, shelf: SettingShelf, actor: Actor, case: Case, now: datetime
) -> tuple[ColleagueTaskLine, ...]:
    """The open tasks of a case, the first due before the others."""
    mine = select(ColleagueTask, Case).join(Case, Case.id == ColleagueTask.case_id)
    return _lines(session, shelf, actor, mine.where(ColleagueTask.case_id == case.id, OPEN), now)


def open_in(session: Session, case: Case) -> int:
    """The number of open tasks of a case."""
    mine = select(func.count()).select_from(ColleagueTask).where(ColleagueTask.case_id == case.id, OPEN)
    return session.scalar(mine) or 0


def keys_of_tasks(desk: DeskOf) -> list[Select[*tuple[Any, ...]]]:
    """Parts of the open tasks at a desk, each with an index in its order: of the people of it, and of their teams. Nobody's there are
    none.
    """
    people = [ColleagueTask.staff == one for one in desk.people] if desk.whose in {"mine", "all"} else []
    teams = [ColleagueTask.team == one for one in desk.teams.codes] if desk.whose in {"team", "all"} else []
    day, own = ColleagueTask.due.label("day"), true().label("own")
    found = select(ColleagueTask.id.label("key"), ColleagueTask.case_id, day, own).where(
        OPEN, rows_of_seen_cases(desk.actor, ColleagueTask.case_id)
    )
    return [found.where(one).order_by(ColleagueTask.due, ColleagueTask.id) for one in (*people, *teams)]


def colleague_tasks_named(
    session: Session, shelf: SettingShelf, actor: Actor, keys: Collection[int], now: datetime
) -> tuple[ColleagueTaskLine, ...]:
    """Open tasks by their ids. Two statements."""
    return _lines(session, shelf, actor, _of(actor, [ColleagueTask.id.in_(keys)]), now)


def read_colleague_tasks(services: Services, actor: Actor, page: int = 1, *, asked: bool = False) -> ColleagueTasksPage:
    """Raises NotAllowed for who does not handle cases."""
    if not handles(actor):
        raise NotAllowed("Taken van collega's zijn alleen voor behandelaars.")
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        absent = replaced_by(session, actor, local_date(now))
        mine = _for_me(actor, _own_codes(shelf, actor, now), absent)
        by_me = [ColleagueTask.made_by == actor.subject]
        seen = select(ColleagueTask.id).join(Case, Case.id == ColleagueTask.case_id).where(OPEN, seen_cases(actor))
        counts = counted(session, seen.where(*mine), seen.where(*by_me))
        pages = pages_of(counts[asked])
        page = min(max(page, 1), pages)
        shown = _of(actor, by_me if asked else mine).limit(PAGE).offset((page - 1) * PAGE)
        return ColleagueTasksPage(_lines(session, shelf, actor, shown, now), asked, (counts[0], counts[1]), page, pages)


def read_ask_colleague(services: Services, actor: Actor, number: str) -> AskColleaguePage:
    """Raises NotFound, NotAllowed for the committee."""
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        head = head_of(session, services, actor, case, now)
        return AskColleaguePage(head, _choices(session, actor, shelf, case, now), local_date(now))


def read_phone(services: Services, actor: Actor, number: str) -> PhonePage:
    """Raises NotFound, NotAllowed for the committee."""
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        case = handled_case(session, actor, number)
        model = services.models.version(session, case.model_version_id).model
        head = head_of(session, services, actor, case, now)
        return PhonePage(head, _to_call(session, case, model), _choices(session, actor, shelf, case, now), now)


def _to_call(session: Session, case: Case, model: Model) -> tuple[tuple[int, str], ...]:
    """The living parties that read messages, each with the telephone number that is known."""
    called = select(Party.id, Party.phone, PersonProfile.phone).outerjoin(
        PersonProfile, PersonProfile.identity_index == Party.identity_index
    )
    found = session.execute(called.where(Party.case_id == case.id, Party.deceased.is_(False))).all()
    phones = {id_: own or phone for id_, phone, own in found}
    return tuple(
        (id_, f"{name}, {phones[id_]}" if phones[id_] else name)
        for id_, name in party_choices(session, case, model)
        if id_ in phones
    )


def _choices(session: Session, actor: Actor, shelf: SettingShelf, case: Case, now: datetime) -> Choices:
    people = offered_in(session, actor, case, staff.with_role(session, HANDLES))
    teams = teams_on(shelf, local_date(now))
    return (*people, *((f"team:{code}", f"Team: {team.name}") for code, team in teams.items()))


def _own_codes(shelf: SettingShelf, actor: Actor, now: datetime) -> list[str]:
    return [code for code, team in teams_on(shelf, local_date(now)).items() if actor.subject in team.members]


def _for_me(actor: Actor, codes: Collection[str], absent: Collection[str]) -> Sequence[ColumnElement[bool]]:
    """Each half is answered by an index of its own."""
    own = select(ColleagueTask.id).where(OPEN, ColleagueTask.staff.in_((actor.subject, *absent)))
    of_teams = select(ColleagueTask.id).where(OPEN, ColleagueTask.team.in_(codes))
    return [ColleagueTask.id.in_(union(own, of_teams) if codes else own)]


def _of(actor: Actor, conditions: Sequence[ColumnElement[bool]]) -> Select[ColleagueTask, Case]:
    found = select(ColleagueTask, Case).join(Case, Case.id == ColleagueTask.case_id)
    return found.where(OPEN, seen_cases(actor), *conditions)


def _lines(
    session: Session, shelf: SettingShelf, actor: Actor, found: Select[ColleagueTask, Case], now: datetime
) -> tuple[ColleagueTaskLine, ...]:
    rows = session.execute(found.order_by(ColleagueTask.due, ColleagueTask.id)).all()
    numbers = {number for row, _ in rows for number in (row.staff, row.made_by)}
    names = staff.names_of(session, numbers) if numbers else {}
    teams = {code: team.name for code, team in teams_on(shelf, local_date(now)).items()}
    return tuple(_line(row, case, actor, names, teams, now) for row, case in rows)


def _line(
    row: ColleagueTask, case: Case, actor: Actor, names: Mapping[str, str], teams: Mapping[str, str], now: datetime
) -> ColleagueTaskLine:
    whom = f"team {teams.get(row.team, row.team)}" if row.team else names.get(row.staff or "", "")
    return ColleagueTaskLine(
        row.id, row.what, whom, names.get(row.made_by, row.made_by) if row.made_by != SYSTEM.subject else SYSTEM.name, due_of(row.due, now), case.number, case.subject,
        row.made_by == actor.subject, row.remark, row.staff, row.letter_id, row.made_by != SYSTEM.subject,
    )  # fmt: skip
