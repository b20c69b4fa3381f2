"""S18, D8: the house style on the pages of the administrator: proposed, checked, seen, taken into use, and back."""

import json
import re
from datetime import date, timedelta

import pytest
from kit.browser import Browser
from kit.cases import rows
from kit.people import NOOR

from processes.actions import act
from processes.actions.house_style import ReturnToStyle, SaveStyleProposal, UseStyle
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotAllowed
from processes.house_style.style import HouseStyle
from processes.house_style.themes import theme
from processes.storage.services import Services
from processes.storage.tables import HouseStyleFile, HouseStyleRow

HOME = "/beheer/huisstijl"
SHEET = re.compile(r'href="(/huisstijl/\d+/[0-9a-f]{16}\.css)"')
OPEN = "/inloggen"  # a page for which nobody signs in


def typed(browser: Browser, **more: str) -> dict[str, str]:
    """What stands in the form, as a browser would send it."""
    browser.get(f"{HOME}/wijzigen")
    fields = dict(re.findall(r'<input class="utrecht-textbox[^>]*? name="([^"]+)" value="([^"]*)"', browser.html))
    fields |= dict(
        re.findall(r'<select [^>]*? name="([^"]+)".*?<option value="([^"]*)" selected', browser.html, re.DOTALL)
    )
    return {**fields, "corners": "soft", **more}


def test_s18_a_style_is_proposed_checked_mended_and_used_and_stands_on_every_face(
    fenna: Browser, services: Services
) -> None:
    assert SHEET.search(fenna.get(OPEN)) is None
    page = fenna.post(
        f"{HOME}/wijzigen",
        typed(fenna, button_back="F0A000", privacy="https://duinstede.example/privacy"),
    )
    assert "De tekst wit (#ffffff) op uw knoppen #f0a000: 2,1 : 1, nodig 4,5 : 1." in page
    assert "Dat kan zodra alle kleuren goed te lezen zijn." in page
    with pytest.raises(Invalid):
        act(services, fenna.actor, UseStyle(date(2036, 1, 1), "Nieuw.", HouseStyle().digest))
    page = fenna.post(f"{HOME}/voorstel/herstellen")
    assert "Ja, alle kleuren verschillen genoeg" in page
    today = re.search(r'name="valid_from" value="([^"]+)"', fenna.html)[1]
    page = fenna.post(f"{HOME}/voorstel/in-gebruik", {"valid_from": today, "reason": "De raad koos een nieuwe stijl."})
    assert "De raad koos een nieuwe stijl." in page
    assert "Fenna Beheer" in page
    button = rows(services, HouseStyleRow)[0].style["colours"]["button_back"]
    assert button in page
    for address in (OPEN, HOME, "/openbaar", "/niets"):
        answer = fenna.client.get(address).text
        assert 'href="https://duinstede.example/privacy"' in answer, address
        sheet = fenna.client.get(SHEET.search(answer)[1])
        assert f"--basis-color-action-1-inverse-bg-default: {button};" in sheet.text
        assert (sheet.headers["content-type"], "immutable" in sheet.headers["cache-control"]) == (
            "text/css; charset=utf-8",
            True,
        )


def test_s18_one_press_goes_back_to_any_earlier_style_and_a_later_one_can_be_withdrawn(
    fenna: Browser, services: Services
) -> None:
    today = local_date(services.clock.now())
    for code, day in (("duinstede", today), ("lindewaard", today), ("duinstede", today + timedelta(days=30))):
        style, files = theme(code)
        act(services, fenna.actor, SaveStyleProposal(style, tuple(files.values())))
        act(services, fenna.actor, UseStyle(day, f"Naar {code}.", style.digest))
    services.styles.forget()  # as the pages do after such an act
    first, second, third = rows(services, HouseStyleRow)
    page = fenna.get(HOME)
    assert ("Naar lindewaard." in page, "Gaat in op" in page) == (True, True)
    assert f"/huisstijl/{second.id}/" in fenna.html
    fenna.post(f"{HOME}/versie/{first.id}/terug")
    assert "De huisstijl is teruggezet" in fenna.html
    assert theme("duinstede")[0].digest in SHEET.search(fenna.html)[1]
    page = fenna.post(f"{HOME}/versie/{third.id}/intrekken")
    assert ("Die huisstijl gaat niet in" in page, "Gaat in op" in page) == (True, False)
    fenna.post(f"{HOME}/versie/{first.id}/intrekken", status=409)
    fenna.post(f"{HOME}/versie/0/terug")
    assert SHEET.search(fenna.html) is None
    assert len(rows(services, HouseStyleRow)) == 5


