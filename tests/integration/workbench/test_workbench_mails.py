"""A mail that no server takes, as the handler meets it: in Vandaag, on the timeline, and at Brieven with what to do."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows, today
from kit.people import SEM, TESS
from kit.statements import statements

from processes.post.refusals import refuse
from processes.storage.tables import MailRow, NoticeRow, Party

SAID = "De mailserver weigert deze mail: 550 <tess@post.example> onbekend"


@pytest.fixture
def number(services) -> str:
    """A bezwaar of somebody who reads at the portal, whose first notice could not be mailed."""
    number = register_bezwaar(services, TESS)
    refuse(services, rows(services, MailRow)[0].id, SAID)
    return number


def test_it_stands_in_vandaag_with_what_to_do_and_the_letter_waits_to_be_printed(noor: Browser, number: str) -> None:
    page = noor.get("/werk")
    assert "E-mails die niet aankwamen (1)" in page
    assert "De brief gaat nu per post: print en verstuur hem" in page
    assert f'href="/werk/zaken/{number}/brieven#mail-1"' in page
    assert "Brieven printen en verzenden (1)" in page
    assert "is niet aangekomen. De brief gaat daarom per post" in page  # the unread note
    assert "tess@post.example" not in page


def test_only_the_cases_of_whom_one_asks(services, browser, number: str) -> None:
    for whose, shown in (("alles", True), ("niemand", True), ("mij", False)):
        assert ("E-mails die niet aankwamen" in browser(SEM).get(f"/werk?van={whose}")) == shown


def test_brieven_says_why_and_takes_a_better_address(services, noor: Browser, number: str) -> None:
    page = noor.get(f"/werk/zaken/{number}/brieven")
    assert SAID in page
    assert "nog niet verzonden" in page
    place = f"/werk/zaken/{number}/brieven/{rows(services, NoticeRow)[0].id}/verzonden"
    again = f"/werk/zaken/{number}/mails/1/opnieuw"
    wrong = noor.post(again, {"address-1": "tess@[post.example"}, status=422)
    assert 'href="#field-address-1"' in wrong
    assert "Dit is geen e-mailadres." in wrong
    assert "tess@[post.example" in wrong
    assert "De e-mail wordt opnieuw verstuurd." in noor.post(
        again, {"address-1": "<tess.t@post.example>", "reason-1": "Zij belde."}
    )
    assert rows(services, Party)[0].email == "tess.t@post.example"
    assert "E-mails die niet aankwamen" not in noor.get(f"/werk/zaken/{number}/brieven")
    noor.post(place, {f"sent_on-{rows(services, NoticeRow)[0].id}": today(services).isoformat()})
    assert rows(services, NoticeRow)[0].sent_on == today(services)


def test_what_was_told_otherwise_is_settled(noor: Browser, number: str) -> None:
    noor.get(f"/werk/zaken/{number}/brieven")
    assert "De e-mail is afgehandeld." in noor.post(f"/werk/zaken/{number}/mails/1/afgehandeld")
    assert "E-mails die niet aankwamen" not in noor.get("/werk")
    assert "niet bezorgd, afgehandeld" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "al afgehandeld" in noor.post(
        f"/werk/zaken/{number}/mails/1/afgehandeld", {"form_key": "nog-een"}, status=409
    )


def test_more_refused_mails_take_no_more_statements(services, noor: Browser, number: str) -> None:
    noor.get("/werk")
    with statements(services) as few:
        noor.get("/werk")
    for mail in range(6):
        register_bezwaar(services, TESS, number=f"PV-{mail + 2}")
        refuse(services, rows(services, MailRow)[-1].id, SAID)
    noor.get("/werk")  # once a minute a session is prolonged: not in what is counted
    with statements(services) as many:
        noor.get("/werk")
    assert len(many) == len(few)
