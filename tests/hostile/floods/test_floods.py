"""T1: nobody can flood the house with cases, messages, deliveries or tries, and nobody is kept out by who tries.

Every test prints how many tries there were and what they got.
"""

import html
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from kit.browser import ORIGIN, Browser, TestClient, hidden_fields
from kit.cases import count, days_ago, register_bezwaar, rows
from kit.desk import Desk
from kit.people import ILSE, NOOR, TESS

from portal import multipart
from portal.app import create_app
from portal.department.door import by_link
from portal.department.mailbox import of_link
from portal.given_back import DEEPEST
from portal.security import limits
from portal.security.guards import citizen_or_visitor, signed_in_citizen, signed_in_staff
from portal.security.limits import DOORS, FACES, Limits, allow_address, limits_of
from portal.sign_on.back_channel import PATH as BACK_CHANNEL
from portal.sign_on.saml.logout_pages import DOORS as SAML_LOGOUT
from portal.uploads import MAX_FIELDS
from processes.base.limit_kinds import LIMITS, LimitKind
from processes.storage.rates import RateStorage
from processes.storage.tables import Case, Delivery, MailRow, NoteRow, RateRow

# the framework lists the routes as an OpenAPI document, in which a door for GET and HEAD has one name twice
pytestmark = pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
House = Callable[..., Desk]
OFFICE = "192.0.2.7"
ELSEWHERE = "198.51.100.9"
TIGHT = ("message=3/10minutes", "delivery=3/10minutes", "change=3/10minutes", "staff=3/10minutes", "files=3/10minutes")


def told(what: str, answers: Iterable[int]) -> Counter[int]:
    """The answers counted, and printed."""
    found = Counter(answers)
    broken = sum(times for status, times in found.items() if status >= 500)
    print(f"{what}: {found.total()} tries, {dict(sorted(found.items()))}, 5xx {broken}")  # noqa: T201 - tells the counts
    assert broken == 0
    return found


def post(browser: Browser, path: str, key: str, **fields: str) -> Any:
    """Send a form as a script does: with the token of its session, and a new key each time."""
    data = {"csrf": browser.csrf, "form_key": key, **fields}
    return browser.client.post(path, data=data, headers=ORIGIN, follow_redirects=False)


def a_case(house: Desk) -> dict[str, str]:
    return {
        "email": "wie@post.example", "phone": "", "channel": "portal", "address": "", "decision-0-subject": "Weigering",
        "decision-0-announced_on": days_ago(house.services, 10).isoformat(), "grounds": "Ik ben het er niet mee eens",
    }  # fmt: skip


def later(minutes: int) -> time_machine.travel:
    """The machine's clock, by which windows end; business time stands still."""
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes), tick=True)


def test_t1_a_script_files_no_25_cases_and_a_lawyer_files_15(house: House) -> None:
    made = house()
    tess, before = Browser(made.services, TESS), count(made.services, Case)
    answers = [post(tess, "/mijn/nieuw/bezwaar/versturen", f"k{n}", **a_case(made)).status_code for n in range(25)]
    assert told("cases", answers) == {303: 15, 429: 10}
    assert answers[:15] == [303] * 15
    assert count(made.services, Case) == before + 15
    ilse = Browser(made.services, ILSE)  # another person is not kept waiting
    assert post(ilse, "/mijn/nieuw/bezwaar/versturen", "k", **a_case(made)).status_code == 303


def test_t1_a_script_sends_no_60_messages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made, reached = house(), []
    monkeypatch.setattr(limits, "security_event", lambda event, **more: reached.append((str(event), more)))
    number, tess = register_bezwaar(made.services, TESS), Browser(made.services, TESS)
    answers = [
        post(tess, f"/mijn/zaken/{number}/berichten", f"k{n}", text=f"Bericht {n}").status_code for n in range(60)
    ]
    assert told("messages", answers) == {303: 20, 429: 40}
    assert len([note for note in rows(made.services, NoteRow) if note.kind == "message"]) == 20
    assert [(event, more["who"], more["kind"], more["outcome"]) for event, more in reached] == [
        ("limit_reached", tess.actor, "message", "refused")
    ]


