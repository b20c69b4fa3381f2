"""P11 in cases of the court: each department that took a decision is asked for its own, and reads the ruling about it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import add_departments, all_shipped, do, open_task, put_in_use, register_bezwaar, rows, today
from kit.documents import stored
from kit.installation import installation
from kit.people import NOOR, TESS, known

from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.storage.services import Services
from processes.storage.tables import Case, CaseValue, DocumentRequestRow, Instance, MailRow

COURT = NewParty("court", "Rechtbank Voorbeeldland", "company", address="Postbus 1, 1234 AB Voorbeeldstad")
BOTH = {"department": ["parkeren", "wonen"], "documents_needed": True}
RULING = {"dictum": "ongegrond", "explanation": "De rechter ziet geen fout."}
# case type -> values at its beginning, the first task, its values, and what differs in the ruling
KINDS: dict[str, tuple[dict[str, Any], str, dict[str, Any], dict[str, Any]]] = {
    "beroep": (
        {"kind": "bezwaar", "court_number": "VBL 26/1", "grounds": "Oneens", "grounds_sent_on": "2026-03-02"},
        "AssessAppeal", {"litigator": "Noor Behandelaar", **BOTH}, {"ruling_kind": "uitspraak"},
    ),
    "voorlopige-voorziening": (
        {"measure": "Wacht.", "documents_by": "2026-03-30"}, "CallToday", {"can_wait": "niet_bereikt", **BOTH}, {"dictum": "afgewezen"},
    ),
}  # fmt: skip


def furnish(services: Services) -> None:
    put_in_use(services, *all_shipped())
    add_departments(services, "parkeren", "wonen")
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("workbench",)) as opened:
        yield opened


def told(services: Services, template: str) -> Mapping[str, tuple[bool, bool]]:
    """By department whether the mail names the first and the second decision."""
    mails = [row for row in rows(services, MailRow) if row.template == template]
    return {row.recipient.partition("@")[0]: ("Boete" in row.body, "Huisverbod" in row.body) for row in mails}


@pytest.mark.parametrize("kind", KINDS)
def test_p11_each_department_is_asked_for_and_told_of_its_own_decision(services: Services, kind: str) -> None:
    begin, task, values, ruling = KINDS[kind]
    day = today(services)
    decisions = tuple(
        NewDecision(subject, number=subject, taken_on=day - timedelta(30), announced_on=day - timedelta(28), department=code)
        for subject, code in (("Boete", "parkeren"), ("Huisverbod", "wonen"))
    )  # fmt: skip
    main = {"main_case": register_bezwaar(services, TESS)} if kind == "voorlopige-voorziening" else {}
    act(services, NOOR, RegisterCase(kind, "letter", day, (COURT,), decisions, begin, **main))
    page = Browser(services, NOOR).get(f"/werk/taken/{open_task(services, task)}")
    for code in ("parkeren", "wonen"):
        assert "checked" in page.split(f'value="{code}"')[1].split(">")[0]
    do(services, task, **values)
    own = {"parkeren": (True, False), "wonen": (False, True)}
    assert told(services, "stukkenverzoek") == own
    assert len(rows(services, DocumentRequestRow)) == 2
    (case,) = rows(services, Case, case_type=kind)
    act(services, NOOR, PressButton(case.number, "ruling_received"))
    paper = NewDocument(stored(services, "uitspraak.pdf"), "outcome", "Uitspraak", field="ruling_file")
    given = {"ruling_sent_on": day.isoformat(), **RULING, **ruling}
    explained = given.pop("explanation")
    act(services, NOOR, CompleteTask(open_task(services, "RecordRuling"), given, (paper,), explanation=explained))
    assert told(services, "uitspraak-afdeling") == own
    for row in rows(services, MailRow):
        assert ("van uw afdeling:" in row.body) is (row.template in {"stukkenverzoek", "uitspraak-afdeling"})


def test_p11_a_case_that_was_answered_with_one_department_asks_that_one(services: Services) -> None:
    """A case of an earlier drawing, in which one department was chosen, holds its code alone."""
    day = today(services)
    decision = NewDecision(
        "Boete", number="1", taken_on=day - timedelta(30), announced_on=day - timedelta(28), department="wonen"
    )
    act(services, NOOR, RegisterCase("beroep", "letter", day, (COURT,), (decision,), KINDS["beroep"][0]))
    (root,) = rows(services, Instance)
    with services.sessions.begin() as session:
        session.add(CaseValue(case_id=root.case_id, instance_id=root.id, code="department", value="parkeren"))
    (case,) = rows(services, Case)
    act(services, NOOR, PressButton(case.number, "more_documents"))
    assert [row.department for row in rows(services, DocumentRequestRow)] == ["parkeren"]
