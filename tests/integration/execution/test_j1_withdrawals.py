"""J1: a withdrawal on paper counts from the day it came in, for the terms, the penalty and the letters; that day can be corrected."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from kit.business_time import FixedClock
from kit.cases import due_of, notes_of, rows
from kit.people import ILSE, NOOR, TESS

from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.fact_dates import CorrectWithdrawal
from processes.actions.penalty import RegisterDefaultNotice
from processes.actions.registering import NewDecision, RegisterCase
from processes.actions.withdrawing import Withdraw
from processes.base.clock import AMSTERDAM
from processes.base.dutch import long_date
from processes.base.errors import Invalid, NotNow
from processes.execution.penalties import reckon
from processes.storage.tables import Case, DeadlineRow, NoticeRow, Party

TODAY, CAME = date(2026, 4, 13), date(2026, 4, 6)
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
