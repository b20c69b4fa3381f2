"""A delivery of words alone is judged like any other (P9), and a request that is stopped says so (P13)."""

import html
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import do, open_task
from kit.desk import Desk, desk
from kit.documents import PDF, stored
from kit.people import NOOR

from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.publishing import WithdrawFromDepartment
from processes.actions.requests import StopRequest
from processes.actions.tasks import CompleteTask
from processes.base.errors import Invalid, NotNow
from processes.execution.deliveries import MISSING, words_of_delivery
from processes.jobs.timer_sweep import sweep
from processes.storage.tables import Delivery, DocumentRequestRow, FiledRow, Instance, MailRow, TaskRow

REMARK = "Dit besluit is mondeling genomen. Er zijn geen stukken."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path, faces=("department", "workbench")) as made:
        yield made


@pytest.fixture
def noor(office: Desk) -> Browser:
    return Browser(office.services, NOOR)


def mails(office: Desk, template: str) -> list[str]:
    return [row.body for row in office.rows(MailRow) if row.template == template]


def page_of(office: Desk) -> str:
    return html.unescape(office.client.get(office.address).text)


def judge(office: Desk, **judgements: Judgement) -> None:
    act(office.services, NOOR, CompleteTask(office.task("JudgeDelivery"), {}, judgements=judgements))


def judge_words(office: Desk, *, accepted: bool, reason: str = "") -> None:
    (delivery,) = [row for row in office.rows(Delivery) if row.judged_at is None]
    judge(office, **{words_of_delivery(delivery.id): Judgement(accepted, reason)})


def test_p9_the_receipt_of_words_alone_lists_nothing_of_which_nothing_was_said(office, noor):
    receipt = html.unescape(office.deliver(remark=REMARK).text)
    (filed,) = [row.body for row in office.rows(FiledRow) if row.delivery_id]
    (mail,) = mails(office, "receipt")
    tab = noor.get(f"/werk/zaken/{office.number}/verzoeken")
    for text in (receipt, filed, mail, tab, noor.get(f"/werk/taken/{open_task(office.services, 'JudgeDelivery')}")):
        assert "iets over gezegd" not in text
        assert REMARK in text or text is mail
    assert "Dit kwam niet mee" not in mail


@pytest.mark.parametrize("said", ["accepted", "refused"])
def test_p9_words_alone_are_judged_on_the_page(office, noor, said):
    office.deliver(remark=REMARK)
    (delivery,) = office.rows(Delivery)
    task = office.task("JudgeDelivery")
    page = noor.get(f"/werk/taken/{task}")
    assert REMARK in page
    assert "Is dit een antwoord op het verzoek?" in page
    name = f"delivery-{delivery.id}"
    assert f'href="#field-judgement-{name}"' in noor.post(f"/werk/taken/{task}", status=422)
    if said == "refused":
        page = noor.post(f"/werk/taken/{task}", {f"judgement-{name}": said}, status=422)
        assert "Schrijf waarom u de uitleg van de afdeling niet aanneemt." in page
    noor.post(f"/werk/taken/{task}", {f"judgement-{name}": said, f"reason-{name}": "Stuur dan het verslag."})
    (instance,) = [row for row in office.rows(Instance) if row.process == "stukkenverzoek"]
    assert instance.phase == ("finished" if said == "accepted" else "running")


def test_p9_words_that_are_enough_answer_the_request(office):
    office.deliver(remark=REMARK)
    judge_words(office, accepted=True)
    assert "Wij vragen nu niets van u" in page_of(office) or "Gelezen" in page_of(office)
    assert office.rows(DocumentRequestRow)[0].closed_at is not None


def test_p9_words_that_are_not_enough_are_asked_again_with_the_reason(office):
    office.deliver(remark=REMARK)
    with pytest.raises(Invalid, match="nodig heeft"):
        judge_words(office, accepted=False)
    judge_words(office, accepted=False, reason="Stuur dan het verslag van het gesprek.")
    (mail,) = mails(office, "afgekeurd")
    assert "Stuur dan het verslag van het gesprek." in mail
    assert office.task("DeliverDocuments")
    page = page_of(office)
    assert "Wij hebben nog niet alles wat wij nodig hebben" in page
    assert "Stuur dan het verslag van het gesprek." in page
    assert "Opnieuw gevraagd" in page_of(office)
    office.deliver(("verslag.pdf", PDF))
    assert office.task("JudgeDelivery")


