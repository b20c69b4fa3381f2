"""P8: mail that comes back is read from a real IMAP server, each once, whatever happens in between."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from kit.imap import ImapServer, dovecot
from kit.owned_program import owner
from kit.people import FENNA
from kit.returned_mails import MESSAGES, plain
from sqlalchemy import func, select, update

from processes.base.settings import Settings
from processes.jobs import connections, mailbox_reading
from processes.jobs.connections import NoConnection, try_bounce_mailbox
from processes.jobs.mailbox_reading import PURPOSES, TRIES, read_mailbox
from processes.jobs.mailbox_sweep import sweep_answers, sweep_mailboxes
from processes.jobs.workers import drain
from processes.post.return_address import return_address
from processes.reads.admin.attention import read_attention
from processes.storage.services import Services
from processes.storage.tables import MailAnswer, MailboxRow, MailRow, NoteRow, OutboxRow, TakenMail
from processes.storage.words import MailboxPurpose

RETURNED = {"purpose": MailboxPurpose.RETURNED}


@pytest.fixture(scope="module")
def running() -> Iterator[ImapServer]:
    with dovecot() as server:
        yield server


@pytest.fixture
def imap(running: ImapServer, monkeypatch: pytest.MonkeyPatch) -> ImapServer:
    """With an empty mailbox."""
    monkeypatch.setenv("SSL_CERT_FILE", str(running.authority))
    running.empty()
    return running


@pytest.fixture
def here(services: Services, imap: ImapServer) -> Services:
    """The installation, with this mailbox."""
    return at(services, imap.address())


def at(services: Services, mailbox: str) -> Services:
    return replace(
        services, settings=replace(services.settings, bounce_address="bounce@zaken.example", bounce_mailbox=mailbox)
    )


def look(services: Services) -> None:
    read_mailbox(services, RETURNED)


def all_of(services: Services, table: type) -> list:
    with services.sessions() as session:
        return list(session.scalars(select(table).order_by(*table.__table__.primary_key.columns)))


def count(services: Services, table: type) -> int:
    with services.sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


def the(services: Services, table: type = MailboxRow):
    (row,) = all_of(services, table)
    return row


def left(services: Services, seeded, **values: object) -> str:
    """The mail of the case has left; the address that it comes back to."""
    with services.sessions.begin() as session:
        session.execute(update(MailRow).values(sent_at=services.clock.now(), **values))
        return return_address(services, session.get_one(MailRow, seeded.mail))


def returned(services: Services, seeded, name: str) -> bytes:
    return MESSAGES[name].content(left(services, seeded), "<1@voorbeeldstad.example>")


def answer(number: int) -> bytes:
    return plain("Tess <tess@post.example>", f"Re: {number}", "Dag").replace("4711", str(number)).encode()


def test_p8_the_server_of_these_tests_runs_as_an_ordinary_user(running: ImapServer) -> None:
    assert owner().pw_uid != 0
    assert (running.folder / "mail").stat().st_uid == owner().pw_uid


def test_p8_each_mail_is_taken_once_in_the_order_of_the_mailbox(here: Services, imap: ImapServer, seeded) -> None:
    imap.receive(answer(1), answer(2))
    look(here)
    look(here)
    imap.receive(answer(3))
    look(here)
    assert [row.subject for row in all_of(here, MailAnswer)] == ["Re: 1", "Re: 2", "Re: 3"]
    with imap.client() as client:
        assert client.search("UNSEEN") == client.search("ALL")  # whoever looks in it sees no difference
    row = the(here)
    assert (row.last_uid, row.failure) == (3, None)


def test_p8_a_mail_that_is_delivered_twice_counts_once(here: Services, imap: ImapServer, seeded) -> None:
    bounce = returned(here, seeded, "postfix, unknown user")
    imap.receive(bounce, b"Received: by another.example\n" + bounce)
    look(here)
    assert (count(here, MailAnswer), count(here, NoteRow), the(here).last_uid) == (1, 1, 2)


def test_p8_when_uids_count_anew_nothing_is_taken_twice_and_nothing_is_missed(
    here: Services, imap: ImapServer, seeded
) -> None:
    imap.receive(answer(1), answer(2))
    look(here)
    before = the(here).uid_validity
    imap.empty()
    imap.receive(answer(2), answer(3))
    look(here)
    assert the(here).uid_validity != before
    assert [row.subject for row in all_of(here, MailAnswer)] == ["Re: 1", "Re: 2", "Re: 3"]


def test_p8_another_mailbox_is_read_from_its_beginning(here: Services, imap: ImapServer, seeded) -> None:
    imap.receive(answer(1))
    look(here)
    with here.sessions.begin() as session:
        session.execute(update(MailboxRow).values(account="van een ander postvak", last_uid=40))
    imap.receive(answer(2))
    look(here)
    assert (the(here).last_uid, count(here, MailAnswer)) == (2, 2)


class Killed(BaseException):
    """As by kill -9: nothing in the program catches it."""


@pytest.mark.parametrize("point", ["before-commit", "committed"])
def test_p8_a_crash_between_reading_and_the_commit_loses_no_mail_and_doubles_none(
    here: Services, imap: ImapServer, seeded, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    bounce = returned(here, seeded, "postfix, unknown user")
    imap.receive(answer(1), bounce, answer(3))

    dies = iter([False, False, True])  # not where the look begins, nor at the first mail, but at the second

    def die(where: str) -> None:
        if where == point and next(dies, False):
            raise Killed

    monkeypatch.setattr("processes.execution.unit_of_work.crash_point", die)
    with pytest.raises(Killed):
        look(here)
    assert count(here, MailAnswer) == (1 if point == "before-commit" else 2)
    look(here)
    assert [row.kind for row in all_of(here, MailAnswer)] == ["answer", "bounced", "answer"]
    assert (count(here, NoteRow), count(here, TakenMail)) == (1, 3)
    assert the(here, MailRow).error.startswith("De mail kwam terug.")


def test_p8_a_mail_that_cannot_be_taken_is_put_aside_and_those_behind_it_come(
    here: Services, imap: ImapServer, seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    purpose = PURPOSES[MailboxPurpose.RETURNED]

    def take(work, mail, raw) -> None:
        if mail.subject == "Re: 1":
            raise ZeroDivisionError
        purpose.take(work, mail, raw)

    monkeypatch.setattr(
        mailbox_reading, "PURPOSES", MappingProxyType({MailboxPurpose.RETURNED: replace(purpose, take=take)})
    )
    imap.receive(answer(1), answer(2))
    for _ in range(TRIES - 1):
        look(here)
    assert count(here, MailAnswer) == 0
    look(here)
    assert [row.subject for row in all_of(here, MailAnswer)] == ["(onleesbaar)", "Re: 2"]
    assert imap.count() == 2


def test_p8_a_look_takes_a_limited_number_and_reads_a_limited_part(
    here: Services, imap: ImapServer, seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox_reading, "AT_ONCE", 2)
    large = MESSAGES["postfix, unknown user"].content(left(here, seeded)) + b"x" * 2_000_000
    imap.receive(large, answer(2), answer(3))
    look(here)
    assert [row.kind for row in all_of(here, MailAnswer)] == ["bounced", "answer"]
    look(here)
    assert count(here, MailAnswer) == 3


FAILURES = {
    "a wrong password": (lambda imap: imap.address(word="ander woord"), "laat ons niet in het postvak"),
    "no such folder": (lambda imap: imap.address(folder="Elders"), "De map 'Elders' is er niet"),
    "nobody there": (lambda _: "imap://naam:woord@127.0.0.1:1/", "antwoordt niet (ConnectionRefusedError)"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_p8_a_mailbox_that_cannot_be_read_is_said_with_what_to_do(
    services: Services, imap: ImapServer, case: str
) -> None:
    address, said = FAILURES[case]
    there = at(services, address(imap))
    look(there)
    first = the(there)
    assert said in first.failure
    assert "woord/met" not in first.failure
    look(there)
    assert the(there).failing_since == first.failing_since
    assert said in read_attention(there, FENNA).mailboxes[0].said
    with pytest.raises(NoConnection, match="postvak"):
        try_bounce_mailbox(there.settings)
    look(at(services, imap.address()))
    assert (the(there).failure, read_attention(there, FENNA).mailboxes) == (None, ())


def test_p8_a_certificate_that_nobody_knows_is_refused_before_the_password(
    services: Services, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    logins = imap.log.count("Login:")
    for address in (imap.address(), f"{imap.address(scheme='imap')}?starttls=on"):
        there = at(services, address)
        look(there)
        assert "certificaat van de mailserver klopt niet" in the(there).failure
    assert imap.log.count("Login:") == logins


@pytest.mark.parametrize("address", ["tls", "starttls"])
def test_p8_check_opens_the_mailbox(services: Services, imap: ImapServer, address: str) -> None:
    imap.receive(answer(1))
    mailbox = imap.address() if address == "tls" else f"{imap.address(scheme='imap')}?starttls=on"
    assert try_bounce_mailbox(at(services, mailbox).settings) == (
        "Het postvak voor mail die terugkomt is open; er liggen 1 berichten."
    )
    assert "Er is geen postvak" in try_bounce_mailbox(Settings())
    assert connections.TRIES["bounce_mailbox"] is try_bounce_mailbox


def test_p8_a_server_that_stops_or_is_slow_costs_no_mail(
    here: Services, imap: ImapServer, seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    imap.receive(answer(1))
    monkeypatch.setattr(mailbox_reading, "QUESTION_SECONDS", 0.5)
    with imap.asleep():
        look(here)
    assert "antwoordt niet (TimeoutError)" in the(here).failure
    imap.stop()
    try:
        look(here)
        assert "antwoordt niet (ConnectionRefusedError)" in the(here).failure
    finally:
        imap.start()
    monkeypatch.undo()
    monkeypatch.setenv("SSL_CERT_FILE", str(imap.authority))
    look(here)
    assert [row.subject for row in all_of(here, MailAnswer)] == ["Re: 1"]


def test_p8_every_minute_a_worker_looks_and_never_two_at_once(here: Services, imap: ImapServer, seeded) -> None:
    assert sweep_mailboxes(replace(here, settings=Settings())) == 0
    for number in (1, 2):
        imap.receive(answer(number))
        assert sweep_mailboxes(here) == sweep_mailboxes(here) == 1
        assert len([row for row in all_of(here, OutboxRow) if row.kind == "mailbox" and row.done_at is None]) == 1
        drain(here)
        assert count(here, MailAnswer) == number
    assert count(here, OutboxRow) == 1


def test_p8_what_was_taken_leaves_the_mailbox_after_two_weeks_and_what_was_not_stays(
    here: Services, imap: ImapServer, seeded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox_reading, "AT_ONCE", 2)
    old = datetime.now(UTC) - timedelta(days=20)
    imap.receive(answer(1), at=old)
    imap.receive(answer(2), at=datetime.now(UTC))
    imap.receive(answer(3), at=old)
    look(here)
    assert (imap.count(), count(here, MailAnswer)) == (2, 2)
    look(here)
    assert (imap.count(), count(here, MailAnswer)) == (1, 3)


def test_p8_answers_and_digests_go_after_their_time(here: Services, imap: ImapServer, seeded) -> None:
    imap.receive(answer(1), answer(2))
    look(here)
    sweep_answers(here)
    assert (count(here, MailAnswer), count(here, TakenMail)) == (2, 2)
    first = all_of(here, MailAnswer)[0]
    with here.sessions.begin() as session:
        old = update(MailAnswer).where(MailAnswer.id == first.id)
        session.execute(old.values(received_at=first.received_at - timedelta(days=91)))
        session.execute(update(TakenMail).values(taken_at=datetime.now(UTC) - timedelta(days=61)))
    sweep_answers(here)
    assert ([row.subject for row in all_of(here, MailAnswer)], count(here, TakenMail)) == (["Re: 2"], 0)
