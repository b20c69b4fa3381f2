"""The guard of what a department sends: the link must work before a byte of a form is read."""

from typing import Annotated, NoReturn

from fastapi import Depends

from portal.doors import TheServices
from processes.base.actor import Actor
from processes.base.errors import LinkGone
from processes.reads.department import enter


def by_link(token: str, services: TheServices) -> Actor:
    """The department behind the link. Raises LinkGone."""
    return enter(services, token)


Guest = Annotated[Actor, Depends(by_link)]


def nothing_here(rest: str) -> NoReturn:  # noqa: ARG001 - the address
    raise LinkGone
