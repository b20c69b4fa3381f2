"""J6: what the court says governs the decision that comes next, and a ruling may come at any moment."""

from datetime import timedelta

import pytest
from kit.cases import do, open_task, rows, today
from kit.people import NOOR, TESS_BSN
from sqlalchemy import select

from processes.actions import act
from processes.actions.course import PressButton
from processes.actions.filing import NewDocument
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.uploads import Upload
from processes.law import DeadlineRequest, compute
from processes.reads.workbench import read_overview
from processes.storage.tables import Case, CaseRelation, CaseValue, DeadlineRow, MailRow, NoticeRow, TaskRow

COURT = NewParty("court", "Rechtbank Voorbeeldland", kind="company", address="Postbus 1", channel="post")
TESS = NewParty("appellant", "Tess Testeling", identity=TESS_BSN, channel="portal", email="tess@example.org")


def appeal(services, **values):
    """An appeal of which the court has sent the grounds; its number."""
    day = today(services)
    decision = NewDecision("Urgentie geweigerd", "BZW-7", day - timedelta(40), day - timedelta(38), "parkeren")
    given = {"kind": "bezwaar", "court_number": "VBL 1", "grounds": "Niet eerlijk", "grounds_sent_on": day, **values}
    return act(services, NOOR, RegisterCase("beroep", "letter", day, (TESS, COURT), (decision,), given))


def ruled(services, number, **values):
    """The ruling comes and is written down; `values` change some of it."""
    paper = NewDocument(Upload("uitspraak.pdf", "application/pdf", 4, "0" * 64, "aa/bb"), "outcome", "Uitspraak")
    act(services, NOOR, PressButton(number, "ruling_received"))
    known = {
        "ruling_sent_on": today(services) - timedelta(3), "ruling_kind": "uitspraak", "dictum": "gegrond_nieuw_besluit",
        "explanation": "De gemeente moet opnieuw beslissen.",
    }  # fmt: skip
    do(services, "RecordRuling", documents=(paper,), **{**known, **values})


def newest(services):
    return rows(services, Case)[-1]


def terms_of(services, case):
    return {row.code: row for row in rows(services, DeadlineRow, case_id=case.id)}


@pytest.mark.parametrize(("weeks", "length"), [(9, "P63D"), (None, None)])
def test_j6_the_term_of_the_court_is_that_of_the_new_bezwaar(ready, weeks, length):
    number = appeal(ready)
    ruled(ready, number, new_decision_weeks=weeks, court_order="Kijk opnieuw naar de urgentie.")
    case = newest(ready)
    sent = today(ready) - timedelta(3)
    due = compute(DeadlineRequest(sent, rule="awb-7-10", variant="court", length=length)).due
    assert (case.case_type, terms_of(ready, case)["decide"].due) == ("bezwaar", due)
    assert terms_of(ready, case)["decide"].started_on == sent
    assert [term.due for term in read_overview(ready, NOOR, case.number).terms if term.code == "decide"] == [due]


def test_j6_no_receipt_goes_out_and_the_intake_knows_what_the_court_found(ready):
    ruled(ready, appeal(ready), new_decision_weeks=6)
    case = newest(ready)
    assert (rows(ready, NoticeRow, case_id=case.id), rows(ready, MailRow, case_id=case.id)) == ([], [])
    assert "receipt" not in terms_of(ready, case)
    assert case.published_at is not None
    known = {row.code: row.value for row in rows(ready, CaseValue, case_id=case.id)}
    assert (known["in_time"], known["interested"], known["complete"], known["court_weeks"]) == ("ja", True, True, 6)
    assert open_task(ready, "Intake", case.number)


def test_j6_the_new_case_begins_once_and_the_appeal_goes_on(ready):
    number = appeal(ready, kind="hoger_beroep")
    ruled(ready, number)
    assert [one.state for one in rows(ready, Case)] == ["running", "running"]
    do(ready, "CarryOut", done="Wij beslissen opnieuw.")
    assert [(one.case_type, one.state) for one in rows(ready, Case)] == [("beroep", "closed"), ("bezwaar", "running")]
    assert len(rows(ready, CaseRelation, kind="vervolg")) == 1


def test_j6_a_ruling_before_the_filing_takes_back_what_was_asked_of_the_department(ready):
    number = appeal(ready)
    do(ready, "AssessAppeal", litigator="Noor", department="parkeren", documents_needed=True)
    assert open_task(ready, "DeliverDocuments")
    ruled(ready, number, ruling_kind="griffierecht", dictum="niet_ontvankelijk")
    with ready.sessions() as session:
        still = session.scalars(select(TaskRow.element).where(TaskRow.state == "open")).all()
    assert still == []
    assert [one.alarm for one in rows(ready, Case)] == [None]
    assert "opposition" in terms_of(ready, newest(ready))


def test_j6_the_department_waits_only_where_appeal_suspends_the_ruling(ready):
    ruled(ready, appeal(ready), dictum="gegrond")
    ruled(ready, appeal(ready), dictum="gegrond", appeal_suspends=True)
    at_once, later = (mail.body for mail in rows(ready, MailRow, template="uitspraak-afdeling"))
    assert ("geldt meteen" in at_once, "Wacht met nieuwe besluiten" in at_once) == (True, False)
    assert ("geldt meteen" in later, "Wacht met nieuwe besluiten" in later) == (False, True)
    buttons = [button.code for button in read_overview(ready, NOOR, newest(ready).number).buttons]
    assert "other_appeals" in buttons
    assert "opposition_upheld" not in buttons
