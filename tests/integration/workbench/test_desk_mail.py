"""News by mail as each member of staff likes it: how much and where, never what, and only what nobody read yet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from kit.barring import barred_in
from kit.browser import Browser
from kit.cases import open_task, register_bezwaar, rows
from kit.documents import stored
from kit.people import FENNA, NOOR, PIET, SEM, TESS, citizen, known

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.desk_mail import ChooseDeskMail
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote, MarkRead, SendMessage
from processes.actions.people import BlockPerson
from processes.actions.tasks import TakeTask
from processes.base.clock import next_local_hour
from processes.base.errors import Invalid
from processes.jobs.desk_mail_sweep import sweep_desk_mail
from processes.jobs.unconfirmed_sweep import sweep_unconfirmed
from processes.storage.business_time import business_now
from processes.storage.tables import Case, DeskMail, MailRow, OutboxRow, StaffRow

ADDRESS = "noor@voorbeeldstad.example"


@pytest.fixture
def number(services) -> str:
    """A case of Noor, who has a mail address."""
    known(services, NOOR, ADDRESS)
    made = register_bezwaar(services)
    act(services, NOOR, AssignHandler(made, "noor"))
    return made


def later(services, **passed) -> list[MailRow]:
    """Time passes and the sweep comes by twice: all mails of news until now."""
    services.clock.ahead += timedelta(**passed)
    sweep_desk_mail(services)
    sweep_desk_mail(services)
    return rows(services, MailRow, template="desk-news")


def at_hour(services, hour: int) -> list[MailRow]:
    """The same at the next time that it is this hour."""
    now = business_now(services)
    return later(services, seconds=(next_local_hour(now, hour) - now).total_seconds())


def at_once_and_a_note(services, number: str) -> None:
    act(services, NOOR, ChooseDeskMail("at_once"))
    later(services, minutes=1)
    act(services, SEM, AddNote(number, "Tess belde over haar hek."))


def test_w4_digest_at_once_tells_how_much_and_where_and_not_what(services, noor: Browser, number):
    assert "De mail gaat naar noor@voorbeeldstad.example" in noor.get("/werk/nieuws")
    assert "Uw keuze voor mail is bewaard" in noor.post("/werk/nieuws/mail", {"desk_mail": "at_once", "desk_hour": "8"})
    assert later(services, minutes=1) == []
    act(services, SEM, AddNote(number, "Tess belde over haar hek."))
    act(services, citizen(services, TESS), SendMessage(number, "Hoe staat het met mijn hek?"))
    assert later(services, minutes=1) == []  # there is still time to read it first
    (mail,) = later(services, minutes=2)
    assert (mail.recipient, mail.case_id) == (ADDRESS, None)
    for line in ("- 1 notitie van een collega", "- 1 bericht van een betrokkene", f"zaak {number}.", "/werk/nieuws"):
        assert line in mail.body
    for secret in ("Tess", "hek", "Sem"):
        assert secret not in mail.subject + mail.body
    assert [row.kind for row in rows(services, OutboxRow) if row.key == f"mail:{mail.id}"] == ["mail"]
    act(services, SEM, AddNote(number, "Nog iets."))
    assert len(later(services, minutes=3)) == 1  # no more than one in ten minutes
    (_, second) = later(services, minutes=10)
    assert "betrokkene:" not in second.body
    assert "- 1 notitie" in second.body


def test_w4_digest_once_a_day_comes_at_the_chosen_hour(services, number):
    act(services, NOOR, ChooseDeskMail("daily", "8"))
    later(services, minutes=1)
    act(services, SEM, AddNote(number, "Een."))
    act(services, SEM, AddNote(number, "Twee."))
    assert later(services, minutes=5) == []
    (mail,) = at_hour(services, 8)
    assert "- 2 notities van collega's" in mail.body
    assert "één keer per dag, om 8 uur" in mail.body
    act(services, SEM, AddNote(number, "Drie."))
    assert len(later(services, hours=3)) == 1
    assert len({row.message_id for row in at_hour(services, 8)}) == 2
    assert len(at_hour(services, 8)) == 2  # a day without news


def test_w4_digest_leaves_out_what_was_read_meanwhile(services, number):
    at_once_and_a_note(services, number)
    act(services, citizen(services, TESS), SendMessage(number, "Hoe staat het?"))
    act(services, NOOR, MarkRead(number))
    assert later(services, hours=1) == []


def role_ended(services) -> None:
    known(services, replace(NOOR, roles=frozenset({"archivist"})), ADDRESS)


def long_away(services) -> None:
    with services.sessions.begin() as session:
        session.get_one(StaffRow, "noor").signed_in_at = datetime.now(UTC) - timedelta(days=61)


def blocked(services) -> None:
    act(services, FENNA, BlockPerson("noor"))
    assert rows(services, DeskMail) == []


def above_the_clearance(services) -> None:
    with services.sessions.begin() as session:
        case = session.query(Case).one()
        case.confidentiality, case.handler = "geheim", "sem"


def about_the_reader(services) -> None:
    with services.sessions.begin() as session:
        barred_in(session, NOOR.subject)


ENDED = (role_ended, long_away, blocked, above_the_clearance, about_the_reader)


@pytest.mark.parametrize("ended", ENDED, ids=lambda one: one.__name__)
def test_w4_digest_is_not_for_whom_the_case_or_the_work_is_closed(services, number, ended):
    at_once_and_a_note(services, number)
    ended(services)
    assert later(services, hours=1) == []


def test_w4_digest_needs_an_address_of_sign_on_and_an_hour_and_can_be_ended(services, noor: Browser, number):
    noor.get("/werk/nieuws")
    page = noor.post("/werk/nieuws/mail", {"desk_mail": "daily", "desk_hour": "3"}, status=422)
    assert "Kies een uur van 6 tot en met 20." in page
    at_once_and_a_note(services, number)
    noor.get("/werk/nieuws")
    noor.post("/werk/nieuws/mail", {"desk_mail": "", "desk_hour": "8"})
    assert later(services, hours=1) == []
    known(services, NOOR)
    assert "Wij hebben geen e-mailadres van u." in noor.get("/werk/nieuws")
    with pytest.raises(Invalid, match="e-mailadres"):
        act(services, NOOR, ChooseDeskMail("at_once"))


def test_w4_digest_is_kept_no_longer_than_it_takes_to_send(services, number):
    at_once_and_a_note(services, number)
    assert len(later(services, minutes=3)) == 1
    services.clock.ahead += timedelta(days=3)
    sweep_unconfirmed(services)
    assert rows(services, MailRow, template="desk-news") == []


def test_d62_handler_and_others_involved_hear_of_a_document_that_a_citizen_added(services, browser, number):
    known(services, PIET)
    act(services, PIET, TakeTask(open_task(services, "Intake")))
    act(services, NOOR, ChooseDeskMail("at_once"))
    later(services, minutes=1)
    paper = NewDocument(stored(services, "foto.pdf"), "submission", "Foto van het hek")
    act(services, citizen(services, TESS), AddDocuments(number, (paper,)))
    for involved in (NOOR, PIET):
        page = browser(involved).get("/werk")
        assert "Berichten (1)" in page
        assert "Foto van het hek" in page
    assert "Berichten (1)" not in browser(SEM).get("/werk")
    (mail,) = later(services, minutes=3)
    assert "- 1 inzending met documenten van een betrokkene" in mail.body
    assert "hek" not in mail.body
