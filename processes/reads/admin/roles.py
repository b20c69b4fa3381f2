"""The roles of staff in words: what each may, who has it, and which lanes of which drawings wait for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from engine import Model
from engine.words import Side
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.dated import Team, teams_on
from processes.dated.teams import lane_word
from processes.reads.admin.people import ROLES
from processes.reads.opening import reading
from processes.storage.services import Services
from processes.storage.tables import StaffRow

MAY: Final = {
    StaffRole.WORKER: "behandelt zaken: ziet ze, doet taken, stelt brieven op en vraagt stukken op",
    StaffRole.DECIDER: "beslist in mandaat, en mag alles wat een behandelaar mag",
    StaffRole.COMMITTEE: "ziet de zaken op de agenda van de commissie en adviseert daarin",
    StaffRole.ADMIN: "houdt zaaktypen, afdelingen, instellingen en de wet bij; ziet geen zaken",
    StaffRole.ARCHIVIST: "keurt vernietiging goed",
    StaffRole.LEAD: "ziet de cijfers van het werk: hoeveel, hoe lang, op tijd of niet, en hoeveel ieder heeft; verdeelt de zaken van het eigen team en regelt daar vervanging; opent geen zaken",
    StaffRole.PRIVACY: "ziet wie in welke zaak keek, en verzamelt de gegevens van één persoon; ziet geen zaken",
}


@dataclass(frozen=True, slots=True)
class RoleLine:
    """`word` is what sign-on gives. `lanes`: process, title of the drawing and name of the lane; `missed`: a drawing waits for
    this role and nobody who may come in has it.
    """

    word: str
    name: str
    may: str
    people: tuple[str, ...]
    lanes: tuple[tuple[str, str, str], ...]

    @property
    def missed(self) -> bool:
        return bool(self.lanes) and not self.people


@dataclass(frozen=True, slots=True)
class TeamLine:
    """`members` by name; `gone` are those who may not come in any more. `lanes` in words, each with its case type."""

    code: str
    team: Team
    members: tuple[str, ...]
    gone: tuple[str, ...]
    case_types: tuple[str, ...]
    lanes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RolesPage:
    roles: tuple[RoleLine, ...]
    teams: tuple[TeamLine, ...]


def read_roles(services: Services, actor: Actor) -> RolesPage:
    """Raises NotAllowed."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        models = [one.model for one in services.models.all_current(session).values()]
        people = session.scalars(select(StaffRow).order_by(StaffRow.name)).all()
        teams = teams_on(services.law.shelf(session), local_date(now))
    titles = {model.process: model.name for model in models}
    lanes = {
        lane_word(one.process, lane): f"{one.name}: {role.name}" for one in models for lane, role in one.roles.items()
    }
    return RolesPage(
        tuple(_role(role, models, people) for role in StaffRole),
        tuple(_team(code, team, people, titles, lanes) for code, team in teams.items()),
    )


def missed_roles(services: Services, actor: Actor) -> tuple[str, ...]:
    """The names of the roles that a drawing waits for and nobody has."""
    return tuple(one.name for one in read_roles(services, actor).roles if one.missed)


def _role(role: StaffRole, models: list[Model], people: Sequence[StaffRow]) -> RoleLine:
    holders = tuple(row.name for row in people if role in row.roles and row.blocked_at is None)
    lanes = tuple(
        (model.process, model.name, lane) for model in models for lane in dict.fromkeys(lanes_waiting(role, model))
    )
    return RoleLine(role, ROLES[role], MAY[role], holders, lanes)


def lanes_waiting(role: StaffRole, model: Model) -> Iterator[str]:
    """The names of the lanes whose tasks wait for a role. Who decides in mandate does so in a lane of workers."""
    for element in model.elements.values():
        lane, rule = model.role_of(element.id), element.assignment
        if lane is None or rule is None:
            continue
        if (role == StaffRole.DECIDER and rule.mandate) or (role == SIDES.get(lane.side) and not rule.mandate):
            yield lane.name


def _team(
    code: str, team: Team, people: Sequence[StaffRow], titles: Mapping[str, str], lanes: Mapping[str, str]
) -> TeamLine:
    rows = [row for row in people if row.number in team.members]
    return TeamLine(
        code, team, tuple(row.name for row in rows if row.blocked_at is None),
        tuple(row.name for row in rows if row.blocked_at is not None), tuple(titles.get(one, one) for one in team.case_types),
        tuple(lanes.get(one, one) for one in team.lanes),
    )  # fmt: skip


SIDES: Final = {Side.WORKER: StaffRole.WORKER, Side.COMMITTEE: StaffRole.COMMITTEE}
