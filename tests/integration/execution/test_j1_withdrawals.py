"""J1: a withdrawal on paper counts from the day it came in, for the terms, the penalty and the letters; that day can be corrected."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from kit.browser import Browser
from kit.business_time import FixedClock
from kit.cases import INTAKE, do, due_of, notes_of, rows
from kit.people import BRAM as PORTAL_BRAM
from kit.people import ILSE, NOOR, TESS

from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.fact_dates import CorrectReceipt, CorrectWithdrawal
from processes.actions.penalty import RegisterDefaultNotice
from processes.actions.registering import NewDecision, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.actions.withdrawing import Withdraw
from processes.base.clock import AMSTERDAM
from processes.base.dutch import long_date
from processes.base.errors import Invalid, NotNow
from processes.execution.penalties import reckon
from processes.reads.workbench.correcting import read_correcting
from processes.storage.tables import Case, DeadlineRow, NoticeRow, Party, TaskRow

TODAY, CAME = date(2026, 4, 13), date(2026, 4, 6)
BRAM = replace(PORTAL_BRAM, channel="post", address="Dorpsweg 1\n1234 AB Voorbeeldstad")
WHY = "De envelop lag bij de balie."
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


@pytest.fixture
def services(ready):
    return replace(ready, clock=FixedClock(datetime.combine(TODAY, time(12), AMSTERDAM)))


def late_objection(services, *parties) -> str:
    """A bezwaar of which the term to decide ended on 24 December, with a notice of default of 16 March."""
    decision = NewDecision("Parkeervergunning", "PV-1", None, date(2025, 10, 1), "parkeren")
    number = act(services, NOOR, RegisterCase(
        "bezwaar", "letter", date(2025, 10, 20), parties=parties or (TESS,), decisions=(decision,), values={"grounds": "Oneerlijk"},
    ))  # fmt: skip
    assert due_of(services, code="decide") == date(2025, 12, 24)
    act(services, NOOR, RegisterDefaultNotice(number, "decide", date(2026, 3, 16)))
    return number


def penalty_days(services) -> int:
    with services.sessions() as session:
        (case,) = session.query(Case).all()
        model = services.models.version(session, case.model_version_id).model
        (found,) = reckon(session, case, model, TODAY, services.law.book(session))
        return found.penalty.days


def met_on(services) -> date | None:
    return rows(services, DeadlineRow, code="decide")[0].met_on


def test_j1_a_withdrawal_on_paper_ends_terms_and_penalty_on_the_day_it_came_in(services):
    number = late_objection(services)
    assert penalty_days(services) == 14  # 31 March up to today
    act(services, NOOR, Withdraw(number, "Per brief", (), ReceiptDays(CAME, date(2026, 4, 3))))
    (party,) = rows(services, Party)
    assert (party.withdrawn_on, party.withdrawal_entered_on, party.withdrawal_postmarked_on) == (
        CAME, TODAY, date(2026, 4, 3),
    )  # fmt: skip
    assert met_on(services) == CAME
    assert penalty_days(services) == 6  # up to 5 April
    (letter,) = rows(services, NoticeRow, template="ingetrokken")
    assert f"wij kregen de intrekking op {long_date(CAME)}" in letter.body
    act(services, NOOR, CorrectWithdrawal(number, party.id, ReceiptDays(date(2026, 4, 4)), WHY))
    assert met_on(services) == date(2026, 4, 4)
    assert penalty_days(services) == 4
    note = notes_of(services, number)[-1]
    assert all(words in note for words in (long_date(CAME), long_date(date(2026, 4, 4)), WHY))


def test_j1_of_several_the_last_withdrawal_to_come_in_ends_the_terms(services):
    number = late_objection(services, TESS, ILSE)
    tess, ilse = rows(services, Party)
    act(services, NOOR, Withdraw(number, "Per brief", (ilse.id,), ReceiptDays(date(2026, 4, 9))))
    assert met_on(services) is None
    (letter,) = rows(services, NoticeRow, template="een-trekt-in")
    assert f"Wij kregen de intrekking op {long_date(date(2026, 4, 9))}." in letter.body
    act(services, NOOR, Withdraw(number, "Ook per brief", (tess.id,), ReceiptDays(CAME)))
    assert met_on(services) == date(2026, 4, 9)
    act(services, NOOR, CorrectWithdrawal(number, ilse.id, ReceiptDays(date(2026, 4, 3)), WHY))
    assert met_on(services) == CAME


DAYS = {
    "to come": (ReceiptDays(date(2026, 4, 14)), "answer-received_on"),
    "before the case": (ReceiptDays(date(2025, 10, 19)), "answer-received_on"),
    "posted after it came": (ReceiptDays(CAME, date(2026, 4, 7)), "answer-postmarked_on"),
}


@ON_SQLITE
@pytest.mark.parametrize(("received", "field"), DAYS.values(), ids=DAYS.keys())
def test_j1_a_day_on_which_a_withdrawal_cannot_have_come_is_refused(services, received, field):
    number = late_objection(services)
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, Withdraw(number, "Per brief", (), received))
    assert set(refused.value.fields) == {field}
    assert rows(services, Case)[0].state == "running"


@ON_SQLITE
def test_j1_only_a_withdrawal_that_staff_entered_is_corrected(services):
    number = late_objection(services, TESS, ILSE)
    tess, ilse = rows(services, Party)
    act(services, NOOR, Withdraw(number, "Per brief", (ilse.id,)))
    with pytest.raises(NotNow):
        act(services, NOOR, CorrectWithdrawal(number, tess.id, ReceiptDays(CAME), WHY))
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, CorrectWithdrawal(number, ilse.id, ReceiptDays(CAME), " "))
    assert set(refused.value.fields) == {"reason"}


def asked_to_stop(services, *parties) -> str:
    """A bezwaar by post of which who filed it were asked by letter, a week ago, whether it can stop."""
    decision = NewDecision("Parkeervergunning", "PV-1", None, date(2026, 2, 12), "parkeren")
    number = act(services, NOOR, RegisterCase(
        "bezwaar", "letter", date(2026, 3, 26), parties=parties, decisions=(decision,), values={"grounds": "Oneerlijk"},
    ))  # fmt: skip
    services.clock.ahead = timedelta(days=-10)
    do(services, "Intake", **{**INTAKE, "route": "ambtelijk"})
    do(services, "CallObjector", call_outcome="uitleg_genoeg")
    services.clock.ahead = timedelta()
    return number


def answer_to_stop(services, party: Party, choice: str, received: date) -> str:
    """This party's answer on paper; the id of its task."""
    (task,) = rows(services, TaskRow, element="ConfirmWithdrawal", party_id=party.id)
    act(services, NOOR, CompleteTask(task.id, {"withdrawal_choice": choice}, received=ReceiptDays(received)))
    return task.id


