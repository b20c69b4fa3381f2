"""The teams of a member of staff as sign-on tells them, kept in the teams of which an administrator said that sign-on fills them."""

from collections.abc import Collection

import structlog

from processes.actions import act
from processes.actions.team_members import FollowSignOn
from processes.base.actor import SYSTEM
from processes.base.errors import ZaakspoorError
from processes.reads.teams import differs_from_sign_on
from processes.storage.services import Services

log = structlog.get_logger(__name__)


def keep_teams(services: Services, number: str, told: Collection[str]) -> None:
    """Nobody is kept out when this fails: it is done again at the next sign-in, or when the provider is asked again."""
    try:
        if differs_from_sign_on(services, number, told):
            act(services, SYSTEM, FollowSignOn(number, frozenset(told)))
    except ZaakspoorError:
        log.exception("teams.not_kept", person=f"staff:{number}")
