"""The guard of what a department sends: the link must work before a byte of a form is read."""

from typing import Annotated, NoReturn

from fastapi import Depends, Request

from portal.doors import TheServices
from portal.security.limits import allow
from processes.base.actor import Actor
from processes.base.errors import LinkGone
from processes.reads.department import enter


def by_link(request: Request, token: str, services: TheServices) -> Actor:
    """The department behind the link. Raises LinkGone, and TooOften for a link that sends without end."""
    guest = enter(services, token)
    allow(request, guest)
    return guest


Guest = Annotated[Actor, Depends(by_link)]


def nothing_here(rest: str) -> NoReturn:  # noqa: ARG001 - the address
    raise LinkGone