def test_p9_the_request_is_stopped_while_a_delivery_waits_for_its_judgement(office):
    office.deliver(("besluit.pdf", PDF))
    (request,) = office.rows(DocumentRequestRow)
    act(office.services, NOOR, StopRequest(request.id, "Wij vonden het besluit zelf."))
    (delivery,) = office.rows(Delivery)
    assert delivery.judged_at is not None
    assert [row.state for row in office.handed_in()] == ["refused"]  # O22: nobody judged it, so it does not enter
    assert not [row for row in office.rows(TaskRow) if row.element == "JudgeDelivery" and row.state == "open"]
    assert office.rows(DocumentRequestRow)[0].stop_reason == "Wij vonden het besluit zelf."


def test_p13_a_stopped_request_is_told_to_the_department(office, noor):
    (request,) = office.rows(DocumentRequestRow)
    with pytest.raises(Invalid, match="niet meer nodig"):
        act(office.services, NOOR, StopRequest(request.id, " "))
    act(office.services, NOOR, StopRequest(request.id, "Wij vonden het besluit zelf."))
    (mail,) = mails(office, "gestopt")
    assert "Wij hebben de stukken niet meer nodig" in mail
    assert "Wij vonden het besluit zelf." in mail
    assert "Wij vonden het besluit zelf." in page_of(office)
    page = noor.get(f"/werk/zaken/{office.number}/verzoeken")
    assert ">gestopt</span>" in page
    with pytest.raises(NotNow, match="al klaar"):
        act(office.services, NOOR, StopRequest(request.id, "Nog een keer"))


def test_p13_a_reminder_says_what_is_still_missing(office):
    office.deliver(("besluit.pdf", PDF))
    (document,) = office.handed_in()
    judge(office, **{document.id: Judgement(accepted=True), MISSING: Judgement(accepted=False, reason="")})
    (mail,) = mails(office, "afgekeurd")
    assert "Het besluit waartegen bezwaar is gemaakt" not in mail.split("Wat hebben wij nog nodig?")[1]
    assert "De stukken die bij het besluit horen" in mail
    office.clock.ahead += timedelta(days=11)  # the term is ten working days
    sweep(office.services)
    (reminder,) = mails(office, "herinnering")
    assert "Een deel hebben wij al." in reminder
    assert "wij hebben de stukken nog niet" not in reminder.lower()
    needed, here = reminder.split("Wat hebben wij al?")
    assert "Het besluit waartegen bezwaar is gemaakt" in here
    assert "Het besluit waartegen bezwaar is gemaakt" not in needed
    assert open_task(office.services, "DeliverDocuments")


def test_p16_the_department_that_is_asked_to_a_hearing_is_told_its_day_and_place(office):
    office.deliver(("besluit.pdf", PDF))
    (document,) = office.handed_in()
    judge(office, **{document.id: Judgement(accepted=True)})
    do(office.services, "CallObjector", call_outcome="doorgaan", call_note="Wil gehoord worden.")
    do(office.services, "CommitteeDecidesHearing", hearing_choice="horen", hearing_public=True)
    do(office.services, "PlanHearing", hearing_on="2026-07-13T08:00:00+02:00", hearing_place="stadhuis", chair="Joris")
    (mail,) = mails(office, "department-task")
    page = html.unescape(office.client.get(f"{office.address}/taak/{office.task('DepartmentAnswers')}").text)
    for told in (mail, page):
        assert "13 juli 2026" in told
        assert "8.00 uur" in told
        assert "In het stadhuis" in told
    assert "Wij vragen nu niets van u" not in page_of(office)


def test_p15_o33_what_was_taken_back_is_gone_and_the_history_says_so(office):
    act(
        office.services, NOOR, AddDocuments(office.number, (NewDocument(stored(office.services), "report", "Verslag"),))
    )
    (document,) = [row for row in office.handed_in() if row.title == "Verslag"]
    act(office.services, NOOR, GiveToDepartment(document.id, "parkeren"))
    there = f"{office.address}/stuk/{document.id}"
    assert office.client.get(there).status_code == 200
    act(office.services, NOOR, WithdrawFromDepartment(document.id, "parkeren", "Hoort bij een andere zaak."))
    assert office.client.get(there).status_code == 404
    page = page_of(office)
    assert "Document teruggenomen: Verslag" in page
    assert "Hoort bij een andere zaak." in page
