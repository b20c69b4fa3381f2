"""The demo shows what happens with more than one: two objectors of whom one answered, and an objection to two decisions."""

import pytest
from kit.cases import BEZWAAR, add_departments, put_in_use, rows
from kit.installation import installation
from kit.people import known

from processes.demo.cases import NOOR, DemoCases
from processes.demo.cases_together import TOGETHER_CASES
from processes.reads.workbench import read_joining
from processes.storage.tables import CoFiler, Decision, NoticeRow, Party, TaskRow


def furnish(services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "vergunningen")
    known(services, NOOR)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with installation(tmp_path_factory.mktemp("demo"), furnish) as services:
        cases = DemoCases(services)
        for _, _, play in TOGETHER_CASES:
            play(cases)
        yield cases


def test_j5_the_demo_holds_a_case_of_two_objectors_of_whom_one_answered(demo):
    names = {row.id: row.name for row in rows(demo.services, Party)}
    asked = [row for row in rows(demo.services, TaskRow) if row.element == "RepairByCitizen"]
    assert {(names[row.party_id], row.state) for row in asked} == {
        ("Ilse Namaak", "done"),
        ("Yasmina el Voorbeeld", "open"),
    }


def test_j3_the_demo_holds_a_case_about_two_decisions_whose_letter_lists_both(demo):
    assert len([row for row in rows(demo.services, Decision) if row.number.startswith("VG-2026-094")]) == 2
    (letter,) = [row for row in rows(demo.services, NoticeRow) if "VG-2026-0942" in row.body]
    assert "tegen deze besluiten:\n- Reclame op de gevel geweigerd (VG-2026-0941)\n- Uitstalling" in letter.body


def test_w21_the_demo_holds_three_objections_alike_that_the_program_offers_to_join(demo):
    one, *others = (demo.cases[f"terrace-{name}"] for name in ("ilse", "yasmina", "bram"))
    offered = read_joining(demo.services, NOOR, [one]).offered
    assert [(line.number, line.why) for line in offered] == [(number, "over hetzelfde besluit") for number in others]


def test_c2_the_demo_holds_an_objection_filed_together_of_whom_one_confirmed(demo):
    assert {(row.name, row.state, row.party_id is not None) for row in rows(demo.services, CoFiler)} == {
        ("Kees Denkbeeldig", "joined", True),
        ("Sanne Verzonnen", "asked", False),
    }
