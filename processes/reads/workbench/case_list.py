"""The list of cases: one search box, a few filters, counts. A fixed number of statements, whatever the size."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache

from sqlalchemy import ColumnElement, Select, literal_column, select, true
from sqlalchemy.orm import Session

from processes.access.same_roles import SameRoles
from processes.access.staff_scope import HANDLES, seen_cases
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.dated import Team, teams_on
from processes.execution.reopened import statuses_of
from processes.reads.opening import reading
from processes.reads.workbench.case_lines import CaseLine, lines_of
from processes.reads.workbench.checklist import has_open_points
from processes.reads.workbench.found_cases import Found, KeptQuestions
from processes.reads.workbench.hits import Hit, hits_of
from processes.reads.workbench.legal import case_types, newest_types, titles
from processes.reads.workbench.news import DeskCounts, desk_counts, desk_counts_ahead
from processes.reads.workbench.risk import PAGE, pages_of
from processes.reads.workbench.search import Searched, found_by, is_whole_number
from processes.reads.workbench.views import ViewLine, saved_views, views_of
from processes.storage import staff
from processes.storage.among import in_text
from processes.storage.asked_ahead import Question, answer, ask_ahead
from processes.storage.fast import PreparedQuery
from processes.storage.model_cache import Deployed
from processes.storage.search_query import MOST_CASES, is_among
from processes.storage.services import Services
from processes.storage.tables import Case, DepartmentRow, DocumentRequestRow
from processes.storage.words import CaseState

MOST_EXPORTED = 10_000  # cases in one table
EXPORTED_AT_ONCE = 500
NOBODY = "-"  # the value of the filter for cases without a handler; no number of staff looks like this


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter of the case list. Empty texts do not filter; `state` is running, closed or empty. `late`: a term of the law or
    of a court is over; `court`: a term of a court runs; `to_check`: it runs, and its checklist has
    open points; `department`: its code, of whom something is asked that is still open;
    `team`: the name of one that handles the case type; `order`: one of ORDERS, by legal risk when it is empty.
    """

    text: str = ""
    case_type: str = ""
    status: str = ""
    handler: str = ""
    state: str = CaseState.RUNNING
    page: int = 1
    team: str = ""
    department: str = ""
    late: bool = False
    court: bool = False
    to_check: bool = False
    order: str = ""


