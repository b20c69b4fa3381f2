"""Who files, for whom, and how we reach them: C2 and C5 on the form that begins a case, with every mistake at once."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from citizen_kit import TESS, TOGA, Browser, filled
from kit.browser import Browser as AnyBrowser
from kit.cases import BEZWAAR, add_departments, put_in_use, rows, shipped
from kit.documents import PDF
from kit.installation import installation
from kit.people import BRAM

from processes.actions.registering import NO_CALL
from processes.base.registers import Registers
from processes.base.registers.invented import InventedRegisters
from processes.jobs.workers import drain
from processes.reads.citizen import UNKNOWN_NAME, name_of_citizen
from processes.storage.services import Services
from processes.storage.tables import Case, FiledRow, NoteRow, NoticeRow, Party

FORM, SEND = "/mijn/nieuw/bezwaar", "/mijn/nieuw/bezwaar/versturen"
FOR_OMA = {"voor": "ander", "other_name": "Oma Fictief", "other_address": "Fantasieplein 4\n1234 AD Voorbeeldstad"}


def furnish(services: Services) -> None:
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "klacht")))
    add_departments(services, "parkeren")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen",)) as opened:
        yield opened


def errors_on(page: str) -> list[str]:
    """The fields that the summary of mistakes names, in its order."""
    summary = page.partition('id="error-summary"')[2].partition("</div>")[0]
    return re.findall(r'href="#field-([^"]+)"', summary)


def test_c2_who_files_for_another_is_the_representative_and_gets_the_letters(services: Services) -> None:
    toga = Browser(services, TOGA)
    toga.get(FORM)
    page = toga.post(FORM, filled(toga, **FOR_OMA), {"power_of_attorney": ("machtiging.pdf", PDF, "application/pdf")})
    for text in ("U doet dit voor", "Oma Fictief", "machtiging.pdf"):
        assert text in page
    receipt = toga.post(SEND, toga.held(SEND))
    assert "Uw zaak is ingediend" in receipt
    drain(services)
    oma, me = sorted(rows(services, Party), key=lambda one: one.role)
    assert (oma.role, oma.name, oma.identity_index, oma.represented_by) == ("objector", "Oma Fictief", None, me.id)
    assert (me.role, me.name, me.identity_index) == ("representative", "mr. P. Toga", toga.actor.subject)
    assert {notice.party_id for notice in rows(services, NoticeRow)} == {me.id}
    (case,) = rows(services, Case)
    assert case.number in toga.get("/mijn")
    assert "machtiging.pdf" in toga.get(f"/mijn/zaken/{case.number}")
    (words,) = rows(services, FiledRow)
    assert "Gemachtigde: mr. P. Toga" in words.body
    assert f"/ingestuurd/{words.id}" in toga.html


def test_c2_for_oneself_nobody_is_represented(services: Services) -> None:
    tess = Browser(services, TESS)
    tess.get(FORM)
    tess.post(SEND, filled(tess, voor="mijzelf", other_name="Zomaar ingevuld"))
    assert [(one.role, one.name) for one in rows(services, Party)] == [("objector", "Tess Testeling")]


def test_c2_for_another_asks_name_and_address(services: Services) -> None:
    tess = Browser(services, TESS)
    tess.get(FORM)
    page = tess.post(FORM, filled(tess, voor="ander"), status=422)
    assert errors_on(page) == ["other_name", "other_address"]


def test_c5_the_portal_asks_a_mail_address_and_says_what_else_one_may_do(services: Services) -> None:
    tess = Browser(services, TESS)
    tess.get(FORM)
    page = tess.post(FORM, filled(tess, email=""), status=422)
    assert errors_on(page) == ["email"]
    assert "Kies dan: per post." in page
    by_post = {"email": "", "channel": "post", "address": "Dorpsweg 1\n1234 AA Voorbeeldstad"}
    assert "Kijk alles na" in tess.post(FORM, filled(tess, **by_post))


def test_c19_an_empty_form_tells_every_mistake_at_once_in_the_order_of_the_page(services: Services) -> None:
    tess = Browser(services, TESS)
    tess.get(FORM)
    empty = {"email": "", "phone": "", "channel": "", "address": "", "grounds": ""}
    page = tess.post(FORM, empty, status=422)
    assert errors_on(page) == ["decision-0-subject", "decision-0-announced_on", "channel"]
    wrong = {**empty, "channel": "portal", "phone": "x", "decision-0-number": "P" * 81, "voor": "ander"}
    page = tess.post(FORM, wrong, status=422)
    assert errors_on(page) == [
        "other_name", "other_address", "decision-0-subject", "decision-0-number", "decision-0-announced_on", "email", "phone",
    ]  # fmt: skip


def test_a_case_type_that_promises_a_call_asks_the_number_or_that_one_wants_none(services: Services) -> None:
    tess = Browser(services, TESS)
    form, typed = "/mijn/nieuw/klacht", {"channel": "portal", "email": "t@post.example", "address": "", "phone": ""}
    assert "Wij bellen u over deze zaak." in tess.get(f"{form}?deel=gegevens")
    story = {**typed, "what_happened": "Ik stond een uur te wachten."}
    assert errors_on(tess.post(form, story, status=422)) == ["phone"]
    assert "u wilt niet gebeld worden" in tess.post(form, {**story, "niet_bellen": "ja"})
    assert "06 12345678" in tess.post(form, {**story, "phone": "06 12345678"})
    assert "Wij bellen u over deze zaak." not in tess.get(f"{FORM}?deel=gegevens")


def test_c5_who_does_not_want_to_be_called_is_not_promised_a_call_and_staff_read_it(services: Services) -> None:
    tess = Browser(services, TESS)
    form, send = "/mijn/nieuw/klacht", "/mijn/nieuw/klacht/versturen"
    story = {
        "channel": "portal",
        "email": "t@post.example",
        "address": "",
        "what_happened": "Ik stond lang te wachten.",
    }
    tess.get(f"{form}?deel=alles")
    page = tess.post(form, {**story, "phone": "06 12345678", "niet_bellen": "ja"})
    assert "u wilt niet gebeld worden" in page
    assert "06 12345678</dd>" not in page
    assert "Uw zaak is ingediend" in tess.post(send, tess.held(send))
    drain(services)
    (party,) = rows(services, Party)
    assert party.phone is None
    assert [note.party_id for note in rows(services, NoteRow) if note.text == NO_CALL] == [party.id]
    (case,) = rows(services, Case)
    said = [notice.body for notice in rows(services, NoticeRow)] + [tess.get(f"/mijn/zaken/{case.number}")]
    assert len(said) == 2
    for text in said:
        assert "Wij nemen binnen een week contact met u op." in text
        assert "Wij bellen" not in text


def test_a_person_whose_sign_in_gave_no_name_types_it(services: Services) -> None:
    nobody = AnyBrowser(services, replace(BRAM, name=UNKNOWN_NAME))
    nobody.get(f"{FORM}?deel=alles")
    typed = filled(nobody)
    assert errors_on(nobody.post(FORM, typed, status=422)) == ["name"]
    page = nobody.post(FORM, {**typed, "name": "Bram van Proefhuizen"})
    assert "Bram van Proefhuizen" in page
    nobody.post(SEND, nobody.held(SEND))
    assert [one.name for one in rows(services, Party)] == ["Bram van Proefhuizen"]
    assert name_of_citizen(services, str(BRAM.identity), nobody.actor.subject) == "Bram van Proefhuizen"


def test_w19_a_name_that_the_sign_in_does_not_give_comes_from_the_register(services: Services) -> None:
    connected = replace(services, registers=Registers(InventedRegisters()))
    assert name_of_citizen(connected, TESS, "onbekend") == "Tess Testeling"
    assert name_of_citizen(services, TESS, "onbekend") == UNKNOWN_NAME
