"""A step that gives a document with something the eye does not see asks in its form why that may go along (W22)."""

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, notes_of, open_task, register_bezwaar, rows
from kit.documents import stored
from kit.people import NOOR, SEM
from workbench_kit import deliver

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid
from processes.base.hidden_kinds import HiddenKind, HiddenThing
from processes.execution.hidden import LookedInto
from processes.execution.unseen import AsksWhy
from processes.storage.tables import DocumentRow, NoticeRow, TaskRow
from processes.storage.words import HiddenState

THING = HiddenThing(HiddenKind.SHEET, "Namen", "12 rijen met gegevens")
WHY = "De namen staan ook in het besluit."


def delivered(services) -> DocumentRow:
    """What the department delivered, which hides something."""
    do(services, "Intake", **{**INTAKE, "no_hearing_reason": "kennelijk"}, route="zonder_horen")
    do(services, "CallObjector", call_outcome="doorgaan")
    deliver(services, "besluit.pdf")
    (row,) = rows(services, DocumentRow, state="offered")
    return row


def hide(services, id_: str) -> None:
    with services.sessions.begin() as session:
        row = session.get_one(DocumentRow, id_)
        row.hidden, row.hidden_found = HiddenState.FOUND, {"things": [THING.stored]}


def drafted(services) -> DocumentRow:
    """The decision as it was written, which hides something; the next step takes it and publishes it."""
    accepted = {delivered(services).id: Judgement(accepted=True)}
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery"), judgements=accepted))
    file = NewDocument(stored(services, "beslissing.pdf"), "outcome", "Beslissing", looked=LookedInto((THING,)))
    do(services, "DraftDecision", NOOR, (file,), dictum="ongegrond")
    (row,) = rows(services, DocumentRow, type="outcome")
    return row


@pytest.fixture
def number(services) -> str:
    return register_bezwaar(services)


def test_w22_a_step_that_publishes_what_hides_something_asks_why_in_its_own_form(services, number) -> None:
    row, sem = drafted(services), Browser(services, SEM)
    at, field = f"/werk/taken/{open_task(services, 'DecisionTaken')}", f"unseen-{row.sha256}"
    sem.get(at)
    page = sem.post(at, {"approved": "ja"}, status=422)
    for said in ("Beslissing", row.reference, "Verborgen blad (Namen): 12 rijen met gegevens", "Waarom mag dit mee?"):
        assert said in page
    assert f'href="/werk/zaken/{number}/documenten/{row.id}/ongezien"' in sem.html
    assert f'href="#field-{field}"' in sem.html
    assert 'value="ja" checked' in sem.html
    assert rows(services, NoticeRow, template="beslissing") == []
    page = sem.post(at, {"approved": "ja", field: "x" * 2001}, status=422)
    assert "hoogstens 2000 tekens" in page
    assert "x" * 2001 in page
    sem.post(at, {"approved": "ja", field: WHY})
    (after,) = rows(services, DocumentRow, type="outcome")
    assert (after.hidden, after.hidden_found["why"], after.on_portal) == (HiddenState.KEPT, WHY, True)
    (letter,) = rows(services, NoticeRow, template="beslissing")
    assert letter.held is None
    assert [one["document"] for one in letter.enclosures] == [row.id]
    assert any(WHY in note for note in notes_of(services, number))


def test_w22_a_reason_waits_on_the_page_while_another_mistake_is_mended(services, number) -> None:
    row, sem = drafted(services), Browser(services, SEM)
    at, field = f"/werk/taken/{open_task(services, 'DecisionTaken')}", f"unseen-{row.sha256}"
    sem.get(at)
    sem.post(at, {field: WHY}, status=422)
    assert sem.held(at) is not None
    assert f'name="{field}" value="{WHY}"' in sem.html


def test_w22_nobody_is_asked_where_nobody_can_answer_and_the_document_stays_inside(services, number) -> None:
    drafted(services)
    do(services, "DecisionTaken", SEM, approved="ja")
    (row,) = rows(services, DocumentRow, type="outcome")
    assert row.hidden == HiddenState.FOUND
    assert any("gaat nog niet naar buiten" in note for note in notes_of(services, number))


def test_w22_what_a_department_sent_is_judged_and_shown_with_the_reason_in_one_press(services, noor, number) -> None:
    row = delivered(services)
    hide(services, row.id)
    at, field = f"/werk/taken/{open_task(services, 'JudgeDelivery')}", f"unseen-{row.sha256}"
    judged = {f"judgement-{row.id}": "accepted", f"portal-{row.id}": "ja"}
    noor.get(at)
    assert "Waarom mag dit mee?" in noor.post(at, judged, status=422)
    noor.post(at, {**judged, field: WHY})
    (after,) = rows(services, DocumentRow, id=row.id)
    assert (after.state, after.on_portal, after.hidden) == ("accepted", True, HiddenState.KEPT)


def test_w22_accepted_without_showing_it_asks_nothing(services, noor, number) -> None:
    row = delivered(services)
    hide(services, row.id)
    at = f"/werk/taken/{open_task(services, 'JudgeDelivery')}"
    noor.get(at)
    noor.post(at, {f"judgement-{row.id}": "accepted"})
    assert rows(services, DocumentRow, id=row.id)[0].hidden == HiddenState.FOUND


def test_w22_a_judgement_without_anybody_to_ask_is_refused_as_before(services, number) -> None:
    row = delivered(services)
    hide(services, row.id)
    verdict = {row.id: Judgement(accepted=True, on_portal=True)}
    task = open_task(services, "JudgeDelivery")
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, CompleteTask(task, judgements=verdict))
    assert list(refused.value.fields) == [f"portal-{row.id}"]
    with pytest.raises(AsksWhy) as asked:
        act(services, NOOR, CompleteTask(task, judgements=verdict, asks_why=True))
    assert [one.document for one in asked.value.documents] == [row.id]
    assert rows(services, TaskRow, id=task)[0].state == "open"
