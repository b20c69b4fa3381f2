"""P8: what somebody writes back on a mail is read by an administrator, and by the handler of the case."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.barring import barred_in
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.installation import installation
from kit.people import FENNA, TESS, known
from sqlalchemy import update

from processes.storage.services import Services
from processes.storage.tables import MailAnswer, MailRow, Party

EVIL = '<script>alert("x")</script> & <b>vet</b>'


@pytest.fixture
def services(tmp_path: Path, filling) -> Iterator[Services]:
    with installation(
        tmp_path, filling, faces=("workbench", "admin"), bounce_mailbox="imaps://a:b@mail.example"
    ) as opened:
        known(opened, FENNA, "fenna@stad.example")
        yield opened


@pytest.fixture
def fenna(services: Services) -> Browser:
    return Browser(services, FENNA)


@pytest.fixture
def number(services: Services) -> str:
    """A bezwaar on whose first mail somebody answered; and an answer that belongs to nothing."""
    number = register_bezwaar(services, TESS)
    mail = rows(services, MailRow)[0]
    with services.sessions.begin() as session:
        known_one = {
            "case_id": mail.case_id,
            "mail_id": mail.id,
            "sender": "tess@post.example",
            "subject": "Re: bezwaar",
        }
        nobodys = {"sender": "vreemd@elders.example", "subject": EVIL}
        for one in (known_one, nobodys):
            more = {"kind": "answer", "to_read": True, "text": f"Dag,\n{EVIL}", "said": "", "attachments": 2}
            session.add(MailAnswer(received_at=services.clock.now(), **more, **one))
    return number


def test_p8_an_administrator_reads_what_was_answered_and_settles_it(fenna: Browser, number: str) -> None:
    assert "2 antwoorden wachten tot iemand ze leest." in fenna.get("/beheer")
    page = fenna.get("/beheer/antwoorden")
    for shown in (
        "Re: bezwaar",
        "tess@post.example",
        number,
        "vreemd@elders.example",
        "alleen te openen in het postvak",
    ):
        assert shown in page
    assert "&lt;script&gt;alert(" in fenna.html
    assert EVIL not in fenna.html
    assert "Het antwoord is afgehandeld." in fenna.post("/beheer/antwoorden/1/afgehandeld")
    assert "Re: bezwaar" not in fenna.get("/beheer/antwoorden")
    assert "al afgehandeld" in fenna.post("/beheer/antwoorden/1/afgehandeld", {"form_key": "nog-een"}, status=409)
    assert "1 antwoord wacht" in fenna.get("/beheer")


def test_p8_the_handler_reads_it_at_the_letters_and_on_the_timeline(
    services: Services, noor: Browser, number: str
) -> None:
    page = noor.get(f"/werk/zaken/{number}/brieven")
    assert "Antwoorden op e-mails" in page
    assert "&lt;script&gt;alert(" in noor.html
    assert EVIL not in noor.html
    assert "vreemd@elders.example" not in page
    assert ": antwoord" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "Het antwoord is afgehandeld." in noor.post(f"/werk/zaken/{number}/antwoorden/1/afgehandeld")
    noor.post(f"/werk/zaken/{number}/antwoorden/2/afgehandeld", {"form_key": "nog-een"}, status=404)  # of no case
    assert [row.settled_at is not None for row in rows(services, MailAnswer)] == [True, False]


def test_p8_an_answer_does_not_tell_an_administrator_who_is_confidential(
    services: Services, fenna: Browser, number: str
) -> None:
    with services.sessions.begin() as session:
        session.execute(update(Party).values(confidential=True))
    page = fenna.get("/beheer/antwoorden")
    assert "tess@post.example" not in page
    assert "Re: bezwaar" not in page
    assert "(vertrouwelijk adres)" in page
    assert number in page


def test_p8_an_administrator_whom_the_case_is_about_does_not_read_its_answers(
    services: Services, fenna: Browser, number: str
) -> None:
    with services.sessions.begin() as session:
        barred_in(session, FENNA.subject)
    assert "Re: bezwaar" not in fenna.get("/beheer/antwoorden")
    assert "1 antwoord wacht" in fenna.get("/beheer")


def test_p8_the_page_says_so_when_no_mailbox_is_read_and_when_nothing_waits(tmp_path: Path, filling) -> None:
    with installation(tmp_path, filling, faces=("admin",)) as quiet:
        known(quiet, FENNA)
        page = Browser(quiet, FENNA).get("/beheer/antwoorden")
    assert "Er is geen postvak ingesteld" in page
    assert "Er is niets te lezen." in page
