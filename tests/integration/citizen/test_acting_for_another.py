"""Acting for another (C2): who signed in under a mandate sees and files for the other, says so everywhere, and can do nothing after it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from citizen_kit import filled
from kit.browser import ORIGIN, Browser
from kit.cases import bezwaar_in_use, register_bezwaar, rows
from kit.installation import TEST_SECRET, installation
from kit.people import BRAM, BRAM_BSN, ILSE, TESS, TESS_BSN, TOGA
from kit.secrets import NEWER_SECRET, under

from portal.chosen_files import opened, seal
from portal.citizen import acting
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.messages import SendMessage
from processes.actions.profile import FOR_ANOTHER, SaveProfile
from processes.actions.registering import NewParty
from processes.base.actor import Actor
from processes.base.chosen_files import ChosenFiles
from processes.base.errors import Invalid, NotAllowed
from processes.jobs.resealing import reseal
from processes.jobs.workers import drain
from processes.storage import staff_sessions, web_sessions
from processes.storage.citizens import index_now
from processes.storage.drafts import DraftContent, all_of, save
from processes.storage.services import Services
from processes.storage.session_lengths import longest_of
from processes.storage.tables import AuditRow, Case, FiledRow, NoteRow, NoticeRow, OwnAddress, Party, WebSession

FORM, SEND = "/mijn/nieuw/bezwaar", "/mijn/nieuw/bezwaar/versturen"
FOR_TESS = {"for": TESS_BSN, "for_name": "Tess Testeling"}
NORTH = "000012345678"
COMPANY = NewParty("objector", "Verzonnen Bouw B.V.", "company", identity="kvk:68750110", channel="portal")
NAMED = "U handelt namens <strong>Tess Testeling</strong>"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, bezwaar_in_use, faces=("citizen",)) as opened:
        yield opened


def alone(browser: Browser) -> str:
    """The browser of who goes on for themselves; the cookie of the new session."""
    name = cookie_name(browser.services.settings, "citizen")
    sent = {"csrf": browser.csrf}
    went = browser.client.post("/mijn/namens/mijzelf", data=sent, headers=ORIGIN, follow_redirects=False)
    browser.client.cookies.clear()
    browser.client.cookies.set(name, went.cookies[name])
    return went.cookies[name]


def test_c2_who_acts_by_a_mandate_files_for_the_other_and_is_named_as_the_representative(services: Services) -> None:
    bram = Browser(services, BRAM, FOR_TESS)
    page = bram.get(f"{FORM}?deel=alles")
    assert NAMED in page
    assert "Naam van de persoon voor wie u dit doet" not in page
    assert "Vul het adres in van wie u dit voor doet." in bram.post(FORM, filled(bram), status=422)
    page = bram.post(FORM, filled(bram, other_address="Dorpsweg 1\n1234 AA Voorbeeldstad", other_name="Een Ander"))
    assert "Tess Testeling" in page
    assert "Een Ander" not in page.partition("<form")[0]
    receipt = bram.post(SEND, bram.held(SEND))
    assert NAMED in receipt
    drain(services)
    tess, me = sorted(rows(services, Party), key=lambda one: one.role)
    assert (tess.role, tess.name, tess.represented_by) == ("objector", "Tess Testeling", me.id)
    assert tess.identity_index == services.secrets.index(TESS_BSN)
    assert (me.role, me.name, me.by_mandate) == ("representative", "Bram van Proefhuizen", True)
    assert {notice.party_id for notice in rows(services, NoticeRow)} == {tess.id, me.id}
    (words,) = rows(services, FiledRow)
    assert "Van: Tess Testeling" in words.body
    assert "Ingevuld door: Bram van Proefhuizen" in words.body
    (address,) = rows(services, OwnAddress)
    assert address.identity_index == services.secrets.index(BRAM_BSN)  # whose address it is, and who gets the code
    (case,) = rows(services, Case)
    here = f"/mijn/zaken/{case.number}"
    assert f"{here}/brieven/" in bram.get(here)
    for line in rows(services, AuditRow, chain=case.id, action="register"):
        assert line.actor.endswith(services.secrets.digest(services.secrets.index(BRAM_BSN)))
        assert line.detail["acts_for"] == services.secrets.digest(services.secrets.index(TESS_BSN))
    # the one who is represented sees it too; who acted sees nothing of it without the mandate
    assert case.number in Browser(services, TESS).get("/mijn")
    himself = Browser(services, BRAM)
    assert case.number not in himself.get("/mijn")
    assert himself.status(here) == 404


def test_c2_a_mandate_shows_the_cases_of_the_other_and_none_of_ones_own(services: Services) -> None:
    theirs, own = (register_bezwaar(services, who, subject=who.name) for who in (TESS, BRAM))
    bram = Browser(services, BRAM, FOR_TESS)
    page = bram.get("/mijn")
    assert (theirs in page, own in page) == (True, False)
    assert "Voor Tess Testeling" in page
    assert bram.status(f"/mijn/zaken/{own}") == 404
    assert NAMED in bram.get(f"/mijn/zaken/{theirs}")
    act(services, bram.actor, SendMessage(theirs, "Ik stuur nog een foto."))
    (note,) = [one for one in rows(services, NoteRow) if one.text == "Ik stuur nog een foto."]
    (tess,) = [one for one in rows(services, Party) if one.name == TESS.name]
    assert (note.party_id, note.author) == (tess.id, "Bram van Proefhuizen, namens Tess Testeling")


def test_c2_contact_details_of_the_other_are_not_changed_under_a_mandate(services: Services) -> None:
    bram = Browser(services, BRAM, FOR_TESS)
    page = bram.get("/mijn/gegevens")
    assert "U handelt namens" in page
    assert 'action="/mijn/gegevens"' not in bram.html
    with pytest.raises(NotAllowed, match=FOR_ANOTHER):
        act(services, bram.actor, SaveProfile("b@post.example", "", news_by_mail=True))


def test_c2_going_on_for_oneself_begins_a_session_under_a_new_id(services: Services) -> None:
    own = register_bezwaar(services, BRAM)
    bram = Browser(services, BRAM, FOR_TESS)
    bram.get("/mijn")
    name = cookie_name(services.settings, "citizen")
    before = bram.client.cookies[name]
    after = alone(bram)
    page = bram.get("/mijn")
    assert (own in page, NAMED in page, after != before) == (True, False, True)
    assert [row.id_hash for row in rows(services, WebSession)] == [services.secrets.token_hash(after)]
    bram.client.cookies.clear()
    bram.client.cookies.set(name, before)
    assert "Inloggen" in bram.get("/mijn")


def test_c2_who_acts_for_another_organisation_does_not_come_into_ones_own_by_it(services: Services) -> None:
    toga = Browser(services, TOGA, {"for": "kvk:68750110", "for_name": "Verzonnen Bouw B.V."})
    page = toga.get("/mijn")
    assert "Verder voor mijzelf" not in page
    assert "Log opnieuw in" in toga.post("/mijn/namens/mijzelf", {"csrf": toga.csrf}, status=403)


def test_c2_rights_end_when_the_mandate_ends(services: Services) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=5)
    bram = Browser(services, BRAM, FOR_TESS | {"until": soon.isoformat()})
    assert NAMED in bram.get("/mijn")
    (row,) = rows(services, WebSession)
    assert row.expires_at <= soon
    with services.sessions.begin() as session:  # a request some minutes later prolongs it no further
        session.get_one(WebSession, row.id_hash).seen_at = datetime.now(UTC) - timedelta(minutes=3)
    bram.get("/mijn")
    assert rows(services, WebSession)[0].expires_at <= soon
    over = Browser(services, BRAM, FOR_TESS | {"until": (datetime.now(UTC) - timedelta(seconds=1)).isoformat()})
    assert NAMED not in over.get("/mijn")


def test_c2_a_form_of_one_mandate_is_not_sent_under_another(services: Services) -> None:
    """In another tab the mandate ended, or another one was chosen: what was typed is kept for the first, and nothing is filed."""
    bram = Browser(services, BRAM, FOR_TESS)
    bram.get(f"{FORM}?deel=alles")
    bram.post(FORM, filled(bram, other_address="Dorpsweg 1\n1234 AA Voorbeeldstad"))
    stale, held = bram.csrf, bram.held(SEND)
    bram.get("/mijn")
    alone(bram)
    page = bram.post(SEND, {**held, "csrf": stale}, status=403)
    assert "geopend door iemand anders" in page
    for_ilse = Browser(services, BRAM, {"for": str(ILSE.identity), "for_name": ILSE.name})
    for_ilse.post(SEND, {**held, "csrf": stale}, status=403)
    assert rows(services, Case) == []
    assert "Nog niet verstuurd" not in bram.get("/mijn")
    assert "Nog niet verstuurd" in Browser(services, BRAM, FOR_TESS).get("/mijn")


def test_c2_going_on_for_oneself_lives_no_longer_than_the_session_before(services: Services) -> None:
    bram = Browser(services, BRAM, FOR_TESS)
    bram.get("/mijn")
    (before,) = rows(services, WebSession)
    longest = longest_of(services, "citizen")
    began = datetime.now(UTC) - longest + timedelta(minutes=5)
    with services.sessions.begin() as session:
        session.get_one(WebSession, before.id_hash).created_at = began
    alone(bram)
    (after,) = rows(services, WebSession)
    assert (after.created_at, after.expires_at) == (began, began + longest)


@pytest.mark.parametrize("how", ["pressed", "ended"])
def test_c2_going_on_for_oneself_pressed_twice_makes_no_session_that_nobody_signed_in_for(
    services: Services, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """The second press was let in before the first was done; so was one whose session the provider ended meanwhile."""
    bram = Browser(services, BRAM, FOR_TESS)
    (cookie,) = (
        value for name, value in bram.client.cookies.items() if name == cookie_name(services.settings, "citizen")
    )

    def meanwhile(_: object) -> str:
        if how == "pressed":
            web_sessions.end(services, cookie)
        else:
            staff_sessions.end_one(services, cookie)
        return "Firefox"

    monkeypatch.setattr(acting, "device_of", meanwhile)
    sent = {"csrf": bram.csrf}
    went = bram.client.post("/mijn/namens/mijzelf", data=sent, headers=ORIGIN, follow_redirects=False)
    assert (went.status_code, went.headers["location"], went.cookies.get(cookie_name(services.settings, "citizen"))) == (
        303, "/mijn", None,
    )  # fmt: skip
    assert [row for row in rows(services, WebSession) if row.ended_at is None] == []
    assert bram.client.get("/mijn", follow_redirects=False).headers["location"].startswith("/inloggen")


def test_c2_files_that_were_chosen_under_one_mandate_do_not_open_under_another(services: Services) -> None:
    bram, himself = Browser(services, BRAM, FOR_TESS).actor, Browser(services, BRAM).actor
    for_ilse = Browser(services, BRAM, {"for": str(ILSE.identity), "for_name": ILSE.name}).actor
    chosen = ChosenFiles()
    for chose in (bram, himself, for_ilse):
        sealed = seal(services, chose, SEND, chosen)
        assert opened(services, chose, SEND, sealed) == chosen
        for other in {bram, himself, for_ilse} - {chose}:
            with pytest.raises(Invalid, match="niet meer"):
                opened(services, other, SEND, sealed)
    # a secret was replaced meanwhile: both indexes are others now, and the list is still theirs
    whom = bram.for_whom
    assert whom is not None
    later = replace(
        bram, subject="new", earlier=(bram.subject,), for_whom=replace(whom, subject="n", earlier=(whom.subject,))
    )
    assert opened(services, later, SEND, seal(services, bram, SEND, chosen)) == chosen


def test_c2_what_was_begun_by_a_mandate_or_for_a_branch_is_found_under_a_new_secret(services: Services) -> None:
    """While both secrets are in use, and when all was sealed again and the one of before is gone."""
    register_bezwaar(services, TESS)
    register_bezwaar(services, replace(COMPANY, branch=NORTH))
    branch = {"for": str(COMPANY.identity), "for_name": COMPANY.name, "branch": NORTH}

    def actors(now: Services) -> list[Actor]:
        return [Browser(now, who, told).actor for who, told in ((BRAM, FOR_TESS), (COMPANY, branch), (TOGA, branch))]

    for actor in actors(services):
        with services.sessions.begin() as session:
            save(session, services, actor, FORM, DraftContent({"grounds": [actor.name]}))
    both = under(services, NEWER_SECRET, TEST_SECRET)
    for identity in (BRAM_BSN, f"{COMPANY.identity}/{NORTH}", str(TOGA.identity)):
        index_now(both, identity)  # as a request of theirs does
    found = actors(both)
    _all_have_their_own(both, found)
    assert reseal(both).complete
    _all_have_their_own(under(services, NEWER_SECRET), found)


def _all_have_their_own(services: Services, actors: list[Actor]) -> None:
    with services.sessions() as session:
        kept = [[draft.fields for draft in all_of(session, services, actor)] for actor in actors]
    assert kept == [[{"grounds": [actor.name]}] for actor in actors]
