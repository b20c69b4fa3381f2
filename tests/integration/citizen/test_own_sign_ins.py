"""C20: a citizen sees on which devices they are signed in, and signs out everywhere with one press; nobody else is put out by it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from kit.browser import ORIGIN, Browser
from kit.cases import bezwaar_in_use, rows
from kit.installation import TEST_SECRET, installation
from kit.log_lines import log_lines
from kit.people import BRAM, FENNA, ILSE, LIES, NOOR, TESS, TESS_BSN, TOGA, TOGA_KVK
from kit.secrets import NEWER_SECRET, under
from sqlalchemy import update
from starlette.requests import Request

from portal.security.devices import device_of
from portal.security.own_sign_ins import PER_PAGE
from portal.security.sessions import cookie_name
from processes.actions.registering import NewParty
from processes.jobs.clock_process import SWEEPS
from processes.jobs.resealing import reseal
from processes.storage.recent_sign_ins import KEPT, forget_sign_ins, recent
from processes.storage.services import Services
from processes.storage.tables import SignInRow, WebSession
from processes.storage.web_sessions import create, end

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (FIREFOX, "Firefox, Windows"), (EDGE, "Edge, Windows"), (IPHONE, "Safari, iPhone"), ("curl/8", "Onbekend apparaat"),
        (None, "Onbekend apparaat"), ("<script> Android", "Android"),
    ],
)  # fmt: skip
def test_c20_a_device_is_told_in_words_that_its_owner_knows(told: str | None, words: str) -> None:
    headers = [(b"user-agent", told.encode())] if told is not None else []
    assert device_of(Request({"type": "http", "headers": headers})) == words


def test_c20_signing_out_everywhere_ends_all_own_sessions_and_no_other(services: Services) -> None:
    here, there, other = Browser(services, TESS), Browser(services, TESS), Browser(services, ILSE)
    actor = here.actor
    create(services, "citizen", actor.subject, actor.name, identity={"bsn": "999993653"}, device="Safari, iPhone")
    page = here.get("/mijn/gegevens")
    assert page.count("Dit apparaat, nu") == 1
    assert (page.count("Nog ingelogd"), "Safari, iPhone" in page) == (2, True)
    assert "Safari, iPhone" not in other.get("/mijn/gegevens")
    with log_lines() as lines:
        assert "uitgelogd" in here.post("/mijn/gegevens/uitloggen", {"sign_in": ""}).lower()
    told = [line for line in lines if line.get("event") == "session_ended"]
    assert [(line["who"], line["why"], line["sessions"]) for line in told] == [
        (f"citizen:{actor.subject}", "own_choice", 3)
    ]
    assert [one.client.get("/mijn", follow_redirects=False).status_code for one in (here, there, other)] == [
        303,
        303,
        200,
    ]
    again = Browser(services, TESS).get("/mijn/gegevens")
    assert again.count("Uitgelogd op ") == 3


def test_c20_one_sign_in_can_be_ended_by_its_own_person_alone(services: Services) -> None:
    here, there, other = Browser(services, TESS), Browser(services, TESS), Browser(services, ILSE)
    other.get("/mijn/gegevens")
    here.get("/mijn/gegevens")
    sign_in = here.held("/mijn/gegevens/uitloggen")["sign_in"]
    other.post("/mijn/gegevens/uitloggen", {"sign_in": sign_in})
    assert there.status("/mijn") == 200
    page = here.post("/mijn/gegevens/uitloggen")
    assert "U bent op dat apparaat uitgelogd." in page
    assert ("Nog ingelogd" in page, page.count("Uitgelogd op ")) == (False, 1)
    assert [one.client.get("/mijn", follow_redirects=False).status_code for one in (here, there)] == [200, 303]


def test_c20_a_sign_in_says_by_which_means_and_for_whom(services: Services) -> None:
    bram = Browser(services, BRAM, {"for": TESS_BSN, "for_name": "Tess Testeling"})
    page = bram.get("/mijn/gegevens")
    assert "DigiD hoog" in page
    assert "namens Tess Testeling" in page
    assert "www.digid.nl" in page
    assert "eHerkenning" not in page.partition("Waar u bent ingelogd")[2]
    # colleagues of a company are one to us: who of them it was is told by the pseudonym
    create(services, "citizen", services.secrets.index(TOGA_KVK), "mr. P. Toga",
           identity={"kvk": TOGA_KVK[4:], "level": "substantial", "acting": "somebody-else", "for": TESS_BSN, "for_name": "Tess Testeling"},
           device="Edge, Windows")  # fmt: skip
    page = Browser(services, TOGA, {"acting": "me"}).get("/mijn/gegevens")
    assert "namens Tess Testeling" not in page, "who else is a client of the office is told by the cases alone"
    assert "Uitloggen</" not in page.partition("misschien door een collega")[2]
    assert "eHerkenning substantieel" in page
    assert (page.count("voor mr. P. Toga"), page.count("door een collega")) == (2, 1)
    page = Browser(services, TOGA, {"acting": "me"}).get("/mijn/gegevens?taal=en")
    assert "maybe by a colleague" in page
    assert "Do you see something that you do not know?" in page


FOREIGN = NewParty("objector", "Fantazja Ltd", "company", identity="eidas:PL/NL/fantazja-0001")


def out(browser: Browser) -> bool:
    return browser.client.get("/mijn", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("company", [TOGA, FOREIGN], ids=["Dutch", "foreign"])
def test_c20_who_signs_out_everywhere_for_a_company_signs_out_nobody_else(
    services: Services, company: NewParty
) -> None:
    """Of a colleague one sees that they are open, and one may not end it; not by a form that somebody made either."""
    other, here, there = (Browser(services, company, {"acting": acting}) for acting in ("p2", "p1", "p1"))
    page = here.get("/mijn/gegevens")
    assert ("misschien door een collega" in page, here.held("/mijn/gegevens/uitloggen/een")) == (True, {})
    assert "blijven ingelogd" in page
    theirs = services.secrets.token_hash(other.client.cookies[cookie_name(services.settings, "citizen")])
    here.post("/mijn/gegevens/uitloggen", {"sign_in": theirs})
    assert not out(other)
    here.get("/mijn/gegevens")
    here.post("/mijn/gegevens/uitloggen", {"sign_in": ""})
    assert [out(one) for one in (here, there, other)] == [True, True, False]


def test_c20_where_sign_in_does_not_tell_who_of_a_company_it_is_all_of_it_are_signed_out(services: Services) -> None:
    other, here = Browser(services, TOGA), Browser(services, TOGA)
    assert "worden daarom ook collega's uitgelogd" in here.get("/mijn/gegevens")
    here.post("/mijn/gegevens/uitloggen", {"sign_in": ""})
    assert [out(one) for one in (here, other)] == [True, True]
    assert "collega's" not in Browser(services, TESS).get("/mijn/gegevens")


def test_c20_a_sign_in_stays_after_its_session_and_goes_after_ninety_days(services: Services) -> None:
    here = Browser(services, TESS)
    here.get("/mijn")
    here.client.post("/uitloggen?soort=citizen", data={"csrf": here.csrf}, headers=ORIGIN)
    Browser(services, TESS)  # and one that is left to end by itself, long ago
    long_ago = datetime.now(UTC) - timedelta(hours=20)
    with services.sessions.begin() as session:
        session.execute(update(WebSession).values(seen_at=long_ago, expires_at=long_ago))
    page = Browser(services, TESS).get("/mijn/gegevens")
    assert len(rows(services, WebSession)) == 1
    assert (page.count("Uitgelogd op "), page.count("Dit apparaat, nu"), "Niet bekend" in page) == (2, 1, False)
    first, second, _ = sorted(rows(services, SignInRow), key=lambda row: row.began_at)
    assert (first.ended_at is not None, second.ended_at, second.seen_at) == (True, long_ago, long_ago)
    with services.sessions.begin() as session:
        old = datetime.now(UTC) - KEPT - timedelta(minutes=1)
        session.execute(update(SignInRow).where(SignInRow.id_hash == first.id_hash).values(began_at=old))
    assert any(sweep.run is forget_sign_ins for sweep in SWEEPS)
    forget_sign_ins(services)
    assert {row.id_hash for row in rows(services, SignInRow)} >= {second.id_hash}
    assert len(rows(services, SignInRow)) == 2


def test_c20_every_open_sign_in_stands_first_whatever_came_after_it_with_pages_for_the_rest(services: Services) -> None:
    """Nobody hides an open session behind many others, nor does somebody who signs in often."""
    there = Browser(services, TESS)
    told = {"identity": {"bsn": TESS_BSN[4:], "level": "high"}, "device": "Edge, Windows"}
    for place in range(2 * PER_PAGE + 5):
        made = create(services, "citizen", there.actor.subject, there.actor.name, **told)
        end(services, made.cookie) if place else None  # the first of them stays open too
    here = Browser(services, TESS)
    for number, ended in ((1, PER_PAGE), (2, PER_PAGE), (3, 4), (9, 4)):
        page = here.get(f"/mijn/gegevens?pagina={number}")
        states = [line.partition("</td>")[0] for line in page.split('data-label="Stand"')[1:]]
        assert "Dit apparaat, nu" in states[0]
        assert ["Nog ingelogd" in one for one in states[:4]] == [False, True, True, False]
        assert page.count("Uitgelogd op ") == ended
        assert f'<span class="zs-hidden">Pagina </span>{min(number, 3)}</span>' in page
    assert here.status("/mijn/gegevens?pagina=0") == 404


def test_c20_sign_ins_are_found_under_a_new_secret_by_who_has_no_case(services: Services) -> None:
    Browser(services, BRAM)
    both, after = under(services, NEWER_SECRET, TEST_SECRET), under(services, NEWER_SECRET)
    assert Browser(both, BRAM).get("/mijn/gegevens").count("DigiD hoog") == 2
    assert reseal(both).complete
    assert Browser(after, BRAM).get("/mijn/gegevens").count("DigiD hoog") == 3


def test_c20_staff_see_their_own_sign_ins_and_sign_out_everywhere(tmp_path: Path) -> None:
    with installation(tmp_path, bezwaar_in_use) as opened:
        for who, address in ((NOOR, "/werk/inloggen"), (LIES, "/werk/inloggen"), (FENNA, "/beheer/inloggen")):
            there, here = Browser(opened, who), Browser(opened, who)
            page = here.get(address)
            assert (page.count("Dit apparaat, nu"), page.count("Nog ingelogd")) == (1, 1)
            assert "U bent op dat apparaat uitgelogd." in here.post(address)
            assert there.client.get(address, follow_redirects=False).status_code == 303
            answer = here.client.post(address, data={"csrf": here.csrf}, headers=ORIGIN, follow_redirects=False)
            assert answer.headers["location"] == "/uitgelogd?soort=staff"
            assert here.client.get(address, follow_redirects=False).status_code == 303
        assert [row for row in rows(opened, WebSession) if row.ended_at is None] == []
        assert {row.person for row in rows(opened, SignInRow)} == {"noor", "lies", "fenna"}


def test_c20_without_the_token_of_the_page_nobody_is_signed_out(services: Services) -> None:
    here = Browser(services, TESS)
    sent = here.client.post(
        "/mijn/gegevens/uitloggen", data={"csrf": "verzonnen"}, headers=ORIGIN, follow_redirects=False
    )
    assert sent.headers.get("location") != "/uitgelogd"
    assert here.status("/mijn") == 200
    assert [one.lives for one in recent(services, "citizen", [here.actor.subject])] == [True]
