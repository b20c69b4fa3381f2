"""S19: everything that was changed on one page, and the roles and teams with what waits for whom."""

from datetime import date

from admin_kit import Browser
from kit.people import FENNA, NOOR

from processes.actions import act
from processes.actions.dated import SaveSetting, TakeBackSetting
from processes.actions.departments import SaveDepartment
from processes.actions.people import BlockPerson
from processes.base.actor import Actor
from processes.dated.typed_settings import TypedSetting
from processes.reads.admin import read_changes, read_roles
from processes.storage.business_time import business_now
from processes.storage.services import Services
from processes.storage.staff import remember
from processes.storage.tables import HouseStyleRow

GIJS = Actor("staff", "gijs", "Gijs Beheer", frozenset({"admin"}))
HOME = "/beheer/wijzigingen"


def known(services: Services, *people: Actor) -> None:
    with services.sessions.begin() as session:
        for person in people:
            remember(session, person)


def save(services: Services, kind: str, code: str, who: Actor = FENNA, *, new: bool = False, **values: str) -> None:
    act(services, who, SaveSetting(TypedSetting(kind, code, "2026-01-01", values, "Zo is het beter.", new)))


def test_s19_all_changes_stand_on_one_page_by_kind_and_person_each_with_its_way_back(
    fenna: Browser, services: Services
) -> None:
    known(services, FENNA, GIJS)
    with services.sessions.begin() as session:
        style = {
            "valid_from": date(2026, 2, 1),
            "saved_at": business_now(services),
            "saved_by": "gijs",
            "reason": "Nieuw.",
        }
        session.add(HouseStyleRow(style={}, **style))
    save(services, "networks", "afdelingen", department_networks="192.0.2.0/24")
    department = SaveDepartment(
        "parkeren", "Parkeren en verkeer", "parkeren@voorbeeldstad.example", "hoofd.parkeren@voorbeeldstad.example"
    )
    act(services, GIJS, department)
    page = fenna.get(HOME)
    for words in (
        "Netwerken: leeg wordt 192.0.2.0/24", "Zo is het beter.", "Naam: Parkeren wordt Parkeren en verkeer", "Gijs Beheer",
        "/beheer/instellingen/networks/regel/afdelingen/2026-01-01/terugnemen", "/beheer/afdelingen/parkeren", "Bezwaar, versie 1", "huisstijl vanaf 1 februari 2026",
    ):  # fmt: skip
        assert words in page
    assert page.index("Parkeren en verkeer") < page.index("Bezwaar, versie 1")  # newest first
    assert "192.0.2.0/24" not in fenna.get(f"{HOME}?soort=department")
    assert "Parkeren en verkeer" not in fenna.get(f"{HOME}?door=fenna")
    act(services, FENNA, TakeBackSetting("networks", "afdelingen", date(2026, 1, 1), "Toch niet."))
    newest = read_changes(services, FENNA).lines[0]
    assert (newest.what, newest.reason) == ("netwerken afdelingen: teruggenomen", "Toch niet.")
    assert newest.changes == (("Netwerken", "192.0.2.0/24", ""),)
    fenna.get(f"{HOME}?pagina=0", status=404)


def test_s19_a_role_says_what_it_may_which_lanes_wait_for_it_and_when_nobody_has_it(
    fenna: Browser, services: Services
) -> None:
    known(services, FENNA, NOOR)
    page = fenna.get("/beheer/rollen")
    for words in ("Niemand is commissie", "keurt vernietiging goed", "<code>worker</code>", NOOR.name):
        assert words in page
    assert "Niemand is behandelaar" not in page
    assert "Er zijn taken voor:" in fenna.get("/beheer")
    lanes = {role.word: {lane for _, _, lane in role.lanes} for role in read_roles(services, FENNA).roles}
    assert lanes["worker"]
    assert lanes["decider"]
    assert lanes["committee"]
    assert not lanes["admin"]
    act(services, FENNA, BlockPerson(NOOR.subject))
    assert "Niemand is behandelaar" in fenna.get("/beheer/rollen")


def test_s19_a_team_is_listed_with_its_people_also_those_who_may_not_come_in_any_more(
    fenna: Browser, services: Services
) -> None:
    known(services, FENNA, NOOR)
    save(
        services,
        "team",
        "recht",
        new=True,
        name="team Recht",
        members=f"{FENNA.subject} {NOOR.subject}",
        case_types="bezwaar",
    )
    act(services, FENNA, BlockPerson(NOOR.subject))
    page = fenna.get("/beheer/rollen")
    assert f"Kan niet meer inloggen: {NOOR.name}" in page
    save(services, "team", "recht", name="team Recht", ended="ja")
    assert "Er zijn nog geen teams." in fenna.get("/beheer/rollen")


def test_s19_the_first_page_leads_to_everything_that_can_be_set(fenna: Browser) -> None:
    page = fenna.get("/beheer")
    for address in (
        "afdelingen",
        "rollen",
        "medewerkers",
        "instellingen#mail_sender",
        "instellingen#uploads",
        "wijzigingen",
    ):
        assert f'href="/beheer/{address}"' in page
    settings = fenna.get("/beheer/instellingen")
    for anchor in (
        "organisation",
        "text_block",
        "body",
        "retention",
        "tariff",
        "mail_sender",
        "warning_mail",
        "uploads",
        "networks",
    ):
        assert f'id="{anchor}"' in settings
