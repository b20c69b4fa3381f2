"""The guard of what a department sends: the link must work before a byte of a form is read."""

from typing import Annotated, NoReturn

from fastapi import Depends

from portal.doors import TheHouse
from processes.actor import Actor
from processes.errors import LinkGone
from processes.reads.department import enter


def by_link(token: str, house: TheHouse) -> Actor:
    """The department behind the link. Raises LinkGone."""
    return enter(house, token)


Guest = Annotated[Actor, Depends(by_link)]


def nothing_here(rest: str) -> NoReturn:  # noqa: ARG001 - the address
    raise LinkGone
