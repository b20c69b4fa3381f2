"""J8: a complaint that turns into a bezwaar takes its decision along, and counts as received on the day of the complaint."""

from datetime import date

import pytest
from kit.cases import days_later, due_of, rows
from kit.complaint import complaint

from processes.storage.tables import Case, Decision

SQLITE_ONLY = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
# worked by hand: announced on Monday 11 May 2026; six weeks to object end on Monday 22 June (Awb 6:7, 6:8); six weeks to decide
# from the day after that end on Monday 3 August (Awb 7:10, first paragraph)
ANNOUNCED, DECIDE = date(2026, 5, 11), date(2026, 8, 3)
OBJECTION = {
    "route": "bezwaar", "department": "vergunningen", "objection_to": "Weigering van de parkeervergunning",
    "objection_announced_on": ANNOUNCED.isoformat(), "objection_taken_on": "2026-05-08", "objection_department": "vergunningen",
}  # fmt: skip


def test_j8_the_term_of_the_bezwaar_counts_from_its_own_decision(services):
    play = complaint(services)
    play.do("Intake", **OBJECTION)
    _, bezwaar = rows(services, Case)
    (decision,) = rows(services, Decision)
    assert (decision.case_id, decision.subject, decision.department) == (
        bezwaar.id,
        OBJECTION["objection_to"],
        "vergunningen",
    )
    assert (decision.announced_on, decision.taken_on) == (ANNOUNCED, date(2026, 5, 8))
    assert due_of(services, bezwaar.number, "decide") == DECIDE
    assert bezwaar.subject == OBJECTION["objection_to"]


@SQLITE_ONLY
def test_j8_the_bezwaar_was_received_when_the_complaint_was(services):
    play = complaint(services)
    received = rows(services, Case)[0].received_on
    days_later(services, 9)
    play.do("Intake", **OBJECTION)
    assert rows(services, Case)[1].received_on == received
