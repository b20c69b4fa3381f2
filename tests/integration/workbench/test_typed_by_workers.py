"""What a worker types is read as it was meant: numbers of people, dates with the month in letters, case numbers."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows, today
from workbench_kit import BRAM

from processes.base.dutch import long_date
from processes.storage.tables import Case, CaseRelation, Decision, Party

PLACE = "/werk/nieuw/bezwaar"
NUMBERS = {
    "9999.93.653": "bsn:999993653", "999 993\u00a0653": "bsn:999993653", "\u200b999993653": "bsn:999993653", "10000008": "bsn:010000008",
}  # fmt: skip


@pytest.fixture
def typed(services):
    return {
        "channel": "letter", "received_on": today(services).isoformat(), "grounds": "Te duur", "party-0-role": "objector",
        "party-0-kind": "person", "party-0-name": "\u00a0Tess Testeling\u200b", "party-0-channel": "post",
        "party-0-address": "Dorpsweg 1", "decision-0-subject": "Parkeervergunning", "decision-0-announced_on": "4 mrt '26",
        "decision-0-taken_on": "2-mrt-2026", "decision-0-department": "parkeren", "document-0-type": "submission",
    }  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_a_person_is_read(services, noor: Browser, typed, number: str) -> None:
    noor.get(PLACE)
    noor.post(PLACE, {**typed, "party-0-number": number, "party-0-phone": "06\u201112\u00a034 56 78"})
    party, decision = rows(services, Party)[0], rows(services, Decision)[0]
    assert party.identity_index == services.secrets.index(NUMBERS[number])
    assert (party.name, party.phone) == ("Tess Testeling", "06-12 34 56 78")
    assert (decision.taken_on.isoformat(), decision.announced_on.isoformat()) == ("2026-03-02", "2026-03-04")


def test_a_company_keeps_its_eight_digits(services, noor: Browser, typed) -> None:
    noor.get(PLACE)
    noor.post(PLACE, {**typed, "party-0-kind": "company", "party-0-number": "9000 4760"})
    assert rows(services, Party)[0].identity_index == services.secrets.index("kvk:90004760")


WRONG = [
    ("party-0-number", "12345678", "Dit is geen geldig BSN."),
    ("party-0-phone", "geen", "Dit is geen telefoonnummer."),
    ("received_on", "gisteren", "Schrijf de datum als dag, maand en jaar"),
    ("decision-0-taken_on", "31 april 2026", "Deze datum bestaat niet."),
]


@pytest.mark.parametrize(("field", "text", "sentence"), WRONG)
def test_what_cannot_be_read_is_said_at_its_field_with_what_was_typed(
    services, noor: Browser, typed, field, text, sentence
) -> None:
    noor.get(PLACE)
    page = noor.post(PLACE, {**typed, field: text}, status=422)
    assert f'href="#field-{field}"' in page
    assert sentence in page
    assert f'value="{text}"' in page
    assert not rows(services, Case)


def test_the_day_of_receipt_is_read_in_letters(services, noor: Browser, typed) -> None:
    noor.get(PLACE)
    noor.post(PLACE, {**typed, "received_on": long_date(today(services))})
    assert rows(services, Case)[0].received_on == today(services)


def test_dates_are_corrected_with_the_month_in_letters(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    noor.get(f"/werk/zaken/{number}/datums")
    fields = {
        "received_on": long_date(today(services)),
        "decision-0-announced_on": "4-mrt-2026",
        "reason": "Verkeerd gelezen",
    }
    page = noor.post(f"/werk/zaken/{number}/datums", fields)
    noor.post(f"/werk/zaken/{number}/datums", {**fields, "step": "confirm"})
    assert page
    assert rows(services, Decision)[0].announced_on.isoformat() == "2026-03-04"


def test_a_case_number_is_read_with_spaces_and_other_dashes(services, noor: Browser) -> None:
    first, second = register_bezwaar(services), register_bezwaar(services, BRAM)
    typed = "\u200b" + second.lower().replace("-", "\u2011") + " "
    noor.post(f"/werk/zaken/{first}/relaties", {"other": typed, "kind": "hoofdzaak"})
    assert rows(services, CaseRelation)