def test_j1_the_day_of_an_answer_on_paper_is_corrected_after_its_case_closed(services):
    number = asked_to_stop(services, BRAM)
    task = answer_to_stop(services, rows(services, Party)[0], "intrekken", CAME)
    assert (rows(services, Case)[0].state, met_on(services)) == ("closed", CAME)
    page = read_correcting(services, NOOR, number)
    assert (page.head.running, [one.task for one in page.answers]) == (False, [task])
    act(services, NOOR, CorrectReceipt(task, ReceiptDays(date(2026, 4, 4)), WHY))
    assert met_on(services) == date(2026, 4, 4)
    note = notes_of(services, number)[-1]
    assert all(words in note for words in (long_date(CAME), long_date(date(2026, 4, 4)), WHY))


def test_j1_a_corrected_answer_moves_the_day_on_which_one_of_several_withdrew(services):
    number = asked_to_stop(services, BRAM, replace(BRAM, name="Ilse Namaak"))
    bram, ilse = rows(services, Party)
    other = answer_to_stop(services, bram, "doorgaan", date(2026, 4, 7))
    task = answer_to_stop(services, ilse, "intrekken", CAME)
    assert [party.withdrawn_on for party in rows(services, Party)] == [None, CAME]
    act(services, NOOR, CorrectReceipt(other, ReceiptDays(date(2026, 4, 8)), WHY))
    assert [party.withdrawn_on for party in rows(services, Party)] == [None, CAME]
    act(services, NOOR, CorrectReceipt(task, ReceiptDays(date(2026, 4, 4)), WHY))
    assert [party.withdrawn_on for party in rows(services, Party)] == [None, date(2026, 4, 4)]
    assert f"Ingetrokken op: was {long_date(CAME)}" in notes_of(services, number)[-1]


@ON_SQLITE
def test_j1_the_page_of_a_closed_case_offers_the_answers_alone(services):
    number = asked_to_stop(services, BRAM)
    noor = Browser(services, NOOR)
    assert "Antwoorden op papier" not in noor.get(f"/werk/zaken/{number}/datums")
    task = answer_to_stop(services, rows(services, Party)[0], "intrekken", CAME)
    assert "Dag van een antwoord verbeteren" in noor.get(f"/werk/zaken/{number}")
    page = noor.get(f"/werk/zaken/{number}/datums")
    assert "De datums van de zaak zelf veranderen niet meer." in page
    assert 'name="received_on"' not in page
    typed = {f"answer-received_on-{task}": "2026-04-04", f"reason-{task}": WHY}
    noor.post(f"/werk/zaken/{number}/datums/{task}", typed)
    assert met_on(services) == date(2026, 4, 4)
