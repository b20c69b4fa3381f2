"""J8: a contested decision is added later or corrected, with a reason and a history, and the terms move along."""

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from kit.browser import Browser
from kit.business_time import beginning
from kit.cases import due_of, notes_of, register_bezwaar, rows
from kit.people import ADA, NOOR, PIET
from parties_kit import REASON

from processes.actions import act
from processes.actions.course import Withdraw
from processes.actions.decisions import AddDecision, CorrectDecision
from processes.actions.registering import NewDecision
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone, CaseClosed, Invalid, NotAllowed
from processes.execution.contested import decision_of
from processes.storage.tables import Case, CorrectionRow, Decision

SQLITE_ONLY = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
TODAY = local_date(beginning())


def correction(services, case: str, **changes) -> CorrectDecision:
    stored = decision_of(rows(services, Decision)[0])
    return CorrectDecision(
        case, rows(services, Decision)[0].id, NewDecision(**{**asdict(stored), **changes}), REASON, stored.seen
    )


def test_j8_terms_count_from_the_corrected_day(services):
    number = register_bezwaar(services, ago=18)
    before, announced = due_of(services, code="decide"), rows(services, Decision)[0].announced_on
    act(services, NOOR, correction(services, number, announced_on=announced + timedelta(7)))
    assert due_of(services, code="decide") == before + timedelta(7)
    (row,) = rows(services, CorrectionRow)
    assert (row.kind, row.was) == ("decision", {"announced_on": announced.isoformat()})
    assert "Termijn 'Beslissing op bezwaar'" in notes_of(services)[-1]


def test_j8_a_decision_is_added_later_and_the_first_of_all_starts_the_term(services):
    number = register_bezwaar(services, ago=18)
    before, day = due_of(services, code="decide"), rows(services, Decision)[0].announced_on
    act(services, NOOR, AddDecision(number, NewDecision("Ook de leges", announced_on=day - timedelta(7)), REASON))
    assert [row.subject for row in rows(services, Decision)] == ["Parkeervergunning", "Ook de leges"]
    assert due_of(services, code="decide") == before - timedelta(7)
    (row,) = rows(services, CorrectionRow)
    assert (row.kind, row.became["subject"], row.reason) == ("decision_added", "Ook de leges", REASON)


@SQLITE_ONLY
def test_j8_subject_department_and_who_took_it_are_corrected(services):
    number = register_bezwaar(services)
    act(
        services,
        NOOR,
        correction(services, number, subject="Gehandicaptenparkeerplaats", department="vergunningen", taken_by="piet"),
    )
    row = rows(services, Decision)[0]
    assert (row.subject, row.department, row.taken_by) == ("Gehandicaptenparkeerplaats", "vergunningen", PIET.subject)
    assert rows(services, Case)[0].subject == "Gehandicaptenparkeerplaats"


REFUSED = {
    "no subject": ({"subject": " "}, "decision-0-subject"),
    "no day": ({"announced_on": None}, "decision-0-announced_on"),
    "tomorrow": ({"announced_on": date(2099, 1, 1)}, "decision-0-announced_on"),
    "no department of ours": ({"department": "verzonnen"}, "decision-0-department"),
    "nothing changed": ({}, ""),
}


@SQLITE_ONLY
@pytest.mark.parametrize(("changes", "field"), REFUSED.values(), ids=REFUSED.keys())
def test_j8_a_decision_is_checked_as_at_registration(services, changes, field):
    number = register_bezwaar(services)
    with pytest.raises(Invalid) as wrong:
        act(services, NOOR, correction(services, number, **changes))
    assert set(wrong.value.fields) == {field}


@SQLITE_ONLY
def test_j8_two_at_once_a_committee_member_and_a_closed_case_are_refused(services):
    number = register_bezwaar(services)
    first = correction(services, number, number="PV-2")
    act(services, NOOR, first)
    with pytest.raises(AlreadyDone):
        act(services, NOOR, replace(first, decision=replace(first.decision, number="PV-3")))
    with pytest.raises(NotAllowed):
        act(services, ADA, AddDecision(number, NewDecision("Nog een", announced_on=TODAY), REASON))
    act(services, NOOR, Withdraw(number, "Opgelost"))
    with pytest.raises(CaseClosed):
        act(services, NOOR, AddDecision(number, NewDecision("Nog een", announced_on=TODAY), REASON))


@SQLITE_ONLY
def test_j8_the_page_shows_what_moves_before_anything_changes(services, noor: Browser):
    number = register_bezwaar(services, ago=18)
    where = f"/werk/zaken/{number}/besluiten/nieuw"
    assert "Besluit toevoegen" in noor.get(f"/werk/zaken/{number}")
    noor.get(where)
    day = rows(services, Decision)[0].announced_on - timedelta(3)
    form = {"decision-0-subject": "Ook de leges", "decision-0-announced_on": day.isoformat(), "reason": REASON}
    page = noor.post(where, form)
    assert "Er is nog niets veranderd" in page
    assert "Beslissing op bezwaar" in page
    assert len(rows(services, Decision)) == 1
    page = noor.post(where, {**form, "step": "confirm"})
    assert "De termijnen zijn opnieuw berekend" in page
    assert "Ook de leges" in page
    first = rows(services, Decision)[0].id
    assert "Parkeervergunning" in noor.get(f"/werk/zaken/{number}/besluiten/{first}")
