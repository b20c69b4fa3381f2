"""P8: a request whose mail comes back, or to somebody who is away, says so to the worker; and the second mailbox gets it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from kit.desk import Desk, desk
from kit.people import NOOR
from kit.returned_mails import MESSAGES, Returned
from sqlalchemy import select, update

from processes.base.actor import SYSTEM
from processes.base.dutch import long_date
from processes.execution.unit_of_work import transact
from processes.post.incoming.reading import read_mail
from processes.post.incoming.returned import take_returned
from processes.post.return_address import return_address
from processes.reads.workbench import read_history, read_letters, read_requests
from processes.storage.tables import DepartmentRow, MailRow, NoteRow


@pytest.fixture
def office(tmp_path: Path):
    with desk(tmp_path, bounce_address="bounce@zaken.example") as made:
        yield made


def come_back(office: Desk, mail_of: str | Returned) -> MailRow:
    """Let a mail of the table come back on the one that asked the department."""
    one = MESSAGES[mail_of] if isinstance(mail_of, str) else mail_of
    with office.services.sessions.begin() as session:
        asked = select(MailRow).join(DepartmentRow, DepartmentRow.email == MailRow.recipient).order_by(MailRow.id)
        mail = session.scalars(asked).first()
        mail.sent_at = office.clock.now()
        to = return_address(office.services, mail)
    taken = read_mail(one.content(to, "-", mail.recipient))
    transact(office.services, SYSTEM, lambda work: take_returned(work, taken) or "")
    return mail


def told(office: Desk) -> list[tuple[str, bool]]:
    page = read_requests(office.services, NOOR, office.number)
    return [(word.what, word.bad) for dossier in page.dossiers for word in dossier.mails]


def test_p8_the_request_shows_a_bounce_and_the_second_mailbox_gets_the_link(office: Desk) -> None:
    with office.services.sessions.begin() as session:
        parkeren = update(DepartmentRow).where(DepartmentRow.code == "parkeren")
        session.execute(parkeren.values(fallback_email="reserve@voorbeeldstad.example"))
    mail = come_back(office, "exchange, mailbox full")
    assert told(office) == [("kwam niet aan", True)]
    (second,) = [row for row in office.rows(MailRow) if row.recipient == "reserve@voorbeeldstad.example"]
    assert (second.body, second.subject) == (mail.body, mail.subject)
    assert "Wij stuurden haar ook naar het reservepostvak" in office.rows(NoteRow)[-1].text
    assert "Dit postvak is vol." in read_letters(office.services, NOOR, office.number).refused[0].said


def test_p8_the_request_shows_until_when_somebody_is_away_and_nothing_else_changes(office: Desk) -> None:
    notes = office.count(NoteRow)
    away = MESSAGES["exchange, away"].mail.replace("11 december 2026", long_date(office.today + timedelta(9)))
    come_back(office, replace(MESSAGES["exchange, away"], mail=away.replace("vrijdag ", "")))
    back = office.today + timedelta(10)
    assert told(office) == [(f"afwezig tot {long_date(back)}", False)]
    assert office.count(NoteRow) == notes
    page = read_letters(office.services, NOOR, office.number)
    assert (page.refused, page.answers[0].open) == ((), False)
    assert any(
        "E-mail '" in event.title and "Ik ben afwezig" in event.text
        for event in read_history(office.services, NOOR, office.number).events
    )


def test_p8_a_delay_is_shown_and_is_no_bounce(office: Desk) -> None:
    come_back(office, "postfix, delayed")
    assert told(office) == [("is nog niet bezorgd; het wordt nog geprobeerd", False)]
