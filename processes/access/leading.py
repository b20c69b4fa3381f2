"""The head of a team (W15): hands out the cases of the own team and arranges who stands in for its people, and opens no case.

Somebody leads the teams that they are a member of. What their clearance hides and what is about themselves stays hidden here too (W17).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_

from processes.access.barred import cases_closed_to
from processes.access.clearance import within_clearance
from processes.base.actor import Actor, ActorKind, StaffRole
from processes.dated import SettingShelf, teams_on
from processes.storage.tables import Case

DESKS = (StaffRole.WORKER, StaffRole.DECIDER, StaffRole.COMMITTEE)


@dataclass(frozen=True, slots=True)
class Led:
    """`members`: numbers of the people of these teams; `processes`: of the case types that these handle; `names` of the teams."""

    members: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()

    def has(self, process: str, handler: str | None) -> bool:
        """Whether a case is of the team: by its case type, or by who handles it."""
        return process in self.processes or handler in self.members


def led_by(shelf: SettingShelf, actor: Actor, day: date) -> Led:
    """The teams of which somebody is the head; none for who leads nobody."""
    if actor.kind != ActorKind.STAFF or not actor.has(StaffRole.LEAD):
        return Led()
    teams = [team for team in teams_on(shelf, day).values() if actor.subject in team.members]
    members = {one for team in teams for one in team.members}
    processes = {one for team in teams for one in team.case_types}
    return Led(frozenset(members), frozenset(processes), tuple(team.name for team in teams))


def leads_only(actor: Actor) -> bool:
    """Whether somebody leads a team and has no desk: that person sees how the work lies, and no case."""
    return actor.kind == ActorKind.STAFF and actor.has(StaffRole.LEAD) and not actor.has(*DESKS)


def listed_for_head(actor: Actor) -> ColumnElement[bool]:
    """A condition on Case: not above the clearance of who leads, and not about them."""
    return and_(Case.id.not_in(cases_closed_to(actor.subject)), within_clearance(actor))
