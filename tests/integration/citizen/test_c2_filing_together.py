"""C2: somebody files together with others, each of whom confirms it by an own sign-in and is nobody in the case until then."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from citizen_kit import TESS as TESS_BSN
from citizen_kit import Browser as PortalBrowser
from citizen_kit import filled
from kit.browser import Browser
from kit.cases import BEZWAAR, add_departments, days_later, put_in_use, rows, shipped, today
from kit.co_filers import BRAM_NAMED, ILSE_NAMED, code_for, confirm, file_together, named
from kit.installation import installation
from kit.people import BRAM, ILSE, NOOR, TESS, TOGA, known

from processes.access.links import with_links
from processes.base.registers import Registers
from processes.base.registers.invented import InventedRegisters
from processes.jobs.co_filer_sweep import sweep_co_filers
from processes.jobs.workers import drain
from processes.post.refusals import refuse
from processes.storage.services import Services
from processes.storage.tables import CoFiler, FiledRow, LookRow, MailRow, NoteRow, NoticeRow, Party, TaskRow

FORM, SEND = "/mijn/nieuw/bezwaar", "/mijn/nieuw/bezwaar/versturen"
TOGETHER = {
    "voor": "samen", "mede-0-name": "Ilse Namaak", "mede-0-email": "ilse@post.example", "mede-1-name": "Bram van Proefhuizen",
    "mede-1-email": "",
}  # fmt: skip
CONTACT = {"channel": "portal", "email": "ilse@post.example", "phone": "", "address": ""}


def furnish(services: Services) -> None:
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in (*BEZWAAR, "klacht", "ingebrekestelling")))
    add_departments(services, "parkeren")
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


def errors_on(page: str) -> list[str]:
    summary = page.partition('id="error-summary"')[2].partition("</div>")[0]
    return re.findall(r'href="#field-([^"]+)"', summary)


def link_in_mail(services: Services, to: str) -> str:
    """The address in the newest mail to somebody, without the host."""
    with services.sessions() as session:
        bodies = [with_links(services, session, row.body) for row in rows(services, MailRow) if row.recipient == to]
    found = re.search(r"https?://[^/]+(/mijn/meedoen/\S+)", bodies[-1])
    assert found
    return found[1]


def test_c2_who_is_named_on_the_form_stands_on_the_check_page_the_receipt_and_in_what_was_filed(services) -> None:
    tess = PortalBrowser(services, TESS_BSN)
    tess.get(f"{FORM}?deel=alles")
    page = tess.post(FORM, filled(tess, **TOGETHER))
    for text in ("voor uzelf, samen met anderen", "Ilse Namaak (ilse@post.example)", "Bram van Proefhuizen"):
        assert text in page
    receipt = tess.post(SEND, tess.held(SEND))
    assert "Wie samen met u indienen" in receipt
    assert code_for(services, "Bram van Proefhuizen") in receipt
    assert code_for(services, "Ilse Namaak") not in receipt
    (words,) = rows(services, FiledRow)
    assert "Samen met: Ilse Namaak, Bram van Proefhuizen" in words.body
    assert [(one.name, one.filing) for one in rows(services, Party)] == [("Tess Testeling", True)]


def test_c2_a_row_more_or_less_loses_nothing_that_was_typed_and_is_kept(services) -> None:
    tess = PortalBrowser(services, TESS_BSN)
    tess.get(f"{FORM}?deel=wie")
    one = {"deel": "wie", "voor": "samen", "mede-0-name": "Ilse Namaak", "mede-0-email": "ilse@post.example"}
    page = tess.post(FORM, {**one, "stap": "nog-iemand"})
    assert 'value="Ilse Namaak"' in page
    assert 'name="mede-1-name"' in page
    two = {**one, "mede-1-name": "Bram van Proefhuizen", "mede-1-email": ""}
    page = tess.post(FORM, {**two, "stap": "mede-weg-0"})
    assert 'name="mede-0-name" value="Bram van Proefhuizen"' in page
    assert "Ilse Namaak" not in page
    page = tess.get(f"{FORM}?deel=wie")
    assert 'value="Bram van Proefhuizen"' in page
    assert 'value="samen" checked' in page


WRONG = {
    "nobody": ({"mede-0-name": ""}, "mede-0-name"),
    "oneself": ({"mede-0-name": "TESTELING, tess"}, "mede-0-name"),
    "twice": ({"mede-0-name": "Ilse Namaak", "mede-1-name": " ilse  namaak"}, "mede-1-name"),
    "no name": ({"mede-0-name": "", "mede-0-email": "ilse@post.example"}, "mede-0-name"),
    "no address": ({"mede-0-name": "Ilse Namaak", "mede-0-email": "ilse"}, "mede-0-email"),
    "a row left open": ({"mede-0-name": "", "mede-1-name": "Ilse Namaak", "mede-1-email": "ilse"}, "mede-1-email"),
    "too many": ({f"mede-{at}-name": f"Persoon {'abcdefghijk'[at]}" for at in range(11)}, "mede-10-name"),
    "a web address": ({"mede-0-name": "Win nu op https://kwaad.example"}, "mede-0-name"),
    "another web address": ({"mede-0-name": "kwaad.nl"}, "mede-0-name"),
    "a mail address": ({"mede-0-name": "ilse@post.example"}, "mede-0-name"),
    "too long": ({"mede-0-name": "a" * 201}, "mede-0-name"),
}


@pytest.mark.parametrize("case", WRONG)
def test_c2_each_mistake_names_its_field_and_what_was_typed_stays(services, case) -> None:
    typed, field = WRONG[case]
    tess = PortalBrowser(services, TESS_BSN)
    tess.get(f"{FORM}?deel=alles")
    page = tess.post(FORM, filled(tess, voor="samen", **typed), status=422)
    assert errors_on(page) == [field]
    assert 'value="samen" checked' in page
    assert rows(services, CoFiler) == []


def test_c2_only_a_case_type_that_has_it_asks_with_whom_one_files(services) -> None:
    tess = Browser(services, TESS)
    assert "samen met anderen" in tess.get("/mijn/nieuw/klacht?deel=alles")
    assert "samen met anderen" not in tess.get("/mijn/nieuw/ingebrekestelling?deel=alles")


def test_c2_until_confirmed_somebody_is_nobody_in_the_case(services) -> None:
    number = file_together(services, ILSE_NAMED, BRAM_NAMED)
    drain(services)
    ilse = Browser(services, ILSE)
    assert number not in ilse.get("/mijn")
    assert ilse.status(f"/mijn/zaken/{number}") == 404
    assert [one.name for one in rows(services, Party)] == ["Tess Testeling"]
    assert {one.party_id for one in rows(services, NoticeRow)} == {rows(services, Party)[0].id}
    assert [one.recipient for one in rows(services, MailRow) if one.recipient == "ilse@post.example"] == [
        "ilse@post.example"
    ]
    staff = Browser(services, NOOR).get(f"/werk/zaken/{number}/partijen")
    assert "Ilse Namaak" in staff
    assert "nog niet bevestigd" in staff


def test_c2_who_confirms_by_the_link_in_the_mail_is_a_party_with_a_receipt_and_the_letters(services) -> None:
    number = file_together(services, ILSE_NAMED, BRAM_NAMED)
    drain(services)
    link = link_in_mail(services, "ilse@post.example")
    ilse = Browser(services, ILSE)
    page = ilse.get(link)
    assert "Tess Testeling" in page
    assert "Ik woon hier al jaren" in page
    assert "tess@post.example" not in page, "the contact details of who filed are not shown"
    page = ilse.post(link, CONTACT)
    assert "U doet mee." in page
    drain(services)
    tess, me = rows(services, Party)
    assert (me.name, me.role, me.filing, me.identity_index) == ("Ilse Namaak", tess.role, True, ilse.actor.subject)
    row = named(services, "Ilse Namaak")
    assert (row.state, row.party_id) == ("joined", me.id)
    own = [one for one in rows(services, FiledRow) if one.party_id == me.id]
    assert ["Samen met: Tess Testeling" in one.body for one in own] == [True]
    assert f"/ingestuurd/{own[0].id}" in ilse.get(f"/mijn/zaken/{number}")
    assert own[0].sha256 in ilse.get(f"/mijn/zaken/{number}/ingestuurd/{own[0].id}")
    assert me.id in {one.party_id for one in rows(services, NoticeRow)}, "the letters that the first one got"
    assert any("heeft bevestigd mee te doen" in note.text for note in rows(services, NoteRow))
    assert "doet mee sinds" in Browser(services, TESS).get(f"/mijn/zaken/{number}")
    assert "Bevestigd met een eigen inlog op" in Browser(services, NOOR).get(f"/werk/zaken/{number}/partijen")
    shown = ilse.get(f"/mijn/zaken/{number}")
    assert "zonder contactgegevens" in shown, "what was filed, in the version without contact details"


def test_c2_who_has_no_address_confirms_with_the_code_that_the_filer_hands_over(services) -> None:
    number = file_together(services, BRAM_NAMED)
    tess = Browser(services, TESS)
    code = code_for(services, BRAM_NAMED.name)
    assert code in tess.get(f"/mijn/zaken/{number}")
    bram = Browser(services, BRAM)
    bram.get("/mijn/koppelen")
    page = bram.post("/mijn/koppelen", {"code": code.lower().replace("-", " ")})
    assert "Doet u mee?" in page
    address = f"/mijn/meedoen/{code.lower().replace('-', '')}"
    assert "U doet mee." in bram.post(address, {**CONTACT, "email": "bram@post.example"})
    assert code not in tess.get(f"/mijn/zaken/{number}")


def test_c2_who_declines_is_told_to_the_handler_and_to_who_named_them(services) -> None:
    number = file_together(services, ILSE_NAMED)
    drain(services)
    link = link_in_mail(services, "ilse@post.example")
    ilse = Browser(services, ILSE)
    ilse.get(link)
    page = ilse.post(f"{link}/niet", {"reason": "Ik ken dit niet"})
    assert "U doet niet mee" in page
    assert [one.name for one in rows(services, Party)] == ["Tess Testeling"]
    assert any(
        "doet niet mee met deze zaak. De reden: Ik ken dit niet" in note.text for note in rows(services, NoteRow)
    )
    assert "doet niet mee" in Browser(services, TESS).get(f"/mijn/zaken/{number}")
    assert [one.recipient for one in rows(services, MailRow) if one.template == "co-filer-news"] == [
        "tess@post.example"
    ]
    assert ilse.client.get(link).status_code == 422, "the link is spent"


def test_c2_one_reminder_before_the_end_and_then_handler_and_filer_are_told_once(services) -> None:
    number = file_together(services, ILSE_NAMED, BRAM_NAMED)
    drain(services)
    days_later(services, 9)
    assert sweep_co_filers(services) == 0
    days_later(services, 1)
    assert (sweep_co_filers(services), sweep_co_filers(services)) == (1, 0)
    drain(services)
    assert [one.recipient for one in rows(services, MailRow) if one.template == "co-filer-reminded"] == [
        "ilse@post.example"
    ]
    link = link_in_mail(services, "ilse@post.example")
    assert "Doet u mee?" in Browser(services, ILSE).get(link)
    days_later(services, 4)
    assert sweep_co_filers(services) == 0, "the fourteenth day counts"
    days_later(services, 1)
    assert (sweep_co_filers(services), sweep_co_filers(services)) == (1, 0)
    told = [note.text for note in rows(services, NoteRow) if "Niet op tijd bevestigd" in note.text]
    assert ["Ilse Namaak, Bram van Proefhuizen" in text for text in told] == [True]
    assert [one.template for one in rows(services, MailRow)].count("co-filer-news") == 1
    assert Browser(services, ILSE).client.get(link).status_code == 422
    assert "heeft niet op tijd bevestigd" in Browser(services, TESS).get(f"/mijn/zaken/{number}")


def test_c2_the_filer_corrects_an_address_and_the_old_link_stops(services) -> None:
    number = file_together(services, replace(ILSE_NAMED, email="isle@post.example"))
    drain(services)
    old = link_in_mail(services, "isle@post.example")
    tess, place = Browser(services, TESS), f"/mijn/zaken/{number}/mede/{named(services, 'Ilse Namaak').id}"
    tess.get(place)
    assert errors_on(tess.post(place, {"email": "ilse"}, status=422)) == ["email"]
    assert "Wij sturen een nieuwe e-mail." in tess.post(place, {"email": "ilse@post.example"})
    drain(services)
    ilse = Browser(services, ILSE)
    assert ilse.client.get(old).status_code == 422
    assert "Doet u mee?" in ilse.get(link_in_mail(services, "ilse@post.example"))


def test_c2_the_filer_takes_somebody_off_before_that_one_confirmed(services) -> None:
    number = file_together(services, ILSE_NAMED)
    drain(services)
    link = link_in_mail(services, "ilse@post.example")
    tess, place = Browser(services, TESS), f"/mijn/zaken/{number}/mede/{named(services, 'Ilse Namaak').id}"
    tess.get(place)
    assert "Deze persoon staat niet meer bij wie samen met u indienen." in tess.post(f"{place}/weg")
    assert Browser(services, ILSE).client.get(link).status_code == 422
    assert "Ilse Namaak" not in tess.get(f"/mijn/zaken/{number}").partition("Hoe ver is mijn zaak?")[0]
    assert tess.status(place) == 404


def test_c2_a_mail_that_waits_for_somebody_who_was_taken_off_never_leaves(services) -> None:
    number = file_together(services, ILSE_NAMED)
    tess, place = Browser(services, TESS), f"/mijn/zaken/{number}/mede/{named(services, 'Ilse Namaak').id}"
    tess.get(place)
    tess.post(f"{place}/weg")
    drain(services)
    (mail,) = [one for one in rows(services, MailRow) if one.template == "co-filer-asked"]
    assert (mail.sent_at, mail.error is not None) == (None, True)


def test_c2_the_mail_names_who_asks_what_kind_of_case_and_until_when_and_nothing_else(services) -> None:
    number = file_together(services, ILSE_NAMED)
    (mail,) = [one for one in rows(services, MailRow) if one.template == "co-filer-asked"]
    for text in ("Tess Testeling", "Soort zaak: Bezwaar", "15 juni 2026", "Dan hoeft u niets te doen."):
        assert text in mail.body
    for text in (number, "parkeervergunning", "tess@post.example"):
        assert text not in mail.subject + mail.body


def test_c2_a_company_files_with_a_person_and_the_other_way_round(services) -> None:
    toga = replace(TOGA, role="objector", address="Merelweg 8\n1234 AC Voorbeeldstad", email="toga@post.example")
    file_together(services, ILSE_NAMED, who=toga)
    assert confirm(services, ILSE).startswith("BZW-")
    file_together(services, replace(ILSE_NAMED, name="P. Toga"))
    assert confirm(services, toga, "P. Toga").startswith("BZW-")


def test_c2_the_day_of_the_filing_counts_and_each_day_of_confirming_can_be_read(services) -> None:
    number = file_together(services, ILSE_NAMED)
    day = today(services)
    days_later(services, 3)
    confirm(services)
    with services.sessions() as session:
        row = session.get_one(CoFiler, named(services, "Ilse Namaak").id)
    assert row.settled_at is not None
    assert (row.settled_at.date() - day).days == 3
    assert "4 juni 2026" in Browser(services, NOOR).get(f"/werk/zaken/{number}/partijen")


def test_c2_the_task_of_admissibility_says_who_did_not_confirm(services) -> None:
    file_together(services, ILSE_NAMED)
    drain(services)
    (task,) = [one for one in rows(services, TaskRow) if one.element == "Intake"]
    noor = Browser(services, NOOR)
    assert "Ilse Namaak" in noor.get(f"/werk/taken/{task.id}")
    confirm(services)
    assert "nog niet bevestigd" not in noor.get(f"/werk/taken/{task.id}")


def test_c2_of_a_mail_that_came_back_the_filer_gets_the_code_to_hand_over(services) -> None:
    number = file_together(services, ILSE_NAMED)
    (mail,) = [one for one in rows(services, MailRow) if one.template == "co-filer-asked"]
    tess, code = Browser(services, TESS), code_for(services, "Ilse Namaak")
    assert code not in tess.get(f"/mijn/zaken/{number}")
    refuse(services, mail.id, "550 no such user")
    assert code in tess.get(f"/mijn/zaken/{number}")
    assert confirm(services) == number


def test_c2_opening_an_invitation_is_written_down_as_a_look(services) -> None:
    number = file_together(services, ILSE_NAMED, BRAM_NAMED)
    drain(services)
    Browser(services, ILSE).get(link_in_mail(services, "ilse@post.example"))
    (look,) = rows(services, LookRow)
    assert (look.who, look.part) == (Browser(services, ILSE).actor.subject, "invitation")
    Browser(services, BRAM).client.get(
        link_in_mail(services, "ilse@post.example")
    )  # of another: sees nothing, and has no look
    assert len(rows(services, LookRow)) == 1
    noor = Browser(services, NOOR)
    assert "Iemand met een uitnodiging, die niet meedoet" in noor.get(f"/werk/zaken/{number}/tijdlijn")
    confirm(services)
    page = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "Iemand met een uitnodiging" not in page
    assert "Uitnodiging om samen in te dienen" in page


def test_c2_who_confirms_may_look_up_the_own_address_and_keeps_what_was_typed(tmp_path) -> None:
    with installation(tmp_path, furnish, faces=("citizen",)) as bare:
        with_registers = replace(bare, registers=Registers(InventedRegisters()))
        file_together(with_registers, ILSE_NAMED)
        ilse, link = Browser(with_registers, ILSE), f"/mijn/meedoen/{code_for(with_registers, 'Ilse Namaak')}"
        assert "Zoek mijn adres" in ilse.get(link)
        looking = {**CONTACT, "channel": "post", "phone": "0612345678", "stap": "adres"}
        assert "Vul het huisnummer in." in ilse.post(
            link, {**looking, "postcode": "1234 AD", "huisnummer": ""}, status=422
        )
        page = ilse.post(link, {**looking, "postcode": "1234 ad", "huisnummer": "6"})
        assert "Fantasieplein 6" in page
        assert 'value="0612345678"' in page
        assert [one.name for one in rows(with_registers, Party)] == ["Tess Testeling"]


@pytest.mark.parametrize("how", ["declined", "ended"])
def test_c2_staff_read_that_who_gets_no_mail_must_be_told_by_letter(services, how) -> None:
    by_post = replace(TESS, channel="post", address="Dorpsweg 1\n1234 AA Zandstede")
    file_together(services, ILSE_NAMED, who=by_post)
    if how == "declined":
        ilse, link = Browser(services, ILSE), f"/mijn/meedoen/{code_for(services, 'Ilse Namaak')}"
        ilse.get(link)
        ilse.post(f"{link}/niet", {"reason": ""})
    else:
        days_later(services, 15)
        sweep_co_filers(services)
    assert (
        "Tess Testeling krijgt dit niet per e-mail te horen. Schrijf een brief, of bel."
        in rows(services, NoteRow)[-1].text
    )
    assert not any(one.template == "co-filer-news" for one in rows(services, MailRow))
