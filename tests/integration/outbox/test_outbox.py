"""The outbox: at least once, one worker at a time, and nothing lost when a worker dies or a broker is down."""

import os
import threading
import time
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.cases import rows
from kit.waiting import until
from sqlalchemy import select, update

from processes.jobs import workers
from processes.jobs.clock_process import INSTALLATION_SWEEPS, Sweep, run_clock, sweep_form_keys, sweep_orphans
from processes.jobs.outbox_kinds import KINDS
from processes.storage import dispatcher, outbox
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, FormKey, OutboxRow

pytestmark = pytest.mark.both_ways

NOW = datetime(2027, 2, 14, 12, 30, tzinfo=UTC)


class Work:
    """A kind of work that counts what it was asked, and fails as often as it is told."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.failures = 0
        self.seconds = 0.0

    def __call__(self, _: Services, payload: Mapping[str, Any]) -> None:
        time.sleep(self.seconds)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("de printer is stuk")
        self.done[payload["name"]] += 1


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    monkeypatch.setitem(KINDS, "work", made)
    return made


def put(services: Services, *names: str, not_before: datetime | None = None) -> list[int]:
    with services.sessions.begin() as session:
        return [outbox.enqueue(session, "work", f"work:{n}", {"name": n}, None, NOW, not_before) for n in names]


def set_all(services: Services, **values: Any) -> None:
    with services.sessions.begin() as session:
        session.execute(update(OutboxRow).values(**values))


def test_the_same_key_is_one_row(services: Services) -> None:
    assert put(services, "a", "a", "b")[0:2] == [rows(services, OutboxRow)[0].id] * 2
    assert len(rows(services, OutboxRow)) == 2


def test_of_two_clocks_at_once_the_second_finds_the_work_of_the_first(services: Services) -> None:
    def again() -> int:
        with services.sessions.begin() as session:
            return outbox.enqueue_again(session, "work", "again", {"name": "a"}, NOW)

    with ThreadPoolExecutor(1) as other_clock:
        with services.sessions.begin() as session:
            mine = outbox.enqueue_again(session, "work", "again", {"name": "a"}, NOW)
            theirs = other_clock.submit(again)
            time.sleep(0.3)  # it waits for this transaction
            assert not theirs.done()
        assert theirs.result(timeout=10) == mine
    assert len(rows(services, OutboxRow)) == 1


def test_work_is_done_once_and_closed_by_the_one_that_did_it(services: Services, work: Work) -> None:
    (row_id,) = put(services, "a")
    assert [workers.carry_out(services, row_id) for _ in range(3)] == [True, False, False]
    assert (work.done["a"], rows(services, OutboxRow)[0].done_at is not None) == (1, True)


def test_each_message_delivered_three_times_by_many_has_one_effect(services: Services, work: Work) -> None:
    work.seconds = 0.01
    ids = put(services, *"abcdefgh")
    threads = [
        threading.Thread(target=lambda order=order: [workers.carry_out(services, one) for one in order])
        for order in (ids, ids[::-1], ids[4:] + ids[:4])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert work.done == Counter("abcdefgh")


def test_two_claims_at_once_share_no_row(services: Services) -> None:
    put(services, *"abcdef")
    with services.sessions.begin() as session:
        first = [row.id for row in outbox.claim(session, 4)]
    with services.sessions.begin() as session:
        second = [row.id for row in outbox.claim(session, 4)]
    assert (len(first), len(second), set(first) & set(second)) == (4, 2, set())


@pytest.mark.parametrize("kind_of_database", ["postgres"], indirect=True)  # on SQLite a transaction is alone anyway
def test_a_row_locked_by_another_is_passed_over_without_waiting(services: Services) -> None:
    put(services, *"ab")
    with services.sessions.begin() as holding:
        assert len(outbox.claim(holding, 1)) == 1
        with services.sessions.begin() as other:
            assert len(outbox.claim(other, 5)) == 1


def test_a_failure_is_kept_and_tried_again_later_and_later(services: Services, work: Work) -> None:
    work.failures = 3
    (row_id,) = put(services, "a")
    waits = []
    for _ in range(3):
        before = datetime.now(UTC)
        assert not workers.carry_out(services, row_id)
        waits.append(round((rows(services, OutboxRow)[0].not_before - before).total_seconds()))
        assert not workers.carry_out(services, row_id)  # not before its time
        set_all(services, not_before=datetime.now(UTC))
    assert (waits, rows(services, OutboxRow)[0].error) == ([5, 10, 20], "RuntimeError: de printer is stuk")
    assert workers.carry_out(services, row_id)
    assert (rows(services, OutboxRow)[0].error, work.done["a"]) == (None, 1)


def test_the_wait_never_grows_over_an_hour(services: Services, work: Work) -> None:
    work.failures = 1
    (row_id,) = put(services, "a")
    set_all(services, attempts=500)
    workers.carry_out(services, row_id)
    assert rows(services, OutboxRow)[0].not_before < datetime.now(UTC) + timedelta(hours=1, seconds=1)


def test_an_unknown_kind_fails_alone(services: Services, work: Work) -> None:
    with services.sessions.begin() as session:
        outbox.enqueue(session, "unheard-of", "x", {}, None, NOW)
    put(services, "a")
    assert (workers.drain(services), work.done["a"]) == (1, 1)


def test_the_lease_of_a_killed_worker_runs_out(services: Services, work: Work) -> None:
    (row_id,) = put(services, "a")
    with services.sessions.begin() as session:
        outbox.claim(session, only=row_id)
    assert not workers.carry_out(services, row_id)
    set_all(services, lease_until=datetime.now(UTC) - timedelta(seconds=1))
    with services.sessions() as session:
        assert outbox.waiting(session) == [row_id]
    assert workers.carry_out(services, row_id)


def test_a_demo_clock_that_is_ahead_delays_no_work(services: Services, work: Work) -> None:
    with services.sessions.begin() as session:
        row_id = outbox.enqueue(session, "work", "x", {"name": "a"}, None, datetime.now(UTC) + timedelta(days=400))
    assert workers.carry_out(services, row_id)


def test_work_for_later_waits(services: Services, work: Work) -> None:
    (row_id,) = put(services, "a", not_before=datetime.now(UTC) + timedelta(hours=1))
    assert not workers.carry_out(services, row_id)
    with services.sessions.begin() as session:
        outbox.retry(session, row_id)
    assert workers.carry_out(services, row_id)


def test_embedded_workers_hear_of_work(services: Services, work: Work) -> None:
    worker = workers.start_embedded(services)
    outbox.dispatch(services, put(services, *"abc"))
    assert until(lambda: work.done == Counter("abc"))
    assert until(lambda: all(row.done_at for row in rows(services, OutboxRow)))
    workers.stop(worker)


def test_the_clock_rings_again_for_what_nobody_heard(services: Services, work: Work) -> None:
    put(services, *"abc")
    set_all(services, not_before=datetime.now(UTC) - timedelta(seconds=10))
    worker, stop = workers.start_embedded(services), threading.Event()
    clock = threading.Thread(target=run_clock, args=(services, stop, INSTALLATION_SWEEPS))
    clock.start()
    assert until(lambda: work.done == Counter("abc"))
    stop.set()
    clock.join()
    workers.stop(worker)


def test_a_sweep_that_fails_stops_no_other(services: Services) -> None:
    stop, ticks = threading.Event(), []

    def bad(_: Services) -> None:
        raise RuntimeError

    def good(_: Services) -> None:
        ticks.append(1)
        stop.set()

    run_clock(services, stop, [Sweep("bad", 1, bad), Sweep("good", 1, good)])
    assert ticks == [1]


def test_a_broker_that_is_down_fails_no_page_and_loses_nothing(services: Services, work: Work) -> None:
    settings = replace(services.settings, broker="amqp://guest:guest@127.0.0.1:9/")
    down = replace(services, settings=settings, dispatcher=dispatcher.make_dispatcher(settings))
    started = time.monotonic()
    outbox.dispatch(down, put(services, *"abc"))
    assert time.monotonic() - started < 10
    assert down.dispatcher is not None
    assert until(lambda: time.monotonic() < down.dispatcher._quiet_until)
    down.dispatcher.close()
    assert workers.drain(services) == 3


def written(services: Services, ago: timedelta) -> None:
    """Every file of the installation was written so long ago; the system itself writes its own time, also under `--as-if`."""
    moment = (datetime.now(UTC) - ago).timestamp()
    for place in Path(services.settings.files).rglob("*"):
        os.utime(place, (moment, moment))


def test_orphans_go_after_a_day_and_held_files_stay(services: Services, seeded) -> None:
    blobs = []
    for _ in range(2):
        with services.files.open_incoming() as incoming:
            incoming.write(b"x")
            blobs.append(incoming.finish()[0])
    with services.sessions.begin() as session:
        document = DocumentRow(
            case_id=seeded.case, reference="D1", type="t", title="t", file_name="f", media_type="m", size=1, sha256="",
            blob=blobs[0], origin="worker", confidentiality="c", added_at=NOW, added_by="x",
        )  # fmt: skip
        session.add(document)
    written(services, timedelta(hours=23))
    assert sweep_orphans(services) == 0
    written(services, timedelta(hours=25))
    assert (sweep_orphans(services), [services.files.exists(blob) for blob in blobs]) == (1, [True, False])


def test_form_keys_are_forgotten_after_a_month(services: Services) -> None:
    now = services.clock.now()
    with services.sessions.begin() as session:
        session.add(FormKey(key="old", used_at=now - timedelta(days=31), answer=""))
        session.add(FormKey(key="new", used_at=now - timedelta(days=29), answer=""))
    sweep_form_keys(services)
    with services.sessions() as session:
        assert session.scalars(select(FormKey.key)).all() == ["new"]
