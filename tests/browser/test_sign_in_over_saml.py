"""D10 to D12 and C20: whole sign-ins and sign-outs over SAML in a browser, at providers that are not ours (pysaml2, xmlsec1).

A browser brings an artifact, which our process exchanges over TLS that both sides prove. The providers stand on https and our site does not, so
to the browser they are other sites. Each takes messages in its own way: that of DigiD signs out by forms, that of eHerkenning by addresses, and
that of eIDAS is asked to sign in by a form, and tells of sign-outs by itself.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from kit.barriers import found_by_axe
from kit.cases import put_in_use, shipped, today
from kit.complaint import STORY
from kit.installation import installation
from kit.people import NOOR, TESS_BSN
from kit.saml_keys import Authority
from kit.saml_pages import EVERYWHERE, NAME, OUT_HERE, OUT_IN_FRAME, STOP, WEAK, SamlSite, saml_site
from kit.saml_people import LEVELS, by_office, company, for_branch, foreigner, of_digid
from kit.saml_portal import SERVICE
from kit.saml_provider import CLASSES, Answer
from kit.web_process import web_process
from playwright.sync_api import Browser, BrowserContext, Page
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP

from bench.rabbit import free_port
from engine import Folder
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.registering import NewParty, RegisterCase
from processes.storage.services import Services
from processes.storage.web_sessions import load

WAYS = {"digid": "Inloggen met DigiD", "eherkenning": "Inloggen met eHerkenning", "eidas": "Log in with eIDAS"}
ABOUT = {
    "digid": {"logout": (BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, BINDING_SOAP)},
    "eherkenning": {"logout": (BINDING_HTTP_REDIRECT,)},
    "eidas": {"logout": (BINDING_SOAP,), "post_only": True},
}
TOO_WEAK = {"digid": f"{CLASSES}MobileTwoFactorContract", "eherkenning": f"{LEVELS}loa2plus", "eidas": f"{LEVELS}loa2"}
ON = re.compile(r"^Verder")
READ = "Log in op niveau hoog om deze zaak te lezen"
UP = "Opnieuw inloggen op een hoger niveau"


def people(site: SamlSite, way: str) -> Mapping[str, Answer]:
    """Who can be chosen at the provider of this way."""
    if way == "digid":
        return {
            "Tess": Answer(), "Ilse": Answer(name="s00000000:999991863"),
            "Bram voor Tess": replace(of_digid(site, ("Acting", "999990676"), ("Legal", "999993653")), name="van-nu"),
        }  # fmt: skip
    if way == "eherkenning":
        return {
            "Bouw": company(site), "Vestiging": company(site, more=for_branch("000012345678")),
            "Kantoor": company(site, more=by_office(site)),
        }  # fmt: skip
    return {"Olena": foreigner(site), "Olena met BSN": foreigner(site, "999993653")}


@dataclass(frozen=True)
class Saml:
    """Our site, and the providers beside it by their ways. `number` is a case of Tess."""

    services: Services
    chromium: Browser
    address: str
    sites: Mapping[str, SamlSite]
    number: str

    def browser(self, *, scripts: bool = True) -> BrowserContext:
        """A browser in which nobody is signed in anywhere."""
        context = self.chromium.new_context(
            locale="nl-NL", base_url=self.address, ignore_https_errors=True, java_script_enabled=scripts
        )
        context.set_default_timeout(60_000)
        return context

    def at_provider(self, way: str, page: Page | None = None, back: str = "/mijn") -> Page:
        """Somebody who asked for a page of ours (or stands where one chooses a way), and went to the provider of this way."""
        page = page or self.browser().new_page()
        if back:
            page.goto(back)
        page.get_by_role("link", name=WAYS[way]).click()
        if self.sites[way].provider.post_only:
            page.get_by_role("button", name="Verder naar").click()
        page.wait_for_url(f"{self.sites[way].provider.pages}/**")
        return page

    def citizen(self, way: str, who: str, page: Page | None = None, back: str = "/mijn") -> Page:
        page = self.at_provider(way, page, back)
        choose(page, who)
        return page

    def subject(self, page: Page) -> str:
        """The keyed index of who is signed in here in this browser; empty for nobody."""
        name = cookie_name(self.services.settings, "citizen")
        cookie = next((one["value"] for one in page.context.cookies(self.address) if one["name"] == name), "")
        session = load(self.services, cookie) if cookie else None
        return session.subject if session else ""


def demanding() -> Folder:
    folder = shipped("klacht")
    drawn = folder.drawing.replace(b"<case:caseType ", b'<case:caseType signInLevel="high" ', 1)
    return replace(folder, drawing=drawn, rehearsals={})


def furnish(services: Services) -> None:
    put_in_use(services, replace(shipped("klacht"), rehearsals={}))


@pytest.fixture(scope="module")
def there(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saml]:
    folder, port = tmp_path_factory.mktemp("saml"), free_port()
    authority = Authority(folder)
    own = authority.issue("zaakspoor")
    settings = {"SAML_KEYS": str(own), "SAML_AUTHORITIES": str(authority.place)}
    settings |= {f"SAML_EHERKENNING_{name.upper()}": told for name, told in SERVICE.items()}
    sites: dict[str, SamlSite] = {}
    with ExitStack() as stack, installation(folder, furnish) as services:
        for way, about in ABOUT.items():
            name = f"http://127.0.0.1:{port}/inloggen/saml/metadata/{way}"
            sites[way] = stack.enter_context(
                saml_site(folder, authority, own, name, TOO_WEAK[way], entity_id=f"urn:proef:{way}", **about)
            )
            settings[f"SAML_{way.upper()}_METADATA"] = str(sites[way].provider.metadata)
        with web_process(services, folder, port, **settings) as web:
            for way, site in sites.items():
                site.begin(people(site, way))
            tess = NewParty("complainant", "Tess Testeling", identity=TESS_BSN, channel="portal")
            number = act(services, NOOR, RegisterCase("klacht", "portal", today(services), (tess,), (), STORY))
            yield Saml(services, chromium, web.address, sites, number)


@pytest.fixture(autouse=True)
def _nothing_wrong_at_the_providers(there: Saml) -> Iterator[None]:
    yield
    assert [one for site in there.sites.values() for one in site.provider.failed] == []


def choose(page: Page, who: str) -> None:
    assert heading(page) == NAME
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_load_state()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(
    ("way", "who", "identity", "said"),
    [
        ("digid", "Tess", "bsn:999993653", "Ingelogd als Tess Testeling"),
        ("digid", "Bram voor Tess", "bsn:999990676", "U handelt namens Tess Testeling"),
        ("eherkenning", "Bouw", "kvk:68750110", "Ingelogd als Bouwbedrijf Van Loon"),
        ("eherkenning", "Vestiging", "kvk:68750110/000012345678", "Bouwbedrijf Van Loon"),
        ("eherkenning", "Kantoor", "kvk:90004760", "U handelt namens Bouwbedrijf Van Loon"),
        ("eidas", "Olena", "eidas:PL/NL/olena-0001", "Ingelogd als Olena Fantazja"),
        ("eidas", "Olena met BSN", "bsn:999993653", "Ingelogd als Olena Fantazja"),
    ],
)
def test_d10_d11_d12_somebody_comes_in_by_an_artifact(
    there: Saml, way: str, who: str, identity: str, said: str
) -> None:
    page = there.citizen(way, who, back="/mijn/gegevens")
    assert (page.url, heading(page)) == (f"{there.address}/mijn/gegevens", "Mijn gegevens")
    assert said in page.get_by_role("banner").inner_text()
    assert there.subject(page) == there.services.secrets.index(identity)
    page.context.close()


@pytest.mark.parametrize(("way", "who"), [("digid", "Tess"), ("eherkenning", "Bouw"), ("eidas", "Olena")])
def test_d10_d11_d12_who_stops_or_is_too_weak_reads_why_and_signs_in_again(there: Saml, way: str, who: str) -> None:
    page = there.citizen(way, STOP, back="/mijn/gegevens")
    for sentence, then in (("afgebroken", WEAK), ("niet sterk genoeg", who)):
        assert sentence in page.get_by_role("main").inner_text()
        assert (there.subject(page), found_by_axe(page)) == ("", [])
        page.get_by_role("link", name="Opnieuw inloggen").click()
        there.citizen(way, then, page, back="")
    assert page.url == f"{there.address}/mijn/gegevens"
    page.context.close()


def asked_level(site: SamlSite) -> str:
    (level,) = site.asked[-1].message.requested_authn_context.authn_context_class_ref
    return str(level.text)


def test_c20_a_form_comes_back_as_typed_after_a_stronger_sign_in(there: Saml) -> None:
    """The form was open while its case type came to demand a level."""
    page, digid = there.citizen("digid", "Ilse", back="/mijn/nieuw/klacht?deel=alles"), there.sites["digid"]
    assert asked_level(digid) == f"{CLASSES}Smartcard"
    page.locator("[name=what_happened]").fill("Het duurde een uur aan de balie.")
    put_in_use(there.services, demanding())
    page.get_by_role("button", name=ON).click()
    assert heading(page) == "Log sterker in"
    assert "is bewaard" in page.get_by_role("main").inner_text()
    page.get_by_role("link", name=UP).click()
    choose(page, "Ilse")
    assert asked_level(digid) == f"{CLASSES}SmartcardPKI"
    assert page.locator("[name=what_happened]").input_value() == "Het duurde een uur aan de balie."
    page.get_by_role("button", name=ON).click()
    assert heading(page) != "Log sterker in"
    page.context.close()


def test_c20_a_case_that_demands_a_level_is_read_after_a_stronger_sign_in(there: Saml) -> None:
    """Who is still too weak there stays in here as before."""
    put_in_use(there.services, demanding())
    page = there.citizen("digid", "Tess", back=f"/mijn/zaken/{there.number}")
    assert heading(page) == READ
    assert STORY["who"] not in page.content()
    page.get_by_role("link", name=UP).click()
    choose(page, WEAK)
    assert "niet sterk genoeg" in page.get_by_role("main").inner_text()
    page.goto("/mijn")
    page.get_by_role("link", name=READ).click()
    choose(page, "Tess")
    assert page.url == f"{there.address}/mijn/zaken/{there.number}"
    assert there.number in page.get_by_role("main").inner_text()
    assert heading(page) != READ
    page.context.close()


def sign_out(page: Page) -> list[str]:
    """The requests of the browser, from the button here until the page that says that somebody is out."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(f"{request.method} {request.url}"))
    page.get_by_role("banner").get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/uitgelogd")
    assert heading(page) == "U bent uitgelogd"
    return seen


