"""The way into one case: from whose viewpoint somebody looks, or NotFound, which is recorded without personal data."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.orm import Session

from processes.access.guards import acting_party
from processes.access.sign_in_level import refuse_too_weak
from processes.access.visibility import shown_case
from processes.access.withdrawal import filing_roles
from processes.base.actor import Actor, ActorKind
from processes.base.errors import NotFound
from processes.reads.citizen.questions import (
    case_by_id,
    case_by_number,
    in_use_by_id,
    in_use_by_number,
    in_use_of_each,
    other_of,
    viewpoints_by_id,
    viewpoints_by_number,
    way_in,
    whose,
)
from processes.storage.asked_ahead import answer, ask_ahead
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
    def named(self) -> dict[str, Any]:
        """The case and the viewpoints, as questions name them."""
        return {"case": self.case.id, "parties": tuple(self.viewpoints)}

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
    """The case with this number. Raises NotFound for another person's, a hidden and an unknown case alike, and StrongerSignInNeeded for who
    signed in below its level: whatever a citizen reads of a case comes by here.
    """
    if actor.kind != ActorKind.CITIZEN:
        raise refused(services, actor, "case")
    ask_ahead(session, way_in(actor, number))
    known, other = {**whose(actor), "number": number}, other_of(actor)
    seen = answer(session, viewpoints_by_number(other), **known)
    newest = answer(session, in_use_by_number(), number=number)
    return _entered(session, services, actor, answer(session, case_by_number(other), **known), seen, newest)


def enter_by_id(session: Session, services: Services, actor: Actor, case_id: int) -> Entered:
    if actor.kind != ActorKind.CITIZEN:
        raise refused(services, actor, "case")
    known, other = {**whose(actor), "case": case_id}, other_of(actor)
    ask_ahead(
        session, [(case_by_id(other), known), (viewpoints_by_id(other), known), (in_use_by_id(), {"case": case_id})]
    )
    seen, newest = answer(session, viewpoints_by_id(other), **known), answer(session, in_use_by_id(), case=case_id)
    return _entered(session, services, actor, answer(session, case_by_id(other), **known), seen, newest)


def _entered(
    session: Session, services: Services, actor: Actor, found: Sequence[Case], seen: Sequence[Party], newest: Sequence[Sequence[int]]
) -> Entered:  # fmt: skip
    case = next(iter(found), None)
    if case is None:
        raise refused(services, actor, "case")
    deployed = services.models.version(session, case.model_version_id)
    me = acting_party(seen, actor)
    if me is None or not shown_case(case, deployed.model):
        raise refused(services, actor, "case")
    refuse_too_weak(actor, case, deployed, *services.models.in_use_as(session, newest))
    return Entered(case, deployed, tuple(seen), me, services.law)


def in_use_in(session: Session, services: Services, cases: Sequence[int]) -> Mapping[str, tuple[Deployed, ...]]:
    """The newest version of each case type of these cases, by process; nothing for one that cannot be read."""
    found = defaultdict[str, tuple[Deployed, ...]](tuple)
    for process, version in answer(session, in_use_of_each(), cases=tuple(cases)):
        found[process] = services.models.in_use_as(session, [(version,)])
    return found


def refused(services: Services, actor: Actor, what: str) -> NotFound:
    """The error to raise, after a line in the log: a digest of who, and the kind of thing, nothing more."""
    log.warning("citizen.not_theirs", what=what, who=services.secrets.digest(actor.subject)[:12])
    return NotFound()
