"""D10 to D12, C2 and C20 at the simulator of the demo: each way in which a sign-in goes, filing together, and where somebody is signed in."""

import re
from typing import Any

import pytest
from person import Person

DIGID, COMPANY, ABROAD = "Inloggen met DigiD", "Inloggen met eHerkenning", "Log in with eIDAS"


def told(people: Any, way: str, name: str, what: str) -> Person:
    """Somebody signs in, and the provider tells this of them."""
    person = people()
    person.open("/mijn").page.get_by_role("link", name=way).click()
    person.look().select("Wat vertelt de inlogdienst?", what)
    person.page.get_by_role("button", name=f"Log in als {name}").click()
    person.page.wait_for_load_state()
    return person


def banner(person: Person) -> str:
    return person.page.get_by_role("banner").inner_text()


@pytest.mark.parametrize(
    ("way", "name", "what", "said"),
    [
        (DIGID, "Tess Testeling", "Alles, met de naam", "Ingelogd als Tess Testeling"),
        (DIGID, "Tess Testeling", "Geen naam", "Ingelogd als Tess Testeling"),  # by the register
        (DIGID, "Bram van Proefhuizen", "Een machtiging van een ander (DigiD Machtigen)", "U handelt namens Tess Testeling"),
        (COMPANY, "Verzonnen Bouw B.V.", "Alles, met de naam", "Ingelogd als Verzonnen Bouw B.V."),
        (COMPANY, "Verzonnen Bouw B.V.", "Een machtiging via een kantoor (ketenmachtiging)", "U handelt namens Verzonnen Bouw B.V."),
        (COMPANY, "Verzonnen Bouw B.V.", "Een machtiging voor één vestiging", "vestiging 000012345678"),
        (ABROAD, "Olena Fantazja", "Alles, met de naam", "Ingelogd als Olena Fantazja"),
    ],
)  # fmt: skip
def test_d10_d11_d12_the_demo_lets_each_kind_of_person_in(
    people: Any, way: str, name: str, what: str, said: str
) -> None:
    person = told(people, way, name, what)
    assert said in banner(person)


@pytest.mark.parametrize(
    ("way", "name", "what", "sentence"),
    [
        (DIGID, "Tess Testeling", "Een te laag niveau", "niet sterk genoeg"),
        (DIGID, "Tess Testeling", "Niets: er is een storing", "De inlogdienst werkt nu niet"),
        (COMPANY, "Verzonnen Bouw B.V.", "Een machtiging voor een deel dat wij niet kennen", "een deel van het bedrijf"),
        (COMPANY, "Verzonnen Bouw B.V.", "Een machtiging die al voorbij is", "kunnen wij hier niet gebruiken"),
        (ABROAD, "Olena Fantazja", "Een te laag niveau", "niet sterk genoeg"),
    ],
)  # fmt: skip
def test_d10_d11_d12_who_does_not_come_in_reads_why_and_comes_in_after_all(
    people: Any, way: str, name: str, what: str, sentence: str
) -> None:
    person = told(people, way, name, what)
    person.trouble.clear()  # that the page answers with an error is told on the console
    person.look().sees(sentence)
    person.sign_in("/mijn", name, way)
    assert f"Ingelogd als {name}" in banner(person)


def test_d12_w19_who_has_no_name_at_the_provider_nor_in_a_register_is_asked_for_it(people: Any) -> None:
    olena = told(people, ABROAD, "Olena Fantazja", "Geen naam")
    assert "Olena" not in banner(olena)
    olena.open("/mijn/nieuw/bezwaar?deel=gegevens").fill("Naam", "Olena Fantazja")
    assert olena.page.locator("main input[name=name]").input_value() == "Olena Fantazja"


def test_d10_who_stops_at_the_provider_reads_that_nothing_happened(people: Any) -> None:
    person = people()
    person.open("/mijn").page.get_by_role("link", name=DIGID).click()
    person.look().press("Afbreken").sees("afgebroken")


def test_c20_another_person_for_whom_one_acts_is_another_session(people: Any) -> None:
    bram = told(people, DIGID, "Bram van Proefhuizen", "Een machtiging van een ander (DigiD Machtigen)")
    cookie = session_of(bram)
    bram.look().press("Verder voor mijzelf")
    assert "namens" not in banner(bram)
    assert session_of(bram) != cookie


