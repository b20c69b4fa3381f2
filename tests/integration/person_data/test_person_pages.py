"""T10: a data protection officer searches one person, chooses what goes along and fetches the package, through the pages."""

import io
import re
import zipfile

import pytest
from kit.browser import Browser
from kit.cases import rows
from kit.log_lines import log_lines
from kit.people import NOOR, TESS, VERA, citizen
from person_kit import fill, furnish, how_many, ids_of, searched, texts

from processes.jobs.workers import drain
from processes.reads.admin import person as person_read
from processes.reads.admin import read_person
from processes.storage.tables import LookRow, Party, PersonPackage

HOME = "/beheer/inzage/persoon"
BSN = "999993653"


@pytest.fixture
def on_each(installed):
    return fill(installed(furnish))


def test_t10_from_a_number_to_the_package_in_hand(on_each):
    services = on_each.services
    vera = Browser(services, VERA)
    with log_lines() as lines:
        vera.get("/beheer/inzage")
        assert f'href="{HOME}"' in vera.html
        vera.get(HOME)
        page = vera.post(HOME, {"bsn": BSN, "reference": "Inzageverzoek 2026-17"})
        here = re.search(r"/beheer/inzage/persoon/[0-9a-f]{32}$", vera.url)[0]
        for word in ("Tess Testeling", on_each.first, on_each.second, "Inzageverzoek 2026-17", "derde-belanghebbende",
                     f"citizen:{citizen(services, TESS).subject}"):  # fmt: skip
            assert word.lower() in page.lower()
        assert on_each.other not in page
        chosen = {
            "kinds": ["party", "messages", "documents"],
            "cases": [str(one) for one in ids_of(services, on_each.first)],
        }
        page = vera.post(here, chosen)
        assert "Het pakket wordt gemaakt" in page
        drain(services)
        assert "Het pakket is klaar" in vera.get(here)
        answer = vera.client.get(f"{here}/bestand")
        assert f'href="{here}/bestand"' in vera.html
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    page, data = texts(archive)
    assert [case["zaaknummer"] for case in data["zaken"]] == [on_each.first]
    assert set(data["zaken"][0]["gegevens"]) == {"party", "messages", "documents"}
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert BSN not in repr(lines) + vera.url + page
    (got,) = [line for line in lines if line.get("step") == "fetched"]
    assert (got["event"], got["who"], got["cases"]) == ("person_data_exported", "staff:vera", 1)
    assert [row.case_id for row in rows(services, LookRow, kind="package")] == list(ids_of(services, on_each.first))
    assert "Alle gegevens van een betrokkene opgehaald" in Browser(services, NOOR).get(
        f"/werk/zaken/{on_each.first}/tijdlijn"
    )


WRONG = [
    ({"reference": "17"}, {"bsn"}),
    ({"bsn": BSN, "kvk": "68750110", "reference": "17"}, {"bsn"}),
    ({"bsn": "123", "reference": "17"}, {"bsn"}),
    ({"kvk": "123", "reference": "17"}, {"kvk"}),
    ({"bsn": BSN}, {"reference"}),
    ({"bsn": BSN, "reference": "x" * 2001}, {"reference"}),
]


@pytest.mark.parametrize(("typed", "fields"), WRONG)
def test_t10_a_search_that_is_not_whole_is_asked_again_with_what_was_typed(to_read, typed, fields):
    vera, before = Browser(to_read.services, VERA), how_many(to_read.services, PersonPackage)
    vera.get(HOME)
    vera.post(HOME, typed, status=422)
    assert set(re.findall(r'id="error-(\w+)"', vera.html)) - {"summary"} == fields
    assert all(value in vera.html for value in typed.values())
    assert how_many(to_read.services, PersonPackage) == before


def test_t10_nothing_chosen_is_asked_again(to_read):
    vera = Browser(to_read.services, VERA)
    here = f"{HOME}/{searched(to_read.services)}"
    vera.get(here)
    assert "Kies minstens één soort gegevens." in vera.post(here, {"cases": ["1"]}, status=422)


def test_t10_what_the_page_says_beforehand_is_what_there_is(to_read):
    found = read_person(to_read.services, VERA, searched(to_read.services))
    assert [(one.number, one.others, one.running) for one in found.cases] == [
        (to_read.second, 1, True),
        (to_read.first, 1, True),
    ]
    told = {
        kind: text for kind, text in found.counts.items() if kind in {"party", "case", "messages", "notes", "account"}
    }
    assert told["party"] == "2 keer betrokkene"
    assert told["case"] == "2 zaken"
    assert told["messages"] == "3 berichten"
    assert told["account"].startswith("een profiel, ")


def test_t10_cases_that_the_page_has_no_room_for_go_along_together(filled, monkeypatch):
    monkeypatch.setattr(person_read, "MOST_CASES", 1)
    services = filled.services
    vera, package = Browser(services, VERA), searched(services)
    here = f"{HOME}/{package}"
    assert "Ook de 1 oudere zaken die hier niet passen" in vera.get(here)
    vera.post(here, {"kinds": ["party"], "rest": "ja"})
    (row,) = rows(services, PersonPackage)
    assert row.chosen["cases"] == list(ids_of(services, filled.first))


def test_t10_nobody_of_this_number_is_said(to_read):
    vera = Browser(to_read.services, VERA)
    vera.get(HOME)
    page = vera.post(HOME, {"kvk": "68750110", "reference": "17"})
    assert "Deze persoon staat in geen zaak." in page
    assert not {row.kind for row in rows(to_read.services, Party) if row.kind == "company"}


def test_t10_a_second_press_searches_once(filled):
    vera = Browser(filled.services, VERA)
    vera.get(HOME)
    fields = {**vera.held(HOME), "bsn": BSN, "reference": "17"}
    first, second = (vera.post(HOME, fields) and vera.url for _ in range(2))
    assert first == second
    assert how_many(filled.services, PersonPackage) == 1


def test_t10_taking_away_is_a_button(filled):
    vera, package = Browser(filled.services, VERA), searched(filled.services)
    vera.get(f"{HOME}/{package}")
    assert "U heeft nu niets staan." in vera.post(f"{HOME}/{package}/weg")
    assert vera.status(f"{HOME}/{package}") == 404
