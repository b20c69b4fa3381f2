"""Joined objections on the pages: which cases are about the same decision, and one press for those that stand at the same step."""

from kit.browser import Browser
from kit.cases import INTAKE, open_task, register_bezwaar, rows
from kit.people import ADA, ILSE, NOOR, TESS
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.tasks import CompleteTask
from processes.jobs.workers import drain
from processes.storage.tables import Case, CaseRelation, TaskRow

CALLED = {"call_outcome": "doorgaan", "called_on": "2026-03-03"}


def to_call(services, *parties, **more) -> str:
    number = register_bezwaar(services, *parties, **more)
    act(services, NOOR, CompleteTask(open_task(services, "Intake", number), {**INTAKE, "route": "ambtelijk"}))
    return number


def test_j11_a_case_names_the_running_cases_about_the_same_decision_to_handle_together(
    services, noor: Browser, browser
) -> None:
    one, two = register_bezwaar(services, TESS), register_bezwaar(services, BRAM)
    other = register_bezwaar(services, ILSE, number="PV-9")
    page = noor.get(f"/werk/zaken/{one}")
    assert "Lopende zaken over hetzelfde besluit" in page
    assert f"met zaak {two}" in page
    assert f"met zaak {other}" not in page
    page = noor.post(f"/werk/zaken/{one}/relaties", {"other": two, "kind": "gevoegd"})
    assert "Wordt samen behandeld" in page
    assert "Lopende zaken over hetzelfde besluit" not in page  # it stands among the related cases now
    assert {row.kind for row in rows(services, CaseRelation)} == {"gevoegd"}
    assert browser(ADA).get(f"/werk/zaken/{one}", status=404)  # the committee sees none of it


def test_j11_one_press_on_the_form_does_the_step_in_the_ticked_cases_alone(services, noor: Browser) -> None:
    one, two, three = to_call(services, TESS), to_call(services, BRAM), to_call(services, ILSE)
    related = to_call(services, TESS, number="PV-9")
    noor.post(f"/werk/zaken/{one}/relaties", {"other": related, "kind": "gevoegd"})
    task = open_task(services, "CallObjector", one)
    page = noor.get(f"/werk/taken/{task}")
    assert "Deze stap ook doen in" in page
    assert all(f">{number}, " in page for number in (two, three, related))
    assert f"{two}, Bram van Proefhuizen, Parkeervergunning" in page
    ticked = [open_task(services, "CallObjector", number) for number in (two, related)]
    page = noor.post(f"/werk/taken/{task}", {"together": ticked}, status=422)  # the form is not filled in
    assert page.count(" checked>") == 2
    page = noor.post(f"/werk/taken/{task}", {**CALLED, "together": ticked})
    assert "In de zaken die u aankruiste, gebeurt nu hetzelfde." in page
    drain(services)
    (waiting,) = rows(services, TaskRow, element="CallObjector", state="open")
    assert [row.number for row in rows(services, Case) if row.id == waiting.case_id] == [three]


def test_j11_a_step_of_one_case_alone_offers_no_other_case(services, noor: Browser) -> None:
    one, _ = register_bezwaar(services, TESS), register_bezwaar(services, BRAM)
    assert "Deze stap ook doen in" not in noor.get(f"/werk/taken/{open_task(services, 'Intake', one)}")
