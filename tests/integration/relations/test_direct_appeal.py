"""Direct appeal (Awb 7:1a): agreed, the objection goes to the court with the day of receipt and an appeal begins; refused, it goes on."""

import pytest
from kit.cases import BEZWAAR, INTAKE, add_departments, open_task, put_in_use, register_bezwaar, rows
from kit.documents import stored
from kit.people import NOOR, known

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.tasks import CompleteTask
from processes.jobs.workers import drain
from processes.storage.tables import Case, CaseValue, Decision, NoticeRow, Party, TaskRow

pytestmark = pytest.mark.parametrize(
    "kind_of_database", ["sqlite"], indirect=True
)  # a drawing, which no database changes
ASKED = {"grounds": "De regel zelf is in strijd met de wet.", "direct_appeal": True}
AGREED = {
    "direct_choice": "instemmen",
    "court_name": "Rechtbank Voorbeeldland",
    "court_address": "Postbus 2\n1000 AC Voorbeeldstad",
}
REASON = {"direct_reason": "De feiten staan vast."}


def furnish(services) -> None:
    put_in_use(services, *BEZWAAR, "beroep")
    add_departments(services, "parkeren")
    known(services, NOOR)


def to_judge(services, **values) -> None:
    file = NewDocument(stored(services, "bijlage.pdf"), "submission", "Bijlage", field="submission")
    register_bezwaar(services, values=values, documents=(file,))
    drain(services)
    intake = {**INTAKE, "objectable": True, "route": "ambtelijk"}
    act(services, NOOR, CompleteTask(open_task(services, "Intake"), intake))


def test_j11_agreed_direct_appeal_goes_to_the_court_by_post_and_an_appeal_begins(installed) -> None:
    services = installed(furnish)
    to_judge(services, **ASKED)
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDirectAppeal"), {**AGREED, **REASON}))
    drain(services)
    bezwaar, beroep = rows(services, Case)
    assert (bezwaar.state, bezwaar.result, beroep.case_type) == ("closed", "rechtstreeks_beroep", "beroep")
    (court,) = rows(services, Party, case_id=bezwaar.id, role="other_body")
    (letter,) = rows(services, NoticeRow, party_id=court.id)
    assert (letter.template, letter.channel, letter.held) == ("rechtstreeks-beroep-rechtbank", "post", None)
    assert "Wij ontvingen het op 1 juni 2026." in letter.body
    whole = "Bezwaarschrift, ingevoerd door de gemeente"  # with name and address, which a court needs
    assert {one["title"].partition(": ")[2] for one in letter.enclosures} == {"Bijlage", whole}
    others = {row.template for row in rows(services, NoticeRow, case_id=bezwaar.id) if row.party_id != court.id}
    assert others == {"ontvangstbevestiging", "rechtstreeks-beroep"}
    known_there = {row.code: row.value for row in rows(services, CaseValue)}
    assert known_there["kind"] == "rechtstreeks"
    assert known_there["grounds"] == ASKED["grounds"]
    assert [row.name for row in rows(services, Party, case_id=beroep.id, role="court")] == ["Rechtbank Voorbeeldland"]
    assert [row.number for row in rows(services, Decision, case_id=beroep.id)] == ["PV-1"]


def test_j11_refused_direct_appeal_is_told_and_the_objection_goes_on(installed) -> None:
    services = installed(furnish)
    to_judge(services, **ASKED)
    act(
        services,
        NOOR,
        CompleteTask(open_task(services, "JudgeDirectAppeal"), {"direct_choice": "niet_geschikt", **REASON}),
    )
    (case,) = rows(services, Case)
    assert case.state == "running"
    assert "CallObjector" in {row.element for row in rows(services, TaskRow, state="open")}
    (letter,) = rows(services, NoticeRow, template="rechtstreeks-geweigerd")
    assert "De feiten staan vast." in letter.body


def test_j11_nobody_who_did_not_ask_for_direct_appeal_gets_the_question(installed) -> None:
    services = installed(furnish)
    to_judge(services, grounds=ASKED["grounds"])
    assert rows(services, TaskRow, element="JudgeDirectAppeal") == []
