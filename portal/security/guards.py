"""Guards: dependencies of every page of a signed-in person. They give the Actor.

`actor: Actor = Depends(signed_in_citizen)` and `actor: Actor = Depends(signed_in_staff("worker", "decider"))`.
Nobody signed in: SignInNeeded, which `portal.problems` turns into a trip to the sign-in page and back.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from fastapi import Depends, Request

from portal.pages import services_at_hand
from portal.security.limits import allow, allow_visitor
from portal.security.sessions import kind_of, let_in, load_session, session_of
from processes.base.actor import UNKNOWN_NAME, Actor, ActorKind
from processes.base.clock import local_date
from processes.base.errors import NotAllowed
from processes.storage.services import Services
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

VISITOR_NAME = UNKNOWN_NAME  # of who files without signing in, until the form says a name


class SignInNeeded(Exception):
    """U moet eerst inloggen."""

    def __init__(self, kind: SessionKind) -> None:
        super().__init__(kind)
        self.kind = kind


class WrongRole(NotAllowed):
    """Uw rol geeft geen toegang tot deze pagina. Vraag de functioneel beheerder als u die toegang wel nodig heeft."""


def actor_kind(kind: str) -> ActorKind:
    """The kind of actor behind a session: who files without signing in files as a citizen does."""
    return ActorKind.CITIZEN if kind == SessionKind.VISITOR else ActorKind(kind)


def actor_of(session: SignIn) -> Actor:
    return Actor(
        actor_kind(session.kind), session.subject, session.name, session.roles, earlier=session.earlier,
        for_whom=session.for_whom, acted_by=session.identity.get("acting", ""), level=session.identity.get("level", ""),
    )  # fmt: skip


def _today(services: Services) -> date | None:
    """The day in production; elsewhere the clock may be moved, and what that makes over is ended by the sweeps."""
    return local_date(services.clock.now()) if services.settings.production else None


def signed_in_citizen(request: Request, services: Services = Depends(services_at_hand)) -> Actor:
    session = load_session(request, services, SessionKind.CITIZEN)
    if session is None:
        raise SignInNeeded(SessionKind.CITIZEN)
    actor = let_in(request, actor_of(session))
    allow(request, actor)
    return actor


def visitor(request: Request, services: Services = Depends(services_at_hand)) -> Actor:
    """Somebody who files without signing in: known by this visit alone, and counted by address; so is who has no visit (any more), whose
    form would begin one.
    """
    session = load_session(request, services, SessionKind.VISITOR)
    allow_visitor(request)
    if session is None:
        raise SignInNeeded(SessionKind.VISITOR)
    return let_in(request, actor_of(session))


def citizen_or_visitor(request: Request, services: Services = Depends(services_at_hand)) -> Actor:
    """The guard of pages that stand below both doors: which one this is, is what its address says."""
    return (visitor if kind_of(request.url.path) == SessionKind.VISITOR else signed_in_citizen)(request, services)


def signed_in_staff(*roles: str) -> Callable[..., Actor]:
    """A guard for staff with one of `roles`; without roles any staff member may enter."""

    def guard(request: Request, services: Services = Depends(services_at_hand)) -> Actor:
        session = load_session(request, services, SessionKind.STAFF)
        if session is None:
            raise SignInNeeded(SessionKind.STAFF)
        actor = replace(actor_of(session), day=_today(services))
        if roles and not actor.has(*roles):
            raise WrongRole
        let_in(request, actor)
        allow(request, actor)
        return actor

    return guard


def own_identity(request: Request) -> dict[str, str]:
    """The identity that the provider gave (`bsn`, `kvk` or `eidas`, `level`), and of who acts for another `for` and `branch`."""
    session = session_of(request)
    return dict(session.identity) if session else {}
