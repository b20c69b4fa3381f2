"""What a citizen types in a form of a drawing and in pages of ours is read as it was meant, or said at its field."""

import pytest
from citizen_kit import TESS, Browser, register
from sqlalchemy import select

from processes.base.dutch import MONTHS
from processes.storage.tables import Decision, Party, PersonProfile

PHONES = {
    "020/1234567": "020/1234567",
    "06\u00a012345678": "06 12345678",
    "\u200b(020) 123 45 67\ufeff": "(020) 123 45 67",
}


def rows(services, table):
    with services.sessions() as session:
        return list(session.scalars(select(table)))


def filing(tess: Browser, **more: str) -> dict[str, str]:
    return {
        "email": "tess@voorbeeld.example", "phone": "", "channel": "portal", "address": "", "grounds": "Ik woon hier al jaren",
        "decision-0-subject": "Weigering", "decision-0-announced_on": "4-3-2026",
    } | more  # fmt: skip


@pytest.mark.parametrize("typed", PHONES)
def test_a_telephone_number_is_read_in_own_details(tess: Browser, typed: str) -> None:
    register(tess.services, TESS)
    tess.get("/mijn/gegevens")
    tess.post("/mijn/gegevens", {"email": "\u200btess@voorbeeld.example\ufeff", "phone": typed})
    profile = rows(tess.services, PersonProfile)[0]
    assert (profile.phone, profile.email) == (PHONES[typed], "tess@voorbeeld.example")


def test_a_telephone_number_that_cannot_be_is_said_with_what_was_typed(tess: Browser) -> None:
    tess.get("/mijn/gegevens")
    page = tess.post("/mijn/gegevens", {"email": "", "phone": "020-1234567 / 06-12345678"}, status=422)
    assert 'id="error-phone"' in page
    assert "Vul één telefoonnummer in" in page
    assert 'value="020-1234567 / 06-12345678"' in page


@pytest.mark.parametrize("month", ["{name}", "{short}.", "{short}", "-{short}-"])
def test_a_date_and_a_telephone_number_are_read_when_filing(tess: Browser, month: str) -> None:
    day = tess.services.clock.now()
    name = MONTHS[(day.month - 2) % 12]
    year = day.year if day.month > 1 else day.year - 1
    written = f"1\u00a0{month.format(name=name, short='mrt' if name == 'maart' else name[:3])}\u00a0{year}"
    typed = filing(
        tess,
        **{"decision-0-announced_on": written, "phone": "020/1234567", "decision-0-subject": "\u200bWeigering\u00a0"},
    )
    tess.get("/mijn/nieuw/bezwaar")
    tess.post("/mijn/nieuw/bezwaar", typed)
    tess.post("/mijn/nieuw/bezwaar/versturen", typed)
    decision, party = rows(tess.services, Decision)[0], rows(tess.services, Party)[0]
    assert (decision.announced_on.day, MONTHS[decision.announced_on.month - 1]) == (1, name)
    assert (decision.subject, party.phone) == ("Weigering", "020/1234567")


def test_what_cannot_be_read_stays_to_be_mended(tess: Browser) -> None:
    tess.get("/mijn/nieuw/bezwaar")
    page = tess.post(
        "/mijn/nieuw/bezwaar",
        filing(tess, **{"decision-0-announced_on": "12-2-laatst", "phone": "bel mij"}),
        status=422,
    )
    assert "Schrijf de datum als dag, maand en jaar" in page
    assert "Dit is geen telefoonnummer." in page
    field = page.split('id="field-decision-0-announced_on"', 1)[0].rpartition("<input")[2]
    assert 'type="text"' in field
    assert 'value="12-2-laatst"' in page
    assert 'value="bel mij"' in page


def test_a_field_with_only_invisible_signs_is_empty(tess: Browser) -> None:
    tess.get("/mijn/nieuw/bezwaar")
    page = tess.post("/mijn/nieuw/bezwaar", filing(tess, **{"decision-0-subject": "\u200b\u00a0\ufeff"}), status=422)
    assert "Vul in waar het besluit over gaat." in page
