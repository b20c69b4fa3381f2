"""Every case type of the demo, met by who has a part in it: axe looks at each page, at telephone and desktop width."""

import re

import pytest
from person import Person

CASE_TYPES = ("bezwaar", "beroep", "voorlopige-voorziening", "woo-verzoek", "klacht", "juridisch-advies")
TABS = ("", "/documenten", "/partijen", "/verzoeken", "/tijdlijn", "/tekening")
SEEDED = ("Woo-verzoek", "Klacht", "Beroep", "Voorlopige voorziening")


def links(person: Person, pattern: str) -> list[str]:
    found = person.page.get_by_role("main").get_by_role("link").evaluate_all("all => all.map(one => one.pathname)")
    return list(dict.fromkeys(one for one in found if re.fullmatch(pattern, one)))


@pytest.mark.parametrize("kind", CASE_TYPES)
def test_o38_each_case_type_can_be_registered(noor, kind):
    noor.open("/werk/nieuw").open(f"/werk/nieuw/{kind}")
    noor.page.get_by_role("main").get_by_role("button", name=re.compile("registreren")).click()
    noor.page.wait_for_load_state()
    noor.look().sees("Niet alles is goed ingevuld")


@pytest.mark.parametrize("kind", SEEDED)
def test_o44_the_worker_sees_every_side_of_a_seeded_case(noor, kind):
    noor.open(f"/werk/zaken?zoek={kind.replace(' ', '+')}")
    (address, *_) = links(noor, r"/werk/zaken/[A-Z]+-\d+-\d+")
    for tab in TABS:
        noor.open(address + tab)
        if not tab:
            noor.picture(f"workbench-{kind.lower().replace(' ', '-')}")
    for task in links(noor.open(address), r"/werk/taken/\w+"):
        noor.open(task)
    for change in (f"{address}/datums", f"{address}/partijen/nieuw"):
        noor.page.goto(noor.base + change)  # a closed case answers with why not
        noor.look()


def test_o42_the_word_wob_still_finds_a_woo_request(noor):
    assert links(noor.open("/werk/zaken?zoek=Wob"), r"/werk/zaken/WOO-\d+-\d+")


@pytest.mark.parametrize(
    ("name", "word"),
    [("Lotte Nepveld", "Woo-verzoek"), ("Wim Schijnmaker", "Klacht"), ("Kees Denkbeeldig", "Beroep")],
)
def test_d24_citizens_see_their_case_of_each_type(people, name, word):
    someone = people("/mijn", name, "Inloggen met DigiD").sees(word)
    for address in links(someone, r"/mijn/zaken/[A-Z]+-\d+-\d+"):
        someone.open(address)
        someone.picture(f"citizen-{word.lower()}")


def test_d48_no_list_names_who_a_complaint_is_about(people, noor):
    noor.open("/werk/zaken?zoek=klacht").sees("Klacht").sees_not("Bart Baliemans")
    visitor = people().open("/demo/postvak?aan=bart.baliemans")
    mail = links(visitor, r"/demo/postvak/\d+")
    visitor.open(mail[0])
    link = visitor.page.get_by_role("main").get_by_role("link", name="/verzoek/").first.get_attribute("href")
    people().open(link).sees("Klacht").sees_not("Verzonnenstraat").picture("person-complaint")


def test_b4_the_administrator_reads_and_changes_the_law(people):
    fenna = people("/beheer/wettelijke-termijnen", "Fenna Beheer").sees("Awb 7:10").picture("admin-law")
    rules = links(fenna, r"/beheer/wettelijke-termijnen/regel/[\w-]+/[\w-]+")
    fenna.open(rules[0]).open(f"{rules[0]}/wijzigen")
    for address in links(fenna.open("/beheer/wettelijke-termijnen"), r"/beheer/wettelijke-termijnen/[\w-]+"):
        fenna.open(address)
