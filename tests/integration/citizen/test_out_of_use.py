"""S14: a case type goes out of use on a day, with a message and a successor; what was begun or runs goes on, and it can be taken back."""

import html
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from citizen_kit import TESS, Browser, filled, register
from kit.browser import Browser as Desk
from kit.cases import BEZWAAR, add_departments, days_later, put_in_use, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import FENNA, NOOR

from processes.actions import act
from processes.actions.out_of_use import EndUse, KeepInUse
from processes.actions.registering import RegisterCase
from processes.base.errors import Invalid, NotAllowed
from processes.execution.out_of_use import LastDays, NotFiledAnyMore
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import Case, OutOfUse

FORM, ADMIN = "/mijn/nieuw/bezwaar", "/beheer/zaaktypen/bezwaar/uit-gebruik"
GONE, ENGLISH = "Bezwaar loopt nu via Klachten.", "Objections now go through Complaints."


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR, "klacht")
    add_departments(services, "parkeren")
    with services.sessions.begin() as session:
        staff.remember(session, FENNA)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "admin", "workbench")) as opened:
        yield opened


@pytest.fixture
def tess(browser: Callable[[str], Browser]) -> Browser:
    return browser(TESS)


def end(services: Services, *, days: int = 0, **more: object) -> None:
    wanted = EndUse("bezwaar", today(services) + timedelta(days), GONE, "Nieuwe wet", ENGLISH, "klacht")
    act(services, FENNA, EndUse(**{**{name: getattr(wanted, name) for name in wanted.__slots__}, **more}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begun", "on", "may"),
    [(None, 9, True), (None, 10, False), (9, 10, True), (9, 20, True), (9, 21, False), (10, 10, False)],
)
def test_s14_who_began_before_the_day_may_finish_until_the_last(begun: int | None, on: int, may: bool) -> None:
    first = date(2027, 1, 1)
    days = LastDays(first + timedelta(10), first + timedelta(20))
    assert days.may_file(None if begun is None else first + timedelta(begun), first + timedelta(on)) == may


def test_s14_from_the_day_on_citizens_read_the_message_and_where_to_go(tess: Browser) -> None:
    end(tess.services, days=5)
    assert "Dit kan tot" in tess.get("/mijn/nieuw")
    assert "Dit formulier verdwijnt" in tess.get(FORM)
    days_later(tess.services, 5)
    for path, status in (("/mijn/nieuw", 200), (FORM, 410)):
        page = html.unescape(tess.get(path, status))
        for text in (GONE, f'lang="en">{ENGLISH}', 'href="/mijn/nieuw/klacht"'):
            assert text in page
        assert f'href="{FORM}"' not in page


def test_s14_what_was_begun_before_is_sent_until_the_last_day_and_after_it_can_still_be_read(
    services: Services, tess: Browser, browser: Callable[[str], Browser]
) -> None:
    tess.get(FORM)
    begun = {"begonnen": tess.hidden("begonnen")}
    tess.post(FORM, {**filled(tess), **begun, "stap": "bewaren"})
    later = browser(TESS)
    end(services, days=1, finish_until=today(services) + timedelta(8))
    days_later(services, 8)
    assert "Dit formulier kunt u nog afmaken" in tess.get(FORM)
    assert f'href="{FORM}"' in tess.get("/mijn")
    tess.get(FORM)
    tess.post(FORM, {**filled(tess), "begonnen": tess.hidden("begonnen")})
    form = tess.held(f"{FORM}/versturen")
    days_later(services, 1)
    page = html.unescape(later.get(FORM, 410))
    assert all(text in page for text in ("Dit had u al ingevuld", "Ik woon hier al jaren", GONE))
    page = html.unescape(tess.post(f"{FORM}/versturen", form, status=410))
    assert "Ik woon hier al jaren" in page
    assert rows(services, Case) == []


def test_s14_begun_in_time_a_form_becomes_a_case_after_the_day(services: Services, tess: Browser) -> None:
    tess.get(FORM)
    begun = tess.hidden("begonnen")
    end(services, days=1)
    days_later(services, 1)
    tess.post(FORM, {**filled(tess), "begonnen": begun})
    tess.post(f"{FORM}/versturen", tess.held(f"{FORM}/versturen"))
    assert len(rows(services, Case)) == 1


def test_s14_nobody_begins_after_the_day_by_another_door(services: Services, tess: Browser) -> None:
    end(services)
    for fields in ({}, {"begonnen": "zelf gemaakt"}):
        tess.post(FORM, {**filled(tess), **fields}, status=410)
        tess.post(f"{FORM}/versturen", {**filled(tess), **fields}, status=410)
    with pytest.raises(NotFiledAnyMore):
        act(services, tess.actor, RegisterCase("bezwaar", "portal", today(services), ()))
    assert rows(services, Case) == []


def test_s14_workers_register_only_what_came_in_before_and_running_cases_go_on(
    services: Services, tess: Browser
) -> None:
    running = register(services, TESS)
    end(services)
    noor = Desk(services, NOOR)
    page = noor.get("/werk/nieuw")
    assert "ontvangen voor" in page
    assert "In plaats hiervan" in page
    assert "Registreer hier alleen" in noor.get("/werk/nieuw/bezwaar")
    with pytest.raises(Invalid, match="uit gebruik sinds"):
        register_bezwaar(services)
    register_bezwaar(services, received=today(services) - timedelta(1), ago=18)
    assert running in tess.get("/mijn")
    assert noor.status(f"/werk/zaken/{running}") == 200
    assert len(rows(services, Case)) == 2


def test_s14_an_administrator_sets_it_by_the_page_and_takes_it_back_with_who_when_and_why(
    services: Services, tess: Browser
) -> None:
    fenna = Desk(services, FENNA)
    fenna.get(ADMIN)
    page = fenna.post(ADMIN, {"from_on": "", "message": "", "reason": "Nieuwe wet", "successor": "bezwaar"}, status=422)
    assert all(
        text in page
        for text in ("Vul in vanaf welke dag", "Schrijf op wat mensen lezen", "Kies een ander", "Nieuwe wet")
    )
    typed = {"from_on": today(services).isoformat(), "message": GONE, "reason": "Nieuwe wet", "successor": "klacht"}
    page = fenna.post(ADMIN, typed)
    assert "Dit zaaktype is uit gebruik" in page
    assert "uit gebruik vanaf" in fenna.get("/beheer/zaaktypen")
    assert "Dit zaaktype is uit gebruik" in fenna.get("/beheer/zaaktypen/bezwaar")
    tess.get(FORM, 410)
    fenna.get(ADMIN)
    assert "Schrijf op waarom" in fenna.post(f"{ADMIN}/terug", {"ended_reason": ""}, status=422)
    page = fenna.post(f"{ADMIN}/terug", {"ended_reason": "De wet gaat niet door"})
    assert all(text in page for text in ("blijft in gebruik", "Nieuwe wet", "De wet gaat niet door", "Fenna"))
    tess.get(FORM)


def test_s14_what_cannot_be_is_refused_at_its_field(services: Services) -> None:
    table = [
        ({"days": -1}, "from_on"), ({"from_on": None}, "from_on"), ({"message": " "}, "message"),
        ({"message_en": "a" * 1001}, "message_en"), ({"reason": ""}, "reason"), ({"successor": "onbekend"}, "successor"),
        ({"successor": "nazending"}, "successor"), ({"days": 9, "finish_until": today(services)}, "finish_until"),
    ]  # fmt: skip
    for more, field in table:
        with pytest.raises(Invalid) as refused:
            end(services, **more)  # type: ignore[arg-type]
        assert list(refused.value.fields) == [field]
    with pytest.raises(NotAllowed):
        act(services, NOOR, KeepInUse("bezwaar", "zomaar"))
    assert rows(services, OutOfUse) == []
