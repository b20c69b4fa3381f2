"""C13 in a Woo request: an answer stands when the case moved since, and a view once a part decision worked with it."""

from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows, shipped
from kit.people import FENNA, NOOR, YASMINA, citizen
from test_part_decisions import choose_part
from woo_kit import BOUW, LOTTE, PARTLY, SECRET, WHOLE, Request

from processes.actions import act
from processes.actions.changing_answer import ChangeAnswer
from processes.actions.course import PressButton
from processes.actions.moving import StartMove
from processes.actions.tasks import CompleteTask
from processes.base.errors import NotNow
from processes.execution.answer_use import BY_CASE, BY_STAFF
from processes.execution.assessing import Assessment
from processes.jobs.workers import drain
from processes.reads.citizen import read_change
from processes.storage.tables import CaseMove, TaskRow

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def test_c13_an_answer_stands_after_a_move_to_a_drawing_without_its_question(asked: Request) -> None:
    services = asked.services
    asked.do(
        "Intake",
        kind="woo",
        elsewhere="hier",
        too_general=True,
        very_large=False,
        what_to_refine="Welke jaren zoekt u?",
    )
    task, lotte = asked.task("RefineRequest"), citizen(services, LOTTE)
    act(services, lotte, CompleteTask(task, {"refined": "Alles van 2019"}))
    number = asked.number
    assert "Verander uw antwoord" in Browser(services, LOTTE).get(f"/mijn/zaken/{number}")
    drawing = shipped("woo-verzoek").drawing.replace(b'"RefineRequest"', b'"ClearRequest"')
    drawing = drawing.replace(b">RefineRequest<", b">ClearRequest<")
    put_in_use(services, replace(shipped("woo-verzoek"), drawing=drawing, rehearsals={}))
    act(services, FENNA, StartMove("woo-verzoek", 1, {}))
    drain(services)
    assert [row.state for row in rows(services, CaseMove)] == ["moved"]
    page = Browser(services, LOTTE).get(f"/mijn/zaken/{number}")
    assert "Alles van 2019" in page
    assert BY_CASE in page
    with pytest.raises(NotNow, match=BY_CASE):
        read_change(services, lotte, task)
    with pytest.raises(NotNow, match=BY_CASE):
        act(services, lotte, ChangeAnswer(task, 2, {"refined": "Alles van 2020"}))


def test_c13_a_view_stands_once_a_part_decision_about_its_party_was_worked_with(asked: Request) -> None:
    services = asked.services
    asked.found(PARTLY, SECRET, WHOLE).listed(third_party=True).viewing()
    given = {row.party_id: row.id for row in asked.rows(TaskRow) if row.element == "GiveView"}
    bouw, yasmina = (given[asked.party(one)] for one in (BOUW, YASMINA))
    for party, task in ((BOUW, bouw), (YASMINA, yasmina)):
        act(services, citizen(services, party), CompleteTask(task, {"view_choice": "bezwaar", "view": "Liever niet"}))
    act(services, citizen(services, BOUW), ChangeAnswer(bouw, 2, {"view": "Echt niet"}))
    act(services, NOOR, PressButton(asked.number, "part_decision"))
    choose_part(asked, {PARTLY: Assessment("deels", ("5.1-1-c",))}, {PARTLY: [asked.party(BOUW)]})
    with pytest.raises(NotNow, match=BY_STAFF):
        act(services, citizen(services, BOUW), ChangeAnswer(bouw, 3, {"view": "Toch wel"}))
    act(services, citizen(services, YASMINA), ChangeAnswer(yasmina, 2, {"view": "Toch wel"}))
