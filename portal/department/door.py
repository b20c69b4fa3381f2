"""The guard of what a department sends: the link must work before a byte of a form is read."""

from typing import Annotated, NoReturn

from fastapi import Depends, Request

from portal.doors import TheServices
from portal.security.limits import allow
from portal.security.sessions import let_in
from processes.base.actor import Actor
from processes.base.errors import LinkGone
from processes.reads.department import enter, only_department


def by_link(request: Request, token: str, services: TheServices) -> Actor:
    """The department behind the link. Raises LinkGone, and TooOften for a link that sends without end."""
    guest = let_in(request, enter(services, token))
    allow(request, guest)
    return guest


Guest = Annotated[Actor, Depends(by_link)]


def of_department(guest: Guest, token: str, services: TheServices) -> Actor:
    """The same, where one person with a link has no business. Raises LinkGone."""
    only_department(services, token)
    return guest


DepartmentGuest = Annotated[Actor, Depends(of_department)]


def nothing_here(rest: str) -> NoReturn:  # noqa: ARG001 - the address
    raise LinkGone
