"""Whether the link of a person still opens its page."""

from kit.cases import today

from processes.access.dossier_link import open_dossier
from processes.base.errors import LinkGone
from processes.storage.services import Services


def link_works(services: Services, token: str) -> bool:
    with services.sessions() as session:
        try:
            open_dossier(session, services, token, today(services))
        except LinkGone:
            return False
    return True
