"""Each contested decision has an outcome of its own; the letter, the pages and the result of the case follow from them (Awb 7:11)."""

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, open_task, register_bezwaar, rows, today
from kit.documents import stored
from kit.people import NOOR, SEM, TESS, citizen
from workbench_kit import deliver

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.registering import NewDecision
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid
from processes.reads.citizen import read_case
from processes.storage.tables import Case, Decision, DocumentRow, NoticeRow

FORM = {"explanation": "U krijgt de vergunning.", "instead": "U krijgt de vergunning."}


def to_draft(services, *decisions: NewDecision) -> str:
    number = register_bezwaar(services, **({"decisions": decisions} if decisions else {}))
    do(services, "Intake", **{**INTAKE, "no_hearing_reason": "kennelijk"}, route="zonder_horen")
    do(services, "CallObjector", call_outcome="doorgaan")
    deliver(services, "besluit.pdf")
    offered = {row.id: Judgement(accepted=True) for row in rows(services, DocumentRow) if row.state == "offered"}
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery"), judgements=offered))
    return number


@pytest.fixture
def two(services) -> str:
    day = today(services)
    return to_draft(
        services,
        NewDecision("Vergunning geweigerd", "PV-1", taken_on=day, announced_on=day, department="parkeren"),
        NewDecision("Tarief", "PV-2", taken_on=day, announced_on=day, department="parkeren"),
    )


def file(services):
    return (NewDocument(stored(services, "beslissing.pdf"), "outcome", "Beslissing", field="outcome"),)


def test_j11_the_draft_asks_the_outcome_of_each_decision(services, noor: Browser, two) -> None:
    task = open_task(services, "DraftDecision")
    page = noor.get(f"/werk/taken/{task}")
    assert "Vergunning geweigerd (PV-1)" in page
    assert "Tarief (PV-2)" in page
    first, second = (row.id for row in rows(services, Decision))
    half = CompleteTask(
        task, {"instead": "De vergunning."}, file(services), explanation="Ja.", outcomes={first: "gegrond"}
    )
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, half)
    assert refused.value.fields == {f"outcome-{second}": "Kies de uitkomst voor 'Tarief'."}
    page = noor.post(
        f"/werk/taken/{task}", {**FORM, f"outcome-{first}": "fout", f"outcome-{second}": "gegrond"}, status=422
    )
    assert "is geen keuze" in page
    assert all(row.outcomes is None for row in rows(services, Decision))


def test_j11_letter_pages_and_result_say_what_was_decided_about_each(services, noor: Browser, two) -> None:
    first, second = (row.id for row in rows(services, Decision))
    drafted = CompleteTask(
        open_task(services, "DraftDecision"), {"instead": "De vergunning."}, file(services), explanation="U krijgt de vergunning.",
        outcomes={first: "gegrond", second: "niet_ontvankelijk"},
    )  # fmt: skip
    act(services, NOOR, drafted)
    assert "Uitkomst: niet-ontvankelijk." in noor.get(f"/werk/zaken/{two}")
    to_decide = noor.get(f"/werk/taken/{open_task(services, 'DecisionTaken')}")
    assert "Uitkomst: <strong>niet-ontvankelijk</strong>" in to_decide
    tess = citizen(services, TESS)
    assert [line.outcome for line in read_case(services, tess, two).decisions] == ["", ""]  # not decided yet
    do(services, "DecisionTaken", SEM, approved="ja")
    letter = next(row.body for row in rows(services, NoticeRow) if row.template == "beslissing")
    assert "Het bezwaar is gegrond." in letter
    assert "- Vergunning geweigerd (PV-1): gegrond\n- Tarief (PV-2): niet-ontvankelijk" in letter
    assert [line.outcome for line in read_case(services, tess, two).decisions] == ["Gegrond", "Niet-ontvankelijk"]
    assert rows(services, Case)[0].result == "gegrond"


def test_j11_one_decision_is_one_question(services, noor: Browser) -> None:
    to_draft(services)
    task = open_task(services, "DraftDecision")
    (decision,) = rows(services, Decision)
    page = noor.get(f"/werk/taken/{task}")
    assert page.count("Wat wordt de beslissing?") == 1
    assert "Kies voor elk besluit" not in page
    page = noor.post(f"/werk/taken/{task}", {**FORM, "dictum": "gegrond"}, status=422)
    assert 'href="#field-dictum"' in page
    noor.post(f"/werk/taken/{task}", {**FORM, f"outcome-{decision.id}": "ongegrond"}, status=422)  # the file is missing
    do(services, "DraftDecision", NOOR, file(services), dictum="ongegrond")  # as a letter of staff says it: of all
    assert rows(services, Decision)[0].outcomes == {"dictum": "ongegrond"}
