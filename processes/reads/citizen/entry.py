"""The way into one case: from whose viewpoint somebody looks, or NotFound, which is recorded without personal data."""

from dataclasses import dataclass

import structlog
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from processes.access.guards import acting_party
from processes.access.visibility import cases_of, shown_case, viewpoints_in
from processes.access.withdrawal import filing_roles
from processes.base.actor import Actor, ActorKind
from processes.base.errors import NotFound
from processes.storage.law_cache import LawCache
from processes.storage.model_cache import Deployed
from processes.storage.services import Services
from processes.storage.tables import Case, Party

log = structlog.get_logger("citizen")


@dataclass(frozen=True, slots=True)
class Entered:
    """A case that this person may see. `seen` are the parties from whose viewpoint, `me` the own one."""

    case: Case
    deployed: Deployed
    seen: tuple[Party, ...]
    me: Party
    law: LawCache

    @property
    def viewpoints(self) -> list[int]:
        return [party.id for party in self.seen]

    @property
    def own_rows(self) -> frozenset[int]:
        """The parties that this very person is, without those whom the person represents."""
        return frozenset(party.id for party in self.seen if party.identity_index == self.me.identity_index)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(party.role for party in self.seen)

    @property
    def asked_roles(self) -> frozenset[str]:
        """The roles of those who still take part: a question to a role is none of who withdrew."""
        return frozenset(party.role for party in self.seen if party.withdrawn_on is None)

    @property
    def own(self) -> bool:
        """Whether it is this person's case, or that of somebody whom this person represents."""
        return bool(self.roles & filing_roles(self.deployed.model))


def enter(session: Session, services: Services, actor: Actor, number: str) -> Entered:
    """The case with this number. Raises NotFound for another person's, a hidden and an unknown case alike."""
    return _entered(session, services, actor, Case.number == number)


def enter_by_id(session: Session, services: Services, actor: Actor, case_id: int) -> Entered:
    return _entered(session, services, actor, Case.id == case_id)


def _entered(session: Session, services: Services, actor: Actor, which: ColumnElement[bool]) -> Entered:
    mine = cases_of(actor.subject, actor.for_whom).where(which)
    case = session.scalar(mine) if actor.kind == ActorKind.CITIZEN else None
    if case is None:
        raise refused(services, actor, "case")
    deployed = services.models.version(session, case.model_version_id)
    seen = tuple(session.scalars(viewpoints_in(actor.subject, [case.id], actor.for_whom)))
    me = acting_party(seen, actor)
    if me is None or not shown_case(case, deployed.model):
        raise refused(services, actor, "case")
    return Entered(case, deployed, seen, me, services.law)


def refused(services: Services, actor: Actor, what: str) -> NotFound:
    """The error to raise, after a line in the log: a digest of who, and the kind of thing, nothing more."""
    log.warning("citizen.not_theirs", what=what, who=services.secrets.digest(actor.subject)[:12])
    return NotFound()
