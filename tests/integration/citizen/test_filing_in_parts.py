"""C8: one group of questions on a page, kept at every step, also on another device; everything once more before it is sent."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, days_ago, handed_in, put_in_use, rows
from kit.documents import PDF
from kit.installation import installation
from kit.people import BRAM, TESS

from processes.base.registers import Registers
from processes.base.registers.invented import InventedRegisters
from processes.storage.services import Services
from processes.storage.tables import Case, Decision, DraftRow

FORM, SEND = "/mijn/nieuw/bezwaar", "/mijn/nieuw/bezwaar/versturen"
FILE = {"submission": ("foto.pdf", PDF, "application/pdf")}
CONTACT = {"channel": "portal", "email": "tess@post.example", "phone": "", "address": ""}
ORDER = ["besluit", "verhaal", "bijlagen", "gegevens", "nakijken"]


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen",)) as opened:
        yield opened


@pytest.fixture
def tess(services: Services) -> Browser:
    return Browser(services, TESS)


def decision(services: Services) -> dict[str, str]:
    told = days_ago(services, 10).isoformat()
    return {"decision-0-subject": "Weigering parkeervergunning", "decision-0-announced_on": told}


def part(browser: Browser) -> str:
    """The part that the address of the page names; that of the first page has none."""
    return browser.url.partition("deel=")[2]


def fields(page: str) -> set[str]:
    """The names of the fields that somebody sees."""
    return set(
        re.findall(
            r'<(?:input type="(?!hidden)[^"]*"|input class[^>]*?|textarea class[^>]*?)[^>]*? name="([^"]+)"', page
        )
    )


def test_c8_a_case_is_filed_part_by_part_and_read_once_more(services: Services, tess: Browser) -> None:
    page = tess.get(FORM)
    assert "Stap 1 van 6" in page
    assert "Met dit formulier maakt u bezwaar" in page
    assert "grounds" not in fields(page)
    assert page.index("Met dit formulier") < page.index("voor iemand anders?")
    typed = [{"voor": "mijzelf"}, decision(services), {"grounds": "Ik woon hier al jaren"}, {}, CONTACT]
    seen = []
    for at, step in enumerate(typed):
        tess.post(FORM, step, FILE if at == 3 else None)
        seen.append(part(tess))
    assert seen == ORDER
    for text in (
        "Kijk alles na",
        "Weigering parkeervergunning",
        "Ik woon hier al jaren",
        "foto.pdf",
        "tess@post.example",
    ):
        assert text in tess.html
    assert rows(services, Case) == []
    assert "Uw zaak is ingediend" in tess.post(SEND)
    assert [one.subject for one in rows(services, Decision)] == ["Weigering parkeervergunning"]
    assert [one.file_name for one in handed_in(services)] == ["foto.pdf"]
    assert rows(services, DraftRow) == []


def test_c8_one_goes_on_elsewhere_from_what_was_kept_at_each_step(services: Services, tess: Browser) -> None:
    tess.get(FORM)
    tess.post(FORM, {"voor": "mijzelf"})
    tess.post(FORM, decision(services))
    elsewhere = Browser(services, TESS)
    page = elsewhere.get(FORM)
    assert "Verder met wat u eerder invulde" in page
    assert 'name="decision-0-subject" value="Weigering parkeervergunning"' in page
    page = elsewhere.get(f"{FORM}?deel=besluit")
    assert "decision-0-subject" in fields(page)
    assert 'value="Weigering parkeervergunning"' in page
    assert "Weigering parkeervergunning" not in Browser(services, BRAM).get(f"{FORM}?deel=besluit")


def test_c8_the_mistakes_of_a_part_stand_on_it_all_at_once_and_nothing_typed_is_lost(tess: Browser) -> None:
    tess.get(f"{FORM}?deel=verhaal")
    tess.post(FORM, {"grounds": "Ik woon hier al jaren"})
    tess.get(f"{FORM}?deel=besluit")
    page = tess.post(FORM, {"decision-0-number": "P" * 81}, status=422)
    for field in ("decision-0-number", "decision-0-subject", "decision-0-announced_on"):
        assert f'href="#field-{field}"' in page
    assert 'href="#field-channel"' not in page
    assert 'name="grounds" value="Ik woon hier al jaren"' in page


def test_c8_who_skips_a_part_comes_back_to_it_before_sending(services: Services, tess: Browser) -> None:
    tess.get(f"{FORM}?deel=gegevens")
    page = tess.post(FORM, CONTACT, status=422)
    assert "Om welk besluit gaat het?" in page
    assert 'href="#field-decision-0-subject"' in page
    page = tess.post(FORM, decision(services))
    assert part(tess) == "verhaal"
    assert "Kijk alles na" in tess.get(f"{FORM}?deel=nakijken")


def test_c8_the_step_before_keeps_what_was_typed_on_this_one(services: Services, tess: Browser) -> None:
    tess.get(f"{FORM}?deel=verhaal")
    assert 'name="naar" value="besluit"' in tess.html
    assert 'href="/mijn/nieuw/bezwaar?deel=besluit"' not in tess.html
    tess.post(FORM, {"grounds": "Half af, en", "naar": "besluit"})
    assert part(tess) == "besluit"
    tess.post(FORM, {**decision(services), "decision-0-announced_on": "onzin", "naar": "wie"})
    assert part(tess) == "wie"
    assert ">Half af, en</textarea>" in tess.get(f"{FORM}?deel=verhaal")
    assert 'value="onzin"' in tess.get(f"{FORM}?deel=besluit")


def test_c8_the_step_before_keeps_a_file_that_was_just_chosen(services: Services, tess: Browser) -> None:
    tess.get(f"{FORM}?deel=bijlagen")
    tess.post(FORM, {"naar": "verhaal"}, FILE)
    assert part(tess) == "verhaal"
    assert "foto.pdf" in tess.html
    tess.get(f"{FORM}?deel=bijlagen")
    wrong = {"submission": ("foto.exe", b"MZ", "application/octet-stream")}
    page = tess.post(FORM, {"naar": "verhaal"}, wrong, status=422)
    assert 'href="#field-submission"' in page


def test_c19_a_text_too_long_for_a_draft_is_there_again_after_wijzig(services: Services, tess: Browser) -> None:
    story = "🏠" * 50_000  # as long as the question takes, and with the rest more bytes than a draft holds
    tess.get(f"{FORM}?deel=alles")
    page = tess.post(FORM, {**CONTACT, **decision(services), "grounds": story, "voor": "mijzelf"})
    assert "Kijk alles na" in page
    assert f'href="{FORM}?deel=' not in page
    assert f'formaction="{FORM}" name="naar" value="verhaal"' in page
    page = tess.post(FORM, {**tess.held(SEND), "naar": "verhaal"})
    assert story in page
    assert 'name="decision-0-subject" value="Weigering parkeervergunning"' in page
    tess.post(FORM, {"grounds": story, "naar": "besluit"})
    assert story in tess.text_of(tess.html)
    assert rows(services, Case) == []


def test_c8_everything_on_one_page_for_who_likes_that_better(services: Services, tess: Browser) -> None:
    tess.get(FORM)
    page = tess.post(FORM, {"voor": "ander", "other_name": "Oma Fictief", "naar": "alles"})
    assert part(tess) == "alles"
    assert 'name="other_name" value="Oma Fictief"' in page
    assert {"grounds", "decision-0-subject", "email", "other_name"} <= fields(page)
    tess.post(FORM, {**CONTACT, **decision(services), "grounds": "Zomaar", "voor": "mijzelf"})
    assert "Kijk alles na" in tess.html


def test_c8_a_part_that_does_not_exist_is_the_first(tess: Browser) -> None:
    assert "Stap 1 van 6" in tess.get(f"{FORM}?deel=onzin")
    assert "Stap 1 van 6" in tess.get(f"{FORM}?deel=nakijken")


def test_c8_an_address_is_found_by_postcode_where_a_register_is_connected(services: Services) -> None:
    assert "Zoek mijn adres" not in Browser(services, TESS).get(f"{FORM}?deel=gegevens")
    tess = Browser(replace(services, registers=Registers(InventedRegisters())), TESS)
    tess.get(f"{FORM}?deel=gegevens")
    typed = {**CONTACT, "channel": "post", "stap": "adres"}
    page = tess.post(FORM, {**typed, "postcode": "1234aa", "huisnummer": "1"})
    assert ">Dorpsweg 1\n1234 AA  VOORBEELDSTAD</textarea>" in page
    assert 'name="postcode" value="1234' not in page
    mended = {**typed, "address": "Dorpsweg 1 A\n1234 AA Voorbeeldstad", **decision(services), "grounds": "Zomaar"}
    tess.post(
        FORM, {**mended, "postcode": "", "huisnummer": ""}
    )  # Enter presses the first button: the one that looks up
    assert "Dorpsweg 1 A" in tess.html
    assert "Kijk alles na" in tess.html
    tess.get(f"{FORM}?deel=gegevens")
    page = tess.post(FORM, {**typed, "postcode": "9999 ZZ", "huisnummer": "1"}, status=422)
    assert "Wij vinden geen adres" in page
    assert 'value="tess@post.example"' in page
    page = tess.post(FORM, {**typed, "postcode": "12", "huisnummer": ""}, status=422)
    assert 'href="#field-postcode"' in page
    assert rows(services, Case) == []
