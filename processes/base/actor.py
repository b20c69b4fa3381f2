"""The person or program that acts. Every action and every read takes one."""

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["citizen", "staff", "department", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """`subject` is the blind index of a citizen, the user name of staff, `department:<dossier id>`, or `system`.

    `roles` of staff: worker, decider, committee, admin, archivist. `level` is the assurance of a citizen's sign-in.
    """

    kind: ActorKind
    subject: str
    name: str
    roles: frozenset[str] = frozenset()
    dossier: int | None = None

    def has(self, *roles: str) -> bool:
        return bool(self.roles.intersection(roles))


SYSTEM = Actor("system", "system", "Zaakspoor")
