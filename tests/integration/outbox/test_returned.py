"""P8: what follows from a mail that comes back: the worker, the second mailbox and the administrator are told, and who wrote is read."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from kit.people import FENNA, NOOR
from kit.returned_mails import MESSAGES
from sqlalchemy import select, update

from processes.actions import act
from processes.actions.mailing import RetryMail
from processes.base.actor import SYSTEM
from processes.execution.unit_of_work import transact
from processes.jobs.workers import drain
from processes.post.incoming.reading import read_mail
from processes.post.incoming.returned import take_returned
from processes.post.return_address import return_address
from processes.reads.admin.attention import read_attention
from processes.storage.services import Services
from processes.storage.tables import AuditRow, DepartmentRow, MailAnswer, MailRow, NoteRow, NoticeRow

Take = Callable[..., None]


@pytest.fixture
def here(services: Services) -> Services:
    return replace(services, settings=replace(services.settings, bounce_address="bounce@zaken.example"))


@pytest.fixture
def take(here: Services, seeded) -> Take:
    """Let a mail of the table come back on the mail of the case, which has left."""
    change(here, MailRow, sent_at=here.clock.now())

    def taken(name: str, to: str | None = None, id: str = "<nergens@zaken.example>") -> None:
        with here.sessions() as session:
            own = return_address(here, session.get_one(MailRow, seeded.mail))
        mail = read_mail(MESSAGES[name].content(to or own, id))
        transact(here, SYSTEM, lambda work: take_returned(work, mail) or "")

    return taken


def change(services: Services, table: type, **values: object) -> None:
    with services.sessions.begin() as session:
        session.execute(update(table).values(**values))


def all_of(services: Services, table: type) -> list:
    with services.sessions() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def test_p8_a_bounce_is_told_to_the_worker_and_the_administrator(here: Services, seeded, take: Take) -> None:
    take("postfix, unknown user")
    (mail,) = all_of(here, MailRow)
    assert mail.error.startswith(
        "De mail kwam terug. Dit e-mailadres bestaat niet. De andere mailserver zei: 550 5.1.1 <[adres]>"
    )
    assert mail.sent_at is None
    (note,) = all_of(here, NoteRow)
    assert (note.case_id, note.read_by_handler, "is niet aangekomen" in note.text) == (seeded.case, False, True)
    (line,) = read_attention(here, FENNA).mails
    assert (line.case_number, line.said) == ("BZW-2027-00001", mail.error)
    (answer,) = all_of(here, MailAnswer)
    assert (answer.kind, answer.to_read, answer.mail_id, answer.left_at is not None) == (
        "bounced",
        False,
        seeded.mail,
        True,
    )
    actions = [row.action for row in all_of(here, AuditRow)]
    assert {"mail_came_back", "mail_refused"} <= set(actions)


def test_p8_a_bounce_of_a_department_goes_to_its_second_mailbox_once(here: Services, seeded, take: Take) -> None:
    with here.sessions.begin() as session:
        session.add(DepartmentRow(
            code="burgerzaken", name="Burgerzaken", email="tess@post.example", manager_email="baas@post.example",
            fallback_email="reserve@post.example",
        ))  # fmt: skip
    for name in ("postfix, unknown user", "exim", "qmail"):
        take(name)
    first, second = all_of(here, MailRow)
    assert (first.error is None, second.recipient, second.body) == (False, "reserve@post.example", first.body)
    (note,) = all_of(here, NoteRow)
    assert "Wij stuurden haar ook naar het reservepostvak van de afdeling." in note.text


def test_p8_a_formal_notice_whose_mail_comes_back_becomes_a_letter(here: Services, seeded, take: Take) -> None:
    change(here, NoticeRow, channel="portal", sent_on=here.clock.now().date())
    change(here, MailRow, notice_id=seeded.notice)
    take("exchange online, Dutch")
    (notice,) = all_of(here, NoticeRow)
    assert (notice.channel, notice.sent_on) == ("post", None)
    assert "De brief gaat daarom per post" in all_of(here, NoteRow)[0].text


QUIET = {"postfix, delayed": 1, "exim, delayed": 1, "exchange, away": 1, "a ticket system": 1, "a report of success": 0, "read receipt": 0}  # fmt: skip


@pytest.mark.parametrize("name", QUIET)
def test_p8_delay_absence_and_receipts_change_nothing_and_tell_nobody(
    here: Services, seeded, take: Take, name: str
) -> None:
    take(name)
    (mail,) = all_of(here, MailRow)
    assert (mail.error, mail.sent_at is not None, all_of(here, NoteRow)) == (None, True, [])
    answers = all_of(here, MailAnswer)
    assert (len(answers), [row for row in answers if row.to_read]) == (QUIET[name], [])
    attention = read_attention(here, FENNA)
    assert (attention.mails, attention.answers) == ((), 0)


def test_p8_what_cannot_be_delivered_for_now_is_only_noted(here: Services, seeded, take: Take) -> None:
    take("gmail, for now")
    (mail,) = all_of(here, MailRow)
    assert (mail.error, mail.sent_at is not None) == (None, True)
    (note,) = all_of(here, NoteRow)
    assert "kon nu niet worden bezorgd. Dit postvak is vol." in note.text


def test_p8_somebody_who_answers_is_read_with_the_case(here: Services, seeded, take: Take) -> None:
    take("somebody answered")
    (answer,) = all_of(here, MailAnswer)
    assert (answer.kind, answer.to_read, answer.case_id) == ("answer", True, seeded.case)
    assert (answer.sender, answer.text) == ("tess@post.example", "Goedemorgen, de stukken liggen bij de balie.")
    assert "Er kwam een antwoord op de e-mail" in all_of(here, NoteRow)[0].text


def test_p8_without_a_mark_the_message_id_tells_which_mail_it_was(here: Services, seeded, take: Take) -> None:
    take("exchange online, Dutch", to="bounce@zaken.example", id="<1@voorbeeldstad.example>")
    assert all_of(here, MailRow)[0].error is not None
    assert all_of(here, MailAnswer)[0].to_read is False


@pytest.mark.parametrize("name", ["exchange online, Dutch", "somebody answered", "exchange, away"])
def test_p8_what_belongs_to_no_mail_is_kept_to_be_read(here: Services, seeded, take: Take, name: str) -> None:
    take(name, to=f"bounce+1{'0' * 32}@zaken.example")
    (answer,) = all_of(here, MailAnswer)
    assert (answer.to_read, answer.case_id, answer.mail_id) == (True, None, None)
    assert (all_of(here, MailRow)[0].error, all_of(here, NoteRow)) == (None, [])


def test_p8_a_late_bounce_of_the_old_address_does_not_stop_the_better_one(here: Services, seeded, take: Take) -> None:
    with here.sessions() as session:
        old = return_address(here, session.get_one(MailRow, seeded.mail))
    take("postfix, unknown user", to=old)
    act(here, NOOR, RetryMail(seeded.mail, "tess.testeling@post.example", "Zij belde."))
    drain(here)
    take("exim", to=old)
    take("postfix, unknown user", to=old, id="<1@voorbeeldstad.example>")
    (mail,) = all_of(here, MailRow)
    assert (mail.error, mail.sent_at is not None) == (None, True)
    take("exim")
    assert all_of(here, MailRow)[0].error is not None
