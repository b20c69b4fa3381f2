"""J7: who waits for a decision puts the municipality in default on the page of the case; two weeks later the court is open."""

from dataclasses import replace
from datetime import timedelta

import pytest
from citizen_kit import ILSE, TESS, Browser, objector, register
from kit.cases import BEZWAAR, days_ago, days_later, do, due_of, put_in_use, rows, shipped, today
from kit.people import NOOR, YASMINA, citizen

from engine import Folder
from processes.actions import act
from processes.actions.defaulting import PutInDefault
from processes.actions.registering import NewDecision, RegisterCase
from processes.base.errors import AlreadyDone, NotAllowed, NotFound, NotNow
from processes.law import for_linter
from processes.reads.citizen import read_case
from processes.reads.workbench import read_overview
from processes.storage.tables import Case, DefaultNotice, NoticeRow

BUTTON = "Wij zijn te laat: stel ons in gebreke"


def late(services, number: str, by: int = 1) -> None:
    """So many days after the last day to decide."""
    days_later(services, (due_of(services, number, "decide") - today(services)).days + by)


def test_j7_a_citizen_puts_the_municipality_in_default(tess: Browser) -> None:
    services, number = tess.services, register(tess.services, TESS)
    late(services, number, by=0)
    assert BUTTON not in tess.get(f"/mijn/zaken/{number}")
    days_later(services, 1)
    assert BUTTON in tess.get(f"/mijn/zaken/{number}")
    place = f"/mijn/zaken/{number}/ingebrekestelling"
    tess.get(place)
    assert "Zet een vinkje" in tess.post(place, {"text": "Ik wacht al lang."}, status=422)
    page = tess.post(place, {"text": "Ik wacht al lang.", "sure": "ja"})
    (notice,) = rows(services, DefaultNotice)
    assert (notice.received_on, notice.deadline, notice.excluded) == (today(services), "decide", None)
    assert "Ik stel u in gebreke" in page
    assert BUTTON not in page
    (letter,) = rows(services, NoticeRow, template="default-received")
    line = read_case(services, tess.actor, number).penalties[0]
    assert line.penalty.first == line.appeal_from == today(services) + timedelta(15)
    assert all(word in letter.body for word in ("dwangsom", "6:12", "in beroep gaan bij de rechtbank"))
    assert [one.appeal_from for one in read_overview(services, NOOR, number).penalties] == [line.appeal_from]
    with pytest.raises(AlreadyDone):
        act(services, tess.actor, PutInDefault(number))


@pytest.mark.parametrize(
    ("who", "days", "error"),
    [
        (objector(TESS), 0, NotNow),  # the last day itself is in time
        (objector(ILSE), 1, NotFound),
        (YASMINA, 1, NotAllowed),  # a third party did not ask for the decision
    ],
)
def test_j7_nobody_else_and_not_too_early(services, who, days, error) -> None:
    number = register(services, TESS, extra=(YASMINA,))
    late(services, number, by=days)
    with pytest.raises(error):
        act(services, citizen(services, who), PutInDefault(number))
    assert rows(services, DefaultNotice) == []


def test_j7_the_form_of_a_bezwaar_offers_no_failure_to_decide(tess: Browser) -> None:
    page = tess.get("/mijn/nieuw/bezwaar")
    assert "Er is nog geen besluit" not in page
    assert "Ingebrekestelling" in page


OLD = """variant="('no-decision-committee' if decision.missing else 'committee') if route == 'commissie' else ('no-decision' if decision.missing else 'standard')" from="case.received_on if decision.missing else decision.announced_on" """


def old_bezwaar() -> Folder:
    """A bezwaar as it was drawn before: with a term for a failure to decide."""
    folder = shipped("bezwaar")
    text = folder.drawing.decode()
    start = text.index('variant="', text.index('<case:deadline code="decide"'))
    end = text.index('warnings="', start)
    return replace(folder, drawing=(text[:start] + OLD + text[end:]).encode())


def test_j7_a_case_of_an_older_version_keeps_its_date_and_says_what_to_do(services, monkeypatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(for_linter, "RETIRED", frozenset())
        put_in_use(services, old_bezwaar())
    day = today(services)
    missing = NewDecision("Aanvraag voor een rolstoel", department="parkeren", missing=True)
    number = act(
        services, NOOR, RegisterCase("bezwaar", "letter", day, (objector(TESS),), (missing,), {"grounds": "Ik wacht"})
    )
    put_in_use(services, *BEZWAAR)
    page = read_overview(services, NOOR, number)
    assert page.no_decision
    assert next(term.steps[1].article for term in page.terms if term.code == "decide") == "Awb 7:10, lid 1"
    assert due_of(services, number, "decide") >= day + timedelta(42)
    assert not read_overview(services, NOOR, register(services, TESS)).no_decision


def test_j7_who_waits_for_a_decision_elsewhere_files_the_notice_as_a_case_of_its_own(tess: Browser) -> None:
    services = tess.services
    put_in_use(services, "ingebrekestelling")
    asked = {"subject": "Een parkeerkaart", "requested_on": days_ago(services, 70).isoformat()}
    contact = {"email": "tess@post.example", "phone": "", "channel": "portal", "address": ""}
    tess.get("/mijn/nieuw/ingebrekestelling")
    tess.post("/mijn/nieuw/ingebrekestelling", asked | contact)
    tess.post("/mijn/nieuw/ingebrekestelling/versturen", asked | contact)
    (notice,) = rows(services, DefaultNotice)
    (case,) = rows(services, Case)
    assert (notice.deadline, notice.received_on, case.case_type) == ("decide", today(services), "ingebrekestelling")
    line = read_case(services, tess.actor, case.number).penalties[0]
    assert (line.penalty.state, line.penalty.first) == ("waiting", today(services) + timedelta(15))
    assert BUTTON not in tess.get(f"/mijn/zaken/{case.number}")
    days_later(services, 16)
    assert read_case(services, tess.actor, case.number).penalties[0].penalty.cents == 2 * 23_00
    do(services, "Assess", department="parkeren", requested_on=days_ago(services, 86), law_weeks=26, valid="ja")
    assert (
        read_case(services, tess.actor, case.number).penalties[0].penalty.state == "nothing"
    )  # another law gave longer
