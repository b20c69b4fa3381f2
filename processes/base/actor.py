"""The person or program that acts. Every action and every read takes one."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final


class ActorKind(StrEnum):
    """The kinds of actors of the installation; the word stands in front of the digest in the audit trail."""

    CITIZEN = "citizen"
    STAFF = "staff"
    DEPARTMENT = "department"
    SYSTEM = "system"


class StaffRole(StrEnum):
    """The roles of staff, as sign-on gives them. A drawing names worker, decider and committee as well."""

    WORKER = "worker"
    DECIDER = "decider"
    COMMITTEE = "committee"
    ADMIN = "admin"
    ARCHIVIST = "archivist"
    LEAD = "lead"  # the head of a team: sees the figures of the work, and no case
    PRIVACY = "privacy"  # the data protection officer: sees who looked at what, and no case


ON_BEHALF = ", namens "  # between who sent something and for whom, as it is stored with what was sent
LONGEST_SENDER = 200  # what the columns hold
UNKNOWN_NAME: Final = "Onbekende naam"  # of a citizen whose sign-in gives none
VISITOR: Final = "visitor:"  # before the subject of somebody who files without signing in: a number of that visit alone
TEAM = "team-"  # before the code of a team: a word that sign-on gives beside the roles
CLEARANCE = "clearance-"  # before a level of confidentiality: a role that sign-on gives beside the others


@dataclass(frozen=True, slots=True)
class ForWhom:
    """The one for whom a citizen acts in one session, by a mandate that sign-in told: DigiD Machtigen, or a chain of mandates or a restriction of
    eHerkenning.

    `subject` is their blind index, `name` what pages call them. `branch`: only one branch (vestiging) of that company, by its number of
    twelve digits. `own`: it is a branch of the company that signed in itself, so nobody stands between. `earlier`: as those of an actor.
    """

    subject: str
    name: str = field(default="", compare=False)
    branch: str = ""
    own: bool = False
    earlier: tuple[str, ...] = field(default=(), compare=False)

    @property
    def called(self) -> str:
        """The name for pages and receipts, with the branch."""
        return f"{self.name}, vestiging {self.branch}" if self.branch else self.name


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts, and by which name.

    `subject` is the blind index of a citizen, the number of a member of staff, `department:<dossier id>`, or `system`.

    `earlier` are the subjects that a citizen had under secrets that are being replaced: what was sealed or sent before counts
    for the same person. `roles` of staff are words of StaffRole, and whatever else sign-on gave.

    `for_whom`: a citizen who acts for another in this session sees the cases of that other, and none of the own ones. `acted_by`: the
    pseudonym of the one who signed in for a company, for the audit trail. `level`: how strongly a citizen signed in, a word of SignInLevel.
    `day`: the day on which staff ask, where business time is real time: what they were given until a day before it has ended.
    """

    kind: ActorKind
    subject: str
    name: str
    roles: frozenset[str] = frozenset()
    dossier: int | None = None
    earlier: tuple[str, ...] = field(default=(), compare=False)
    for_whom: ForWhom | None = None
    acted_by: str = field(default="", compare=False)
    level: str = field(default="", compare=False)
    day: date | None = None

    @property
    def party_subject(self) -> str:
        """The blind index at the rows of parties that are this actor: of who signs in for one branch that of the company."""
        return self.for_whom.subject if self.for_whom and self.for_whom.own else self.subject

    @property
    def signed(self) -> str:
        """The name to store with what this actor sends: of who acts for another also for whom, since no row of the case says so.
        A name that somebody typed never reads as if there were a mandate.
        """
        return self.signed_for_another or self.name.replace(ON_BEHALF, ON_BEHALF[1:])[:LONGEST_SENDER]

    @property
    def signed_for_another(self) -> str | None:
        """The same of who acts for another, as `Bram van Proefhuizen, namens Tess Testeling`; None for who acts for themselves."""
        other = self.for_whom
        return f"{self.name}{ON_BEHALF}{other.called}"[:LONGEST_SENDER] if other and not other.own else None

    @property
    def is_visitor(self) -> bool:
        """Whether this is somebody who files without signing in: nobody knows who it is."""
        return self.kind == ActorKind.CITIZEN and self.subject.startswith(VISITOR)

    def has(self, *roles: str) -> bool:
        return bool(self.roles.intersection(roles))

    def is_known_as(self, subject: object) -> bool:
        return subject == self.subject or subject in self.earlier


SYSTEM = Actor(ActorKind.SYSTEM, "system", "Zaakspoor")
