"""Whether the letterhead is filled in, for the pages of the administrator."""

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.clock import local_date
from processes.dated import letterhead_on
from processes.reads.opening import reading
from processes.storage.services import Services


def read_to_fill_in(services: Services, actor: Actor) -> str:
    """The parts that letters would name and that do not exist, as one sentence; empty when all was filled in. Raises NotAllowed."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, now):
        shelf = services.law.shelf(session)
    return letterhead_on(shelf, local_date(now), services.settings.organisation).to_fill_in()
