"""What the case types of the court and of advice ask of the case work besides what bezwaar asks."""

from datetime import UTC, datetime, time, timedelta

import pytest
from kit.cases import open_task
from kit.people import NOOR
from sqlalchemy import select

from engine import read_folder
from engine.expressions import parse_timer
from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.clock import AMSTERDAM, local_date
from processes.base.errors import NotNow
from processes.base.uploads import Upload
from processes.demo.case_types import CASE_TYPES
from processes.law import DeadlineRequest, compute
from processes.storage.tables import Case, DeadlineRow, DocumentRow, Dossier, MailRow, TaskRow

ASKER = NewParty("asker", "Ilse Namaak", address="Stadhuis")
ADVICE = {"facts": "x", "assessment": "x", "risk": "laag", "conclusion": "Ja.", "approved": "ja"}


def ask(services, **values):
    today = local_date(services.clock.now())
    given = {"subject": " Huur van een buurthuis ", "question": "Mag dat?", "department": "parkeren", **values}
    return act(services, NOOR, RegisterCase("juridisch-advies", "counter", today, (ASKER,), (), given))


def take_up(services, **values):
    act(services, NOOR, CompleteTask(open_task(services, "Intake"), {"accepted": "ja", "weight": "gewoon", **values}))


def test_a_case_without_a_decision_is_called_after_its_subject(ready):
    ask(ready)
    with ready.sessions() as session:
        assert session.scalars(select(Case.subject)).one() == "Huur van een buurthuis"


@pytest.mark.parametrize(("weight", "duration"), [("snel", "P2D"), ("gewoon", "P10D"), ("zwaar", "P20D")])
def test_the_variant_of_a_plain_term_is_another_duration(ready, weight, duration):
    ask(ready)
    take_up(ready, weight=weight)
    with ready.sessions() as session:
        row = session.scalars(select(DeadlineRow)).one()
    assert row.due == compute(DeadlineRequest(row.started_on, duration=duration, calendar="working")).due


def test_a_mail_outside_a_request_goes_to_the_department_that_was_chosen(ready):
    ask(ready)
    take_up(ready)
    with ready.sessions() as session:
        mail = session.scalars(select(MailRow).where(MailRow.template == "bevestiging")).one()
        assert session.scalars(select(Dossier.department)).all() == ["parkeren"]
    assert (mail.recipient, "Mag dat?" in mail.body) == ("parkeren@voorbeeldstad.example", True)


def test_without_a_known_department_the_step_is_refused(ready):
    ask(ready, department="verzonnen")
    with pytest.raises(NotNow, match="Kies eerst een afdeling"):
        take_up(ready)


def test_o31_the_drawing_gives_the_department_a_document_once(ready):
    ask(ready)
    take_up(ready)
    paper = NewDocument(Upload("advies.pdf", "application/pdf", 4, "0" * 64, "aa/bb"), "advice", "Advies")
    act(ready, NOOR, CompleteTask(open_task(ready, "WriteAdvice"), ADVICE, (paper,)))
    with ready.sessions.begin() as session:  # somebody else wrote it
        session.scalars(select(TaskRow).where(TaskRow.element == "WriteAdvice")).one().done_by = "sem"
    act(ready, NOOR, CompleteTask(open_task(ready, "SecondReading"), {"approved": "ja"}))
    with ready.sessions() as session:
        given = session.scalars(select(DocumentRow.to_departments)).one()
        told = session.scalars(select(MailRow).where(MailRow.template == "department-document")).all()
    assert ([item["department"] for item in given], len(told)) == (["parkeren"], 1)


ASKED = {"nine in the morning": (9, 12), "after noon there is none that day": (14, None)}


@pytest.mark.parametrize(("asked", "due"), ASKED.values(), ids=ASKED.keys())
def test_o24_an_urgent_request_is_reminded_of_at_noon(asked, due):
    drawing = read_folder(CASE_TYPES / "stukkenverzoek-spoed").drawing.decode()
    text = drawing.partition('id="NoonToday_definition"')[2].partition('tFormalExpression">')[2].partition("<")[0]
    rule = parse_timer(text.replace("&lt;", "<"), "timeDate")
    day = datetime(2026, 3, 9, tzinfo=AMSTERDAM)
    moment = (day + timedelta(hours=asked)).astimezone(UTC)
    facts = {"request.asked_at": moment, "request.refused": False}
    assert rule.due(moment, 0, facts, moment) == (datetime.combine(day, time(due), AMSTERDAM) if due else None)
