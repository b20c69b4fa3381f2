"""Who lost a role or an account is out within a minute: asked again, told by the provider, or ended by an administrator."""

import asyncio
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import anyio.to_thread
import httpx
import pytest
from kit.browser import ORIGIN, Browser, TestClient, token_of
from kit.installation import BASE
from kit.people import FENNA, NOOR
from kit.sign_on import later, logout_claims, sessions, signed, simulator_of, tell_logout, with_sid
from kit.small_portal import portal, services_of, sign_in

from portal.sign_on import recheck
from portal.sign_on.asking import MOST_AT_ONCE
from portal.sign_on.errors import CannotBeAsked
from processes.actions import act
from processes.actions.people import BlockPerson, EndAllSessions, EndSessions, UnblockPerson
from processes.base.actor import SYSTEM
from processes.base.errors import Busy, Invalid, NotAllowed
from processes.storage.tables import StaffRow

SOON, MINUTE = timedelta(seconds=50), timedelta(seconds=60)
STAFF = "/proef/staf"


def status(client: TestClient, path: str = STAFF) -> int:
    return client.get(path, follow_redirects=False).status_code


@pytest.fixture
def noor(client: TestClient) -> TestClient:
    assert sign_in(client, "noor", "staff", STAFF).status_code == 200
    return client


def number_of(client: TestClient) -> str:
    return str(client.get(STAFF).json()["subject"])


@pytest.mark.parametrize(
    ("roles", "closed", "after"),
    [(["worker"], False, 200), (["decider"], False, 200), ([], False, 303), (["worker"], True, 303)],
    ids=["as it was", "another role", "no role", "no account"],
)
def test_t7_a_role_or_account_that_was_lost_counts_within_a_minute(
    noor: TestClient, roles: list[str], closed: bool, after: int
) -> None:
    simulator_of(noor).change("noor", roles, closed=closed)
    assert status(noor) == 200  # asked a moment ago
    later(noor, SOON)
    assert status(noor) == 200
    later(noor, MINUTE)
    assert status(noor) == after
    if after == 200:
        assert noor.get(STAFF).json()["roles"] == roles
        assert status(noor, "/proef/beslisser") == (200 if "decider" in roles else 403)


def test_t7_a_role_that_came_back_counts_too(noor: TestClient) -> None:
    simulator_of(noor).change("noor", ["decider"], closed=False)
    later(noor, MINUTE)
    assert status(noor, "/proef/beslisser") == 200


def test_t7_losing_the_last_role_ends_every_session_of_that_person(noor: TestClient) -> None:
    other = TestClient(noor.app)
    sign_in(other, "noor", "staff", STAFF)
    simulator_of(noor).change("noor", [], closed=False)
    later(noor, MINUTE)
    assert status(noor) == 303
    assert all(row.ended_at for row in sessions(noor))
    assert status(other) == 303


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """How often the provider was asked again; `raise` in it makes the provider unreachable."""
    calls: list[Any] = []
    truly = recheck.asked_again

    async def counted(*given: Any) -> Any:
        if "raise" in calls:
            calls.append("tried")
            raise Busy
        calls.append("asked")
        return await truly(*given)

    monkeypatch.setattr(recheck, "asked_again", counted)
    return calls


def test_t7_the_provider_is_asked_once_in_a_minute_for_a_session(noor: TestClient, asked: list[Any]) -> None:
    later(noor, MINUTE)
    assert [status(noor) for _ in range(5)] == [200] * 5
    assert asked == ["asked"]


@pytest.mark.parametrize(("roles", "after"), [(["decider"], 200), ([], 303)], ids=["another role", "no role"])
def test_t7_requests_at_one_moment_ask_once_and_all_get_the_new_answer(
    noor: TestClient, monkeypatch: pytest.MonkeyPatch, roles: list[str], after: int
) -> None:
    calls, truly = [], recheck.asked_again

    async def slowly(*given: Any) -> Any:
        calls.append("asked")
        await asyncio.sleep(0.3)
        return await truly(*given)

    async def at_once() -> list[int]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=noor.app), base_url=BASE) as browser:
            browser.cookies.update(noor.cookies)
            answers = await asyncio.gather(*(browser.get("/proef/beslisser") for _ in range(5)))
            return [answer.status_code for answer in answers]

    monkeypatch.setattr(recheck, "asked_again", slowly)
    simulator_of(noor).change("noor", roles, closed=False)
    later(noor, MINUTE)
    assert (asyncio.run(at_once()), calls) == ([after] * 5, ["asked"])


