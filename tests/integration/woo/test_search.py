"""Several departments search, each by the own link; and who types Wob finds the Woo."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import ORIGIN, Browser, hidden
from kit.cases import put_in_use, rows, shipped
from kit.documents import NO_FILE, stored
from kit.people import FENNA, NOOR
from woo_kit import LOTTE, Request

from engine import Folder
from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.moving import StartMove
from processes.actions.requests import StopRequest
from processes.base.actor import Actor
from processes.jobs.workers import drain
from processes.storage.tables import CaseValue, DocumentRequestRow, Instance, MailRow, ModelVersion

SEARCHED = {"found": "niets", "search_words": "zwembad", "search_period": "heel 2025", "search_places": "de mailbox"}


def send(browser: Browser, token: str, step: str, **fields: str) -> str:
    """Post the form on the page, with everything that it holds."""
    page = browser.html
    kept = {name: value for name in ("csrf", "form_key", "task", "held", "begonnen") if (value := hidden(page, name))}
    answer = browser.client.post(
        f"/verzoek/{token}/aanleveren",
        data={**kept, "naam": "Ans", **fields, "stap": step},
        files=NO_FILE,
        headers=ORIGIN,
    )
    browser.html = answer.text
    return answer.text


def test_each_department_has_a_request_link_and_reminders_of_its_own(asked):
    asked.asked("vergunningen", "stadsbeheer")
    assert len(asked.rows(DocumentRequestRow)) == 2
    assert asked.token("vergunningen") != asked.token("stadsbeheer")
    asked.deliver("vergunningen", "Taxatie")
    due = asked.rows(DocumentRequestRow)[1].due
    days = (due - asked.rows(DocumentRequestRow)[1].asked_at.date()).days
    asked.days_later(days + 2)
    late = [row for row in asked.rows(MailRow) if row.template == "verlopen"]
    assert [row.recipient for row in late] == ["stadsbeheer@voorbeeldstad.example"]
    assert asked.open_tasks("Inventory") == []
    asked.deliver("stadsbeheer")
    assert asked.task("Inventory")


def test_a_department_says_how_it_searched_and_that_it_found_nothing(asked):
    asked.asked("vergunningen")
    token, guest = asked.token("vergunningen"), Browser(asked.services, None)
    page = guest.get(f"/verzoek/{token}")
    assert "Alles over het zwembad" in page
    assert "Met welke woorden heeft u gezocht?" in page
    assert "Niets gevonden? Leg hier uit" in page
    assert "Lotte" not in page
    checked = send(guest, token, "controleren", remark="Wij hebben dit nooit gemaakt.", **SEARCHED)
    assert "Bevestigen en versturen" in checked
    assert "heel 2025" in checked
    wrong = send(guest, token, "versturen", remark="Wij hebben dit nooit gemaakt.", **{**SEARCHED, "search_places": ""})
    assert "Vul &#39;Waar heeft u gezocht?&#39; in." in wrong
    send(guest, token, "versturen", remark="Wij hebben dit nooit gemaakt.", **SEARCHED)
    values = {row.code: row.value for row in asked.rows(CaseValue)}
    assert {name: values[name] for name in SEARCHED} == SEARCHED
    noor = Browser(asked.services, NOOR)
    assert "heel 2025" in noor.get(f"/werk/taken/{asked.task('JudgeSearch')}")
    assert "Wij hebben niets gevonden" in noor.get(f"/werk/zaken/{asked.number}/verzoeken")


def renewed() -> Folder:
    """The search with one question less and one more."""
    folder = shipped("zoekvraag")
    form = json.loads(folder.forms["search.json"])
    asked = [one for one in form["components"] if one.get("key") != "search_period"]
    asked.insert(
        1, {"type": "textfield", "key": "searcher", "label": "Wie heeft gezocht?", "validate": {"required": True}}
    )
    place = folder.drawing.index(b"<case:value ")
    declared = b'<case:value code="searcher" title="Wie heeft gezocht?" type="text"/>'
    drawing = folder.drawing[:place] + declared + folder.drawing[place:]
    return replace(
        folder,
        drawing=drawing,
        forms={**folder.forms, "search.json": json.dumps({**form, "components": asked}).encode()},
    )


def test_s14_answers_beside_documents_are_kept_and_what_changed_is_told_when_the_request_moved(asked):
    asked.asked("vergunningen")
    token, guest = asked.token("vergunningen"), Browser(asked.services, None)
    guest.get(f"/verzoek/{token}")
    send(guest, token, "bewaren", remark="Nog niet klaar.", **SEARCHED)
    guest.get(f"/verzoek/{token}")
    opened_before = guest.html
    put_in_use(asked.services, renewed())
    whole = shipped("woo-verzoek")
    put_in_use(asked.services, replace(whole, drawing=whole.drawing + b"\n"))
    act(asked.services, FENNA, StartMove("woo-verzoek", 1))
    drain(asked.services)
    page = guest.get(f"/verzoek/{token}")
    assert "Dit formulier is veranderd sinds u begon" in page
    assert all(text in page for text in ("heel 2025", "zwembad", "Nog niet klaar.", "Wie heeft gezocht? (verplicht)"))
    assert "Opmerking</dt>" not in page, "the remark and the documents are there in every version"
    guest.html = opened_before
    page = send(guest, token, "versturen", remark="Toch klaar.", **SEARCHED)
    assert "Dit formulier is veranderd sinds u begon" in page, (
        "what stood on a page that was open is not dropped silently"
    )
    assert all(text in page for text in ("heel 2025", "Toch klaar."))
    assert asked.task("SearchDocuments")
    send(guest, token, "versturen", remark="Toch klaar.", searcher="Het archief", **SEARCHED)
    values = {row.code: row.value for row in asked.rows(CaseValue)}
    assert (values["searcher"], values["search_words"]) == ("Het archief", "zwembad")


def test_p13_a_search_is_stopped_while_what_was_found_waits_to_be_judged(asked):
    asked.asked("vergunningen")
    found = (NewDocument(stored(asked.services, "Bod.pdf"), "original", "Bod"),)
    department = Actor("department", "department:1", "vergunningen")
    act(asked.services, department, Deliver(asked.token("vergunningen"), found))
    assert asked.open_tasks("JudgeSearch")
    noor = Browser(asked.services, NOOR)
    assert "Stop deze zoekvraag" in noor.get(f"/werk/zaken/{asked.number}/verzoeken")
    act(asked.services, NOOR, StopRequest(asked.rows(DocumentRequestRow)[0].id, "De vraag is ingetrokken."))
    assert asked.open_tasks("JudgeSearch") == []
    assert asked.open_tasks("Inventory")
    assert any("De vraag is ingetrokken." in row.body for row in asked.rows(MailRow) if row.template == "gestopt")


OLD = Path(__file__).parents[2] / "data" / "drawings" / "zoekvraag-without-stop-mail.bpmn"


@pytest.mark.parametrize("judging", [False, True])
def test_p13_s15_a_search_that_runs_moves_to_the_drawing_that_mails_its_stop(asked, judging):
    now, whole = shipped("zoekvraag"), shipped("woo-verzoek")
    mails = {name: text for name, text in now.mails.items() if name != "gestopt.txt"}
    put_in_use(asked.services, replace(now, drawing=OLD.read_bytes(), mails=mails))
    asked.asked("vergunningen")
    if judging:
        found = (NewDocument(stored(asked.services, "Bod.pdf"), "original", "Bod"),)
        act(
            asked.services,
            Actor("department", "department:1", "vergunningen"),
            Deliver(asked.token("vergunningen"), found),
        )
    put_in_use(asked.services, now, replace(whole, drawing=whole.drawing + b"\n"))
    act(asked.services, FENNA, StartMove("woo-verzoek", 1))
    drain(asked.services)
    versions = {row.id: row.version for row in rows(asked.services, ModelVersion, process="zoekvraag")}
    assert [versions.get(row.model_version_id) for row in asked.rows(Instance)] == [None, max(versions.values())]
    act(asked.services, NOOR, StopRequest(asked.rows(DocumentRequestRow)[0].id, "De vraag is ingetrokken."))
    (told,) = [row.body for row in asked.rows(MailRow) if row.template == "gestopt"]
    assert "Wij vroegen u om documenten te zoeken" in told
    assert "De vraag is ingetrokken." in told
    assert asked.open_tasks("Inventory")


def test_nothing_without_a_reason_is_no_answer(asked):
    asked.asked("vergunningen")
    token, guest = asked.token("vergunningen"), Browser(asked.services, None)
    guest.get(f"/verzoek/{token}")
    assert "Kies minstens één bestand" in send(guest, token, "controleren", remark="", **SEARCHED)
    assert "heel 2025" in guest.html  # what was typed stays
    assert asked.task("SearchDocuments")


def test_the_worker_chooses_departments_from_the_list(asked):
    asked.taken_up()
    noor, address = Browser(asked.services, NOOR), f"/werk/taken/{asked.task('PlanSearch')}"
    assert "Stadsbeheer" in noor.get(address)
    wrong = noor.post(address, {"departments": ["vergunningen", "geheimen"], "search_for": "Alles"}, status=422)
    assert "Kies bij 'Welke afdelingen moeten zoeken?' een van de mogelijkheden." in wrong
    assert "Kies een antwoord bij" in noor.post(address, {"search_for": "Alles"}, status=422)
    noor.post(address, {"departments": ["vergunningen", "stadsbeheer"], "search_for": "Alles"})
    assert len(asked.open_tasks("SearchDocuments")) == 2


def test_o42_who_types_wob_finds_the_woo(asked):
    noor, lotte = Browser(asked.services, NOOR), Browser(asked.services, LOTTE)
    for word in ("wob", "Wob", "WOB-verzoek", "woo"):
        assert asked.number in noor.get(f"/werk/zaken?zoek={word}")
    assert asked.number not in noor.get("/werk/zaken?zoek=wab")
    assert "Wob-verzoek" in noor.get("/werk/nieuw")
    assert "Wob-verzoek" in lotte.get("/mijn/nieuw")


def test_the_subject_of_the_request_names_the_case(asked):
    other = Request.made(asked.services)
    assert other.case.subject == "Het oude zwembad"
    assert "Het oude zwembad" in Browser(asked.services, LOTTE).get("/mijn")