@dataclass(frozen=True, slots=True)
class CaseList:
    """`counts` holds how many cases of this search are running, closed and together (key `''`). `whole` is False when what was searched
    for stands in so many that only a part was looked through. `desk`: the counters at the top of the page. `hits`: by number why a case
    was found, where its line does not show it.
    """

    lines: tuple[CaseLine, ...]
    counts: Mapping[str, int]
    page: int
    pages: int
    case_types: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]
    handlers: tuple[tuple[str, str], ...]
    teams: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]
    views: tuple[ViewLine, ...] = ()
    whole: bool = True
    desk: DeskCounts | None = None
    hits: Mapping[str, Hit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """`lines` are read part by part while they are written, at most MOST_EXPORTED; `more`: there are more than those."""

    lines: Iterator[CaseLine]
    more: bool


def read_cases(services: Services, actor: Actor, wanted: Filter) -> CaseList:
    """Raises NotAllowed for anybody without a role in the workbench."""
    shelf = services.law.last_shelf(services.sessions)
    with reading(services) as (session, now):
        today = local_date(now)
        kept = _kept_for(actor, wanted, today) if _is_plain(wanted) else None
        ask_ahead(session, _around(actor, wanted, kept, today))
        types, teams = case_types(session, services), teams_on(shelf, today).values()
        searched = _searched(session, actor, wanted, types, today)
        found = replace(_found(session, actor, wanted, searched, types, teams, today), prepared=kept)
        counts = found.counts(session)
        pages = pages_of(counts.get(wanted.state, 0))
        page = min(max(wanted.page, 1), pages)
        ids, people = found.page(session, wanted.state, counts, (page - 1) * PAGE), staff.colleagues(session, HANDLES)
        lines = lines_of(session, services, ids, now, people.names)
        return CaseList(
            lines=lines, hits=_hits(session, actor, wanted, ids, lines), counts=counts, page=page, pages=pages,
            case_types=titles(types), statuses=_status_choices(types, wanted), handlers=people.with_role,
            teams=tuple((team.name, team.name) for team in teams), departments=_departments(session),
            views=views_of(session, actor), whole=searched.whole, desk=desk_counts(session, actor, today),
        )  # fmt: skip


def _hits(
    session: Session, actor: Actor, wanted: Filter, ids: Sequence[int], lines: Sequence[CaseLine]
) -> dict[str, Hit]:
    """Nothing for a name that stands in the line itself."""
    if not wanted.text or is_whole_number(wanted.text):
        return {}
    found = hits_of(session, actor, ids, wanted.text)
    told = ((line, found.get(line.id)) for line in lines)
    return {line.number: hit for line, hit in told if hit and "".join(text for text, _ in hit.pieces) != line.objector}


def _around(actor: Actor, wanted: Filter, kept: KeptQuestions | None, today: date) -> list[Question]:
    """The questions of the page of a list whatever is found, and the first page of a search that is kept."""
    around: list[Question] = [(newest_types(), {}), (staff.every_colleague(), {}), (_by_name(), {})]
    found = kept.on_page(wanted.state, wanted.page) if kept else ()
    return [*around, (saved_views(), {"staff": actor.subject}), *desk_counts_ahead(actor, today), *found]


def _is_plain(wanted: Filter) -> bool:
    """Whether a search is one list, of conditions that hold whatever stands in the database."""
    return not (wanted.text or wanted.team or wanted.department)


def _kept_for(actor: Actor, wanted: Filter, today: date) -> KeptQuestions:
    """Raises NotAllowed as `read_cases`."""
    return _kept(SameRoles.of(actor), replace(wanted, page=1, state=""), today).asked_by(actor.subject)


@lru_cache(maxsize=500)
def _kept(readers: SameRoles, wanted: Filter, today: date) -> KeptQuestions:
    """Kept, for everybody comes back to the same few lists, and making their questions costs more than the answers."""
    return Found([[seen_cases(readers), *_plain(wanted, today)]], wanted.order).kept()


def export_cases(services: Services, actor: Actor, wanted: Filter) -> Exported:
    """The cases of a search in the order of its list. Raises NotAllowed as `read_cases`."""
    shelf, ids = services.law.last_shelf(services.sessions), list[int]()
    with reading(services) as (session, now):
        types, teams = case_types(session, services), teams_on(shelf, local_date(now)).values()
        searched = _searched(session, actor, wanted, types, local_date(now))
        found = _found(session, actor, wanted, searched, types, teams, local_date(now))
        for state in (CaseState.RUNNING, CaseState.CLOSED) if not wanted.state else (wanted.state,):
            ids += found.of_state(session, state, 0, MOST_EXPORTED + 1 - len(ids))
    return Exported(_parts_of(services, ids[:MOST_EXPORTED]), len(ids) > MOST_EXPORTED)


def _parts_of(services: Services, ids: Sequence[int]) -> Iterator[CaseLine]:
    for at in range(0, len(ids), EXPORTED_AT_ONCE):
        with reading(services) as (session, now):
            names = staff.colleagues(session, HANDLES).names
            lines = lines_of(session, services, ids[at : at + EXPORTED_AT_ONCE], now, names)
        yield from lines


def _searched(session: Session, actor: Actor, wanted: Filter, types: Sequence[Deployed], today: date) -> Searched:
    if not wanted.text:
        return Searched((true(),))
    return found_by(session, actor, wanted.text, types, lambda: _left(session, wanted, today))


def _left(session: Session, wanted: Filter, today: date) -> Sequence[int] | None:
    """The cases that the filters leave, when one of them alone leaves few: each is asked by its own index, and no further than that. Of both
    states, for the page counts both.
    """
    found: set[int] | None = None
    for one in _conditions(session, replace(wanted, to_check=False), today):
        ids = Found([[one]])
        alone = [
            id_
            for state in (CaseState.RUNNING, CaseState.CLOSED)
            for id_ in ids.of_state(session, state, 0, MOST_CASES + 1)
        ]
        if len(alone) <= MOST_CASES:
            found = set(alone) if found is None else found & set(alone)
    return None if found is None else sorted(found)


def _found(
    session: Session, actor: Actor, wanted: Filter, searched: Searched, types: Sequence[Deployed], teams: Iterable[Team], today: date
) -> Found:  # fmt: skip
    """Parts that have no case in common: each way in which it is found, of each case type of the team."""
    conditions = [seen_cases(actor), *_conditions(session, wanted, today)]
    found = [[*conditions, way] for way in searched.ways]
    if wanted.team:
        handled = {one for team in teams if team.name == wanted.team for one in team.case_types}
        codes = [kind.identification for one in types if (kind := one.model.case_type) and one.model.process in handled]
        found = [[*part, Case.case_type == code] for part in found for code in codes]
    return Found(found, wanted.order)


def _conditions(session: Session, wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    found = _plain(wanted, today)
    if wanted.department:
        found.append(is_among(session, Case.id, _asked(wanted.department)))
    return found


def _plain(wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    """The conditions of `_is_plain`."""
    found: list[ColumnElement[bool]] = []
    if wanted.case_type:
        found.append(Case.case_type == wanted.case_type)
    if wanted.status:
        found.append(Case.status == wanted.status)
    if wanted.handler:
        found.append(Case.handler.is_(None) if wanted.handler == NOBODY else Case.handler == wanted.handler)
    if wanted.late:
        found.append(Case.legal_on < in_text(today))  # how many that are, the planner must know
    if wanted.court:
        found.append(Case.court_on < literal_column("'9999-12-31'"))  # NEVER, as its index says it
    if wanted.to_check:
        found += [Case.state == CaseState.RUNNING, has_open_points()]
    return found


def _asked(department: str) -> Select[int]:
    """Cases with an open request for documents at this department: an index has those."""
    return select(DocumentRequestRow.case_id).where(
        DocumentRequestRow.department == department, DocumentRequestRow.closed_at.is_(None)
    )


def _departments(session: Session) -> tuple[tuple[str, str], ...]:
    return tuple((code, name) for code, name in answer(session, _by_name()))


@cache
def _by_name() -> PreparedQuery:
    """The departments."""
    return PreparedQuery(select(DepartmentRow.code, DepartmentRow.name).order_by(DepartmentRow.name))


def _status_choices(types: Sequence[Deployed], wanted: Filter) -> tuple[tuple[str, str], ...]:
    """Those of the case type that was chosen, if one was, and the status that was. What case types call differently under one code is one
    choice, by all its names.
    """
    names: dict[str, dict[str, None]] = {}
    for deployed in types:
        kind = deployed.model.case_type
        every = not wanted.case_type or (kind is not None and kind.identification == wanted.case_type)
        for status in statuses_of(deployed.model):
            if every or status.code == wanted.status:
                names.setdefault(status.code, {})[status.name] = None
    return tuple(sorted(((code, " of ".join(sorted(found))) for code, found in names.items()), key=lambda one: one[1]))
