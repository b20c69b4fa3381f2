"""S19: departments as an administrator keeps them up: history and a way back, a successor, networks, and a list that is read in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows
from kit.installation import installation
from kit.people import FENNA

from processes.actions import act
from processes.actions.departments import ConfirmMailbox, EndDepartment, SaveDepartment
from processes.base.actor import Actor
from processes.base.department_list import EXAMPLE
from processes.execution.forms import choosable_departments
from processes.post.refusals import refuse
from processes.storage.departments import mailbox_of
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow, Dossier, MailboxChange, MailRow, NoteRow

GIJS = Actor("staff", "gijs", "Gijs Beheer", frozenset({"admin"}))
HOME = "/beheer/afdelingen"
PARKING = {
    "name": "Parkeren", "email": "parkeren@voorbeeldstad.example", "manager_email": "hoofd.parkeren@voorbeeldstad.example",
    "fallback_email": "", "manager_name": "", "networks": "", "reason": "",
}  # fmt: skip


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, filled, faces=("admin", "department")) as opened:
        yield opened


def filled(services: Services) -> None:
    add_departments(services, "parkeren", "wonen")
    put_in_use(services, *BEZWAAR)


@pytest.fixture
def fenna(services: Services) -> Browser:
    return Browser(services, FENNA)


def department(services: Services, code: str = "parkeren") -> DepartmentRow:
    return rows(services, DepartmentRow, code=code)[0]


def test_s19_the_history_of_a_department_says_who_changed_what_and_leads_back(
    fenna: Browser, services: Services
) -> None:
    fenna.post(f"{HOME}/parkeren", {**PARKING, "manager_name": "D. Voorbeeld", "reason": "Een nieuw hoofd."})
    fenna.post(f"{HOME}/parkeren", {**PARKING, "name": "Parkeren en verkeer", "manager_name": "D. Voorbeeld"})
    page = fenna.get(f"{HOME}/parkeren")
    for words in (
        "Naam van het hoofd: leeg wordt D. Voorbeeld", "Een nieuw hoofd.", "Naam: Parkeren wordt Parkeren en verkeer", "Fenna Beheer",
    ):  # fmt: skip
        assert words in page
    back = page.split("?terug=")[1].split('"')[0]  # of the newest change, which stands first
    page = fenna.get(f"{HOME}/parkeren?terug={back}")
    assert "Er is nog niets veranderd" in page
    assert 'value="Parkeren"' in page
    assert department(services).name == "Parkeren en verkeer"
    fenna.post(f"{HOME}/parkeren", {**PARKING, "manager_name": "D. Voorbeeld"})
    assert department(services).name == "Parkeren"
    fenna.get(f"{HOME}/parkeren?terug=999999", status=404)


def test_s19_a_department_out_of_use_is_no_longer_offered_and_its_successor_gets_what_is_asked(
    fenna: Browser, services: Services
) -> None:
    register_bezwaar(services)
    do(services, "Intake", **INTAKE)
    (before,) = rows(services, Dossier)
    page = fenna.post(f"{HOME}/parkeren/uit-gebruik", {"successor": "", "reason": ""}, status=422)
    assert 'href="#field-successor"' in page
    assert 'href="#field-reason"' in page
    page = fenna.post(f"{HOME}/parkeren/uit-gebruik", {"successor": "wonen", "reason": "Samengevoegd."})
    assert "krijgt Wonen wat aan deze afdeling wordt gevraagd" in page
    assert "Uit gebruik op: leeg wordt" in page
    with services.sessions() as session:
        assert choosable_departments(session) == (("wonen", "Wonen"),)
    register_bezwaar(services, number="PV-2")
    do(services, "Intake", **INTAKE)
    assert [one.department for one in rows(services, Dossier)] == [before.department, "wonen"]
    fenna.post(f"{HOME}/parkeren/in-gebruik")
    assert department(services).ended_on is None


def test_s19_mail_about_a_running_case_goes_to_the_successor(services: Services) -> None:
    act(services, FENNA, EndDepartment("parkeren", "wonen", "Samengevoegd."))
    with services.sessions() as session:
        row = session.get_one(DepartmentRow, "parkeren")
        assert mailbox_of(session, row).email == "wonen@voorbeeldstad.example"


def test_s19_a_second_mailbox_takes_two_administrators_and_gets_what_the_first_refused(services: Services) -> None:
    second = "reserve@voorbeeldstad.example"
    act(
        services,
        FENNA,
        SaveDepartment("parkeren", "Parkeren", PARKING["email"], PARKING["manager_email"], fallback_email=second),
    )
    assert department(services).fallback_email is None
    (change,) = rows(services, MailboxChange)
    act(services, GIJS, ConfirmMailbox("parkeren", change.email, change.manager_email, second))
    assert department(services).fallback_email == second
    register_bezwaar(services)
    do(services, "Intake", **INTAKE)
    (asked,) = rows(services, MailRow, recipient=PARKING["email"])
    refuse(services, asked.id, "550 onbekend")
    (copy,) = rows(services, MailRow, recipient=second)
    assert (copy.subject, copy.body) == (asked.subject, asked.body)
    assert any("reservepostvak" in note.text for note in rows(services, NoteRow))
    refuse(services, copy.id, "550 ook onbekend")
    assert len(rows(services, MailRow, subject=asked.subject)) == 2


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("networks", "parkeren", "geen netwerk"), ("networks", "10.0.0.1/8", "Bedoelt u"), ("fallback_email", "geen adres", "e-mailadres"), ("name", "", "naam")],
)  # fmt: skip
def test_s19_what_is_wrong_is_said_at_the_field_and_stays_as_typed(
    fenna: Browser, field: str, typed: str, said: str
) -> None:
    page = fenna.post(f"{HOME}/parkeren", {**PARKING, "manager_name": "D. Voorbeeld", field: typed}, status=422)
    assert f'href="#field-{field}"' in page
    assert said in page
    assert typed in page
    assert "D. Voorbeeld" in page


def test_s19_a_list_is_checked_first_and_names_its_faulty_rows(fenna: Browser, services: Services) -> None:
    faulty = EXAMPLE + "wonen;Wonen;geen adres;;;hoofd.wonen@voorbeeldstad.example;\nNIEUW!;;;;;;\n"
    page = fenna.post("/beheer/afdelingen-inlezen", {"text": faulty}, status=422)
    for words in ("Regel 3 (wonen): postvak:", "Regel 4 (NIEUW!)", "naam: Vul de naam", "D. Voorbeeld"):
        assert words in page
    assert "zorg" not in [one.code for one in rows(services, DepartmentRow)]
    good = EXAMPLE + "zorg;Zorg;zorg@voorbeeldstad.example;;;hoofd.zorg@voorbeeldstad.example;\n"
    page = fenna.post("/beheer/afdelingen-inlezen", {"text": good})
    assert "nieuw" in page
    assert "Netwerken: leeg wordt 10.1.0.0/16" in page
    assert "zorg" not in [one.code for one in rows(services, DepartmentRow)]
    page = fenna.post("/beheer/afdelingen-inlezen/opslaan", {"text": good})
    assert "Aantal afdelingen in uw lijst: 2" in page
    assert (department(services).networks, department(services, "zorg").name) == ("10.1.0.0/16", "Zorg")
    fenna.post("/beheer/afdelingen-inlezen/opslaan", {"text": faulty}, status=422)


def test_s19_a_list_may_come_as_the_file_of_a_spreadsheet(fenna: Browser, services: Services) -> None:
    text = "Code,Naam,Postvak,Postvak hoofd\nzorg,Zorg één,zorg@voorbeeldstad.example,hoofd@voorbeeldstad.example\n"
    page = fenna.post(
        "/beheer/afdelingen-inlezen", {"text": ""}, files={"file": ("lijst.csv", text.encode("cp1252"), "text/csv")}
    )
    assert "Zorg één" in page
    fenna.post("/beheer/afdelingen-inlezen", {"text": "naam;postvak\na;b"}, status=422)


def test_s19_a_department_says_which_drawings_name_it(fenna: Browser) -> None:
    page = fenna.get(f"{HOME}/parkeren")
    assert "Tekeningen die haar zelf noemen" in page
    assert "geen enkele" in page
