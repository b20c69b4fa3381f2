"""The first step at every door to use: the rehearsals that must go as recorded are played, or workers are told to play them.

Who waits for workers finds back what was typed: it is kept as a draft of the form.
"""

from typing import Final

from portal.drafts import keep, kept_typed
from portal.received import Received
from processes.actions import act
from processes.actions.rehearsing import OrderRehearsals
from processes.base.actor import Actor
from processes.jobs.rehearsing import play_missing
from processes.reads.drafts import read_draft
from processes.reads.studio import DeployGuard, PlayingNow, at_work
from processes.storage.services import Services

FEW: Final = 4  # rehearsals that are played while somebody waits: a few seconds


def played_or_ordered(services: Services, actor: Actor, guard: DeployGuard) -> DeployGuard:
    """The guard with nothing missing when that was little; else it is ordered. Raises StageBusy."""
    if len(guard.missing) <= FEW:
        return play_missing(services, guard)
    act(services, actor, OrderRehearsals(guard.folder, guard.content))
    return guard


def playing_now(services: Services, guard: DeployGuard) -> PlayingNow | None:
    """How far workers are; None when nothing is missing, or nobody is at it."""
    if not guard.missing or not at_work(services, guard.content):
        return None
    return PlayingNow(guard.done, len(guard.rehearsals))


def keep_plan(services: Services, actor: Actor, address: str, form: Received) -> None:
    """Keep what was typed in the form that is sent to this address. Raises DraftTooLong."""
    keep(services, actor, address, form)


def kept_plan(services: Services, actor: Actor, address: str) -> Received | None:
    """The words typed in it before; None when nothing is kept."""
    return kept_typed(read_draft(services, actor, address))
