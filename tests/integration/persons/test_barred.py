"""Nobody handles a complaint about themselves (Awb 9:7): not to open, not to take, not to finish, not in any list."""

import pytest
from kit.complaint import ABOUT, SECRET_MAIL, Browser, Play, complaint, investigated
from kit.people import NOOR, PIET, known

from processes.actions import act
from processes.actions.course import AssignHandler, PressButton
from processes.actions.messages import AddNote
from processes.actions.registering import NewParty
from processes.actions.tasks import CompleteTask, TakeTask
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound
from processes.storage.tables import Bar, Case, DocumentRow, NoteRow, Party, TaskRow

JAN = Actor("staff", "jan", "Jan Baliemans", frozenset({"worker", "decider", "committee"}))
AS_NAME = Actor("staff", SECRET_MAIL, "Jan Baliemans", frozenset({"worker"}))  # the address is the user name


@pytest.fixture(params=["address", "user name"])
def jan(request, services) -> Actor:
    """The person complained about, who works in the workbench too; known by either."""
    actor = JAN if request.param == "address" else AS_NAME
    known(services, actor, SECRET_MAIL.upper() if actor == JAN else None)
    return actor


def test_the_case_is_nowhere_for_the_person_it_is_about(play: Play, jan: Actor) -> None:
    browser = Browser(play.services, jan)
    lists = ("/werk", "/werk?van=niemand", "/werk/zaken", f"/werk/zaken?zoek={play.number}", "/werk/zaken?zoek=Balie")
    for address in lists:
        assert f"zaken/{play.number}" not in browser.get(address)
    for tab in ("", "/partijen", "/documenten", "/verzoeken", "/tijdlijn", "/brieven", "/partijen/nieuw"):
        browser.get(f"/werk/zaken/{play.number}{tab}", 404)
    for document in play.rows(DocumentRow):
        browser.get(f"/werk/documenten/{document.id}", 404)
    assert play.number in Browser(play.services, PIET).get("/werk/zaken")


def test_no_task_of_it_can_be_opened_taken_or_finished(play: Play, jan: Actor) -> None:
    with play.services.sessions.begin() as session:
        session.query(TaskRow).filter(TaskRow.element == "Reaction").update({TaskRow.side: "worker"})
    task = play.task("Reaction")
    Browser(play.services, jan).get(f"/werk/taken/{task}", 404)
    for action in (
        TakeTask(task),
        CompleteTask(task, {}),
        AddNote(play.number, "x"),
        PressButton(play.number, "extend"),
    ):
        with pytest.raises(NotFound):
            act(play.services, jan, action)
    assert play.rows(Case)[0].handler == "noor"


def test_the_case_is_not_handed_to_that_person(play: Play, jan: Actor) -> None:
    with pytest.raises(Invalid, match="zelf bij de zaak betrokken"):
        act(play.services, NOOR, AssignHandler(play.number, jan.subject))


def test_a_handler_who_turns_out_to_be_the_person_stands_aside(services, jan: Actor) -> None:
    play = complaint(services)
    act(services, jan, TakeTask(play.task("Intake")))
    assert play.rows(Case)[0].handler == jan.subject
    play.join(ABOUT)
    case, task = play.rows(Case)[0], play.rows(TaskRow)[0]
    assert (case.handler, task.assignee) == (None, None)
    notes = [row.text for row in play.rows(NoteRow)]
    assert any("zelf bij deze zaak betrokken" in text for text in notes)
    assert "Jan" not in "".join(notes)
    Browser(services, jan).get(f"/werk/taken/{task.id}", 404)


def test_a_case_that_names_its_own_handler_at_registration_has_none(services, jan: Actor) -> None:
    play = complaint(services, NewParty("complainant", "Wim", address="Dorp 1"), ABOUT, handler=jan.subject)
    assert play.rows(Case)[0].handler is None


def test_others_in_the_case_are_not_barred(services) -> None:
    """Only the role that the drawing names: a manager who works in the workbench may, unless the drawing says so."""
    play = investigated(services, NewParty("manager", "Piet", email="piet@voorbeeldstad.example"))
    assert [(bar.address, bar.party_id) for bar in play.rows(Bar)] == [(SECRET_MAIL, play.rows(Party)[1].id)]
    Browser(services, PIET).get(f"/werk/zaken/{play.number}")
