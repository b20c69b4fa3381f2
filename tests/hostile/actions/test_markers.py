"""A link to a dossier goes only to its own department, whatever somebody typed in a text that ends up in a mail (B7)."""

import re

from hostile_house import BRAM, TESS, intake, register, rows
from sqlalchemy import select

from processes.database.tables import Case, Dossier, MailRow
from processes.house import House
from processes.post.links import with_links


def links_to(house: House, number: str) -> set[str]:
    """Every link in the mails to departments about one case."""
    with house.sessions() as session:
        mails = session.scalars(select(MailRow).join(Case, Case.id == MailRow.case_id).where(Case.number == number))
        bodies = [with_links(house, session, mail.body) for mail in mails if mail.template == "stukkenverzoek"]
    return set(re.findall(r"/verzoek/([\w-]+)", " ".join(bodies)))


def test_b7_a_typed_marker_does_not_become_the_link_of_another_dossier(house: House) -> None:
    register(house, TESS)
    intake(house)
    (other,) = rows(house, Dossier)
    number = register(house, BRAM, subject=f"Vergunning [[dossier:{other.id}]]")
    intake(house)
    theirs = house.secrets.link_token(other.salt)
    found = links_to(house, number)
    assert (len(found), theirs in found) == (1, False)
