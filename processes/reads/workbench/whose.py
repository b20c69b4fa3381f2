"""Whose tasks and cases the page Vandaag shows: mine, those of my teams, those of nobody, or all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, Self

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, literal_column, or_, select, true

from engine import Model
from engine.words import Side
from processes.access.same_roles import READER, SameRoles
from processes.access.staff_scope import in_own_work, tasks_in_seen_cases
from processes.base.actor import Actor
from processes.dated import SettingShelf, teams_on
from processes.dated.teams import lane_word
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, TaskRow
from processes.storage.words import TaskState

# said as the indexes say it, so that they serve the question
ON_DESKS: Final = (
    TaskRow.state == literal_column(f"'{TaskState.OPEN}'"),
    or_(TaskRow.side == literal_column(f"'{Side.WORKER}'"), TaskRow.side == literal_column(f"'{Side.COMMITTEE}'")),
)
Elements = tuple[tuple[str, tuple[str, ...]], ...]  # of each case type the elements in the lanes of some teams


Whose = Literal["mine", "team", "nobody", "all"]
WHOSE: Final[tuple[Whose, ...]] = ("mine", "team", "nobody", "all")


@dataclass(frozen=True, slots=True)
class OwnTeams:
    """`names` and `codes` of the teams that somebody is in; `case_types` that these handle; `lanes` of them, and `others` of other
    teams.
    """

    names: tuple[str, ...]
    case_types: tuple[str, ...]
    lanes: Elements
    others: Elements
    codes: tuple[str, ...] = ()

    def tasks(self) -> list[ColumnElement[bool]]:
        """On TaskRow: one condition for each case type. A lane goes before the case type: what is given to another team is not of
        who has the case type.
        """
        codes = dict.fromkeys((*self.case_types, *dict(self.lanes)))
        return [and_(TaskRow.case_type == code, self._inside(code)) for code in codes]

    def _inside(self, code: str) -> ColumnElement[bool]:
        own = TaskRow.element.in_(dict(self.lanes).get(code, ()))
        if code not in self.case_types:
            return own
        return or_(own, TaskRow.element.not_in(dict(self.others).get(code, ())))

    def cases(self) -> ColumnElement[bool]:
        """On Case alone: of the case types of the teams."""
        return Case.case_type.in_(self.case_types)


NO_TEAMS: Final = OwnTeams((), (), (), ())


@dataclass(frozen=True, slots=True)
class DeskOf:
    """The desk of somebody who looks at Vandaag: at the work of `whose`, with the teams of that person. `absent`: the numbers of
    colleagues for whom that person stands in; theirs is mine too.
    """

    actor: Actor | SameRoles
    whose: Whose
    teams: OwnTeams
    absent: tuple[Any, ...] = ()

    @classmethod
    def of_anybody(cls, readers: SameRoles, whose: Whose, teams: OwnTeams, absent: int) -> Self:
        """The same desk of everybody with these roles and teams who stands in for so many, for questions that are kept: each is asked
        with the `numbers` of one of them.
        """
        return cls(readers, whose, teams, tuple(bindparam(_away(at), type_=String()) for at in range(absent)))

    def numbers(self) -> dict[str, str]:
        """The values that questions `of_anybody` are asked with for this desk."""
        return {READER: self.actor.subject, **{_away(at): number for at, number in enumerate(self.absent)}}

    @property
    def people(self) -> tuple[Any, ...]:
        """Each as a question of its own, behind which PostgreSQL sees no number: else it would plan the lists anew at each page, which
        takes longer than they do, for who has less work than others.
        """
        return tuple(select(cast(one, String)).scalar_subquery() for one in (self.actor.subject, *self.absent))

    def cases(self) -> list[ColumnElement[bool]]:
        """On Case alone: mine are those that I handle."""
        held: dict[Whose, list[ColumnElement[bool]]] = {
            "mine": [Case.handler.in_(self.people)], "team": [self.teams.cases()], "nobody": [Case.handler.is_(None)],
        }  # fmt: skip
        return held.get(self.whose, [])

    def case_parts(self) -> list[list[ColumnElement[bool]]]:
        """The conditions of `cases` in parts that each have an index in the order of legal risk."""
        if self.whose == "team":
            return [[Case.case_type == code] for code in self.teams.case_types]
        if self.whose == "mine":
            return [[Case.handler == number] for number in self.people]
        return [self.cases()]

    def tasks(self, whose: Whose | None = None) -> list[list[ColumnElement[bool]]]:
        """On TaskRow: the parts of the list of open tasks, each with an index that serves its order. Mine are those that
        I took, and those that nobody took of cases that I handle.
        """
        free = TaskRow.assignee.is_(None)
        mine = [part for one in self.people for part in (TaskRow.assignee == one, and_(free, TaskRow.handler == one))]
        of_whom: dict[Whose, list[ColumnElement[bool]]] = {
            "mine": mine, "team": self.teams.tasks(),
            "nobody": [and_(free, TaskRow.handler.is_(None))], "all": [true()],
        }  # fmt: skip
        seen = [*ON_DESKS, tasks_in_seen_cases(self.actor)]
        return [[*seen, part] for part in of_whom[whose or self.whose]]

    def notes(self) -> ColumnElement[bool]:
        """On NoteRow and Case: news is for the handler, who stands in for the handler, and everybody else who took or did a task of the
        case (D46, D47).
        """
        if self.whose in {"nobody", "team"}:
            return and_(*self.cases())
        if self.whose == "all":
            return true()
        return in_own_work(self.actor, self.people)


def own_teams(shelf: SettingShelf, actor: Actor, types: Sequence[Deployed], today: date) -> OwnTeams:
    """`types` are the case types in use."""
    found = teams_on(shelf, today)
    teams = found.values()
    mine = [team for team in teams if actor.subject in team.members]
    own = {lane for team in mine for lane in team.lanes}
    others = {lane for team in teams for lane in team.lanes} - own
    handled = {one for team in mine for one in team.case_types}
    case_types = tuple(code for code, model in _by_code(types) if model.process in handled)
    codes = tuple(code for code, team in found.items() if team in mine)
    names = tuple(team.name for team in mine)
    return OwnTeams(names, case_types, _elements(types, own), _elements(types, others), codes)


def _away(at: int) -> str:
    return f"away_{at}"


def _elements(types: Sequence[Deployed], lanes: Iterable[str]) -> Elements:
    wanted, found = set(lanes), list[tuple[str, tuple[str, ...]]]()
    for code, model in _by_code(types):
        inside = tuple(
            one.id for one in model.elements.values() if one.lane and lane_word(model.process, one.lane) in wanted
        )
        if inside:
            found.append((code, inside))
    return tuple(found)


def _by_code(types: Sequence[Deployed]) -> list[tuple[str, Model]]:
    """Models by what `Case.case_type` says of their cases."""
    return [(kind.identification, one.model) for one in types if (kind := one.model.case_type)]
