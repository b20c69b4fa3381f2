"""W8: what a party needs at a hearing is asked when a case is registered and in answers, and goes along to planning, invitation and sheet."""

from dataclasses import replace

from kit.browser import Browser
from kit.cases import open_task, rows
from kit.hearings import planned, session_on, waiting_case
from kit.people import BRAM, NOOR, TESS

from processes.execution.party_data import data_of
from processes.storage.services import Services
from processes.storage.tables import NoticeRow, Party

NEEDS = "tolk Turks, ringleiding"
LIST = "/werk/zittingen"


def test_w8_needs_of_a_party_stand_at_planning_in_its_own_invitation_and_on_the_sheet(
    services: Services, eva: Browser
) -> None:
    number = waiting_case(services, replace(TESS, needs=NEEDS), BRAM)
    session = session_on(services)
    bold = f"<strong>Tess Testeling: {NEEDS}</strong>"
    assert bold in eva.get(f"{LIST}/{session}")
    assert f"Tess Testeling: {NEEDS}" in eva.get(f"/werk/taken/{open_task(services, 'PlanHearing', number)}")
    planned(services, session, number)
    letters = {row.party_id: row.body for row in rows(services, NoticeRow, template="uitnodiging")}
    names = {row.id: row.name for row in rows(services, Party)}
    told = {names[party]: NEEDS in body for party, body in letters.items()}
    assert told == {"Tess Testeling": True, "Bram van Proefhuizen": False}
    assert "U heeft laten weten dat dit nodig is: tolk Turks, ringleiding." in next(
        body for body in letters.values() if NEEDS in body
    )
    assert bold in eva.get(f"{LIST}/{session}/blad")


def test_w8_needs_that_a_citizen_gave_with_the_wish_to_be_heard_are_in_the_invitation(
    services: Services, eva: Browser
) -> None:
    wish = {"hearing_reply": "ja", "interpreter_wanted": "Pools", "hearing_needs": ["rolstoel"]}
    number = waiting_case(services, wish=wish)
    session = session_on(services)
    assert "Tess Testeling: gewenste tolk: Pools, toegang met een rolstoel" in eva.get(f"{LIST}/{session}")
    planned(services, session, number)
    (letter,) = rows(services, NoticeRow, template="uitnodiging")
    assert "U heeft laten weten dat dit nodig is: gewenste tolk: Pools, toegang met een rolstoel." in letter.body


def test_w8_needs_are_corrected_with_a_reason_and_bounded(services: Services) -> None:
    number = waiting_case(services)
    noor = Browser(services, NOOR)
    party = rows(services, Party)[0]
    here = f"/werk/zaken/{number}/partijen/{party.id}/gegevens"
    noor.get(here)
    typed = {
        "party-0-kind": "person", "party-0-name": party.name, "party-0-email": party.email, "party-0-channel": "portal",
        "party-0-electronic_since": str(party.electronic_since), "party-0-electronic_how": party.electronic_how,
        "seen": data_of(party).seen, "reason": "Zij belde.", "party-0-needs": "x" * 301,
    }  # fmt: skip
    assert "Maak dit korter: hoogstens 300 tekens." in noor.post(here, typed, status=422)
    noor.post(here, {**typed, "party-0-needs": "grote letters"})
    assert rows(services, Party)[0].needs == "grote letters"
    assert "Nodig bij een hoorzitting" in noor.get(f"/werk/zaken/{number}/partijen")
