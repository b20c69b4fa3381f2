"""Around every page of the workbench: the counters of unread messages and news of the reader, and the keys that work."""

from fastapi import Depends, Request

from portal.pages import services_at_hand
from portal.security.guards import actor_of
from portal.security.sessions import session_of
from portal.workbench.keys import KEYS, keys_on
from processes.base.actor import ActorKind
from processes.reads import workbench as reads
from processes.storage.services import Services


async def counting(request: Request, services: Services = Depends(services_at_hand)) -> None:
    """Puts `desk_counts` at hand for the template, which asks only when a whole page is made; None for who does not handle cases.
    It asks nothing itself, and so takes no thread.
    And `keys`: those that work for the reader, who is not known yet here.
    """

    def counts() -> reads.DeskCounts | None:
        session = session_of(request)
        if session is None or session.kind != ActorKind.STAFF:
            return None
        return reads.read_desk_counts(services, actor_of(session))

    request.state.desk_counts = counts
    request.state.keys = lambda: KEYS if keys_on(request) else ()
