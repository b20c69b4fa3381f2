"""D1: each face can be off, and so can filing on the portal; what is left works, and nothing points to what is off."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from citizen_kit import intake
from fastapi import FastAPI
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, days_later, open_task, put_in_use, register_bezwaar, rows, shipped
from kit.installation import installation
from kit.people import FENNA, NOOR, TESS, known
from lxml import html
from starlette.routing import Match

from portal.app import create_app
from processes.base.settings import Face
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import MailRow, NoticeRow

MOST: Final = 40  # pages of one face: one of each kind that links lead to
BEGINNINGS: Final[dict[Face, tuple[str, Any]]] = {
    Face.CITIZEN: ("/mijn", TESS), Face.WORKBENCH: ("/werk", NOOR), Face.ADMIN: ("/beheer", FENNA), Face.PUBLIC: ("/openbaar", None),
}  # fmt: skip
SAME: Final = re.compile(r"[A-Z]{3}-\d{4}-\d+|[A-Za-z0-9_-]{22,}|\d+|(?<=/regel/).*|(?<=/zaaktypen/)[^/]+")


def furnish(services: Services) -> None:
    """A case for which Tess was asked something, and a second one that she has just sent in by post."""
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "klacht")))
    add_departments(services, "parkeren")
    for one in (NOOR, FENNA):
        known(services, one)
    register_bezwaar(services, TESS, subject="Dakkapel")
    intake(services, complete=False)
    register_bezwaar(services, TESS)
    drain(services)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def only(services: Services, **settings: Any) -> Services:
    return replace(services, settings=replace(services.settings, **settings))


def leads_somewhere(app: FastAPI, address: str, method: str) -> bool:
    scope = {"type": "http", "path": address, "root_path": "", "method": method, "headers": []}
    return any(route.matches(scope)[0] == Match.FULL for route in app.router.routes)


def pointers(page: str) -> set[tuple[str, str]]:
    """Every address of our own that a page holds, with the method with which it is asked."""
    root = html.fromstring(page.encode())
    links = {("GET", one.get("href", "")) for one in root.iter("a", "link")}
    forms = {(one.get("method", "get").upper(), one.get("action", "")) for one in root.iter("form")}
    found = {(method, re.split(r"[?#]", address)[0]) for method, address in links | forms}
    return {(method, address) for method, address in found if address.startswith("/")}


def walked(browser: Browser, begin: str) -> Iterator[tuple[str, str]]:
    """The pages that links lead to from the first one, one of each kind."""
    todo, kinds = [begin], set[str]()
    while todo and len(kinds) < MOST:
        address = todo.pop(0)
        kind = SAME.sub("*", address)
        if kind in kinds or address.startswith("/static/"):
            continue
        kinds.add(kind)
        answer = browser.client.get(address)
        if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
            yield address, answer.text
            todo += sorted(one for method, one in pointers(answer.text) if method == "GET")


@pytest.mark.parametrize("face", BEGINNINGS)
def test_d1_no_page_of_a_face_points_to_another_one_that_is_off(services: Services, face: Face) -> None:
    alone = only(services, faces=(face,))
    (begin, who), app, dead = BEGINNINGS[face], create_app(alone), dict[str, set[str]]()
    seen = 0
    for first in (begin, "/inloggen") if face == Face.CITIZEN else (begin,):
        for address, page in walked(Browser(alone, who if first == begin else None), first):
            seen += 1
            if wrong := {to for method, to in pointers(page) if not leads_somewhere(app, to, method)}:
                dead[address] = wrong
    assert dead == {}
    assert seen > 1


def test_d1_the_portal_works_without_filing_and_nothing_points_to_it(services: Services) -> None:
    without = only(services, filing=False)
    tess = Browser(without, TESS)
    pages = dict(walked(tess, "/mijn"))
    assert {SAME.sub("*", one) for one in pages} >= {"/mijn", "/mijn/zaken/*", "/mijn/gegevens", "/mijn/taken/*"}
    for address, page in pages.items():
        assert "/mijn/nieuw" not in page, address
        assert "Nieuwe zaak" not in page, address
    assert "/indienen" not in Browser(without).get("/inloggen")
    for address in ("/mijn/nieuw", "/mijn/nieuw/bezwaar", "/indienen", "/indienen/klacht"):
        assert "Bel ons, kom langs of stuur een brief." in tess.get(address, 404)
    answered = {"repair_text": "Er was geen bord.", "form_key": "x"}
    task = open_task(services, "RepairByCitizen")
    tess.get(f"/mijn/taken/{task}")
    assert "Dank u wel" in tess.post(f"/mijn/taken/{task}", answered)
    days_later(without, 100)
    drain(without)
    sent = [*rows(without, MailRow), *rows(without, NoticeRow)]
    assert len(sent) > 3
    for one in sent:
        assert "/mijn/nieuw" not in one.body
        assert "Nieuwe zaak" not in one.body


def test_d1_with_everything_on_the_same_pages_point_to_it(services: Services) -> None:
    tess = Browser(services, TESS)
    assert "/mijn/nieuw" in tess.client.get("/mijn").text
    assert "Wat wilt u doen?" in tess.get("/mijn/nieuw")
    for one in ("/inloggen/medewerker", "/indienen"):
        assert one in Browser(services).get("/inloggen")
    assert not leads_somewhere(create_app(only(services, faces=(Face.CITIZEN,))), "/inloggen/medewerker", "GET")
