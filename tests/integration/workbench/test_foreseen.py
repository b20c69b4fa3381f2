"""What a task leads to is read before it is done, and nothing is offered that cannot work."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, days_later, do, handed_in, open_task, prepare_file, register_bezwaar, rows, today
from kit.documents import stored
from kit.people import NOOR, SEM, TESS
from test_workbench_tasks import to_draft
from workbench_kit import BRAM, deliver

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.tasks import CompleteTask
from processes.storage.tables import AuditRow, Case, CaseValue, NoticeRow, OutboxRow, TaskRow


def to_decide(services, *parties) -> str:
    """The decision is drafted by Noor; the task to take it."""
    register_bezwaar(services, *parties)
    to_draft(services)
    upload = NewDocument(stored(services, "beslissing.pdf"), "outcome")
    drafted = CompleteTask(
        open_task(services, "DraftDecision"), {"dictum": "gegrond"}, (upload,), explanation="Gelijk."
    )
    act(services, NOOR, drafted)
    return open_task(services, "DecisionTaken")


def test_w9_the_decider_reads_what_the_citizen_will_read_before_deciding(services, browser):
    task = to_decide(services, BRAM)
    tables = (NoticeRow, OutboxRow, AuditRow, CaseValue)
    before = [len(rows(services, table)) for table in tables]
    sem = browser(SEM)
    sem.get(f"/werk/taken/{task}")
    page = sem.post(f"/werk/taken/{task}", {"approved": "ja", "approval_note": "Blijft staan", "stap": "voorbeeld"})
    letter = page.partition("Deze brieven gaan weg")[2]
    assert "Beste Bram van Proefhuizen" in letter
    assert "namens" in letter
    assert "Blijft staan" in page
    assert [len(rows(services, table)) for table in tables] == before
    assert open_task(services, "DecisionTaken") == task
    sem.post(f"/werk/taken/{task}", {"approved": "ja"})
    sent = rows(services, NoticeRow)[-1]
    assert " ".join(sent.body.split()[:40]) in " ".join(letter.split())


def test_w9_a_preview_says_when_no_letter_leaves_and_what_is_not_right(services, browser):
    task = to_decide(services)
    sem = browser(SEM)
    sem.get(f"/werk/taken/{task}")
    page = sem.post(f"/werk/taken/{task}", {"approved": "terug", "stap": "voorbeeld"})
    assert "gaat er geen brief weg" in page
    assert "Kies een antwoord" in sem.post(f"/werk/taken/{task}", {"stap": "voorbeeld"}, status=422)


def test_w20_who_may_not_decide_is_told_so_and_gets_no_button(services, browser, noor: Browser):
    task = to_decide(services)
    number = rows(services, Case)[0].number
    page = noor.get(f"/werk/zaken/{number}")
    assert ">: Neem de beslissing</span>" not in page  # no button to its form
    assert "Voor deze taak is mandaat nodig." in page
    page = noor.get(f"/werk/taken/{task}")
    assert "U kunt deze taak lezen, maar niet doen" in page
    for button in ("Taak afronden", "Bekijk eerst de brieven", "Oppakken"):
        assert button not in page
    assert "Taak afronden" in browser(SEM).get(f"/werk/taken/{task}")


def test_w20_the_term_is_not_offered_to_be_extended_twice(services, noor: Browser):
    number = register_bezwaar(services)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    noor.get(f"/werk/zaken/{number}")
    assert "Termijn verlengen" in noor.text_of(noor.html)
    noor.get(f"/werk/zaken/{number}/knop/extend")
    key = noor.held(f"/werk/zaken/{number}/knop/extend")
    noor.post(f"/werk/zaken/{number}/knop/extend")
    do(services, "ExtendTerm", extend_choice="verlengen", extend_reason="Wij wachten op stukken.")
    page = noor.get(f"/werk/zaken/{number}")
    assert f"/werk/zaken/{number}/knop/extend" not in noor.html
    refused = noor.post(f"/werk/zaken/{number}/knop/extend", {**key, "form_key": "een-andere-sleutel-0123"}, status=409)
    assert "Dat mag maar één keer." in refused
    page = noor.get(f"/werk/zaken/{number}/termijnen/decide")
    assert "Dat mag maar één keer." in page
    assert "eigen knop" not in page


@pytest.fixture
def planning(services) -> str:
    """A case in which the hearing is to be planned."""
    number = register_bezwaar(services, TESS)
    do(services, "Intake", **INTAKE, objectable=True, route="ambtelijk")
    do(services, "CallObjector", call_outcome="doorgaan")
    deliver(services, "besluit.pdf")
    offered = {row.id: Judgement(accepted=True) for row in handed_in(services) if row.state == "offered"}
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery"), judgements=offered))
    do(services, "DecideHearing", hearing_choice="horen", hearing_public=False)
    return number


def plan(services, noor: Browser, days: int, status: int = 200, **more: str) -> str:
    task = open_task(services, "PlanHearing")
    noor.get(f"/werk/taken/{task}")
    at = f"{(today(services) + timedelta(days)).isoformat()}T10:00"
    given = {"hearing_on": at, "hearing_place": "stadhuis", "chair": "Noor", **more}
    return noor.post(f"/werk/taken/{task}", given, status=status)


def test_w8_a_hearing_is_not_planned_in_the_past_and_its_invitation_is_read_first(services, noor: Browser, planning):
    page = plan(services, noor, -7, status=422)
    assert "Deze dag is al voorbij." in page
    page = plan(services, noor, 28, stap="voorbeeld")
    assert "Uitnodiging voor de hoorzitting" in page.partition("Deze brieven gaan weg")[2]
    assert open_task(services, "PlanHearing")
    plan(services, noor, 28)
    for tab in ("", "/partijen", "/tijdlijn"):
        assert "Dag en tijd van de hoorzitting" in noor.get(f"/werk/zaken/{planning}{tab}")


def test_w8_no_report_of_a_hearing_before_its_day(services, noor: Browser, planning):
    plan(services, noor, 28)
    prepare_file(services)
    days_later(services, 19)
    task = open_task(services, "OfficialHearing")
    noor.get(f"/werk/taken/{task}")
    held = {"hearing_outcome": "gehouden", "hearing_present": "Tess", "hearing_report": "Zij vertelde."}
    page = noor.post(f"/werk/taken/{task}", held, status=422)
    assert "Dit kunt u pas invullen vanaf" in page
    assert "Zij vertelde." in page
    noor.post(f"/werk/taken/{task}", {"hearing_outcome": "verplaatst"})
    assert [row.element for row in rows(services, TaskRow) if row.state == "open"] == ["PlanHearing"]
    plan(services, noor, 28)
    prepare_file(services)
    days_later(services, 28)
    task = open_task(services, "OfficialHearing")
    noor.get(f"/werk/taken/{task}")
    noor.post(f"/werk/taken/{task}", held)


def test_w8_a_hearing_is_moved_right_after_it_was_planned(services, noor: Browser, planning):
    assert "/knop/move_hearing" not in noor.get(f"/werk/zaken/{planning}")  # nothing was planned that could be moved
    plan(services, noor, 28)
    assert "Hoorzitting opnieuw plannen" in noor.get(f"/werk/zaken/{planning}")
    page = noor.post(f"/werk/zaken/{planning}/knop/move_hearing")
    assert ("wordt opnieuw gepland" in page, "/knop/move_hearing" in page) == (True, False)
    moved = rows(services, NoticeRow)[-1]
    assert (moved.template, moved.held) == ("hoorzitting-verplaatst", None)
    plan(services, noor, 35)
    assert rows(services, NoticeRow)[-1].template == "uitnodiging"
    day = (today(services) + timedelta(35)).year
    assert str(day) in noor.get(f"/werk/zaken/{planning}").partition("Dag en tijd van de hoorzitting")[2][:200]
    assert len([row for row in rows(services, TaskRow) if row.state == "open" and row.element == "PrepareFile"]) == 1