def session_of(person: Person) -> str:
    (found,) = [one["value"] for one in person.page.context.cookies() if one["name"].endswith("citizen")]
    return str(found)


def test_c20_somebody_sees_where_they_are_signed_in_and_signs_out_there(people: Any) -> None:
    here, there = (people("/mijn", "Yasmina el Voorbeeld", DIGID) for _ in range(2))
    here.open("/mijn/gegevens").sees("Waar u bent ingelogd", "Dit apparaat, nu", "Nog ingelogd", "DigiD")
    here.press("Overal uitloggen")
    here.look()
    there.page.goto(f"{there.base}/mijn")
    assert "/inloggen" in there.page.url
    here.page.goto(f"{here.base}/mijn")
    assert "/inloggen" in here.page.url


def test_c20_two_people_in_one_browser_lose_nothing_and_send_nothing_as_the_other(people: Any) -> None:
    wim = people("/mijn", "Wim Schijnmaker", DIGID)
    first = wim.page
    wim.open("/mijn/nieuw/bezwaar")
    first.get_by_role("button", name="Alles op één pagina").click()
    first.get_by_label("Waarom bent u het er niet mee eens?").fill("Dit schreef Wim.")
    second = first.context.new_page()
    second.goto(f"{wim.base}/mijn")
    second.get_by_role("button", name="Uitloggen").click()
    second.wait_for_load_state()
    second.goto(f"{wim.base}/mijn")
    second.get_by_role("link", name=DIGID).click()
    second.get_by_role("button", name="Log in als Yasmina el Voorbeeld").click()
    second.wait_for_load_state()
    first.get_by_role("button", name=re.compile("nakijken|Verder")).first.click()
    first.wait_for_load_state()
    wim.trouble.clear()  # that the page answers with an error is told on the console
    wim.look().sees("Dit formulier is van iemand anders", "Er is niets verstuurd.")
    second.goto(f"{wim.base}/mijn/nieuw/bezwaar?deel=alles")
    assert "Dit schreef Wim." not in second.content()
    second.get_by_role("button", name="Uitloggen").click()
    second.wait_for_load_state()
    wim.sign_in("/mijn", "Wim Schijnmaker", DIGID)
    first.goto(f"{wim.base}/mijn/nieuw/bezwaar?deel=alles")
    first.wait_for_load_state()
    assert "Dit schreef Wim." in first.content()


def test_c2_two_people_file_together_and_each_confirms_by_an_own_sign_in(people: Any) -> None:
    lotte = people("/mijn", "Lotte Nepveld", DIGID)
    lotte.open("/mijn/nieuw/bezwaar")
    lotte.page.get_by_label("Voor mijzelf, samen met anderen").check()
    lotte.page.locator("[name=mede-0-name]").fill("Yasmina el Voorbeeld")
    lotte.page.locator("[name=mede-0-email]").fill("yasmina@samen.example")
    lotte.press("Verder").fill("Waar gaat het besluit over?", "De linde op de hoek")
    lotte.fill("Wanneer kreeg u het besluit?", "10-11-2026")
    lotte.press("Verder").fill("Waarom bent u het er niet mee eens?", "De boom is gezond.").press("Verder").press(
        "Verder"
    )
    lotte.press("Verder naar nakijken").sees("Samen met", "Yasmina el Voorbeeld").press("Versturen")
    lotte.open_until_it_has("/demo/postvak", "Lotte Nepveld dient iets in en noemt u (Gemeente Voorbeeldstad)")
    lotte.follow("Lotte Nepveld dient iets in en noemt u (Gemeente Voorbeeldstad)")
    invitation = str(lotte.page.locator("a[href*='/mijn/meedoen/']").first.get_attribute("href"))
    bram = people(invitation, "Bram van Proefhuizen", DIGID)
    bram.sees("Deze uitnodiging is voor iemand anders").sees_not("De linde op de hoek")
    yasmina = people(invitation, "Yasmina el Voorbeeld", DIGID)
    yasmina.sees("Doet u mee?", "De linde op de hoek").press("Ik doe mee")
    yasmina.sees("U doet mee")
    yasmina.open("/mijn").follow("De linde op de hoek").sees("De linde op de hoek")
