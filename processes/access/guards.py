"""Small rules that several actions share: who may do what. Each raises the sentence that people read."""

from collections.abc import Collection, Sequence
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.access.sign_in_level import refuse_too_weak
from processes.access.staff_scope import HANDLES, handles, seen_cases
from processes.access.visibility import cases_of, viewpoints_in, viewpoints_of
from processes.base.actor import Actor, ActorKind
from processes.base.errors import NotAllowed, NotFound
from processes.storage.model_cache import Deployed
from processes.storage.tables import Case, Party

WRONG_ROLE = "U heeft hiervoor niet de juiste rol."
LONGEST_REASON = 2000  # characters; a longer story belongs in a document


class Acting(Protocol):
    """The part of a unit of work that a guard needs: the session, who acts, the model version of a case, and the newest."""

    @property
    def session(self) -> Session: ...
    @property
    def actor(self) -> Actor: ...
    def deployed(self, version_id: int) -> Deployed: ...
    def in_use(self, process: str) -> tuple[Deployed, ...]: ...


def only_staff(
    actor: Actor, roles: Collection[str] = HANDLES, *, system: bool = True, sentence: str = WRONG_ROLE
) -> None:
    """Raises NotAllowed, with this sentence, for anybody without one of these roles. The system itself may, unless
    `system` says that it takes a person.
    """
    if not ((actor.kind == ActorKind.STAFF and actor.has(*roles)) or (system and actor.kind == ActorKind.SYSTEM)):
        raise NotAllowed(sentence)


def reason_wrong(reason: str, asked: str = "Schrijf op waarom.") -> dict[str, str]:
    """A change that others must be able to understand later says why it was made. `asked`: the sentence when it does not."""
    if not reason.strip():
        return {"reason": asked}
    if len(reason) > LONGEST_REASON:
        return {"reason": f"Maak dit korter: hoogstens {LONGEST_REASON} tekens."}
    return {}


def own_agenda(work: Acting, case: Case) -> None:
    """Raises NotFound for a member of a committee who does not hear this case. Who handles cases may go on."""
    if work.actor.kind != ActorKind.STAFF or handles(work.actor):
        return
    if work.session.scalar(select(Case.id).where(Case.id == case.id, seen_cases(work.actor))) is None:
        raise NotFound


def own_case(work: Acting, case: Case) -> list[int]:
    """Ids of the parties from whose viewpoint the citizen looks. Raises NotFound for another person's case, and StrongerSignInNeeded for who
    signed in below its level.
    """
    subject, other = work.actor.subject, work.actor.for_whom
    visible = work.session.scalar(cases_of(subject, other).with_only_columns(Case.id).where(Case.id == case.id))
    deployed = work.deployed(case.model_version_id)
    model = deployed.model
    if work.actor.kind != ActorKind.CITIZEN or visible is None or not (model.case_type and model.case_type.portal):
        raise NotFound
    refuse_too_weak(work.actor, case, deployed, *work.in_use(deployed.process))
    return list(work.session.scalars(viewpoints_of(subject, case.id, other)))


def own_party(work: Acting, case: Case) -> Party:
    """The party row of the citizen who acts; of who acts for another that of the other, so that it is still there for them when the mandate
    is over. Raises NotFound.
    """
    own_case(work, case)
    seen = work.session.scalars(viewpoints_in(work.actor.subject, [case.id], work.actor.for_whom)).all()
    party = acting_party(seen, work.actor)
    if party is None:
        raise NotFound
    return party


def acting_party(seen: Sequence[Party], actor: Actor) -> Party | None:
    """The one among these viewpoints that is the actor, or the other for whom the actor acts."""
    whose = actor.for_whom.subject if actor.for_whom else actor.subject
    return next((party for party in seen if party.identity_index == whose), None)
