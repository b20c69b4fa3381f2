"""Guards: dependencies of every page of a signed-in person. They give the Actor.

`actor: Actor = Depends(signed_in_citizen)` and `actor: Actor = Depends(signed_in_staff("worker", "decider"))`.
Nobody signed in: SignInNeeded, which `portal.problems` turns into a trip to the sign-in page and back.
"""

from collections.abc import Callable

from fastapi import Depends, Request

from portal.pages import get_services
from portal.security.sessions import Kind, load_session, session_of
from processes.base.actor import Actor
from processes.base.errors import NotAllowed
from processes.storage.services import Services
from processes.storage.web_sessions import SignIn


class SignInNeeded(Exception):
    """U moet eerst inloggen."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind


class WrongRole(NotAllowed):
    """Uw rol geeft geen toegang tot deze pagina. Vraag de functioneel beheerder als u die toegang wel nodig heeft."""


def actor_of(session: SignIn) -> Actor:
    kind = "citizen" if session.kind == "citizen" else "staff"
    return Actor(kind, session.subject, session.name, session.roles)  # type: ignore[arg-type]


def signed_in_citizen(request: Request, services: Services = Depends(get_services)) -> Actor:
    session = load_session(request, services, "citizen")
    if session is None:
        raise SignInNeeded("citizen")
    return actor_of(session)


def signed_in_staff(*roles: str) -> Callable[..., Actor]:
    """A guard for staff with one of `roles`; without roles any staff member may enter."""

    def guard(request: Request, services: Services = Depends(get_services)) -> Actor:
        session = load_session(request, services, "staff")
        if session is None:
            raise SignInNeeded("staff")
        actor = actor_of(session)
        if roles and not actor.has(*roles):
            raise WrongRole
        return actor

    return guard


def own_identity(request: Request) -> dict[str, str]:
    """The identity of the citizen as the identity provider gave it (`bsn`, `kvk` or `eidas`, `level`), to register a
    party.
    """
    session = session_of(request)
    return dict(session.identity) if session else {}
