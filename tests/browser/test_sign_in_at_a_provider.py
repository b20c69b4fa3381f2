"""D10 to D12 and T7: whole sign-ins and sign-outs in a browser at providers of OpenID Connect that are not ours, by all of the protocol.

One provider is a broker for citizens, the other has the accounts of staff; each demands PKCE.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from kit.barriers import found_by_axe
from kit.cases import put_in_use, shipped, today
from kit.complaint import STORY
from kit.installation import installation
from kit.openid_provider import SECRET, OpenidProvider, openid_providers
from kit.people import NOOR
from kit.web_process import web_process
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from bench.rabbit import free_port
from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.registering import NewParty, RegisterCase
from processes.base.actor import SYSTEM
from processes.dated import TEAM
from processes.dated.typed_settings import TypedSetting
from processes.storage.services import Services
from processes.storage.tables import LawRuleRow, StaffRow, WebSession
from processes.storage.web_sessions import person_digests

READ, UP = "Log in op niveau hoog om deze zaak te lezen", "Opnieuw inloggen op een hoger niveau"
ON = re.compile(r"^Verder")
WAYS = {"digid": "Inloggen met DigiD", "eherkenning": "Inloggen met eHerkenning", "eidas": "Log in with eIDAS"}
ASSURANCE = "urn:etoegang:core:assurance-class:"
CITIZENS = {
    "tess": {"bsn": "999993653", "loa": "substantial", "name": "Tess Testeling"},
    "zwak": {"bsn": "999991863", "loa": "basis", "name": "Ilse Namaak"},
    "bouw": {"kvk": "68750110", "loa": f"{ASSURANCE}loa3", "name": "Verzonnen Bouw"},
    "toga": {
        "kvk": "68750110", "loa": f"{ASSURANCE}loa4", "name": "Verzonnen Bouw", "intermediate_kvk": "90004760",
        "intermediate_name": "mr. P. Toga",
    },
    "tak": {
        "kvk": "68750110", "loa": f"{ASSURANCE}loa3", "name": "Verzonnen Bouw",
        "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr": "000012345678",
    },
    "olena": {"eidas_id": "PL/NL/olena-0001", "loa": "http://eidas.europa.eu/LoA/high", "name": "Olena Fantazja"},
    "bram": {
        "bsn": "999990676", "loa": "high", "name": "Bram van Proefhuizen", "represented_bsn": "999993653",
        "represented_name": "Tess Testeling",
    },
    "noor": {"bsn": "999993847", "loa": "substantial", "name": "Noor Privé"},
}  # fmt: skip
STAFF = {
    name: {
        "preferred_username": name, "name": called, "email": f"{name}@voorbeeldstad.example", "roles": ["offline_access", "admin"],
        "groups": [*(f"/zaakspoor/{one}" for one in group.split()), "/elders/beheerders"],
    }
    for name, called, group in (
        ("noor", "Noor Behandelaar", "behandelaars"), ("gerda", "Gerda Beheer", "beheerders"), ("gast", "Gast", "bezoekers"),
        ("thea", "Thea Team", "behandelaars bezwaar geheim"),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Providers:
    """Our site, and the providers beside it."""

    services: Services
    chromium: Browser
    address: str
    broker: OpenidProvider
    employer: OpenidProvider

    def page(self, *, scripts: bool = True) -> Page:
        """A page of a browser in which nobody is signed in anywhere."""
        context = self.chromium.new_context(locale="nl-NL", base_url=self.address, java_script_enabled=scripts)
        context.set_default_timeout(60_000)
        return context.new_page()

    def citizen(self, way: str, name: str, page: Page | None = None, back: str = "/mijn", level: str = "eigen") -> Page:
        """Somebody who asked for the own cases, or another page, and came in by this way, or did not."""
        page = page or self.page()
        page.goto(back)
        page.get_by_role("link", name=WAYS[way]).click()
        type_in(page, name, level=level)
        return page

    def end_sessions(self) -> None:
        """Nobody did anything for a quarter of an hour."""
        with self.services.sessions.begin() as session:
            session.execute(update(WebSession).values(expires_at=datetime.now(UTC)))

    def member(self, name: str) -> Page:
        page = self.page()
        page.goto("/werk")
        type_in(page, name)
        return page

    def roles(self, username: str) -> list[str]:
        with self.services.sessions() as session:
            return list(session.scalars(select(StaffRow.roles).where(StaffRow.username == username)).one())

    def living(self, kind: str) -> int:
        with self.services.sessions() as session:
            rows = session.scalars(select(WebSession).where(WebSession.kind == kind, WebSession.ended_at.is_(None)))
            return len(list(rows))


def furnish(services: Services) -> None:
    """A case type that demands a higher level than that of most people."""
    folder = shipped("klacht")
    drawn = folder.drawing.replace(b"<case:caseType ", b'<case:caseType signInLevel="high" ', 1)
    put_in_use(services, replace(folder, drawing=drawn))
    values = {"name": "team Bezwaar", "mailbox": "", "members": "", "case_types": "", "by_sign_on": "yes"}
    act(services, SYSTEM, SaveSetting(TypedSetting("team", "bezwaar", "2020-01-01", values, "Nieuw.", new=True)))


def a_case(services: Services) -> str:
    """A case of Tess that demands a higher level; its number."""
    tess = NewParty("complainant", "Tess Testeling", identity="bsn:999993653", channel="portal")
    return act(services, NOOR, RegisterCase("klacht", "portal", today(services), (tess,), (), STORY))


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Providers]:
    folder, port = tmp_path_factory.mktemp("inloggen"), free_port()
    broker = OpenidProvider("zs-inwoners", CITIZENS, ("digid", "eherkenning", "eidas", "high"), takes_forms=True)
    employer = OpenidProvider("zs-medewerkers", STAFF)
    settings = {
        "OIDC_CITIZEN_ISSUER": broker.issuer, "OIDC_CITIZEN_CLIENT_ID": broker.client,
        "OIDC_STAFF_ISSUER": employer.issuer, "OIDC_STAFF_CLIENT_ID": employer.client, "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_STAFF_AMR": "pwd otp", "OIDC_STAFF_ROLES_CLAIM": "groups",
        "OIDC_STAFF_ROLES": "/zaakspoor/behandelaars=worker /zaakspoor/beheerders=admin"
        " /zaakspoor/bezwaar=team-bezwaar /zaakspoor/geheim=clearance-geheim",
    }  # fmt: skip
    with (
        installation(folder, furnish) as services,
        openid_providers(folder, f"http://127.0.0.1:{port}", broker, employer),
        web_process(services, folder, port, **settings) as web,
    ):
        yield Providers(services, chromium, web.address, broker, employer)


def type_in(page: Page, name: str, button: str = "Inloggen", level: str = "eigen") -> None:
    page.get_by_label("Naam").fill(name)
    page.get_by_label("Niveau").select_option(level)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def sign_out_there(page: Page) -> None:
    assert heading(page) == "Uitloggen bij de inlogdienst"
    page.get_by_role("button", name="Ja, log uit").click()
    page.wait_for_load_state()


@pytest.mark.parametrize(
    ("way", "name", "identity", "said"),
    [
        ("digid", "tess", "bsn:999993653", "Ingelogd als Tess Testeling"),
        ("eherkenning", "bouw", "kvk:68750110", "Ingelogd als Verzonnen Bouw"),
        ("eherkenning", "toga", "kvk:90004760", "U handelt namens Verzonnen Bouw"),
        ("eherkenning", "tak", "kvk:68750110", "vestiging 000012345678"),
        ("eidas", "olena", "eidas:PL/NL/olena-0001", "Ingelogd als Olena Fantazja"),
        ("digid", "bram", "bsn:999990676", "U handelt namens Tess Testeling"),
    ],
)
def test_d10_d11_d12_somebody_comes_in_by_a_broker(
    there: Providers, way: str, name: str, identity: str, said: str
) -> None:
    page = there.citizen(way, name)
    assert (page.url, heading(page)) == (f"{there.address}/mijn", "Mijn zaken")
    assert said in page.get_by_role("banner").inner_text()
    assert {name: there.broker.asked[-1][name] for name in ("acr_values", "prompt")} == {
        "acr_values": way,
        "prompt": "login",
    }
    person = person_digests(there.services, "citizen", there.services.secrets.index(identity))
    with there.services.sessions() as session:
        assert session.scalar(select(WebSession.kind).where(WebSession.person.in_(person))) == "citizen"
    page.context.close()


def test_d10_who_does_not_come_in_reads_why(there: Providers) -> None:
    before = there.living("citizen")
    page = there.citizen("digid", "zwak")
    assert "niet sterk genoeg" in page.get_by_role("main").inner_text()
    for button, sentence in (("Annuleren", "afgebroken"), ("Storing", "werkt nu niet")):
        page = there.page()
        page.goto("/inloggen/start/digid")
        type_in(page, "tess", button)
        assert sentence in page.get_by_role("main").inner_text()
    page = there.citizen("eherkenning", "tess")  # the number of another way than was chosen
    assert "een andere manier" in page.get_by_role("main").inner_text()
    assert there.living("citizen") == before


def test_d10_a_request_without_pkce_gets_no_page_to_sign_in(there: Providers) -> None:
    asked = {
        "client_id": there.broker.client, "response_type": "code", "scope": "openid", "state": "s", "nonce": "n",
        "redirect_uri": f"{there.address}/inloggen/terug",
    }  # fmt: skip
    answer = httpx.get(f"{there.broker.issuer}/auth", params=asked)
    assert "error=invalid_request" in answer.headers["location"]


def test_c20_a_higher_level_is_asked_of_the_broker_and_the_form_comes_back(there: Providers) -> None:
    """The broker knows this browser still, and asks for a name all the same."""
    page = there.citizen("digid", "tess")
    page.goto("/mijn/nieuw/klacht")
    assert (heading(page), found_by_axe(page)) == ("Log sterker in", [])
    page.get_by_role("link", name="Opnieuw inloggen op een hoger niveau").click()
    type_in(page, "tess", level="high")
    assert there.broker.asked[-1]["acr_values"] == "digid high"
    assert page.url == f"{there.address}/mijn/nieuw/klacht"
    assert page.get_by_role("button", name="Verder", exact=True).is_visible()
    page.context.close()


def test_c20_a_case_that_demands_a_level_is_read_after_a_stronger_sign_in_at_the_broker(there: Providers) -> None:
    """Who is still too weak there stays in here as before."""
    number = a_case(there.services)
    page = there.citizen("digid", "tess", back=f"/mijn/zaken/{number}")
    assert (heading(page), found_by_axe(page)) == (READ, [])
    assert STORY["who"] not in page.content()
    page.get_by_role("link", name=UP).click()
    assert there.broker.asked[-1]["acr_values"] == "digid high"
    type_in(page, "tess")
    assert "niet sterk genoeg" in page.get_by_role("main").inner_text()
    page.goto("/mijn")
    assert number in page.get_by_role("main").inner_text()
    page.get_by_role("link", name=READ).first.click()
    type_in(page, "tess", level="high")
    assert (page.url, heading(page) != READ) == (f"{there.address}/mijn/zaken/{number}", True)
    assert number in page.get_by_role("main").inner_text()
    page.context.close()


TYPED = "Het duurde een uur aan de balie."


def signs_in_again_and_goes_on(there: Providers, page: Page) -> None:
    """The session ended; what stands in the form is sent, and is there after signing in."""
    there.end_sessions()
    page.get_by_role("button", name=ON).click()
    assert heading(page) == "Inloggen"
    page.get_by_role("link", name=WAYS["digid"]).click()
    type_in(page, "tess", level="high")
    assert page.url == f"{there.address}/mijn/nieuw/klacht?deel=alles"
    assert page.locator("[name=what_happened]").input_value() == TYPED


def test_c20_who_is_idle_is_warned_two_minutes_before_and_loses_nothing(there: Providers) -> None:
    page = there.page()
    page.clock.install()
    there.citizen("digid", "tess", page, back="/mijn/nieuw/klacht?deel=alles", level="high")
    page.locator("[name=what_happened]").fill(TYPED)
    warning = page.locator("#session-warning")
    page.clock.fast_forward("12:50")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("00:20")
    expect(warning).to_contain_text("over twee minuten uitgelogd")
    assert found_by_axe(page) == []
    warning.get_by_role("button", name="Ingelogd blijven").click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("12:50")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("03:00")
    expect(warning).to_contain_text("U bent uitgelogd. Wat u heeft ingevuld gaat niet verloren")
    assert page.locator("[name=what_happened]").input_value() == TYPED
    signs_in_again_and_goes_on(there, page)
    page.context.close()


def until(page: Page, told: Callable[[], object]) -> None:
    """Waits for what a browser without scripts does by itself."""
    for _ in range(1000):
        if told():
            return
        page.wait_for_timeout(10)
    raise AssertionError


def test_c20_without_scripts_who_is_idle_is_warned_beside_a_form_and_loses_nothing(there: Providers) -> None:
    """A page with a form stays where it is: what is typed there stands nowhere else yet. The bar appears by the style sheet, also for who
    wants no motion, whose clock is moved.
    """
    page = there.page(scripts=False)
    page.emulate_media(reduced_motion="reduce")
    there.citizen("digid", "tess", page, back="/mijn/nieuw/klacht?deel=alles", level="high")
    page.locator("[name=what_happened]").fill(TYPED)
    clock, appears = page.context.new_cdp_session(page), set[str]()
    clock.on("Animation.animationCreated", lambda told: appears.add(told["id"]))
    clock.send("Animation.enable")
    until(page, lambda: appears)
    warning = page.locator("noscript .zs-session")
    assert "Doet u niets, dan wordt u over twee minuten uitgelogd." in (warning.text_content() or "")
    for minutes, shown in ((12.9, False), (13.1, True)):
        clock.send("Animation.seekAnimations", {"animations": list(appears), "currentTime": minutes * 60_000})
        expect(warning).to_be_visible(visible=shown)
    with page.context.expect_page() as opened:
        warning.get_by_role("link", name="Ingelogd blijven (opent een nieuw tabblad)").click()
    assert heading(opened.value) == "U blijft ingelogd"
    opened.value.close()
    assert page.locator("[name=what_happened]").input_value() == TYPED
    signs_in_again_and_goes_on(there, page)
    page.context.close()


def test_c20_without_scripts_a_page_to_read_leads_to_the_choice_to_stay(there: Providers) -> None:
    page = there.citizen("digid", "tess", there.page(scripts=False))
    clock, over = page.context.new_cdp_session(page), list[object]()
    clock.on("Emulation.virtualTimeBudgetExpired", lambda told: over.append(told))  # noqa: PLW0108 - a method of a list is none that Playwright takes
    for minutes, shown in ((12.9, "/mijn"), (0.3, "/sessie/verloopt")):
        over.clear()
        clock.send("Emulation.setVirtualTimePolicy", {"policy": "advance", "budget": minutes * 60_000})
        until(page, lambda: over)
        until(page, lambda shown=shown: urlsplit(page.url).path == shown)
    onward = page.context.new_page()  # time stands still on the other
    onward.goto(page.url)
    assert heading(onward) == "Wilt u ingelogd blijven?"
    onward.get_by_role("link", name="Ingelogd blijven").click()
    assert (onward.url, heading(onward)) == (f"{there.address}/mijn", "Mijn zaken")
    page.context.close()


def test_c20_a_session_ends_at_last_however_busy_somebody_is(there: Providers) -> None:
    """Two hours after it began: a press prolongs it to that moment and no further."""
    page, now = there.citizen("digid", "tess"), datetime.now(UTC)
    began, nearly_over = now - timedelta(minutes=110), now + timedelta(minutes=1)
    with there.services.sessions.begin() as session:
        session.execute(update(WebSession).values(created_at=began, seen_at=began, expires_at=nearly_over))
    page.goto("/mijn")
    assert heading(page) == "Mijn zaken"
    with there.services.sessions.begin() as session:
        ends = session.scalars(select(WebSession.expires_at).where(WebSession.ended_at.is_(None))).all()
        assert max(ends) == began + timedelta(minutes=120)
        session.execute(update(WebSession).values(created_at=began - timedelta(minutes=10), expires_at=now))
    page.goto("/mijn")
    assert heading(page) == "Inloggen"
    page.context.close()


def test_s19_t7_groups_give_staff_their_role_clearance_and_team(there: Providers) -> None:
    page = there.member("thea")
    assert heading(page) == "Vandaag"
    assert there.roles("thea") == ["clearance-geheim", "worker"]
    with there.services.sessions() as session:
        number = session.scalars(select(StaffRow.number).where(StaffRow.username == "thea")).one()
        last = session.scalars(select(LawRuleRow).where(LawRuleRow.kind == TEAM.word).order_by(LawRuleRow.id)).all()[-1]
    assert (last.code, last.record["members"]) == ("bezwaar", number)
    page.context.close()


def test_d10_signing_out_here_signs_a_citizen_out_at_the_broker(there: Providers) -> None:
    """In the body of a form: the ID token has the BSN, which must stand in no address."""
    page, seen = there.citizen("digid", "tess"), list[str]()
    page.on("request", lambda request: seen.append(f"{request.method} {request.url}"))
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url(f"{there.broker.issuer}/**")
    sign_out_there(page)
    assert (page.url, heading(page)) == (f"{there.address}/uitgelogd", "U bent uitgelogd")
    assert f"POST {there.broker.sign_out_page}" in seen
    assert not any("id_token_hint" in one for one in seen)
    there.citizen("digid", "tess", page)  # the broker asks for a name once more: it does not know this browser
    assert heading(page) == "Mijn zaken"
    page.context.close()


def test_d10_without_scripts_signing_out_at_the_broker_takes_a_button(there: Providers) -> None:
    context = there.chromium.new_context(java_script_enabled=False, base_url=there.address)
    page = there.citizen("digid", "tess", context.new_page())
    page.get_by_role("button", name="Uitloggen").click()
    assert heading(page) == "U bent hier uitgelogd"
    page.get_by_role("button", name="Ook daar uitloggen").click()
    sign_out_there(page)
    assert page.url == f"{there.address}/uitgelogd"
    context.close()


def test_d10_signing_out_at_the_broker_ends_the_session_here_and_nobody_elses(there: Providers) -> None:
    """Noor is an employee too, under the same name at the other provider: that session stays."""
    at_home, at_work = there.citizen("digid", "noor"), there.member("noor")
    at_home.goto(there.broker.sign_out_page)
    sign_out_there(at_home)
    at_home.goto("/mijn")
    assert heading(at_home) == "Inloggen"
    at_work.goto("/werk")
    assert "Ingelogd als Noor Behandelaar" in at_work.get_by_role("banner").inner_text()
    assert there.roles("noor") == ["worker"]  # of the group that the settings name, and no other
    at_work.goto(there.employer.sign_out_page)
    sign_out_there(at_work)
    at_work.goto("/werk")
    assert heading(at_work) == "Inlogdienst van de proef"


def test_t7_staff_sign_out_here_and_at_their_provider(there: Providers) -> None:
    page = there.member("gerda")
    page.goto("/beheer")
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url(f"{there.employer.issuer}/**")
    sign_out_there(page)
    assert page.url == f"{there.address}/uitgelogd"
    page.goto("/werk")
    assert heading(page) == "Inlogdienst van de proef"


def test_t7_a_member_of_staff_without_a_role_here_or_with_a_closed_account_is_out(there: Providers) -> None:
    page = there.member("gast")
    assert "nog geen rol" in page.get_by_role("main").inner_text()
    page = there.member("gerda")
    there.employer.close("gerda")
    longer_ago = datetime.now(UTC) - timedelta(minutes=2)
    with there.services.sessions.begin() as session:
        gerda = session.scalars(select(StaffRow.number).where(StaffRow.username == "gerda")).one()
        hers = WebSession.person.in_(person_digests(there.services, "staff", gerda))
        session.execute(update(WebSession).where(hers).values(asked_at=longer_ago, confirmed_at=longer_ago))
    page.goto("/werk")
    assert page.url.startswith(there.employer.issuer)  # out here, and sent to sign in anew
    assert heading(there.member("gerda")) == "Dit account is gesloten"