def test_t1_the_page_of_a_refusal_says_when_and_gives_back_what_was_typed(house: House) -> None:
    made = house(limits=TIGHT)
    number, tess = register_bezwaar(made.services, TESS), Browser(made.services, TESS)
    path, text = f"/mijn/zaken/{number}/berichten", 'Mijn lange verhaal <b>over</b> "de" vergunning'
    for n in range(3):
        post(tess, path, f"k{n}", text="Kort")
    answer = post(tess, path, "k9", text=text)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    page = html.unescape(answer.text)
    assert "Even wachten" in page
    assert " uur. Daarna kunt u verder." in page
    assert page.count(text) == 2  # to read, and to send again
    assert "<b>over</b>" not in answer.text
    form = hidden_fields(answer.text.partition(f'action="{path}"')[2].partition("</form>")[0])
    assert form["text"] == text
    with later(11):
        assert tess.client.post(path, data=form, headers=ORIGIN, follow_redirects=False).status_code == 303
    assert rows(made.services, NoteRow)[-1].text == text


@pytest.mark.parametrize("csrf", ["", "x" * 64])
def test_t1_what_another_page_sent_is_not_given_back(house: House, csrf: str) -> None:
    made = house(limits=TIGHT)
    number, tess = register_bezwaar(made.services, TESS), Browser(made.services, TESS)
    path = f"/mijn/zaken/{number}/berichten"
    for n in range(3):
        post(tess, path, f"k{n}", text="Kort")
    answer = post(tess, path, "k9", text="Iets van een ander", csrf=csrf)
    assert answer.status_code == 429
    assert "Iets van een ander" not in answer.text


def test_t1_a_link_that_sends_without_end_is_stopped_and_keeps_what_was_typed(house: House) -> None:
    made = house(limits=TIGHT)
    with_file = {"files": ("besluit.pdf", b"%PDF-1.4 besluit", "application/pdf")}
    data = {"csrf": made.csrf, "form_key": "k", "remark": "Wij hebben de stukken gevonden", "stap": "controleren"}
    address = f"{made.address}/aanleveren"
    answers = [made.client.post(address, data=data, files=with_file, headers=ORIGIN) for _ in range(8)]
    assert told("deliveries", (answer.status_code for answer in answers))[429] == 5
    assert "Wij hebben de stukken gevonden" in answers[-1].text
    assert "bestanden" in answers[-1].text
    assert len(list(made.services.files.all_blobs())) == 3  # a refused form leaves no file
    assert not rows(made.services, Delivery)


def test_t1_a_large_form_that_is_refused_is_read_no_further_than_its_texts(house: House) -> None:
    made = house(limits=TIGHT)
    with_file = {"files": ("groot.pdf", b"%PDF-1.4" + b"x" * 5_000_000, "application/pdf")}
    data = {"csrf": made.csrf, "form_key": "k", "remark": "Dit hoort bij het grote bestand", "stap": "controleren"}
    for _ in range(3):
        made.client.post(f"{made.address}/aanleveren", data=data, headers=ORIGIN)
    answer = made.client.post(f"{made.address}/aanleveren", data=data, files=with_file, headers=ORIGIN)
    assert answer.status_code == 429
    assert "Dit hoort bij het grote bestand" in answer.text
    assert not list(made.services.files.all_blobs())