def test_t7_asking_again_needs_no_second_thread(noor: TestClient) -> None:
    async def with_one_thread() -> int:
        anyio.to_thread.current_default_thread_limiter().total_tokens = 1
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=noor.app), base_url=BASE) as browser:
            browser.cookies.update(noor.cookies)
            return (await asyncio.wait_for(browser.get(STAFF), 20)).status_code

    noor.app.state.remembered.kept.clear()  # discovery is asked too
    later(noor, MINUTE)
    assert asyncio.run(with_one_thread()) == 200


def at_office(client: TestClient) -> TestClient:
    """Another member of staff."""
    sem = TestClient(client.app)
    assert sign_in(sem, "sem", "staff", STAFF).status_code == 200
    return sem


def test_t7_of_a_provider_that_hangs_nobody_else_finds_that_out_for_a_while(
    noor: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would hold a thread for five seconds, and citizens wait for those."""
    sem, clock, asked = at_office(noor), [0.0], []
    noor.app.state.asking.now = lambda: clock[0]

    async def hangs(*_: Any) -> Any:
        asked.append(clock[0])
        clock[0] += 5
        raise Busy

    monkeypatch.setattr(recheck, "asked_again", hangs)
    later(noor, MINUTE)
    assert [status(who) for who in (noor, sem, sem)] == [200] * 3  # the last word of the provider counts
    assert asked == [0]
    clock[0] += 10
    assert (status(sem), asked) == (200, [0, 15])


def test_t7_only_a_few_ask_at_one_moment_and_nobody_waits_for_a_place(noor: TestClient, asked: list[Any]) -> None:
    asking = noor.app.state.asking
    later(noor, MINUTE)
    with ExitStack() as others:
        assert all(others.enter_context(asking.place()) for _ in range(MOST_AT_ONCE))
        assert (status(noor), asked) == (200, [])
    assert (status(noor), asked) == (200, ["asked"])


@pytest.mark.parametrize(("minutes", "since", "after"), [(15, 14, 200), (15, 16, 303), (1, 2, 303), (60, 59, 200)])
def test_t7_a_provider_that_is_down_is_trusted_as_long_as_the_setting_says(
    tmp_path, asked: list[Any], minutes: int, since: int, after: int
) -> None:
    with portal(tmp_path, staff_trust_minutes=minutes) as app:
        client = TestClient(app)
        sign_in(client, "noor", "staff", STAFF)
        asked.append("raise")
        later(client, timedelta(minutes=since))
        assert [status(client), status(client)] == [after, after]
        assert asked == ["raise", "tried"]  # the second request does not wait for the provider again
        asked.clear()
        later(client, timedelta(minutes=since))
        assert status(client) == 200  # nobody was thrown out: the provider answers again


@pytest.mark.parametrize(("since", "after"), [(14, 200), (16, 303)])
def test_t7_a_provider_that_can_neither_be_asked_nor_tells_who_is_out_lets_somebody_in_for_a_quarter_of_an_hour(
    noor: TestClient, monkeypatch: pytest.MonkeyPatch, since: int, after: int
) -> None:
    """No userinfo, no refresh token, no back-channel logout: then the sign-in itself is the last word."""
    calls: list[str] = []

    async def cannot(*_: object) -> None:
        calls.append("asked")
        raise CannotBeAsked

    monkeypatch.setattr(recheck, "asked_again", cannot)
    later(noor, timedelta(minutes=since))
    assert [status(noor), status(noor)] == [after, after]
    assert calls == ["asked"]  # nor does a second request wait
    monkeypatch.undo()
    assert status(noor) == after


def test_t7_an_access_token_that_ended_is_renewed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.simulator.provider.TOKEN_SECONDS", -1)
    sign_in(client, "noor", "staff", STAFF)
    simulator_of(client).change("noor", ["decider"], closed=False)
    later(client, MINUTE)
    assert client.get(STAFF).json()["roles"] == ["decider"]


@pytest.mark.parametrize("by", ["sub", "sid", "both"])
def test_t7_back_channel_logout_ends_the_sessions_that_it_names(noor: TestClient, by: str) -> None:
    claims = {
        "sub": logout_claims(),
        "sid": logout_claims(sub=None, sid="die-ene"),
        "both": logout_claims(sid="die-ene"),
    }[by]
    if by != "sub":
        with_sid(noor, number_of(noor), "die-ene")
    assert tell_logout(noor, signed(noor, claims, typ="logout+jwt")) == 200
    assert status(noor) == 303


def test_t7_back_channel_logout_leaves_others_alone(noor: TestClient) -> None:
    sem = TestClient(noor.app)
    sign_in(sem, "sem", "staff", STAFF)
    with_sid(sem, number_of(sem), "van-sem")
    assert (
        tell_logout(noor, signed(noor, logout_claims(sid="een-andere"))) == 200
    )  # that session, and it is not this one
    assert tell_logout(noor, signed(noor, logout_claims(sub="niemand"))) == 200
    assert (status(noor), status(sem)) == (200, 200)
    assert tell_logout(noor, signed(noor, logout_claims())) == 200
    assert (status(noor), status(sem)) == (303, 200)


def test_t7_the_simulator_signs_somebody_out_everywhere(noor: TestClient) -> None:
    visitor = TestClient(noor.app)
    page = visitor.get("/demo/aanmelden/medewerkers")
    sent = visitor.post(
        "/demo/aanmelden/medewerkers/uit", data={"csrf": token_of(page.text), "person": "noor"}, headers=ORIGIN
    )
    assert "zijn bijgewerkt" in sent.text
    assert status(noor) == 303


@pytest.mark.parametrize("change", [EndSessions, BlockPerson])
def test_t7_an_administrator_ends_the_sessions_of_one_person(noor: TestClient, change: Any) -> None:
    services, number = services_of(noor), number_of(noor)
    act(services, FENNA, change(number))
    assert status(noor) == 303
    again = sign_in(noor, "noor", "staff", STAFF)
    assert again.status_code == (200 if change is EndSessions else 403)
    if change is BlockPerson:
        assert "geblokkeerd" in again.text
        act(services, FENNA, UnblockPerson(number))
        assert sign_in(noor, "noor", "staff", STAFF).status_code == 200


def test_t7_all_staff_are_out_at_once_and_citizens_stay(noor: TestClient) -> None:
    sign_in(noor, "tess")
    assert act(services_of(noor), SYSTEM, EndAllSessions()) == "1"
    assert (status(noor), status(noor, "/proef/wie")) == (303, 200)


def test_t7_nobody_blocks_themselves_and_only_administrators_end_sessions(noor: TestClient) -> None:
    services, number = services_of(noor), number_of(noor)
    with pytest.raises(NotAllowed):
        act(services, NOOR, EndSessions(number))
    with services.sessions.begin() as session:
        session.add(StaffRow(number=FENNA.subject, username="fenna", name=FENNA.name, roles=["admin"]))
    with pytest.raises(Invalid, match="uzelf niet blokkeren"):
        act(services, FENNA, BlockPerson(FENNA.subject))


def test_t7_the_page_of_staff_shows_who_is_signed_in_and_its_buttons_work(tmp_path) -> None:
    with portal(tmp_path, faces=("workbench", "admin")) as app:
        client = TestClient(app)
        sign_in(client, "noor", "staff", STAFF)
        services, number = services_of(client), number_of(client)
        fenna = Browser(services, FENNA)
        page = fenna.get("/beheer/medewerkers")
        assert "Noor Behandelaar" in page
        assert f'action="/beheer/medewerkers/{FENNA.subject}/blokkeren"' not in page
        assert "overal uitgelogd" in fenna.post(f"/beheer/medewerkers/{number}/uitloggen")
        assert status(client) == 303
        assert "Deblokkeren" in fenna.post(f"/beheer/medewerkers/{number}/blokkeren")


def test_t7_a_session_is_found_by_its_person_without_being_opened(noor: TestClient) -> None:
    sem = TestClient(noor.app)
    sign_in(sem, "sem", "staff", STAFF)
    digests = [row.person for row in sessions(noor)]
    assert len(set(digests)) == len(digests) == 2
    assert all(number_of(noor) not in str(digest) and len(str(digest)) == 64 for digest in digests)
