"""The live counters: what an open page of the workbench hears, on each kind of database, until its session ends."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from kit.cases import register_bezwaar, rows
from kit.people import ADA, NOOR, PIET, SEM, TESS, citizen, known, signed_in
from kit.running import HOST, running
from workbench_kit import furnish

from portal.security.sessions import STREAM, cookie_name
from portal.serving import server_config
from portal.workbench import streams
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.messages import AddNote, MarkRead, SendMessage
from processes.base.actor import Actor
from processes.storage import desk_bell, staff_sessions, web_sessions
from processes.storage.services import Services
from processes.storage.tables import StaffRow, WebSession
from processes.storage.web_sessions import SignIn

ENDED = "einde"
Events = Iterator[str | dict[str, int]]


@pytest.fixture(autouse=True)
def sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    """A web process looks more often than in use."""
    monkeypatch.setattr(desk_bell, "LOOK_SECONDS", 0.1)
    for name in ("WAIT_SECONDS", "SESSIONS_SECONDS", "GATHER_SECONDS"):
        monkeypatch.setattr(streams, name, 0.1)


@pytest.fixture
def served(services: Services) -> Iterator[int]:
    """The port of a web process."""
    with running(server_config(services, HOST, 0)) as port:
        yield port


@contextmanager
def listening(services: Services, port: int, who: SignIn) -> Iterator[Events]:
    """All that the page of a session hears: its counts, and `einde`."""
    headers = {"Accept": "text/event-stream", "Cookie": f"{cookie_name(services.settings, who.kind)}={who.cookie}"}
    with httpx.stream("GET", f"http://{HOST}:{port}{STREAM}", headers=headers, timeout=20) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
        yield events(answer)


def events(answer: httpx.Response) -> Events:
    for line in answer.iter_lines():
        kind, _, said = line.partition(": ")
        if kind == "event":
            yield said
        elif kind == "data" and said != "{}":
            yield json.loads(said)


def counts(messages: int, news: int) -> dict[str, int]:
    return {"messages": messages, "news": news}


def test_w4_an_open_page_hears_of_notes_and_messages_and_of_nothing_else(installed: Callable[..., Services]):
    services = installed(furnish)
    known(services, PIET)
    number = register_bezwaar(services, TESS)
    act(services, NOOR, AssignHandler(number, "noor"))
    with (
        running(server_config(services, HOST, 0)) as served,
        listening(services, served, signed_in(services, NOOR)) as noor,
        listening(services, served, signed_in(services, PIET)) as piet,
    ):
        assert (next(noor), next(piet)) == (counts(0, 0), counts(0, 0))
        act(services, SEM, AddNote(number, "Tess belde."))
        assert next(noor) == counts(0, 1)
        act(services, citizen(services, TESS), SendMessage(number, "Hoe staat het ermee?"))
        assert next(noor) == counts(1, 1)
        act(services, NOOR, MarkRead(number))
        assert next(noor) == counts(0, 0)
        act(services, SEM, AddNote(number, "@Piet, kijk jij?"))
        assert next(piet) == counts(0, 1)  # and not one word about what was Noor's


def kept_out(services: Services, who: SignIn) -> None:
    with services.sessions.begin() as session:
        session.get_one(StaffRow, who.subject).blocked_at = datetime.now(UTC)


def other_role(services: Services, who: SignIn) -> None:
    with services.sessions.begin() as session:
        session.get_one(StaffRow, who.subject).roles = ["admin"]


def signed_out(services: Services, who: SignIn) -> None:
    web_sessions.end(services, who.cookie)


def ended(services: Services, who: SignIn) -> None:
    staff_sessions.end_one(services, who.cookie)


@pytest.mark.parametrize("end", [kept_out, other_role, signed_out, ended])
def test_w4_the_counter_ends_with_the_session_and_with_the_role(services, served, end: Any):
    who = signed_in(services, NOOR)
    with listening(services, served, who) as heard:
        assert next(heard) == counts(0, 0)
        end(services, who)
        assert list(heard) == [ENDED]


def test_w4_a_session_has_three_counters_and_the_oldest_makes_way(services, served):
    who = signed_in(services, NOOR)
    with (
        listening(services, served, who) as first,
        listening(services, served, who) as second,
        listening(services, served, who) as third,
        listening(services, served, who) as fourth,
    ):
        assert list(first)[-1] == ENDED
        assert [next(one) for one in (second, third, fourth)] == [counts(0, 0)] * 3


def test_w4_listening_keeps_nobody_signed_in(services, served):
    who = signed_in(services, NOOR)
    before = datetime.now(UTC) - timedelta(minutes=20)
    with services.sessions.begin() as session:
        row = session.get_one(WebSession, services.secrets.token_hash(who.cookie))
        row.seen_at = before
    with listening(services, served, who) as heard:
        next(heard)
    assert [row.seen_at for row in rows(services, WebSession)] == [before]


@pytest.mark.parametrize(("actor", "status"), [(ADA, 403), (None, 303)])
def test_w4_the_counter_is_for_who_handles_cases(services, served, actor: Actor | None, status: int):
    made = signed_in(services, actor).cookie if actor else ""
    cookie = f"{cookie_name(services.settings, 'staff')}={made}"
    headers = {"Accept": "text/event-stream", "Cookie": cookie}
    assert httpx.get(f"http://{HOST}:{served}{STREAM}", headers=headers).status_code == status


def test_w4_a_stop_of_the_server_waits_for_no_counter(services):
    who = signed_in(services, NOOR)
    config = server_config(services, HOST, 0)
    config.timeout_graceful_shutdown = None  # for what has an end it would wait for ever
    with ExitStack() as opened:
        with running(config) as port:
            heard = opened.enter_context(listening(services, port, who))
            next(heard)
        with pytest.raises(httpx.RemoteProtocolError):  # and no ReadTimeout
            list(heard)
