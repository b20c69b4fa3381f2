"""What stands around Zaakspoor fails: broker, database, mail server. Nothing is lost, and no page says yes in vain."""

import contextlib
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from fault_experiment import ROUNDS, Experiment
from fault_installation import LONG, SLOW
from fault_mail import DROP
from fault_play import Play, drained, token_of
from kit.people import FENNA as ADMIN
from kit.waiting import until
from sqlalchemy import select

from processes.actions import act
from processes.actions.mailing import RetryMail
from processes.storage.tables import MailRow, OutboxRow

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]


@contextlib.contextmanager
def failing_mail(experiment: Experiment, answer: str):
    mail = experiment.installation.mail
    mail.box.heard.clear()
    if answer == "down":
        mail.stop()
    else:
        mail.box.answer = answer
    try:
        yield
    finally:
        mail.box.answer = "250 OK"
        if answer == "down":
            mail.start()


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # pika leaves the socket of a killed broker to the collector
@pytest.mark.parametrize("wiped", [True, False] if ROUNDS else [True])
def test_without_a_broker_the_work_goes_on_and_no_mail_is_lost(experiment: Experiment, wiped: bool) -> None:
    installation = experiment.installation
    (installation.rabbit.wipe if wiped else installation.rabbit.stop)()
    play = experiment.play(2)
    started = time.monotonic()
    play.register()
    play.ask()
    play.deliver_wrong()
    assert time.monotonic() - started < LONG, "somebody waited for the broker"
    assert not drained(installation.services)
    installation.rabbit.start()
    experiment.check()


def test_a_stopped_database_is_said_within_five_seconds_and_nothing_is_confirmed_falsely(
    experiment: Experiment,
) -> None:
    installation, play = experiment.installation, experiment.play(2)
    play.register()
    play.ask()
    address = f"/verzoek/{token_of(installation.services, play.numbers[0])[0]}"
    assert (installation.status(address), installation.status("/readyz")) == (200, 200)
    installation.postgres.stop()
    for path in (address, "/readyz", address):
        started = time.monotonic()
        assert installation.status(path) == 503
        assert time.monotonic() - started < SLOW
    with ThreadPoolExecutor(1) as aside:  # a department that keeps trying while the database is away
        delivered = aside.submit(play.deliver_wrong)
        time.sleep(1)
        installation.postgres.start()
        delivered.result()
    installation.until_ready()
    experiment.check()


def test_a_database_without_a_free_connection_is_said_within_five_seconds_and_recovers_alone(
    experiment: Experiment,
) -> None:
    installation, play = experiment.installation, experiment.play(1)
    play.register()
    play.ask()
    address = f"/verzoek/{token_of(installation.services, play.numbers[0])[0]}"
    with every_connection(installation.postgres.address("zaken")):
        for path in (address, "/readyz", address):
            started = time.monotonic()
            assert installation.status(path) == 503
            assert time.monotonic() - started < SLOW
    installation.until_ready()
    play.deliver_wrong()
    experiment.check()


@contextlib.contextmanager
def every_connection(address: str) -> Iterator[None]:
    """Take all connections that the server has, also those that the processes held already."""
    with contextlib.ExitStack() as held:
        first = held.enter_context(psycopg.connect(address.replace("+psycopg", ""), autocommit=True))
        mine = [first.info.backend_pid]
        for _ in range(3):  # what lost its connection may be first to get another
            first.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE NOT pid = ANY(%s)", (mine,))
            with contextlib.suppress(psycopg.OperationalError):  # there are no more
                while True:
                    one = held.enter_context(psycopg.connect(address.replace("+psycopg", "")))
                    mine.append(one.info.backend_pid)
        yield


TROUBLE = ("down", "451 later", DROP, "550 nobody here")


@pytest.mark.parametrize("answer", TROUBLE)
def test_whatever_the_mail_server_does_no_case_waits_and_no_mail_is_lost(experiment: Experiment, answer: str) -> None:
    installation, play = experiment.installation, experiment.play(1)
    with failing_mail(experiment, answer):
        play.register()
        started = time.monotonic()
        play.ask()
        assert time.monotonic() - started < LONG
        assert answer == "down" or installation.mail.box.heard.wait(LONG)
        if answer.startswith("550"):
            assert until(lambda: len(refused(installation.services)) == 2)  # to the objector, and to the department
    for mail_id in refused(installation.services):
        act(installation.services, ADMIN, RetryMail(mail_id))
    experiment.check()


def refused(services) -> list[int]:
    with services.sessions() as session:
        return list(session.scalars(select(MailRow.id).where(MailRow.error.is_not(None), MailRow.sent_at.is_(None))))


def test_each_message_delivered_three_times_and_shuffled_has_one_effect(experiment: Experiment) -> None:
    installation = experiment.installation
    silent = replace(installation.services, dispatcher=None)
    play = experiment.play(3)
    quiet = Play(silent, play.doors, 3)
    quiet.numbers, quiet._people = play.numbers, play._people
    quiet.register()
    with installation.services.sessions() as session:
        ids = list(session.scalars(select(OutboxRow.id)))  # also what was done long ago
    rung = ids * 3
    random.Random(3).shuffle(rung)
    assert installation.services.dispatcher
    ringing = threading.Thread(target=installation.services.dispatcher._dispatch, args=(rung,))
    ringing.start()
    ringing.join()
    experiment.check()
    with installation.services.sessions() as session:
        fresh = session.scalars(select(MailRow.message_id).order_by(MailRow.id.desc()).limit(3)).all()
    assert [len(installation.mail.box.received[one]) for one in fresh] == [1, 1, 1]
