"""Groups of joined cases on the pages (W21): joined from the list, one form for all, one hearing, and out again."""

from kit.browser import Browser
from kit.cases import INTAKE, open_task, register_bezwaar, rows
from kit.people import ADA, ILSE, NOOR, TESS
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.jobs.workers import drain
from processes.storage.tables import CaseGroupMember, CaseGroupRow, CaseGroupStep, CaseValue

CALLED = {"call_outcome": "doorgaan", "called_on": "2026-03-03"}
TYPED = {"name": "Besluit PV-1", "reason": "Eén besluit, dezelfde gronden."}


def to_call(services, *parties, **more) -> str:
    number = register_bezwaar(services, *parties, **more)
    act(services, NOOR, CompleteTask(open_task(services, "Intake", number), {**INTAKE, "route": "ambtelijk"}))
    return number


def test_w21_cases_of_the_list_are_joined_and_a_step_is_done_once_for_all(services, noor: Browser) -> None:
    one, two, three = to_call(services, TESS), to_call(services, BRAM), to_call(services, ILSE)
    assert "Behandel de gekozen zaken samen" in noor.get("/werk/zaken")
    page = noor.get(f"/werk/groepen/nieuw?nummer={one}&nummer={two}")
    assert page.count(" checked>") == 2
    assert f'value="{three}"' in page  # offered, not ticked
    assert "over hetzelfde besluit" in page
    page = noor.post("/werk/groepen/nieuw", {**TYPED, "nummer": [one, two, three], "shown": [one, two]})
    assert "De zaken zijn gevoegd." in page
    assert "3 zaken staan bij deze stap." in page
    (group,) = rows(services, CaseGroupRow)
    assert "Gevoegd met 2 andere zaken" in noor.get(f"/werk/zaken/{one}")
    task = open_task(services, "CallObjector", one)
    assert f'href="/werk/taken/{task}?groep=ja"' in page
    form = noor.get(f"/werk/taken/{task}?groep=ja")
    others = [open_task(services, "CallObjector", number) for number in (two, three)]
    assert all(f'value="{other}" checked' in form for other in others)
    page = noor.post(f"/werk/taken/{task}", {**CALLED, "call_note": "Dag [naam].", "together": others})
    assert "1 van 3 gedaan" in page
    assert "Nog niet alles is klaar." in page
    drain(services)
    page = noor.get(f"/werk/groepen/{group.id}")
    assert "3 van 3 gedaan" in page
    assert "Nog niet alles is klaar." not in page
    assert {row.value for row in rows(services, CaseValue, code="call_note")} == {
        "Dag Tess Testeling.", "Dag Bram van Proefhuizen.", "Dag Ilse Namaak.",
    }  # fmt: skip


def test_w21_the_page_says_what_cannot_be_joined_and_loses_nothing_that_was_typed(services, noor: Browser) -> None:
    one, two, three = (register_bezwaar(services, party) for party in (TESS, BRAM, ILSE))
    noor.post("/werk/groepen/nieuw", {**TYPED, "nummer": [two, three], "shown": [two, three]})
    page = noor.get(f"/werk/groepen/nieuw?nummer={one}&nummer={two}")
    assert f"{two}: Deze zaak staat al in een andere groep." in page
    page = noor.post(
        "/werk/groepen/nieuw", {"name": "Nieuw", "reason": "", "nummer": [one], "shown": [one, two]}, status=422
    )
    assert 'value="Nieuw"' in page
    assert "Schrijf waarom u deze zaken voegt." in page
    assert "Kies minstens twee zaken." in page
    assert f'value="{one}" checked' in page
    assert "U heeft geen zaken gekozen." in noor.get("/werk/groepen/nieuw")


def test_w21_a_case_leaves_with_a_reason_and_another_comes_to_the_group(services, noor: Browser) -> None:
    one, two, three = (register_bezwaar(services, party) for party in (TESS, BRAM, ILSE))
    noor.post("/werk/groepen/nieuw", {**TYPED, "nummer": [one, two], "shown": [one, two]})
    (group,) = rows(services, CaseGroupRow)
    here = f"/werk/groepen/{group.id}"
    page = noor.get(f"/werk/groepen/nieuw?nummer={one}&groep={group.id}")
    assert "Zaken in groep Besluit PV-1" in page
    noor.post("/werk/groepen/nieuw", {"reason": "Ook dit.", "groep": str(group.id), "nummer": [three], "shown": [one]})
    assert "3 zaken." in noor.get(here)
    assert "Schrijf waarom de zaken uit de groep gaan." in noor.post(f"{here}/eruit", {"cases": [two]}, status=422)
    page = noor.post(f"{here}/eruit", {"cases": [two], "reason": "Andere gronden."})
    assert "Uit de groep" in page
    assert "Andere gronden." in page
    assert sum(row.left_at is None for row in rows(services, CaseGroupMember)) == 2
    assert "Behandel deze zaak samen" in noor.get(f"/werk/zaken/{two}") or "Voeg ze tot één groep" in noor.get(
        f"/werk/zaken/{two}"
    )
    assert "Besluit PV-1" in noor.get("/werk/groepen")


def test_w21_the_committee_has_no_groups(services, noor: Browser, browser) -> None:
    one, two = register_bezwaar(services, TESS), register_bezwaar(services, BRAM)
    noor.post("/werk/groepen/nieuw", {**TYPED, "nummer": [one, two], "shown": [one, two]})
    (group,) = rows(services, CaseGroupRow)
    ada = browser(ADA)
    for address in ("/werk/groepen", f"/werk/groepen/{group.id}", f"/werk/groepen/nieuw?nummer={one}"):
        ada.get(address, status=403)
    assert not rows(services, CaseGroupStep)
