"""A button of the drawing shows what it does before it is pressed (W13), and legal advice is asked from the case (O46)."""

from dataclasses import replace

from kit.browser import Browser
from kit.cases import INTAKE, do, put_in_use, register_bezwaar, rows, shipped
from kit.people import TESS

from processes.storage.tables import AuditRow, OutboxRow, TaskRow


def test_w13_a_button_tells_its_effect_and_changes_nothing_until_it_is_pressed(services, noor: Browser) -> None:
    number = register_bezwaar(services, TESS)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    noor.get(f"/werk/zaken/{number}")
    before = [len(rows(services, table)) for table in (TaskRow, AuditRow, OutboxRow)]
    page = noor.get(f"/werk/zaken/{number}/knop/extend")
    assert "Er is nu nog niets gebeurd" in page
    assert "Nieuwe taak: " in page
    assert "(voor de behandelaar)" in page
    assert [len(rows(services, table)) for table in (TaskRow, AuditRow, OutboxRow)] == before
    assert "Gedaan. Wat er daardoor gebeurde" in noor.post(f"/werk/zaken/{number}/knop/extend")
    assert len(rows(services, TaskRow)) > before[0]
    assert "hoort niet bij deze zaak" in noor.get(f"/werk/zaken/{number}/knop/verzonnen", status=409)
    noor.get(f"/werk/zaken/{number}/knop/extend?instance=999", status=404)


def test_o46_legal_advice_is_asked_by_a_button_of_the_case(services, noor: Browser) -> None:
    number = register_bezwaar(services, TESS)
    asked = "Vraag advies: juridisch advies"
    assert asked not in noor.text_of(noor.get(f"/werk/zaken/{number}"))
    put_in_use(services, *(replace(shipped(name), rehearsals={}) for name in ("adviesreactie", "juridisch-advies")))
    assert asked in noor.get(f"/werk/zaken/{number}")
    page = noor.get(f"/werk/nieuw/juridisch-advies?bij={number}")
    assert number in page
    assert "Wat is de vraag?" in page
