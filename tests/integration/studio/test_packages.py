"""A case type travels as one zip: what it names and is not here is matched on a page, and it carries no addresses of its maker."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import add_departments, all_shipped, put_in_use, shipped
from kit.filled_forms import send
from kit.people import FENNA, NOOR, known
from sqlalchemy import select

from engine import read_model
from engine.edits import SetMail, drawing_of, files_of, settings_of
from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.base.actor import StaffRole
from processes.base.case_type_zip import is_newer, read_zip, release_of
from processes.dated.typed_settings import TypedSetting
from processes.reads.admin.people import ROLES
from processes.reads.studio import read_draft_files
from processes.storage.services import Services
from processes.storage.tables import StaffRow
from processes.studio.needs import NeedKind, addresses_in, edits_for, needs_of
from processes.studio.zipping import to_zip

PACKAGES = sorted((Path(__file__).parents[2] / "data" / "packages").glob("*.zip"))
SMALL = files_of(shipped("ingebrekestelling"))
DRAWING = "ingebrekestelling.bpmn"
HOME = "/beheer/zaaktypen/ingebrekestelling/ontwerp"
# as another municipality has it: a rule, a retention class and processes of its own, and a mailbox in a mail
OTHERS: Mapping[bytes, bytes] = {
    b'rule="awb-4-17"': b'rule="awb-4-17-eigen"',
    b'retention="13.1"': b'retention="13.1.99"',
    b'supplement="nazending"': b'supplement="nazendingen"',
}
ELSEWHERE = b"\nMail naar balie@elders.example of kijk op https://elders.example/zaak."
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def furnish(services: Services) -> None:
    put_in_use(services, replace(shipped("nazending"), rehearsals={}))
    add_departments(services, "burgerzaken")
    known(services, FENNA, "fenna@voorbeeldstad.example")
    known(services, NOOR, "noor@voorbeeldstad.example")


@pytest.fixture
def fenna(installed: Callable[..., Services]) -> Browser:
    return Browser(installed(furnish, faces=("admin",)), FENNA)


def taken_in(browser: Browser, packed: bytes, status: int = 200) -> str:
    """The overview of the draft that a package becomes."""
    browser.get("/beheer/zaaktypen/nieuw")
    page = browser.post("/beheer/zaaktypen/nieuw", files={"file": ("zaaktype.zip", packed)}, status=status)
    return browser.post(re.findall(r'action="([^"]*/als-ontwerp)"', page)[0])


def draft(browser: Browser) -> Mapping[str, bytes]:
    return read_draft_files(browser.services, FENNA, "ingebrekestelling")[1]


def test_s17_the_package_of_each_release_is_read_and_says_its_release() -> None:
    """Those that are stored here were made by the releases that their names tell; `by-hand` was packed by a desktop."""
    assert {path.stem for path in PACKAGES} == {"0.1.0", "0.1.0-by-hand"}
    for path in PACKAGES:
        files = files_of(read_zip(path.read_bytes()))
        assert read_model(files[drawing_of(files)]).model.case_type
        assert release_of(path.read_bytes()) == ("" if "by-hand" in path.stem else path.stem)
        assert files_of(read_zip(to_zip(files))) == files
    assert release_of(to_zip(SMALL))
    assert (is_newer("0.2.0", "0.1.0"), is_newer("0.1.0", "0.1.0"), is_newer("", "0.1.0")) == (True, False, False)
    assert release_of(b"no zip") == ""


@ON_SQLITE
def test_s17_what_a_package_names_and_is_not_here_is_matched_in_one_press(fenna: Browser) -> None:
    changed = SMALL[DRAWING]
    for old, new in OTHERS.items():
        assert old in changed
        changed = changed.replace(old, new)
    mail = SMALL["mails/niet-in-gebreke.txt"]
    assert b"{{ remedy.bezwaar }}" in mail
    others = {
        "mails/niet-in-gebreke.txt": mail.replace(b"remedy.bezwaar", b"remedy.bezwaren"),
        "mails/besloten.txt": SMALL["mails/besloten.txt"] + ELSEWHERE,
    }
    packed = to_zip({**SMALL, DRAWING: changed, **others})
    page = taken_in(fenna, packed, 422)
    assert "Het pakket is ingelezen als ontwerp" in page
    assert "Dit zaaktype noemt 4 dingen die hier niet zijn" in page
    page = fenna.get(f"{HOME}/ontbreekt")
    for text in (
        "'awb-4-17-eigen'",
        "'13.1.99'",
        "'nazendingen'",
        "Tekstblok 'remedy.bezwaren'",
        "brief of mail 'besloten'",
        "balie@elders.example",
        "https://elders.example/zaak",
    ):
        assert text in page
    page = send(fenna, f"{HOME}/ontbreekt", {})
    assert "Uw keuzes staan in het ontwerp" in page
    assert "Niets. Alles wat dit zaaktype noemt, is er." in page
    assert draft(fenna)["mails/niet-in-gebreke.txt"] == mail
    assert draft(fenna)[DRAWING] == SMALL[DRAWING], "each proposal was the one that it had been made from"
    assert "Ingelezen uit een pakket van Zaakspoor 0.1.0." in fenna.get(f"{HOME}/bewaringen")


@ON_SQLITE
def test_s17_what_a_case_type_cannot_name_is_told_beside_it(fenna: Browser) -> None:
    """Roles that nobody has are missing; team, tariff and sender are those of here."""
    with fenna.services.sessions.begin() as session:
        for row in session.scalars(select(StaffRow)):
            row.roles = [role for role in row.roles if role == StaffRole.ADMIN]
    assert "Dit zaaktype noemt 1 ding dat hier niet is" in taken_in(fenna, to_zip(SMALL))
    page = fenna.get(f"{HOME}/ontbreekt")
    for words in (
        f"Niemand heeft de rol <strong>{ROLES[StaffRole.WORKER]}</strong>",
        "Team: nog geen.",
        "Afzender van mails:",
        "nog verzonnen gegevens",
    ):
        assert words in page
    team = {"name": "team Recht", "case_types": "nazending", "members": ""}
    act(
        fenna.services,
        FENNA,
        SaveSetting(TypedSetting("team", "juridisch", "2026-01-01", team, "Een nieuw team.", new=True)),
    )
    assert "Voorstel: team Recht." in fenna.get(f"{HOME}/ontbreekt")


def test_s17_two_names_in_one_place_both_become_another() -> None:
    mail = b"Besluit\n\n{{ remedy.een }} {% if remedy.twee %}{{ remedy.twee }}{% endif %} remedy.een"
    needs = {one.code: one for one in needs_of((), {"mails/x.txt": mail})}
    (edit,) = edits_for([(needs["remedy.een"], "remedy.beroep"), (needs["remedy.twee"], "remedy.geen")])
    assert edit == SetMail(
        "x.txt", "Besluit\n\n{{ remedy.beroep }} {% if remedy.geen %}{{ remedy.geen }}{% endif %} remedy.een"
    )


@ON_SQLITE
def test_s17_what_is_left_for_later_stays_as_it_was(fenna: Browser) -> None:
    changed = SMALL[DRAWING].replace(b'supplement="nazending"', b'supplement="nazendingen"')
    taken_in(fenna, to_zip({**SMALL, DRAWING: changed}), 422)
    page = send(fenna, f"{HOME}/ontbreekt", {"thing-0": "elders"}, 422)
    assert "Dit is hier niet (meer). Kies iets anders." in page
    send(fenna, f"{HOME}/ontbreekt", {"thing-0": ""})
    assert draft(fenna)[DRAWING] == changed


def test_s17_a_department_in_an_expression_is_matched_there() -> None:
    files = files_of(shipped("bezwaar"))
    drawing = files["bezwaar.bpmn"].replace(
        b'department="department"', b"department=\"'parkeren' if complete else 'wonen'\"", 1
    )
    needs = {(one.kind, one.code): one for one in needs_of(settings_of({**files, "bezwaar.bpmn": drawing}))}
    (edit,) = needs[NeedKind.DEPARTMENT, "wonen"].edits("bouwen")
    assert edit.value == "'parkeren' if complete else 'bouwen'"
    assert (NeedKind.DEPARTMENT, "parkeren") in needs


@pytest.mark.parametrize("folder", all_shipped(), ids=lambda one: one.name)
def test_s17_a_package_of_ours_carries_no_address_of_an_installation(folder) -> None:
    files = files_of(read_zip(to_zip(files_of(folder))))
    assert addresses_in(files) == ()
    read_by_people = {name: content for name, content in files.items() if not name.startswith("rehearsals/")}
    assert [name for name, content in read_by_people.items() if b"@" in content] == []
