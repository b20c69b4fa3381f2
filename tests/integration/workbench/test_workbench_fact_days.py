"""J1 on the pages of the workbench: the day of an answer on paper, of a sent letter and of the start of a term."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, days_later, do, due_of, open_task, register_bezwaar, rows, today
from kit.people import NOOR
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.fact_dates import CorrectWithdrawal
from processes.actions.post import ConfirmPosted
from processes.actions.withdrawing import Withdraw
from processes.base.dutch import long_date
from processes.storage.tables import DeadlineRow, NoticeRow, Party, TaskRow

REPAIR = {**INTAKE, "complete": False, "missing": ["redenen"], "missing_items": "Uw redenen", "route": "ambtelijk"}


@pytest.fixture
def number(services) -> str:
    """A bezwaar by post that has to be repaired; the letter waits for the post."""
    case = register_bezwaar(services, BRAM, ago=50)
    do(services, "Intake", **REPAIR)
    return case


def letter(services) -> int:
    return rows(services, NoticeRow, template="aanvulling")[0].id


def posted(services) -> None:
    act(services, NOOR, ConfirmPosted(letter(services), today(services)))


def test_j1_the_case_says_that_a_term_waits_for_the_post(services, noor: Browser, number):
    page = noor.get(f"/werk/zaken/{number}")
    assert page.count("wacht op verzending per post") == 3  # to confirm the receipt, to decide, and to repair
    noor.get(f"/werk/zaken/{number}/brieven")
    sent = {f"sent_on-{letter(services)}": today(services).isoformat()}
    noor.post(f"/werk/zaken/{number}/brieven/{letter(services)}/verzonden", sent)
    page = noor.get(f"/werk/zaken/{number}")
    assert page.count("wacht op verzending per post") == 1  # that the receipt is confirmed
    assert due_of(services, code="decide") is None


def test_j1_the_form_asks_when_an_answer_on_paper_came_in(services, noor: Browser, number):
    posted(services)
    days_later(services, 7)
    task = open_task(services, "RepairByCitizen")
    page = noor.get(f"/werk/taken/{task}")
    assert f'name="answer-received_on" value="{today(services)}"' in page
    typed = {"repair_text": "Mijn redenen", "answer-received_on": "", "answer-postmarked_on": ""}
    page = noor.post(f"/werk/taken/{task}", typed, status=422)
    assert "Vul in wanneer het antwoord is ontvangen." in page
    assert "Mijn redenen" in page
    received = today(services) - timedelta(3)
    page = noor.post(f"/werk/taken/{task}", {**typed, "answer-received_on": received.isoformat()})
    assert "De taak is gedaan." in page
    (row,) = rows(services, TaskRow, id=task)
    assert row.received_on == received
    assert long_date(received) in noor.get(f"/werk/taken/{task}")


def test_j1_each_day_is_corrected_on_its_page_with_a_reason(services, noor: Browser, number):
    posted(services)
    days_later(services, 7)
    task, home = open_task(services, "RepairByCitizen"), f"/werk/zaken/{number}"
    noor.get(f"/werk/taken/{task}")
    noor.post(f"/werk/taken/{task}", {"repair_text": "R", "answer-received_on": today(services).isoformat()})
    before, received = due_of(services, code="decide"), (today(services) - timedelta(5)).isoformat()
    noor.get(f"{home}/datums")
    page = noor.post(
        f"{home}/datums/{task}", {f"answer-received_on-{task}": received, f"reason-{task}": ""}, status=422
    )
    assert "Schrijf op waarom." in page
    page = noor.post(
        f"{home}/datums/{task}", {f"answer-received_on-{task}": received, f"reason-{task}": "Lag bij de balie"}
    )
    assert "De datum van het antwoord is verbeterd." in page
    assert due_of(services, code="decide") < before
    noor.get(f"{home}/brieven")
    sent = {
        f"sent_on-{letter(services)}": (today(services) - timedelta(6)).isoformat(),
        f"reason-{letter(services)}": "Later",
    }
    page = noor.post(f"{home}/brieven/{letter(services)}/verzenddatum", sent)
    assert "De verzenddatum is verbeterd." in page
    history = noor.get(f"{home}/tijdlijn")
    assert "Lag bij de balie" in history
    assert "Later" in history


def test_j1_the_start_of_a_term_is_corrected_on_its_page(services, noor: Browser, number):
    posted(services)
    days_later(services, 3)
    noor.get(f"/werk/zaken/{number}/termijnen/repair")
    start = today(services) - timedelta(1)
    typed = {"started_on-start": start.isoformat(), "reason-start": "Later verstuurd"}
    page = noor.post(f"/werk/zaken/{number}/termijnen/repair/start", typed)
    assert "Het begin van de termijn is verbeterd." in page
    (row,) = rows(services, DeadlineRow, code="repair")
    assert (row.started_on, row.due) == (start, start + timedelta(14))
    assert "Begin van de termijn" not in noor.get(f"/werk/zaken/{number}/termijnen/decide")


def test_j1_an_answer_is_entered_after_its_question_lapsed(services, noor: Browser, number):
    posted(services)
    task, asked = open_task(services, "RepairByCitizen"), today(services)
    days_later(services, 16)
    assert f"/werk/taken/{task}" in noor.get(f"/werk/zaken/{number}/datums")
    page = noor.get(f"/werk/taken/{task}")
    assert "Kwam er toch een antwoord?" in page
    typed = {"repair_text": "Mijn redenen", "answer-received_on": (asked + timedelta(5)).isoformat(), "reason": ""}
    page = noor.post(f"/werk/taken/{task}/alsnog", typed, status=422)
    assert "Schrijf op waarom." in page
    page = noor.post(f"/werk/taken/{task}/alsnog", {**typed, "reason": "Lag in de post"})
    assert "Het antwoord is vastgelegd." in page
    assert "Mijn redenen" in noor.get(f"/werk/taken/{open_task(services, 'JudgeRepair')}")
    page = noor.get(f"/werk/taken/{task}")
    assert "Kwam er toch een antwoord?" not in page


def test_j1_the_day_of_a_click_is_corrected_on_the_page_of_its_term(services, noor: Browser, number):
    home, place = f"/werk/zaken/{number}", f"/werk/zaken/{number}/termijnen/decide"
    agreed, later = (today(services) + timedelta(days) for days in (80, 84))
    typed = {
        "until-consent": agreed.isoformat(),
        "on-consent": today(services).isoformat(),
        "agreed_by-consent": "Bram",
    }
    noor.get(place)
    noor.post(f"{place}/consent", {**typed, "reason-consent": "Er komt nog een advies."})
    which = f"until-0 {agreed.isoformat()}"
    page = noor.get(place)
    assert which in page
    page = noor.post(f"{place}/day", {"which-day": which, "day-day": later.isoformat(), "reason-day": ""}, status=422)
    assert 'href="#field-reason-day"' in page
    assert later.isoformat() in page
    noor.post(f"{place}/day", {"which-day": "", "day-day": later.isoformat(), "reason-day": "Typefout"}, status=422)
    page = noor.post(f"{place}/day", {"which-day": which, "day-day": later.isoformat(), "reason-day": "Typefout"})
    assert "De dag is verbeterd." in page
    assert due_of(services, code="decide") == later
    days_later(services, 4)
    act(services, NOOR, Withdraw(number, "Per brief"))
    assert f'href="{place}">Dagen verbeteren' in noor.get(home)
    page = noor.get(place)
    assert "Dagen verbeteren: Beslissing op bezwaar" in page
    assert "Uitstel met instemming" not in page
    met = f"met {today(services).isoformat()}"
    typed = {"which-day": met, "day-day": (today(services) - timedelta(2)).isoformat(), "reason-day": "Vrijdag"}
    assert "een intrekking" in noor.post(f"{place}/day", typed, status=409), "that day is corrected where it was given"
    party = next(one for one in rows(services, Party) if one.withdrawn_on)
    act(services, NOOR, CorrectWithdrawal(number, party.id, ReceiptDays(today(services) - timedelta(2)), "Vrijdag"))
    (row,) = rows(services, DeadlineRow, code="decide")
    assert row.met_on == today(services) - timedelta(2)
