"""Whose work figures tell of: all of it, that of one team, or one case type. A team is its case types, and its people are its members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, true
from sqlalchemy.orm import Session

from processes.dated import Team, teams_on
from processes.reads.workbench.legal import case_types
from processes.storage.model_cache import Deployed
from processes.storage.services import Services


@dataclass(frozen=True, slots=True)
class FigureScope:
    """`types`: the newest version of every case type, by the code that its cases have. `wanted`: codes of the case types that count,
    None for all of them. `people`: numbers of the members of the team that was chosen, None for everybody. `case_type`: the one that
    was chosen.
    """

    types: Mapping[str, Deployed]
    wanted: frozenset[str] | None = None
    people: tuple[str, ...] | None = None
    case_type: str = ""

    def of(self, column: Any) -> ColumnElement[bool]:
        """A condition on a column with the code of a case type."""
        return true() if self.wanted is None else column.in_(sorted(self.wanted))

    def of_chosen_type(self, column: Any) -> ColumnElement[bool]:
        """The same for the case type that was chosen alone: what people do is counted over all their case types."""
        return column == self.case_type if self.case_type else true()

    def has(self, one: Deployed) -> bool:
        """Whether the cases of this case type count."""
        kind = one.model.case_type
        return kind is not None and (self.wanted is None or kind.identification in self.wanted)

    def title(self, code: str) -> str:
        found = self.types.get(code)
        return found.model.name if found else code

    def outcome(self, code: str, result: str | None) -> str:
        """The words of a result; a code that the newest version does not know stays what it is."""
        found = self.types.get(code)
        known = found.model.result_types.get(result or "") if found else None
        return known.description if known else (result or "zonder resultaat")


@dataclass(frozen=True, slots=True)
class ScopeChoices:
    """Teams and case types that can be chosen, as code and words."""

    teams: tuple[tuple[str, str], ...]
    case_types: tuple[tuple[str, str], ...]


def scope_of(
    services: Services, session: Session, today: date, team: str = "", case_type: str = ""
) -> tuple[FigureScope, ScopeChoices]:
    """The scope of a team and a case type, each empty for all. What does not exist is left out of the question."""
    types = {kind.identification: one for one in case_types(session, services) if (kind := one.model.case_type)}
    teams = teams_on(services.law.shelf(session), today)
    found = teams.get(team)
    chosen = case_type if case_type in types else ""
    choices = ScopeChoices(
        tuple(sorted(((code, one.name) for code, one in teams.items()), key=lambda one: one[1])),
        tuple((code, one.model.name) for code, one in types.items()),
    )
    return FigureScope(types, _wanted(types, found, chosen), found.members if found else None, chosen), choices


def scope_of_procedure(services: Services, session: Session, procedure: str) -> FigureScope:
    """The case types that follow one procedure of the law."""
    types = {kind.identification: one for one in case_types(session, services) if (kind := one.model.case_type)}
    following = frozenset(code for code, one in types.items() if _procedure(one) == procedure)
    return FigureScope(types, following)


def _procedure(one: Deployed) -> str | None:
    return one.model.case_type.procedure if one.model.case_type else None


def _wanted(types: Mapping[str, Deployed], team: Team | None, chosen: str) -> frozenset[str] | None:
    handled = _handled(types, team.case_types) if team else None
    if not chosen:
        return handled
    return frozenset({chosen}) if handled is None or chosen in handled else frozenset()


def _handled(types: Mapping[str, Deployed], processes: Sequence[str]) -> frozenset[str]:
    """A team names its case types by their processes."""
    return frozenset(code for code, one in types.items() if one.model.process in processes)
