"""J1: each day of a term that a click or a form gave is corrected with a reason, and what hangs on it moves.

Worked out by hand for a decision announced on 12 February 2026: six weeks to decide end on Thursday 7 May. It is 13 April.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from kit.business_time import FixedClock
from kit.cases import do, notes_of, rows
from kit.documents import stored
from kit.people import NOOR, SEM, TESS

from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.fact_dates import CorrectWithdrawal
from processes.actions.filing import NewDocument
from processes.actions.penalty import SetPenalty
from processes.actions.registering import NewDecision, RegisterCase
from processes.actions.term_days import CorrectTermDay
from processes.actions.terms import EndSuspension, LengthenTerm, SuspendTerm
from processes.actions.withdrawing import Withdraw
from processes.base.clock import AMSTERDAM
from processes.base.dutch import euros_in_words
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.execution.penalties import reckon
from processes.storage.tables import AuditRow, Case, DeadlineRow, Instance, Party

TODAY = date(2026, 4, 13)
WHY = "De brief lag bij de balie."
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)  # what is refused asks no database
Do = Callable[..., object]


@pytest.fixture
def services(ready):
    return replace(ready, clock=FixedClock(datetime.combine(TODAY, time(12), AMSTERDAM)))


def objection(services) -> str:
    decision = NewDecision("Parkeervergunning", "PV-1", None, date(2026, 2, 12), "parkeren")
    return act(services, NOOR, RegisterCase(
        "bezwaar", "letter", date(2026, 3, 26), parties=(TESS,), decisions=(decision,), values={"grounds": "Oneerlijk"},
    ))  # fmt: skip


def late_request(services) -> str:
    """A notice of default of 10 March for a decision that was due on 2 March."""
    number = act(services, NOOR, RegisterCase(
        "ingebrekestelling", "letter", date(2026, 3, 10), parties=(replace(TESS, role="applicant"),),
        values={"subject": "Een urgentieverklaring", "requested_on": "2026-02-02"},
    ))  # fmt: skip
    do(services, "Assess", department="parkeren", requested_on=date(2026, 2, 2), law_weeks=4, valid="ja")
    return number


def decided(services, day: date) -> None:
    file = NewDocument(stored(services, "besluit.pdf"), "outcome", "Besluit", field="outcome")
    do(services, "DecideNow", documents=(file,), decided_on=day, decided_what="Verleend", financial=True)


def term(services, code: str = "decide") -> DeadlineRow:
    return rows(services, DeadlineRow, code=code)[0]


def correct(services, number: str, which: str, day: date, *, reason: str = WHY, was: date | None = None) -> None:
    act(services, NOOR, CorrectTermDay(number, "decide", which, was, day, reason))


def form_key(services, code: str) -> str:
    """The key of the day that the value with this code says."""
    return f"form-{rows(services, Instance, is_root=True)[0].id}-{code}"


def stopped(services, number: str) -> None:
    act(services, NOOR, SuspendTerm(number, "decide", date(2026, 4, 1), WHY))
    act(services, NOOR, EndSuspension(number, "decide", TODAY, WHY))


def extended(services, number: str) -> None:
    act(services, NOOR, LengthenTerm(number, "decide", date(2026, 6, 2), WHY))


def agreed(services, number: str) -> None:
    act(
        services, NOOR, LengthenTerm(number, "decide", date(2026, 6, 10), WHY, consent=True, on=TODAY, agreed_by="Tess")
    )


CLICKS: dict[str, tuple[Do, date, str, date, date]] = {
    # what was done and its date, then the day that is corrected, into what, and the new date
    "it stood still later": (stopped, date(2026, 5, 19), "stop-0", date(2026, 4, 9), date(2026, 5, 11)),
    "it ran again earlier": (stopped, date(2026, 5, 19), "resume-0", date(2026, 4, 5), date(2026, 5, 11)),
    "another new date": (extended, date(2026, 6, 2), "until-0", date(2026, 6, 4), date(2026, 6, 4)),
    "another agreed date": (agreed, date(2026, 6, 10), "until-0", date(2026, 6, 12), date(2026, 6, 12)),
}


@pytest.mark.parametrize(("click", "old", "which", "day", "new"), CLICKS.values(), ids=CLICKS.keys())
def test_j1_the_day_of_a_click_is_corrected_and_the_term_moves(services, click, old, which, day, new):
    number = objection(services)
    click(services, number)
    assert term(services).due == old
    correct(services, number, which, day)
    assert term(services).due == new
    assert WHY in notes_of(services, number)[-1]
    (audited,) = rows(services, AuditRow, action="correct_term_day")
    assert (audited.detail["which"], audited.detail["now"]) == (which, str(day))


def test_j1_the_day_on_which_an_extension_was_decided_or_agreed_is_corrected(services):
    number = objection(services)
    agreed(services, number)
    correct(services, number, "extended-0", date(2026, 4, 8))
    assert term(services).extensions[0]["on"] == "2026-04-08"
    assert term(services).extensions[0]["agreed_by"] == "Tess"


REFUSED = {
    "a day to come": ("resume-0", date(2026, 4, 14), {}, Invalid),
    "the same day": ("resume-0", TODAY, {}, Invalid),
    "before it stood still": ("resume-0", date(2026, 3, 31), {}, Invalid),
    "without a reason": ("resume-0", date(2026, 4, 5), {"reason": " "}, Invalid),
    "a day that is not there": ("met", date(2026, 4, 5), {}, Invalid),
    "somebody was first": ("resume-0", date(2026, 4, 5), {"was": date(2026, 4, 6)}, AlreadyDone),
    "a date of the case": ("start", date(2026, 3, 1), {}, NotNow),
}


@ON_SQLITE
@pytest.mark.parametrize(("which", "day", "more", "error"), REFUSED.values(), ids=REFUSED.keys())
def test_j1_a_day_that_cannot_be_is_refused_and_nothing_moves(services, which, day, more, error):
    number = objection(services)
    stopped(services, number)
    with pytest.raises(error):
        correct(services, number, which, day, **more)
    assert term(services).due == date(2026, 5, 19)


@ON_SQLITE
def test_j1_a_term_that_does_not_run_has_no_days(services):
    number = objection(services)
    with pytest.raises(NotFound):
        act(services, NOOR, CorrectTermDay(number, "repair", "met", None, TODAY, WHY))


def penalty(services) -> int:
    """The days of the penalty up to today."""
    with services.sessions() as session:
        (case,) = session.query(Case).all()
        model = services.models.version(session, case.model_version_id).model
        (found,) = reckon(session, case, model, TODAY, services.law.book(session))
        return found.penalty.days


def test_j1_a_penalty_stops_on_the_day_of_the_decision_whenever_that_was_entered(services):
    number = late_request(services)
    assert penalty(services) == 20  # 25 March up to today
    decided(services, date(2026, 4, 7))
    assert (term(services).met_on, term(services, "grace").met_on) == (date(2026, 4, 7), date(2026, 4, 7))
    assert penalty(services) == 13  # up to 6 April
    act(services, SEM, SetPenalty(number, "decide"))
    correct(services, number, form_key(services, "decided_on"), date(2026, 4, 8))
    assert (term(services).met_on, term(services, "grace").met_on) == (date(2026, 4, 8), date(2026, 4, 8))
    assert penalty(services) == 14
    note = notes_of(services, number)[-1]
    assert all(euros_in_words(cents) in note for cents in (29900, 32200))  # what was laid down, and what it is now
    assert "Neem zo nodig een nieuw besluit." in note


@ON_SQLITE
def test_j1_a_day_on_which_something_happened_is_not_to_come(services):
    late_request(services)
    with pytest.raises(Invalid) as refused:
        decided(services, date(2026, 4, 14))
    assert set(refused.value.fields) == {"decided_on"}
    assert term(services).met_on is None


def test_j1_a_term_counts_anew_when_the_day_that_a_form_says_is_corrected(services):
    number = late_request(services)
    assert term(services).due == date(2026, 3, 2)
    correct(services, number, form_key(services, "requested_on"), date(2026, 2, 9))
    assert term(services).due == date(2026, 3, 9)
    assert penalty(services) == 20  # the notice of 10 March still came after the term


def test_j1_the_day_on_which_a_withdrawal_ended_a_case_is_corrected_at_the_party(services):
    number = objection(services)
    act(services, NOOR, Withdraw(number, "Per brief"))
    assert term(services).met_on == TODAY
    with pytest.raises(NotNow, match="intrekking"):
        correct(services, number, "met", date(2026, 4, 9))
    (party,) = rows(services, Party)
    act(services, NOOR, CorrectWithdrawal(number, party.id, ReceiptDays(date(2026, 4, 9)), WHY))
    assert term(services).met_on == date(2026, 4, 9)
