"""The things that a page asks about people, and whether who fills it in acts for another in this session."""

from typing import Protocol

from processes.base.actor import Actor, ForWhom


class AsksPeople(Protocol):
    """A page that asks who somebody is and how we reach them. `role`: of who files; `represented`: one may do so for another, `together`: with
    others; `calls`: we promise to call; `visitor`: nobody signs in.
    """

    @property
    def role(self) -> str: ...
    @property
    def represented(self) -> bool: ...
    @property
    def together(self) -> bool: ...
    @property
    def calls(self) -> bool: ...
    @property
    def visitor(self) -> bool: ...


def mandate_of(actor: Actor) -> ForWhom | None:
    """The other for whom somebody acts in this session; of a branch of the own company nobody."""
    return actor.for_whom if actor.for_whom and not actor.for_whom.own else None
