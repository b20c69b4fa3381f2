"""A link to a dossier goes only to its own department, whatever somebody typed in a text that ends up in a mail (B7)."""

import re

from hostile_kit import intake
from kit.cases import register_bezwaar, rows
from kit.people import BRAM, TESS
from sqlalchemy import select

from processes.access.links import with_links
from processes.storage.services import Services
from processes.storage.tables import Case, Dossier, MailRow


def links_to(services: Services, number: str) -> set[str]:
    """Every link in the mails to departments about one case."""
    with services.sessions() as session:
        mails = session.scalars(select(MailRow).join(Case, Case.id == MailRow.case_id).where(Case.number == number))
        bodies = [with_links(services, session, mail.body) for mail in mails if mail.template == "stukkenverzoek"]
    return set(re.findall(r"/verzoek/([\w-]+)", " ".join(bodies)))


def test_b7_a_typed_marker_does_not_become_the_link_of_another_dossier(services: Services) -> None:
    register_bezwaar(services, TESS)
    intake(services)
    (other,) = rows(services, Dossier)
    number = register_bezwaar(services, BRAM, subject=f"Vergunning [[dossier:{other.id}]]")
    intake(services)
    theirs = services.secrets.link_token(other.salt)
    found = links_to(services, number)
    assert (len(found), theirs in found) == (1, False)