@pytest.mark.parametrize(
    ("way", "who", "method"), [("digid", "Tess", "POST"), ("eherkenning", "Bouw", "GET"), ("eidas", "Olena", "")]
)
def test_d10_signing_out_here_goes_on_to_the_provider_and_back(there: Saml, way: str, who: str, method: str) -> None:
    """By a form, by an address, or without the browser; a BSN stands in no address."""
    page, provider = there.citizen(way, who), there.sites[way].provider
    session = list(provider.living)[-1]
    seen = sign_out(page)
    assert session not in provider.living
    there_too = [one.partition("?")[0] for one in seen if provider.pages in one]
    binding = {"POST": BINDING_HTTP_POST, "GET": BINDING_HTTP_REDIRECT}.get(method)
    assert there_too == ([f"{method} {provider.logout_at(binding)}"] if binding else [])
    assert not any("999993653" in one for one in seen)
    page.goto("/mijn")
    assert (heading(page), there.subject(page)) == ("Inloggen", "")
    there.citizen(way, who, page)
    assert heading(page) == "Mijn zaken"
    page.context.close()


@pytest.mark.parametrize(("way", "who"), [("digid", "Tess"), ("eherkenning", "Bouw")])
def test_d10_who_is_signed_out_in_part_reads_so(
    there: Saml, way: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = there.citizen(way, who)
    monkeypatch.setattr(there.sites[way], "partly", True)
    page.get_by_role("banner").get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/uitgelogd?*")
    assert "De inlogdienst heeft u niet helemaal uitgelogd" in page.get_by_role("main").inner_text()
    assert (there.subject(page), found_by_axe(page)) == ("", [])
    page.context.close()


@pytest.mark.parametrize(("way", "who"), [("digid", "Tess"), ("eherkenning", "Bouw")])
def test_d10_signing_out_at_the_provider_in_a_browser_ends_that_session_here_alone(
    there: Saml, way: str, who: str
) -> None:
    """At another computer the same person is signed in too, in a session of its own there."""
    page, elsewhere = there.citizen(way, who), there.citizen(way, who)
    page.goto(there.sites[way].sign_out_page)
    page.get_by_role("button", name=OUT_HERE, exact=True).click()
    page.wait_for_url(f"{there.sites[way].provider.pages}/uit-*")
    assert heading(page) == EVERYWHERE
    page.goto("/mijn")
    assert (heading(page), there.subject(page)) == ("Inloggen", "")
    elsewhere.reload()
    assert heading(elsewhere) == "Mijn zaken"
    for one in (page, elsewhere):
        one.context.close()


@pytest.mark.parametrize(("way", "who"), [("digid", "Tess"), ("eherkenning", "Bouw")])
def test_d10_a_provider_that_tells_all_organisations_from_one_page_hears_our_answer(
    there: Saml, way: str, who: str
) -> None:
    """In a frame for each of them, by a form or by an address."""
    page = there.citizen(way, who)
    page.goto(there.sites[way].sign_out_page)
    page.get_by_role("button", name=OUT_IN_FRAME).click()
    page.frame_locator("iframe").get_by_role("heading", name=EVERYWHERE).wait_for()
    page.goto("/mijn")
    assert (heading(page), there.subject(page)) == ("Inloggen", "")
    page.context.close()


def test_d10_d12_the_provider_signs_somebody_out_without_a_browser(there: Saml) -> None:
    page, eidas = there.citizen("eidas", "Olena"), there.sites["eidas"]
    assert eidas.tell(list(eidas.provider.living)[-1]) == 200
    page.reload()
    assert heading(page) == "Inloggen"
    page.context.close()


@pytest.mark.parametrize(("way", "who"), [("digid", "Tess"), ("eherkenning", "Bouw")])
def test_d10_without_scripts_signing_out_at_the_provider_takes_a_button(there: Saml, way: str, who: str) -> None:
    page = there.citizen(way, who, there.browser(scripts=False).new_page())
    assert heading(page) == "Mijn zaken"
    page.get_by_role("button", name="Uitloggen").click()
    assert heading(page) == "U bent hier uitgelogd"
    page.get_by_role("button", name="Ook daar uitloggen").click()
    if way == "digid":
        page.get_by_role("button", name="Continue").click()  # the page with which pysaml2 sends its answer
    page.wait_for_url("**/uitgelogd")
    assert heading(page) == "U bent uitgelogd"
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_d12_a_provider_that_takes_a_form_is_reached_by_a_button(there: Saml, scripts: bool) -> None:
    page = there.browser(scripts=scripts).new_page()
    page.goto("/inloggen")
    page.get_by_role("link", name=WAYS["eidas"]).click()
    assert (urlsplit(page.url).path, heading(page)) == ("/inloggen/start/eidas", "Naar eIDAS")
    assert not scripts or found_by_axe(page) == []
    page.get_by_role("button", name="Verder naar eIDAS").click()
    choose(page, "Olena")
    assert heading(page) == "Mijn zaken"
    page.context.close()


def way_back(there: Saml, who: str) -> dict[str, str]:
    """All with which the browser that came last to DigiD would come back to us, when this person was chosen there."""
    site = there.sites["digid"]
    return dict(parse_qsl(urlsplit(site.way_back(site.asked[-1], who).to).query))


def test_d10_a_used_artifact_in_the_address_bar_lets_nobody_in(there: Saml) -> None:
    page, brought = there.at_provider("digid"), list[str]()
    page.on("request", lambda one: brought.append(one.url) if "/inloggen/saml/terug/" in one.url else None)
    choose(page, "Tess")
    first = there.subject(page)
    elsewhere = there.browser().new_page()
    for one in (elsewhere, page):
        one.goto(brought[0])
        assert heading(one) == "Inloggen is niet gelukt"
    assert (there.subject(elsewhere), there.subject(page)) == ("", first)
    for one in (page, elsewhere):
        one.context.close()


def test_d10_an_artifact_of_somebody_else_lets_nobody_in_as_that_person(there: Saml) -> None:
    """Neither with the words of that person's own sign-in, nor put into a sign-in that began here, which is spoilt by it."""
    other = there.at_provider("digid")
    theirs = way_back(there, "Ilse")
    page = there.at_provider("digid")
    own = way_back(there, "Tess")
    for brought in (theirs, {**theirs, "RelayState": own["RelayState"]}, own):
        page.goto(f"/inloggen/saml/terug/digid?{urlencode(brought)}")
        assert (heading(page), there.subject(page)) == ("Inloggen is niet gelukt", "")
    page.get_by_role("link", name="Opnieuw inloggen").click()
    assert heading(there.citizen("digid", "Tess", page, back="")) == "Mijn zaken"
    for one in (page, other):
        one.context.close()


def test_d10_an_artifact_for_one_way_is_taken_by_no_other(there: Saml) -> None:
    page = there.at_provider("digid")
    page.goto(f"/inloggen/saml/terug/eherkenning?{urlencode(way_back(there, 'Tess'))}")
    assert (heading(page), there.subject(page)) == ("Inloggen is niet gelukt", "")
    page.context.close()


def test_d10_going_back_after_signing_out_shows_nothing(there: Saml) -> None:
    """Nor does the page of the provider that is behind it in the history: what was asked there was answered."""
    page = there.citizen("digid", "Tess", back="/mijn/gegevens")
    sign_out(page)
    page.go_back()
    assert (page.url, heading(page)) == (f"{there.address}/inloggen?terug=/mijn/gegevens", "Inloggen")
    assert "Tess Testeling" not in page.content()
    page.go_back()
    choose(page, "Tess")
    assert (heading(page), there.subject(page)) == ("Inloggen is niet gelukt", "")
    page.context.close()


def test_d10_two_windows_sign_in_at_once(there: Saml) -> None:
    """The window that began first comes in last, and each at its own page."""
    browser = there.browser()
    first = there.at_provider("digid", browser.new_page(), back="/mijn/gegevens")
    second = there.at_provider("digid", browser.new_page(), back="/mijn/nieuw")
    choose(second, "Tess")
    choose(first, "Tess")
    assert [urlsplit(one.url).path for one in (first, second)] == ["/mijn/gegevens", "/mijn/nieuw"]
    second.reload()
    assert "Tess Testeling" in second.get_by_role("banner").inner_text()
    browser.close()
