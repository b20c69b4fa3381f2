"""Sign-on says who is in a team: somebody comes in or goes out, as a version of the setting of that team."""

from dataclasses import dataclass
from typing import Final

from processes.access.guards import only_staff
from processes.actions.dated import add_version
from processes.dated import TEAM, teams_that_differ
from processes.execution.unit_of_work import UnitOfWork
from processes.law.edits import Saved

REASON: Final = "Volgens de inlogdienst."


@dataclass(frozen=True, slots=True)
class FollowSignOn:
    """The person with this number is in the teams with these codes, of those that sign-on fills (`by_sign_on`)."""

    person: str
    teams: frozenset[str]


def follow_sign_on(work: UnitOfWork, action: FollowSignOn) -> str:
    """Under the lock of all edits, as a setting that somebody saves. Only the system does it: raises NotAllowed."""
    only_staff(work.actor, ())
    work.audit(0, "setting", kind=TEAM.word, person=action.person)
    shelf = work.services.law.shelf(work.session)
    for code, team in teams_that_differ(shelf, work.today, action.person, action.teams).items():
        left = [one for one in team.members if one != action.person]
        members = [*left, action.person] if code in action.teams else left
        version = shelf.version_on(TEAM, code, work.today)
        assert version is not None  # noqa: S101 - the team holds today
        values = {**version.values, "members": " ".join(members)}
        add_version(work, Saved(TEAM.word, work.today, values, code), REASON)
    return ""