def test_t1_who_is_refused_gives_no_more_to_read_than_who_is_not(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    made, begun, begin = house(limits=("visitor=1/10minutes",)), [], multipart.Parts._begin
    monkeypatch.setattr(multipart.Parts, "_begin", lambda parts: begun.append(parts) or begin(parts))
    body = b"".join(b'--x\r\nContent-Disposition: form-data; name="n"\r\n\r\n\r\n' for _ in range(4_990)) + b"--x--\r\n"
    sent = {"content": body, "headers": {**ORIGIN, "Content-Type": "multipart/form-data; boundary=x"}}
    answers = [made.client.post("/indienen", **sent).status_code for _ in range(2)]
    assert told("forms of 4,990 fields", answers)[429] == 1
    assert len(begun) <= 2 * (MAX_FIELDS + 1)


def test_t1_staff_are_stopped_far_above_what_people_do(house: House) -> None:
    made = house(limits=TIGHT)
    noor = Browser(made.services, NOOR)
    path = f"/werk/zaken/{made.number}/notitie"
    answers = [post(noor, path, f"k{n}", **{"text-note": "Notitie"}).status_code for n in range(6)]
    assert told("notes", answers) == {303: 3, 429: 3}


def test_t1_reading_is_never_counted(house: House) -> None:
    made = house(limits=TIGHT)
    tess, noor = Browser(made.services, TESS), Browser(made.services, NOOR)
    paths = ((tess, "/mijn"), (tess, "/mijn/gegevens"), (noor, "/werk"), (noor, f"/werk/zaken/{made.number}"))
    answers = [browser.status(path) for _ in range(5) for browser, path in paths]
    answers += [made.client.get(made.address).status_code for _ in range(5)]
    assert told("reads", answers) == {200: 25}
    assert not rows(made.services, RateRow)


# -- doors that everybody may try -----------------------------------------------------------------------------------


def test_t1_who_tries_links_is_stopped_and_nobody_else_at_that_address(house: House) -> None:
    made = house()
    made.client.comes_from(OFFICE)
    answers = [made.client.get(f"/verzoek/{n:043}").status_code for n in range(130)]
    assert told("links that do not exist", answers) == {404: 100, 429: 30}
    assert made.client.get(made.address).status_code == 200  # a colleague with a link that works
    assert made.client.get("/verzoek/a/nazending").headers["Retry-After"]
    made.client.comes_from(ELSEWHERE)
    assert made.client.get("/verzoek/bestaat-niet").status_code == 404


def test_t1_a_town_hall_behind_one_address_signs_in_while_somebody_there_tries_without_end(house: House) -> None:
    """Behind the one proxy that the settings trust, everybody has the address of the town hall."""
    made = house(trusted_proxies=("10.0.0.1",), limits=("failed-sign-in=5/10minutes",))
    client = TestClient(create_app(made.services))
    client.comes_from("10.0.0.1")
    hall = {"X-Forwarded-For": OFFICE}
    tries = [client.get("/inloggen/terug?state=x&code=y", headers=hall).status_code for _ in range(30)]
    assert told("sign-ins that fail", tries) == {400: 5, 429: 25}
    page = client.get("/inloggen/medewerker", headers=hall)
    assert page.status_code == 200
    form = {**hidden_fields(page.text), "person": "noor"}
    signed_in = client.post("/demo/aanmelden/authorize", data=form, headers={**hall, **ORIGIN})
    assert (signed_in.status_code, signed_in.url.path) == (200, "/werk")
    elsewhere = {"X-Forwarded-For": ELSEWHERE}
    assert client.get("/inloggen/terug?state=x&code=y", headers=elsewhere).status_code == 400


def test_t1_five_hundred_people_at_one_address_begin_to_sign_in_and_a_script_does_not_go_on(house: House) -> None:
    services = house().services
    (limit,), all_limits = limits_of(services.settings)[LimitKind.SIGN_IN], Limits(services)
    RateStorage(services).incr(limit.key_for(LimitKind.SIGN_IN, OFFICE), limit.get_expiry(), 990)
    beyond = [429 if all_limits.count(LimitKind.SIGN_IN, OFFICE) else 200 for _ in range(60)]
    assert told("sign-ins that begin, after 990 others", beyond) == {200: 10, 429: 50}
    assert all_limits.count(LimitKind.SIGN_IN, ELSEWHERE) is None


PICTURE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
FRAME = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize("part", [PICTURE, FRAME], ids=["picture", "frame"])
def test_t1_a_page_of_another_site_shuts_no_door_for_the_hall_of_who_looks_at_it(
    house: House, part: dict[str, str]
) -> None:
    """A thousand pictures with our address in it, in the browser of one colleague."""
    made = house(limits=("sign-in=2/10minutes", "staff-sign-in=2/10minutes", "public=2/10minutes"))
    client = TestClient(create_app(made.services))
    doors = ("/inloggen/start/digid", "/inloggen/medewerker", "/inloggen/saml/terug/digid", "/openbaar")
    answers = [client.get(door, headers=part, follow_redirects=False).status_code for door in doors for _ in range(4)]
    assert told("parts of a page elsewhere", answers) == {404: 16}
    assert not rows(made.services, RateRow)
    for door in doors[:2]:
        assert client.get(door, headers=LINK, follow_redirects=False).status_code == 303


def test_t1_citizens_in_a_hall_keep_no_staff_there_from_signing_in(house: House) -> None:
    made = house(limits=("sign-in=2/10minutes",))
    client = TestClient(create_app(made.services))
    paths = ["/inloggen/start/digid"] * 3 + ["/inloggen/medewerker"]
    answers = [client.get(path, follow_redirects=False).status_code for path in paths]
    assert answers == [303, 303, 429, 303]


def test_t1_a_sign_in_that_begins_too_often_is_answered_with_when(house: House) -> None:
    made = house(limits=("sign-in=4/10minutes",))
    client = TestClient(create_app(made.services))
    answers = [
        client.get(path, follow_redirects=False)
        for path in ("/inloggen/start/digid", "/inloggen/start/eidas", "/inloggen/start/eherkenning") * 3
    ]
    assert told("sign-ins that begin", (answer.status_code for answer in answers)) == {303: 4, 429: 5}
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_t1_an_ipv6_visitor_has_one_count_whatever_address_of_the_own_network(house: House) -> None:
    made = house(limits=("wrong-link=3/10minutes",))
    answers = []
    for n in range(6):
        made.client.comes_from(f"2001:db8:1:2::{n + 1:x}")
        answers.append(made.client.get("/verzoek/bestaat-niet").status_code)
    assert told("addresses of one network", answers) == {404: 3, 429: 3}
    made.client.comes_from("2001:db8:1:3::1")
    assert made.client.get("/verzoek/bestaat-niet").status_code == 404


def test_t1_a_flood_costs_the_database_no_more_once_it_is_refused(house: House) -> None:
    made = house(limits=("wrong-link=3/10minutes",))
    for _ in range(10):
        made.client.get("/verzoek/bestaat-niet")
    assert [row.count for row in rows(made.services, RateRow)] == [4]


def test_t1_what_is_counted_tells_nobody_who_it_was(house: House) -> None:
    made = house()
    made.client.comes_from(OFFICE)
    made.client.get("/verzoek/bestaat-niet")
    tess = Browser(made.services, TESS)
    post(tess, "/mijn/gegevens", "k", email="", phone="")
    known = {OFFICE, tess.actor.subject}  # type: ignore[union-attr]
    found = [row.key for row in rows(made.services, RateRow)]
    assert len(found) == 2
    assert not [one for key in found for one in known if one in key]


# -- addresses of mail ------------------------------------------------------------------------------------------------


def test_t1_no_stranger_gets_mail_from_who_types_any_address(house: House) -> None:
    made = house(limits=("filing=1000/10minutes", "change=1000/10minutes"))
    tess, ilse = Browser(made.services, TESS), Browser(made.services, ILSE)
    before = len(rows(made.services, MailRow))
    answers = []
    for n in range(40):
        victim = f"slachtoffer{n % 20}@elders.example"
        answers.append(post(tess, "/mijn/gegevens", f"g{n}", email=victim, phone="", news_by_mail="ja").status_code)
    for n in range(8):
        typed = {**a_case(made), "email": "slachtoffer0@elders.example"}
        answers.append(post(ilse, "/mijn/nieuw/bezwaar/versturen", f"k{n}", **typed).status_code)
    told("typed addresses", answers)
    mails = Counter(mail.recipient for mail in rows(made.services, MailRow)[before:] if not mail.awaits_code)
    mine = {recipient: n for recipient, n in mails.items() if "elders.example" in recipient}
    print(f"mails to strangers: {mine}")  # noqa: T201 - tells the counts
    assert max(mine.values()) <= 2  # one for each of the two people who typed it
    assert sum(mine.values()) <= 11


# -- every door -------------------------------------------------------------------------------------------------------


def guards_of(route: RouteContext) -> set[str]:
    """The names of all functions on which a door depends."""
    found, waiting = set(), [route.dependant]
    while waiting:
        one = waiting.pop()
        found.add(getattr(one.call, "__qualname__", ""))
        waiting += one.dependencies
    return found


def test_t1_every_door_that_changes_something_is_counted(house: House) -> None:
    counted = {
        one.__qualname__
        for one in (
            signed_in_citizen,
            citizen_or_visitor,
            signed_in_staff(),
            by_link,
            of_link,
            allow_address(LimitKind.CODE_NETWORK),
        )
    }
    # one's own session, the demo, and a provider that tells of a sign-out: of those only refused tokens are counted
    own = ("/uitloggen", "/sessie/", "/demo", BACK_CHANNEL, SAML_LOGOUT[1])
    app = create_app(house(demo=True).services)
    doors = {str(route.path): guards_of(route) for route in posts_of(app)}
    assert len(doors) > 40
    assert [path for path, guards in doors.items() if not path.startswith(own) and not counted & guards] == []


def posts_of(app: FastAPI) -> list[RouteContext]:
    return doors_of(app, "POST")


def doors_of(app: FastAPI, method: str) -> list[RouteContext]:
    return [route for route in iter_route_contexts(app.routes) if method in (route.methods or ())]


def test_t1_every_line_of_the_tables_of_limits_is_a_door_and_a_face(house: House) -> None:
    app = create_app(house().services)
    paths = {str(route.path) for route in posts_of(app)}
    assert set(DOORS) <= paths | {str(route.path) for route in doors_of(app, "PATCH")}
    assert {path.split("/")[1] for path in paths} >= set(FACES)
    assert set(LIMITS) == set(LimitKind)


def test_t1_no_page_stands_deeper_than_is_looked_for(house: House) -> None:
    app = create_app(house(demo=True).services)
    assert max(str(route.path).count("/") for route in doors_of(app, "GET")) == DEEPEST
