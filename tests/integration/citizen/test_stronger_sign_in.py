"""C20: a case type may demand a higher level of sign-in. Who is in below it signs in again at that level and comes back where they were."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from kit.browser import ORIGIN, TestClient, hidden_fields
from kit.cases import put_in_use, shipped, today
from kit.installation import installation
from kit.people import TESS_BSN
from kit.saml_keys import Authority
from kit.small_portal import services_of, sign_in

from engine import Folder
from portal.app import create_app
from portal.begun import sealed_begun
from portal.sign_on.journey import Journey
from portal.sign_on.saml.messages import level_words
from portal.sign_on.saml.ways import saml_way
from processes.actions import act
from processes.actions.registering import NewParty, RegisterCase
from processes.base.actor import Actor, ActorKind
from processes.base.errors import NotAllowed, NotFound
from processes.base.settings import Settings
from processes.reads.citizen import read_start, read_types_for_visitors
from processes.storage.services import Services

FORM = "/mijn/nieuw/klacht"
PAGE = "Log sterker in"
AGAIN = re.compile(r'href="(/inloggen/start/[^"]*)"')


def demanding(name: str, level: str = "high") -> Folder:
    """A case type as it is shipped, that demands this level."""
    folder = shipped(name)
    drawn = folder.drawing.replace(b"<case:caseType ", f'<case:caseType signInLevel="{level}" '.encode(), 1)
    return replace(folder, drawing=drawn)


def furnish(services: Services) -> None:
    put_in_use(services, demanding("klacht"))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with installation(tmp_path, furnish) as services:
        yield TestClient(create_app(services))


def way_up(page: str) -> str:
    """Where the page sends somebody who must sign in more strongly."""
    return html.unescape(AGAIN.search(page)[1])


def at_level(client: TestClient, address: str, told: str = "all") -> str:
    """The page after signing in there, as Tess; the provider tells what it is asked, or something else."""
    fields = hidden_fields(client.get(address).text) | {"person": "tess", "told": told}
    return str(client.post("/demo/aanmelden/authorize", data=fields, headers=ORIGIN).text)


def test_c20_who_signed_in_below_the_level_of_a_case_type_signs_in_again_and_comes_back(client: TestClient) -> None:
    page = sign_in(client, "tess", back=FORM)
    assert (page.status_code, PAGE in page.text, "Klacht" in page.text) == (403, True, True)
    up = way_up(page.text)
    assert (urlsplit(up).path, parse_qs(urlsplit(up).query)) == (
        "/inloggen/start/digid", {"niveau": ["high"], "terug": [FORM]},
    )  # fmt: skip
    form = at_level(client, up)
    assert PAGE not in form
    assert 'name="csrf"' in form
    assert client.get(FORM).status_code == 200


def test_c20_what_was_typed_before_is_kept_over_the_stronger_sign_in(client: TestClient) -> None:
    """The form was open while the case type changed, or was sent by a page of before: it is not filed, and not lost."""
    sign_in(client, "tess")
    csrf = hidden_fields(client.get("/mijn/gegevens").text)["csrf"]
    typed = {"csrf": csrf, "form_key": "k1", "email": "tess@post.example"}
    for address in (FORM, f"{FORM}/versturen"):
        page = client.post(address, data=typed, headers=ORIGIN)
        assert (page.status_code, PAGE in page.text, "is bewaard" in page.text) == (403, True, True), page.text
    shown = at_level(client, way_up(page.text))
    assert "tess@post.example" in client.get(f"{FORM}?deel=gegevens").text, shown


@pytest.mark.parametrize(
    ("address", "sent", "part"),
    [(FORM, "", "alles"), (FORM, "verhaal", "verhaal"), (f"{FORM}/versturen", "", "nakijken")],
)
def test_c20_a_stronger_sign_in_comes_back_to_the_part_of_the_form_that_was_open(
    client: TestClient, address: str, sent: str, part: str
) -> None:
    sign_in(client, "tess")
    csrf = hidden_fields(client.get("/mijn/gegevens").text)["csrf"]
    typed = {"csrf": csrf, "form_key": "k1", "email": "tess@post.example", **({"deel": sent} if sent else {})}
    page = client.post(address, data=typed, headers=ORIGIN)
    assert parse_qs(urlsplit(way_up(page.text)).query)["terug"] == [f"{FORM}?deel={part}"]
    shown = at_level(client, way_up(page.text))
    assert "tess@post.example" in shown
    assert ('name="deel" value="verhaal"' in shown) == (part == "verhaal")


def test_c20_all_parts_on_one_page_stay_so_over_a_stronger_sign_in(client: TestClient) -> None:
    page = sign_in(client, "tess", back=f"{FORM}?deel=alles")
    shown = at_level(client, way_up(page.text))
    assert 'name="deel"' not in shown
    assert 'name="email"' in shown


def test_c20_a_provider_that_still_tells_a_lower_level_lets_nobody_up(client: TestClient) -> None:
    page = sign_in(client, "tess", back=FORM)
    assert "niet sterk genoeg" in at_level(client, way_up(page.text), "too_weak")
    assert client.get(FORM).status_code == 403
    assert client.get("/mijn").status_code == 200  # the sign-in of before goes on


def test_c20_nobody_files_without_signing_in_what_demands_a_level(client: TestClient) -> None:
    services = services_of(client)
    assert "klacht" not in {one.code for one in read_types_for_visitors(services)}
    with pytest.raises(NotFound):
        read_start(services, "klacht", visitor=True)


def test_c20_who_began_before_a_level_was_demanded_files_at_that_level_all_the_same(client: TestClient) -> None:
    """The hidden field of a form that was begun says under which version; that one asked for less. It serves whoever has it."""
    services = services_of(client)
    put_in_use(services, shipped("klacht"))
    (began,) = {
        each.form.version for each in (read_start(services, "klacht"), read_start(services, "klacht", visitor=True))
    }
    put_in_use(services, demanding("klacht"))
    assert read_start(services, "klacht", began).level == "high"
    with pytest.raises(NotFound):
        read_start(services, "klacht", began, visitor=True)
    sign_in(client, "tess")
    begun = sealed_begun(services, read_start(services, "klacht", began).form, date(2026, 1, 1))
    csrf = hidden_fields(client.get("/mijn/gegevens").text)["csrf"]
    for address in (FORM, f"{FORM}/versturen"):
        page = client.post(address, data={"csrf": csrf, "form_key": "k1", "begonnen": begun}, headers=ORIGIN)
        assert (page.status_code, PAGE in page.text) == (403, True)


@pytest.mark.parametrize(
    ("subject", "level", "error"),
    [("tess", "substantial", "sterker inloggen"), ("tess", "", "sterker inloggen"), ("visitor:1", "high", "mag dit niet"), ("tess", "high", "")],
)  # fmt: skip
def test_c20_a_case_that_demands_a_level_is_registered_for_nobody_below_it(
    client: TestClient, subject: str, level: str, error: str
) -> None:
    """Asked of the action itself too, also under a version of before."""
    services = services_of(client)
    put_in_use(services, shipped("klacht"))
    began = read_start(services, "klacht").form.version
    put_in_use(services, demanding("klacht"))
    who = NewParty(
        "complainant", "Tess Testeling", identity=TESS_BSN, channel="portal", address="Dorpsweg 1\n1234 AA Zandstede"
    )
    actor = Actor(
        ActorKind.CITIZEN, services.secrets.index(TESS_BSN) if subject == "tess" else subject, "Tess", level=level
    )
    for version in (None, began):
        wanted = RegisterCase("klacht", "portal", today(services), (who,), version=version)
        if error:
            with pytest.raises(NotAllowed, match=error):
                act(services, actor, wanted)
        else:
            assert act(services, actor, wanted)


def test_c20_saml_asks_for_the_level_that_is_demanded(tmp_path: Path) -> None:
    own = Authority(tmp_path).issue("wij")
    settings = Settings(public_url="https://zaken.example.org", saml={"keys": str(own), "digid_metadata": "/later.xml"})
    way = saml_way(settings, "digid")
    assert way is not None
    levels = [
        way.at_least(Journey("citizen", "digid", "/", level).level).level for level in ("", "substantial", "high")
    ]
    assert levels == ["substantial", "substantial", "high"]
    assert level_words("digid", levels[-1]).endswith(":SmartcardPKI")
