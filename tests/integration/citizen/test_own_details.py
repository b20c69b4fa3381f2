"""D38, D16: Mijn gegevens tells and takes over what is known of its person, in cases that this person may see."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import bezwaar_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import BRAM, NOOR, TESS, YASMINA, known
from sqlalchemy import update

from engine.words import Confidentiality
from portal.sign_on.identity import known_citizen
from processes.actions import act
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty
from processes.actions.representing import RemoveParty
from processes.base.actor import UNKNOWN_NAME
from processes.post.own_addresses import TEMPLATE
from processes.storage.services import Services
from processes.storage.tables import Case, MailRow, Party, PersonProfile

MISTYPED = NewParty(
    "third_party", "Piet Anders", "person", identity=YASMINA.identity, channel="post", address="Geheime weg 9\n1234 AA Elders",
    phone="0612345678", email="piet@anders.example", sure=True,
)  # fmt: skip
OF_PIET = ("Piet Anders", "Geheime weg", "612345678", "piet@anders.example")


def furnish(services: Services) -> None:
    bezwaar_in_use(services)
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


@pytest.fixture
def taken_off(services: Services) -> Party:
    """A party with the number of Yasmina by mistake, whom staff took off the case when they saw it."""
    number = register_bezwaar(services, BRAM)
    act(services, NOOR, AddParty(number, MISTYPED))
    (row,) = [one for one in rows(services, Party) if one.name == MISTYPED.name]
    act(services, NOOR, RemoveParty(number, row.id, "Dit nummer is van een ander"))
    return row


def name_now(services: Services) -> str:
    """What somebody is called whose sign-in tells no name, as DigiD."""
    number = str(YASMINA.identity).removeprefix("bsn:")
    return known_citizen(services, {"bsn": number, "loa": "substantial"}, "digid").name


@pytest.mark.parametrize("path", ["/mijn/gegevens", "/mijn/nieuw/bezwaar"])
def test_d38_nothing_is_told_of_a_party_that_was_taken_off_a_case(
    services: Services, taken_off: Party, path: str
) -> None:
    page = Browser(services, YASMINA).get(path)
    assert [one for one in OF_PIET if one in page] == []
    assert name_now(services) == UNKNOWN_NAME


def test_t1_an_address_of_a_party_that_was_taken_off_counts_as_nobodys(services: Services, taken_off: Party) -> None:
    """Who types it gets a code there, as for any address that is new; and what they save changes nothing of that row."""
    yasmina = Browser(services, YASMINA)
    yasmina.get("/mijn/gegevens")
    typed = {
        "email": MISTYPED.email,
        "phone": "0612121212",
        "news_by_mail": "ja",
        "language": "en",
        "channel": "portal",
    }
    yasmina.post("/mijn/gegevens", typed)
    assert [row.email_unconfirmed for row in rows(services, PersonProfile)] == [True]
    assert TEMPLATE in {mail.template for mail in rows(services, MailRow) if mail.recipient == MISTYPED.email}
    (row,) = [one for one in rows(services, Party) if one.id == taken_off.id]
    assert (row.phone, row.language) == (taken_off.phone, taken_off.language)


@pytest.mark.parametrize("path", ["/mijn/gegevens", "/mijn/nieuw/bezwaar"])
def test_d38_nothing_is_told_of_a_case_that_is_hidden(services: Services, path: str) -> None:
    number = register_bezwaar(
        services, replace(TESS, name="Tess in het opvanghuis", address="Opvanghuis 3\n1234 AA Elders", email="opvang@post.example")
    )  # fmt: skip
    with services.sessions.begin() as session:
        hidden = update(Case).where(Case.number == number).values(confidentiality=Confidentiality.GEHEIM)
        session.execute(hidden)
    tess = Browser(services, TESS)
    page = tess.get(path)
    assert number not in tess.get("/mijn")
    assert [one for one in ("Opvanghuis", "opvanghuis", "opvang@") if one in page] == []
    claims = {"bsn": str(TESS.identity).removeprefix("bsn:"), "loa": "substantial"}
    assert known_citizen(services, claims, "digid").name == UNKNOWN_NAME
