"""All members of staff with the same roles, in the place of one Actor, for questions that are made once and kept: making one takes
longer than its answer, and a city has more people than a process can keep questions.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from sqlalchemy import BindParameter, String, bindparam

from processes.base.actor import CLEARANCE, Actor, ActorKind, StaffRole

TELLING: Final = frozenset(map(str, StaffRole))
READER: Final = "reader"  # under this name each gives the own number when the question is asked
_NUMBER: Final[BindParameter[str]] = bindparam(READER, type_=String())


@dataclass(frozen=True, slots=True)
class SameRoles:
    """`roles`: those that tell what one may see; what else sign-on gave is left out, so that more people are the same. `day`: that of the
    Actor.
    """

    kind: ActorKind
    roles: frozenset[str]
    day: date | None = None

    @classmethod
    def of(cls, actor: Actor) -> Self:
        """Those to whom somebody belongs."""
        telling = frozenset(one for one in actor.roles if one in TELLING or one.startswith(CLEARANCE))
        return cls(actor.kind, telling, actor.day)

    @property
    def subject(self) -> Any:
        """The number of who asks, which is given when the question is asked."""
        return _NUMBER

    def has(self, *roles: str) -> bool:
        return bool(self.roles.intersection(roles))
