"""J1: a term follows the day of the fact: the answer that came in, the letter that was sent; each can be corrected.

Worked out by hand for a decision announced on 12 February 2026: six weeks to object end on 26 March, six weeks to decide on
Thursday 7 May. The request to repair is made on Monday 30 March.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from kit.business_time import FixedClock
from kit.cases import INTAKE, do, due_of, notes_of, open_task, rows
from kit.documents import stored
from kit.people import BRAM as PORTAL_BRAM
from kit.people import ILSE, NOOR, SEM, TESS, YASMINA, department

from processes.actions import act
from processes.actions.answers import EnterLateAnswer, ReceiptDays
from processes.actions.delivering import Deliver
from processes.actions.fact_dates import CorrectReceipt, CorrectSent, CorrectStart
from processes.actions.filing import NewDocument
from processes.actions.judging import Judgement
from processes.actions.penalty import RegisterDefaultNotice
from processes.actions.post import ConfirmPosted
from processes.actions.registering import NewDecision, RegisterCase
from processes.actions.tasks import CompleteTask
from processes.base.clock import AMSTERDAM
from processes.base.dutch import long_date
from processes.base.errors import AlreadyDone, Invalid, NotNow
from processes.execution.penalties import reckon
from processes.jobs.timer_sweep import sweep
from processes.post.refusals import refuse
from processes.storage.tables import (
    AuditRow,
    Case,
    CaseValue,
    DeadlineRow,
    DocumentRow,
    Dossier,
    FiledRow,
    Instance,
    MailRow,
    NoticeRow,
    TaskRow,
)

BRAM = replace(PORTAL_BRAM, channel="post", address="Dorpsweg 1\n1234 AB Voorbeeldstad")
POST_ILSE, POST_YASMINA = (replace(one, channel="post", address="Laan 2") for one in (ILSE, YASMINA))
REPAIR = {**INTAKE, "complete": False, "missing": ["redenen"], "missing_items": "Uw redenen", "route": "ambtelijk"}
WHY = "De brief lag bij de balie."
ASKED, LATER = date(2026, 3, 30), date(2026, 4, 13)


@pytest.fixture
def services(ready):
    return replace(ready, clock=FixedClock(noon(date(2026, 3, 26))))


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), AMSTERDAM)


def go(services, day: date) -> None:
    """That day at noon, with what is due by then."""
    services.clock.ahead = noon(day) - services.clock.start
    sweep(services)


def registered(services, *parties, announced=date(2026, 2, 12), received=date(2026, 3, 26)) -> str:
    decision = NewDecision("Parkeervergunning", "PV-1", announced - timedelta(2), announced, "parkeren")
    return act(services, NOOR, RegisterCase(
        "bezwaar", "letter", received, parties=parties or (BRAM,), decisions=(decision,), values={"grounds": "Oneerlijk"},
    ))  # fmt: skip


def repair_asked(services, *parties) -> str:
    number = registered(services, *parties)
    go(services, ASKED)
    do(services, "Intake", **REPAIR)
    return number


def send(services, template: str, day: date, *, of: str = "") -> None:
    """Record that the letters with this template that wait were sent; with `of` only that to this party."""
    for row in rows(services, NoticeRow, template=template):
        if row.sent_on is None and (not of or of in row.body):
            act(services, NOOR, ConfirmPosted(row.id, day))


def answered(services, received: date | None, day: date = LATER) -> str:
    """The repair, entered by a worker on a day; the id of its task."""
    go(services, day)
    task = open_task(services, "RepairByCitizen")
    days = ReceiptDays(received) if received else None
    act(services, NOOR, CompleteTask(task, {"repair_text": "Mijn redenen"}, received=days))
    return task


def lapse_of(services) -> str | None:
    """The moment for which the one question to repair waits, in ISO 8601; it has an instance of its own."""
    (asked,) = rows(services, Instance, element="RepairByCitizen")
    return {timer["element"]: timer["due"] for timer in asked.timers}["RepairLapsed"]


def deadline(services, code="decide") -> DeadlineRow:
    (row,) = rows(services, DeadlineRow, code=code)
    return row


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 4, 6), date(2026, 5, 13)),  # 31 March up to 5 April stand still: 6 days
        (date(2026, 4, 13), date(2026, 5, 20)),  # 31 March up to 12 April: 13 days
        (None, date(2026, 5, 20)),  # today, where nobody says another day
    ],
)
def test_j1_a_repair_on_paper_ends_the_standstill_on_the_day_it_came_in(services, received, due):
    repair_asked(services)
    send(services, "aanvulling", ASKED)
    task = answered(services, received)
    assert due_of(services, code="decide") == due
    assert deadline(services, "repair").met_on == (received or LATER)
    (row,) = rows(services, TaskRow, id=task)
    assert (row.received_on, row.postmarked_on) == (received or LATER, None)


def test_j1_a_term_runs_on_until_the_letter_that_stops_it_is_in_the_post(services):
    repair_asked(services, BRAM, POST_ILSE, POST_YASMINA)
    assert (due_of(services, code="decide"), due_of(services, code="repair")) == (date(2026, 5, 7), None)
    (letter, *_) = rows(services, NoticeRow, template="aanvulling")
    assert "13 april 2026" in letter.body  # the letter says until when, as if it is sent today
    go(services, date(2026, 4, 2))
    send(services, "aanvulling", date(2026, 4, 1), of=BRAM.name)
    assert due_of(services, code="decide") == date(2026, 5, 7)  # the other objector was not asked yet
    send(services, "aanvulling", date(2026, 4, 2), of=POST_ILSE.name)  # that to the third party does not count
    assert (due_of(services, code="decide"), due_of(services, code="repair")) == (None, LATER)
    go(services, LATER)
    one, other = (
        row.id for row in rows(services, TaskRow, element="RepairByCitizen")
    )  # each objector has an own question
    act(services, NOOR, CompleteTask(one, {"repair_text": "Mijn redenen"}, received=ReceiptDays(date(2026, 4, 6))))
    assert due_of(services, code="decide") is None  # it stands still until both answered
    act(services, NOOR, CompleteTask(other, {"repair_text": "De mijne"}, received=ReceiptDays(date(2026, 4, 3))))
    assert due_of(services, code="decide") == date(2026, 5, 11)  # 3, 4 and 5 April: 10 May is a Sunday


def test_j1_a_question_that_was_not_sent_does_not_lapse(services):
    repair_asked(services)
    assert lapse_of(services) is None
    go(services, date(2026, 5, 1))
    assert open_task(services, "RepairByCitizen")
    send(services, "aanvulling", date(2026, 5, 1))
    sweep(services)
    assert open_task(services, "JudgeRepair")  # the date in the letter had passed when it was sent


def test_j1_by_portal_a_letter_is_sent_at_once(services):
    repair_asked(services, TESS)
    assert (due_of(services, code="decide"), due_of(services, code="repair")) == (None, LATER)


def test_j1_a_letter_whose_mail_is_refused_waits_for_the_post(services):
    repair_asked(services, TESS)
    (notice,) = rows(services, NoticeRow, template="aanvulling")
    (mail,) = rows(services, MailRow, notice_id=notice.id)
    refuse(services, mail.id, "Dit adres bestaat niet.")
    assert (due_of(services, code="decide"), due_of(services, code="repair")) == (date(2026, 5, 7), None)


def test_j1_the_term_is_met_and_the_penalty_ends_when_the_decision_is_posted(services):
    number = registered(services, announced=date(2025, 10, 1), received=date(2025, 10, 20))
    assert due_of(services, code="decide") == date(2025, 12, 24)
    act(services, NOOR, RegisterDefaultNotice(number, "decide", date(2026, 3, 26)))
    do(services, "Intake", **{**INTAKE, "no_hearing_reason": "kennelijk"}, route="zonder_horen")
    do(services, "CallObjector", call_outcome="doorgaan")
    (dossier,) = rows(services, Dossier)
    file = NewDocument(stored(services, "besluit.pdf"), "underlying", "besluit.pdf")
    act(services, department(services, dossier.id), Deliver(services.secrets.link_token(dossier.salt), (file,)))
    offered = {row.id: Judgement(accepted=True) for row in rows(services, DocumentRow, state="offered")}
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery"), judgements=offered))
    go(services, date(2026, 4, 20))
    decision = NewDocument(stored(services, "beslissing.pdf"), "outcome", "Beslissing", field="outcome")
    do(services, "DraftDecision", documents=(decision,), dictum="gegrond", explanation="U krijgt gelijk")
    do(services, "DecisionTaken", SEM, approved="ja")
    assert [case.state for case in rows(services, Case)] == ["closed"]
    assert penalty(services, date(2026, 4, 23)) == (None, 14)  # after two weeks of grace: 10 up to 23 April
    go(services, date(2026, 4, 23))
    send(services, "beslissing", date(2026, 4, 22))
    assert penalty(services, date(2026, 4, 23)) == (date(2026, 4, 22), 12)  # the day of sending is not late any more
    (letter,) = rows(services, NoticeRow, template="beslissing")
    act(services, NOOR, CorrectSent(letter.id, date(2026, 4, 21), WHY))
    assert penalty(services, date(2026, 4, 23)) == (date(2026, 4, 21), 11)


def penalty(services, day: date) -> tuple[date | None, int]:
    """The day on which the term was met, and the days of the penalty up to this day."""
    with services.sessions() as session:
        (case,) = session.query(Case).all()
        model = services.models.version(session, case.model_version_id).model
        (found,) = reckon(session, case, model, day, services.law.book(session))
        return found.row.met_on, found.penalty.days


def test_j1_a_corrected_day_of_receipt_moves_the_term_and_stays_readable(services):
    number = repair_asked(services)
    send(services, "aanvulling", ASKED)
    task = answered(services, date(2026, 4, 6))
    act(services, NOOR, CorrectReceipt(task, ReceiptDays(date(2026, 4, 4), date(2026, 4, 2)), WHY))
    assert due_of(services, code="decide") == date(2026, 5, 11)  # 31 March up to 3 April: 4 days
    assert deadline(services, "repair").met_on == date(2026, 4, 4)
    note = notes_of(services, number)[-1]
    for words in (date(2026, 4, 6), date(2026, 4, 4), date(2026, 5, 13), date(2026, 5, 11)):
        assert long_date(words) in note
    assert WHY in note
    (audited,) = rows(services, AuditRow, action="correct_receipt")
    assert (audited.detail["was"], audited.detail["now"]) == ("2026-04-06", "2026-04-04")


def test_j1_a_corrected_day_of_sending_moves_the_standstill(services):
    number = repair_asked(services)
    send(services, "aanvulling", ASKED)
    answered(services, date(2026, 4, 6))
    (letter,) = rows(services, NoticeRow, template="aanvulling")
    act(services, NOOR, CorrectSent(letter.id, date(2026, 4, 1), WHY))
    assert due_of(services, code="decide") == date(2026, 5, 11)  # 2 up to 5 April: 4 days
    note = notes_of(services, number)[-1]
    assert all(words in note for words in (long_date(ASKED), long_date(date(2026, 4, 1)), WHY))


def test_j1_a_corrected_start_moves_the_term_and_its_timer(services):
    number = repair_asked(services)
    send(services, "aanvulling", ASKED)
    go(services, date(2026, 4, 2))
    act(services, NOOR, CorrectStart(number, "repair", date(2026, 4, 1), WHY))
    assert due_of(services, code="repair") == date(2026, 4, 15)
    assert datetime.fromisoformat(lapse_of(services)) == datetime(2026, 4, 16, tzinfo=AMSTERDAM)
    assert WHY in notes_of(services, number)[-1]
    with pytest.raises(NotNow, match="datum in de zaak"):
        act(services, NOOR, CorrectStart(number, "decide", date(2026, 4, 1), WHY))


def test_j1_an_answer_that_lay_in_the_post_is_entered_after_its_question_lapsed(services):
    number = repair_asked(services)
    send(services, "aanvulling", ASKED)
    task = open_task(services, "RepairByCitizen")
    go(services, date(2026, 4, 15))
    assert due_of(services, code="decide") == date(2026, 5, 21)  # lapsed: 31 March up to 13 April stand still, 14 days
    late = EnterLateAnswer(task, ReceiptDays(date(2026, 4, 6)), WHY, {"repair_text": "Mijn redenen"})
    act(services, NOOR, late)
    assert due_of(services, code="decide") == date(2026, 5, 13)
    assert [row.value for row in rows(services, CaseValue, code="repair_text")] == ["Mijn redenen"]
    assert open_task(services, "JudgeRepair")  # whoever judges reads the answer
    (filed,) = rows(services, FiledRow, task_id=task)  # J2: what was answered is a document, as every other answer
    assert filed.received_on == date(2026, 4, 6)
    assert "Mijn redenen" in filed.body
    assert "op tijd" in notes_of(services, number)[-1]
    assert WHY in notes_of(services, number)[-1]
    with pytest.raises(AlreadyDone):
        act(services, NOOR, late)


POSTED = {
    "posted in time, received within a week": (date(2026, 4, 15), date(2026, 4, 13), "op tijd"),
    "posted too late": (date(2026, 4, 15), date(2026, 4, 14), "te laat"),
    "without a postmark": (date(2026, 4, 15), None, "te laat"),
}


@pytest.mark.parametrize(("received", "postmark", "words"), POSTED.values(), ids=POSTED.keys())
def test_j1_an_answer_that_came_after_the_term_does_not_lengthen_the_standstill(services, received, postmark, words):
    number = repair_asked(services)
    send(services, "aanvulling", ASKED)
    task = open_task(services, "RepairByCitizen")
    go(services, date(2026, 4, 16))
    act(services, NOOR, EnterLateAnswer(task, ReceiptDays(received, postmark), WHY, {"repair_text": "Mijn redenen"}))
    assert due_of(services, code="decide") == date(2026, 5, 21)
    assert words in notes_of(services, number)[-1]


@pytest.mark.parametrize(
    ("received", "postmark", "field"),
    [
        (date(2026, 3, 29), None, "answer-received_on"),  # before the question
        (date(2026, 4, 14), None, "answer-received_on"),  # in the future
        (date(2026, 4, 6), date(2026, 4, 7), "answer-postmarked_on"),
    ],
)
def test_j1_a_day_of_receipt_that_cannot_be_is_refused(services, received, postmark, field):
    repair_asked(services)
    go(services, LATER)
    task = open_task(services, "RepairByCitizen")
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, CompleteTask(task, {"repair_text": "R"}, received=ReceiptDays(received, postmark)))
    assert set(refused.value.fields) == {field}
    assert open_task(services, "RepairByCitizen") == task
