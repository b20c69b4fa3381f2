"""S18: the footer of pages for people outside says how one reaches the organisation, as its letters do."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from kit.browser import Browser
from kit.installation import installation
from kit.people import FENNA, NOOR, TESS

from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.base.letterhead import Organisation
from processes.dated.typed_settings import TypedSetting
from processes.storage.services import Services

OURS: Final = {
    "name": "Gemeente Verzonnenstad", "postal_address": "Postbus 9\n9999 ZZ Verzonnenstad", "visiting_address": "Markt 1\n9999 AA Verzonnenstad",
    "phone": "14 0111", "email": "post@verzonnenstad.example", "website": "", "hours": "op dinsdag", "team": "team Recht",
}  # fmt: skip
OUTSIDE: Final = ("/inloggen", "/openbaar", "/verzoek", "/nergens")


def save(services: Services, values: Mapping[str, Any]) -> None:
    act(
        services,
        FENNA,
        SaveSetting(TypedSetting("organisation", "organisatie", "2020-01-01", values, "Zo heet het hier.")),
    )


def footer(browser: Browser, address: str) -> str:
    return browser.text_of(browser.client.get(address).text).partition("<footer")[2]


@pytest.mark.parametrize("address", [*OUTSIDE, "/mijn"])
def test_s18_the_footer_says_how_one_calls_mails_comes_and_writes(services: Services, address: str) -> None:
    save(services, OURS)
    said = footer(Browser(services, TESS), address)
    for words in (
        'href="tel:140111">14 0111</a>, <span>op dinsdag</span>.', 'href="mailto:post@verzonnenstad.example"', "Kom langs: Markt 1, 9999 AA Verzonnenstad.",
        "Schrijf naar: Postbus 9, 9999 ZZ Verzonnenstad.", "Gemeente Verzonnenstad",
    ):  # fmt: skip
        assert words in said


def test_s18_what_the_organisation_does_not_have_is_not_said(services: Services) -> None:
    save(services, {**OURS, "visiting_address": "", "hours": "op dinsdag"})
    assert "Kom langs" not in footer(Browser(services), "/inloggen")


def test_s18_no_page_names_the_invented_addresses_that_come_along_but_those_of_the_demo(tmp_path: Path) -> None:
    for demo in (False, True):
        folder = tmp_path / str(demo)
        folder.mkdir()
        with installation(folder, demo=demo) as opened:
            assert (Organisation().phone in footer(Browser(opened), "/inloggen")) is demo


def test_s18_pages_of_staff_keep_their_room_for_the_work(services: Services) -> None:
    save(services, OURS)
    assert "14 0111" not in footer(Browser(services, NOOR), "/werk")
    assert "14 0111" not in footer(Browser(services, FENNA), "/beheer")
