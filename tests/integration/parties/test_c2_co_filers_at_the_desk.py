"""C2 at the desk: staff see who was named, ask again, add somebody whose signature is on paper, and take somebody off with a reason; and what becomes of
who was named when the case ends, is destroyed or follows another version.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, days_later, do, put_in_use, rows, shipped, today
from kit.co_filers import BRAM_NAMED, ILSE_NAMED, code_for, confirm, file_together, named
from kit.installation import installation
from kit.people import FENNA, ILSE, NOOR, TESS, TOGA, citizen, known

from processes.access.links import with_links
from processes.actions import act
from processes.actions.co_filers import InviteAgain, TakeOffCoFiler
from processes.actions.dated import SaveSetting, TypedSetting
from processes.actions.filing_along import JoinAnswer, OpenInvitation
from processes.actions.parties import AddParty
from processes.base.errors import NotFound, NotNow
from processes.jobs.co_filer_sweep import sweep_co_filers
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import CoFiler, DocumentRow, MailRow, NoteRow, Party


def furnish(services: Services) -> None:
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in BEZWAAR))
    add_departments(services, "parkeren")
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


@pytest.fixture
def number(services: Services) -> str:
    made = file_together(services, ILSE_NAMED, BRAM_NAMED)
    drain(services)
    return made


def place_of(services: Services, number: str, name: str) -> tuple[str, str]:
    """The address of the forms about somebody who was named, and what stands behind their fields."""
    row = named(services, name)
    return f"/werk/zaken/{number}/mede/{row.id}", f"-mede-{row.id}"


def test_c2_staff_ask_again_with_another_address_and_the_time_begins_anew(services, number) -> None:
    days_later(services, 15)
    sweep_co_filers(services)
    old = code_for(services, "Ilse Namaak")
    noor, (place, suffix) = Browser(services, NOOR), place_of(services, number, "Ilse Namaak")
    noor.get(f"/werk/zaken/{number}/partijen")
    wrong = noor.post(f"{place}/opnieuw", {f"email{suffix}": "ilse"}, status=422)
    assert f'href="#field-email{suffix}"' in wrong
    assert "De persoon krijgt een nieuwe e-mail." in noor.post(
        f"{place}/opnieuw", {f"email{suffix}": "i.namaak@post.example"}
    )
    row = named(services, "Ilse Namaak")
    assert (row.state, (row.valid_until - today(services)).days, row.settled_at) == ("asked", 14, None)
    assert (
        act(services, citizen(services, ILSE), OpenInvitation(old, str(ILSE.identity), named=True)) == JoinAnswer.WRONG
    )
    drain(services)
    assert [one.recipient for one in rows(services, MailRow)].count("i.namaak@post.example") == 1
    assert confirm(services) == number


def test_c2_staff_add_who_signed_on_paper_by_the_form_that_is_filled_in_for_them(services, number) -> None:
    noor, row = Browser(services, NOOR), named(services, "Ilse Namaak")
    page = noor.get(f"/werk/zaken/{number}/partijen/nieuw?mede={row.id}")
    for text in ('value="Ilse Namaak"', 'value="ilse@post.example"', f'name="mede" value="{row.id}"'):
        assert text in page
    typed = {
        "party-0-role": "objector",
        "party-0-kind": "person",
        "party-0-name": "Ilse Namaak",
        "party-0-channel": "post",
    }
    page = noor.post(f"/werk/zaken/{number}/partijen/nieuw", {**typed, "party-0-address": ""}, status=422)
    assert f'name="mede" value="{row.id}"' in page
    street = {"party-0-address": "Dorpsweg 1\n1234 AB Voorbeeldstad"}
    assert "De betrokkene hoort nu bij de zaak." in noor.post(
        f"/werk/zaken/{number}/partijen/nieuw", {**typed, **street}
    )
    row, party = named(services, "Ilse Namaak"), rows(services, Party)[-1]
    assert (row.state, row.party_id, row.settled_by) == ("joined", party.id, "noor")
    assert "Toegevoegd op 1 juni 2026 door Noor Behandelaar" in noor.get(f"/werk/zaken/{number}/partijen")
    answer = act(
        services,
        citizen(services, ILSE),
        OpenInvitation(code_for(services, "Ilse Namaak"), str(ILSE.identity), named=True),
    )
    assert answer == JoinAnswer.WRONG
    with pytest.raises(NotNow):
        act(
            services,
            NOOR,
            AddParty(number, replace(ILSE, identity=None, channel="post", address="X 1"), co_filer=row.id),
        )


def test_c2_staff_take_somebody_off_and_say_why(services, number) -> None:
    noor, (place, suffix) = Browser(services, NOOR), place_of(services, number, "Ilse Namaak")
    noor.get(f"/werk/zaken/{number}/partijen")
    assert "Schrijf op waarom." in noor.post(f"{place}/weg", status=422)
    page = noor.post(f"{place}/weg", {f"reason{suffix}": "Zij belde: zij weet van niets."})
    assert "Deze persoon wordt niet meer gevraagd." in page
    assert "Zij belde: zij weet van niets." in page
    assert any("staat niet meer bij wie samen indienen" in note.text for note in rows(services, NoteRow))
    assert (
        "Ilse Namaak" not in Browser(services, TESS).get(f"/mijn/zaken/{number}").partition("Hoe ver is mijn zaak?")[0]
    )
    with pytest.raises(NotNow):
        act(services, NOOR, InviteAgain(number, named(services, "Ilse Namaak").id))


def test_c2_a_row_of_another_case_is_not_reached(services, number) -> None:
    other = file_together(services, ILSE_NAMED, who=replace(TOGA, role="objector", email="t@post.example"))
    row = rows(services, CoFiler)[0]
    for action in (InviteAgain(other, row.id), TakeOffCoFiler(other, row.id, "Zo.")):
        with pytest.raises(NotFound):
            act(services, NOOR, action)
    paper = replace(ILSE, identity=None, channel="post", address="Dorpsweg 1\n1234 AB Voorbeeldstad")
    with pytest.raises(NotFound):
        act(services, NOOR, AddParty(other, paper, co_filer=row.id))


def test_c2_who_joins_gets_the_representative_whom_staff_added_for_the_filers(services, number) -> None:
    lawyer = replace(TOGA, address="Merelweg 8\n1234 AC Voorbeeldstad")
    act(services, NOOR, AddParty(number, lawyer))
    confirm(services)
    tess, speaks, ilse = rows(services, Party)
    assert (tess.represented_by, ilse.represented_by) == (speaks.id, speaks.id)


def test_c2_how_long_somebody_has_is_a_setting(services, number) -> None:
    act(
        services,
        FENNA,
        SaveSetting(TypedSetting("joint_filing", "samen", "2020-01-01", {"days": "5", "reminder_days": ""}, "Korter.")),
    )
    other = file_together(services, ILSE_NAMED, who=replace(TOGA, role="objector", email="t@post.example"))
    row = rows(services, CoFiler)[-1]
    assert ((row.valid_until - today(services)).days, other != number) == (5, True)
    days_later(services, 4)
    assert sweep_co_filers(services) == 0, "no reminder is asked"


def test_c2_the_link_is_in_no_stored_text(services, number) -> None:
    code = code_for(services, "Ilse Namaak")
    (mail,) = [one for one in rows(services, MailRow) if one.template == "co-filer-asked"]
    assert not re.search(rf"{code}|{code.replace('-', '')}", mail.body)
    assert code not in Browser(services, NOOR).get(f"/werk/zaken/{number}/brieven")
    with services.sessions() as session:
        assert f"/mijn/meedoen/{code}" in with_links(services, session, mail.body)


def test_c2_a_case_type_that_does_not_ask_it_any_more_keeps_who_was_named(services, number) -> None:
    folder = replace(shipped("bezwaar"), rehearsals={})
    put_in_use(services, replace(folder, drawing=folder.drawing.replace(b'filedTogether="true" ', b"")))
    assert "samen met anderen" not in Browser(services, TESS).get("/mijn/nieuw/bezwaar?deel=alles")
    assert confirm(services) == number


def test_c2_who_must_sign_in_more_strongly_is_sent_there_and_told_nothing_else(services, number) -> None:
    folder = replace(shipped("bezwaar"), rehearsals={})
    put_in_use(
        services,
        replace(folder, drawing=folder.drawing.replace(b"<case:caseType ", b'<case:caseType signInLevel="high" ', 1)),
    )
    code = code_for(services, "Ilse Namaak")
    weak = Browser(services, ILSE, {"level": "substantial"})
    page = weak.get(f"/mijn/meedoen/{code}", status=403)
    assert "sterker" in page
    assert "Ik woon hier al jaren" not in page
    assert "Doet u mee?" in Browser(services, ILSE).get(f"/mijn/meedoen/{code}")


def test_c2_joined_cases_each_keep_who_was_named_in_them(services, number) -> None:
    other = file_together(services, ILSE_NAMED, who=replace(TOGA, role="objector", email="t@post.example"))
    first, second = [row for row in rows(services, CoFiler) if row.name == "Ilse Namaak"]
    assert first.case_id != second.case_id
    assert confirm(services) == other
    assert [row.state for row in rows(services, CoFiler) if row.name == "Ilse Namaak"] == ["asked", "joined"]


def test_c2_a_department_reads_what_was_filed_and_no_confirmation_of_who_files_along(services, number) -> None:
    confirm(services)
    do(services, "Intake", **INTAKE, route="zonder_horen")
    drain(services)
    given = [row.title for row in rows(services, DocumentRow) if row.to_departments]
    assert ["zonder contactgegevens" in title for title in given] == [True]
    assert [row.title for row in rows(services, DocumentRow)].count("Bevestiging: samen indienen") == 1