def test_s18_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(fenna: Browser, services: Services) -> None:
    wrong = typed(fenna, link="rood", privacy="javascript:alert(1)", text_font="own", logo_alt="Een naam die blijft")
    page = fenna.post(f"{HOME}/wijzigen", wrong, status=422)
    for words in (
        "Links: vul een kleur in",
        "Privacyverklaring: vul een heel adres in dat begint met https://",
        'value="Een naam die blijft"',
        'value="rood"',
    ):
        assert words in page
    files = {
        "logo": ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><script>x</script></svg>")
    }
    page = fenna.post(f"{HOME}/wijzigen", typed(fenna, logo_alt="Blijft"), files=files, status=422)
    assert ("In dit logo staat niets dat wij kunnen tekenen" in page, 'value="Blijft"' in page) == (True, True)
    page = fenna.post(
        f"{HOME}/wijzigen", typed(fenna, logo_alt="Blijft ook"), files={"logo": ("logo.exe", b"MZ")}, status=422
    )
    assert ("kunt u hier niet toevoegen" in page, 'value="Blijft ook"' in page) == (True, True)
    assert (rows(services, HouseStyleRow), rows(services, HouseStyleFile)) == ([], [])


def test_s18_two_people_in_one_proposal_are_told_of_each_other(fenna: Browser, services: Services) -> None:
    mine = typed(fenna, logo_alt="Van mij")
    held = fenna.held(f"{HOME}/wijzigen")
    act(services, fenna.actor, SaveStyleProposal(HouseStyle(logo_alt="Van een ander")))
    page = fenna.post(f"{HOME}/wijzigen", {**mine, "seen": held["seen"]}, status=422)
    assert "Fenna Beheer heeft dit voorstel intussen gewijzigd" in page
    assert 'value="Van mij"' in page
    assert "Van mij" in fenna.post(f"{HOME}/wijzigen", mine)


def test_s18_a_style_goes_from_one_installation_to_another_as_one_file(fenna: Browser, services: Services) -> None:
    fenna.get(HOME)
    fenna.post(f"{HOME}/begin", {"theme": "lindewaard"})
    (row,) = rows(services, HouseStyleRow)
    content = fenna.client.get(f"{HOME}/versie/{row.id}/bestand").content
    assert json.loads(content)["format"] == "zaakspoor-huisstijl-1"
    fenna.get(HOME)
    fenna.post(f"{HOME}/voorstel/weggooien")
    assert (rows(services, HouseStyleRow), rows(services, HouseStyleFile)) == ([], [])
    fenna.post(f"{HOME}/bestand", files={"file": ("huisstijl.json", content)})
    (row,) = rows(services, HouseStyleRow)
    assert row.style == theme("lindewaard")[0].as_record()
    logo = fenna.client.get(f"/huisstijl/bestand/{row.style['logo']}")
    assert (logo.headers["content-type"], "sandbox" in logo.headers["content-security-policy"]) == (
        "image/svg+xml",
        True,
    )
    for bad in (
        b"{}",
        b"[" * 5000,
        content.replace(b"#1f5c3a", b"red;}*{x"),
        content.replace(b'"contact": ""', b'"contact": 5'),
    ):
        fenna.get(HOME)
        assert "Niet alles is goed ingevuld" in fenna.post(
            f"{HOME}/bestand", files={"file": ("huisstijl.json", bad)}, status=422
        )


def test_d8_the_examples_of_each_face_and_the_letter_wear_the_proposed_style_before_it_is_in_use(
    fenna: Browser, services: Services
) -> None:
    style, files = theme("duinstede")
    number = act(services, fenna.actor, SaveStyleProposal(style, tuple(files.values())))
    assert SHEET.search(fenna.get(f"{HOME}/voorbeeld/{number}")) is None
    assert 'sandbox="allow-same-origin"' in fenna.html
    for page in ("burger", "afdeling", "werkplek", "openbaar", "brief"):
        answer = fenna.client.get(f"{HOME}/voorbeeld/{number}/{page}")
        assert style.digest in SHEET.search(answer.text)[1]
        assert style.logo in answer.text
        assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert fenna.client.get(f"{HOME}/voorbeeld/{number}/brief.pdf").content.startswith(b"%PDF")
    assert SHEET.search(fenna.get(OPEN)) is None


def test_s18_only_an_administrator_changes_the_style(services: Services) -> None:
    with pytest.raises(NotAllowed):
        act(services, NOOR, ReturnToStyle(0))
    assert Browser(services, NOOR).status(HOME) == 403


def test_s18_an_address_of_a_style_that_is_not_there_is_not_found(fenna: Browser) -> None:
    for address in (
        "BZW-1/x.css",
        "0/x.css",
        "-1/x.svg",
        "99999999999999999999/x.css",
        "1/../x.css",
        "bestand/x",
        f"bestand/{'a' * 64}",
    ):
        assert fenna.status(f"/huisstijl/{address}") in {404, 422}, address
    for address in (
        "voorbeeld/BZW-1",
        "voorbeeld/99999999999",
        "voorbeeld/7",
        "voorbeeld/0/niets",
        "versie/7/bestand",
        "voorstel",
    ):
        assert fenna.status(f"{HOME}/{address}") in {404, 422}, address
