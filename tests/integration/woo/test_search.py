"""Several departments search, each by the own link; and who types Wob finds the Woo."""

from kit.browser import ORIGIN, Browser, hidden
from kit.documents import NO_FILE
from kit.people import NOOR
from woo_kit import LOTTE, Request

from processes.storage.tables import CaseValue, DocumentRequestRow, MailRow

SEARCHED = {"found": "niets", "search_words": "zwembad", "search_period": "heel 2025", "search_places": "de mailbox"}


def send(browser: Browser, token: str, step: str, **fields: str) -> str:
    """Post the form on the page, with everything that it holds."""
    page = browser.html
    kept = {name: value for name in ("csrf", "form_key", "task", "held") if (value := hidden(page, name))}
    answer = browser.client.post(
        f"/verzoek/{token}/aanleveren",
        data={**kept, **fields, "stap": step},
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
