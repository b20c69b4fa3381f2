"""Nobody handles a complaint about themselves (Awb 9:7): not to open, not to take, not to finish, not in any list."""

from dataclasses import replace

import pytest
from kit.complaint import ABOUT, SECRET_MAIL, Browser, Play, complaint, investigated
from kit.people import NOOR, PIET, SEM_WHO_WORKS_TOO, TESS, citizen, known

from processes.access.barred import is_barred
from processes.actions import act
from processes.actions.bars import BarColleague, LiftBar
from processes.actions.correcting_party import CorrectParty
from processes.actions.course import AssignHandler, PressButton
from processes.actions.mailing import RetryMail
from processes.actions.messages import AddNote
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewParty
from processes.actions.tasks import CompleteTask, TakeTask
from processes.base.actor import Actor
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound
from processes.execution.party_data import data_of
from processes.execution.standing_aside import take_bars
from processes.execution.unit_of_work import UnitOfWork, transact
from processes.storage import staff
from processes.storage.tables import AuditRow, Bar, Case, DocumentRow, MailRow, NoteRow, Party, TaskRow

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


WORK, HOME = SECRET_MAIL, "jan.thuis@gmail.example"


def retried(play: Play, jan: Actor, person: Party) -> None:
    with play.services.sessions.begin() as session:
        mail = session.query(MailRow).filter(MailRow.recipient == WORK).order_by(MailRow.id).first()
        mail.error, mail.sent_at, number = "550 onbekend", None, mail.id
    act(play.services, NOOR, RetryMail(number, HOME, "Hij belde."))


def corrected(play: Play, jan: Actor, person: Party) -> None:
    now = data_of(person)
    act(
        play.services,
        NOOR,
        CorrectParty(play.number, person.id, replace(now, email=HOME), "Hij is ziek thuis.", now.seen),
    )


def emptied(play: Play, jan: Actor, person: Party) -> None:
    now = data_of(person)
    act(
        play.services,
        NOOR,
        CorrectParty(play.number, person.id, replace(now, email="", address="Dorp 1"), "Per post.", now.seen),
    )


def moved_and_called(play: Play, jan: Actor, person: Party) -> None:
    """The party has another address, by the own hand, and then staff correct a telephone number only."""
    with play.services.sessions.begin() as session:
        session.get_one(Party, person.id).email = HOME
    (now,) = [data_of(one) for one in play.rows(Party) if one.id == person.id]
    act(
        play.services,
        NOOR,
        CorrectParty(play.number, person.id, replace(now, phone="0612345678"), "Hij belde.", now.seen),
    )


def renamed(play: Play, jan: Actor, person: Party) -> None:
    known(play.services, jan, "jan.baliemans-visser@nieuwestad.example")


@pytest.mark.parametrize("change", [retried, corrected, emptied, moved_and_called, renamed])
def test_w17_no_other_address_lifts_a_bar(play: Play, jan: Actor, change) -> None:
    play.post_leaves()
    person = next(one for one in play.rows(Party) if one.email == WORK)
    change(play, jan, person)
    if change is renamed and jan == AS_NAME:
        with play.services.sessions.begin() as session:
            staff.remember(session, jan, "x@nieuwestad.example", "jvisser")
    Browser(play.services, jan).get(f"/werk/zaken/{play.number}", 404)
    Browser(play.services, PIET).get(f"/werk/zaken/{play.number}")


LATER = Actor("staff", "m1", "Jan Baliemans", frozenset({"worker"}))


def test_w17_a_colleague_who_comes_later_is_barred_by_each_address_that_the_party_had(services) -> None:
    """Also by one that was corrected before anybody here had it, and after sign-on told another one."""
    play = investigated(services)
    corrected(play, LATER, next(one for one in play.rows(Party) if one.email == WORK))
    assert [(bar.staff, bar.address) for bar in play.rows(Bar)] == [(None, WORK), (None, HOME)]
    for address in (WORK, "jan@nieuwestad.example"):
        known(services, LATER, address)
        Browser(services, LATER).get(f"/werk/zaken/{play.number}", 404)
    assert [bar.staff for bar in play.rows(Bar)] == ["m1", None]


def test_w17_a_bar_follows_into_the_case_that_follows(play: Play, jan: Actor) -> None:
    """That of a party with such a role there, and what somebody chose; its address is another by then."""
    corrected(play, jan, next(one for one in play.rows(Party) if one.email == WORK))
    act(play.services, NOOR, BarColleague(play.number, "piet", "Zijn zus klaagde."))
    with play.services.sessions.begin() as session:
        case = session.query(Case).filter(Case.number == play.number).one()
        after = Case(
            **{
                column.key: getattr(case, column.key)
                for column in Case.__table__.c
                if column.key not in {"id", "number"}
            },
            number="KLA-2",
        )
        session.add(after)
        session.flush()
        party = Party(case_id=after.id, role="complained_about", kind="person", name="Jan", email=HOME)
        session.add(party)
        session.flush()
        person = session.query(Party).filter(Party.case_id == case.id, Party.email == HOME).one()
        number, before, row = after.id, case.id, (person.id, party.id)

    def change(work: UnitOfWork) -> str:
        take_bars(
            work,
            work.session.get_one(Case, before),
            work.session.get_one(Case, number),
            {row[0]: work.session.get_one(Party, row[1])},
        )
        return ""

    transact(play.services, NOOR, change)
    with play.services.sessions() as session:
        assert {one for one in (jan.subject, "piet", "noor") if is_barred(session, number, one)} == {
            jan.subject,
            "piet",
        }


def test_w17_who_works_on_the_case_reads_who_is_shut_out_and_nobody_else(play: Play) -> None:
    page = f"/werk/zaken/{play.number}/partijen"
    noor = Browser(play.services, NOOR)
    assert "Werkt Jan Baliemans hier?" in noor.get(page)
    assert "nog geen collega met dit adres" in noor.page
    known(play.services, JAN, WORK)
    assert "Werkt Jan Baliemans hier?" not in noor.get(page)
    assert "kan niet bij de zaak" in noor.page
    for one in (PIET, SEM_WHO_WORKS_TOO):
        assert "Collega's die niet bij de zaak kunnen" not in Browser(play.services, one).get(page)


def test_w17_a_colleague_is_shut_out_by_hand_and_let_in_by_who_decides(play: Play) -> None:
    """With a reason, by who works on the case; its name stands on no timeline."""
    case = f"/werk/zaken/{play.number}"
    noor, piet = Browser(play.services, NOOR), Browser(play.services, PIET)
    noor.get(f"{case}/partijen")
    noor.post(f"{case}/buiten", 422, **{"colleague-buiten": "piet", "reason-buiten": " "})
    noor.post(f"{case}/buiten", 422, **{"colleague-buiten": "niemand", "reason-buiten": "Zijn zus klaagde."})
    noor.post(f"{case}/buiten", **{"colleague-buiten": "piet", "reason-buiten": "Zijn zus klaagde."})
    assert "Zijn zus klaagde." in noor.get(f"{case}/partijen")
    piet.get(case, 404)
    noor.post(f"{case}/buiten", 422, **{"colleague-buiten": "piet", "reason-buiten": "Nog eens."})
    (bar,) = [one for one in play.rows(Bar) if one.staff == "piet"]
    with pytest.raises(NotAllowed, match="beslisser"):
        act(play.services, NOOR, LiftBar(play.number, bar.id, "Vergissing."))
    with pytest.raises(NotAllowed, match="beslisser"):
        act(play.services, SEM_WHO_WORKS_TOO, LiftBar(play.number, bar.id, "Vergissing."))
    with play.services.sessions.begin() as session:
        session.query(Case).one().handler = "sem"
    sem = Browser(play.services, SEM_WHO_WORKS_TOO)
    sem.get(f"{case}/partijen")
    sem.post(f"{case}/buiten/{bar.id}/weer", 422, **{f"reason-buiten-{bar.id}": ""})
    sem.post(f"{case}/buiten/{bar.id}/weer", **{f"reason-buiten-{bar.id}": "Het was een ander."})
    assert "Het was een ander." in sem.get(f"{case}/partijen")
    with pytest.raises(AlreadyDone):
        act(play.services, SEM_WHO_WORKS_TOO, LiftBar(play.number, bar.id, "Vergissing."))
    piet.get(case)
    assert {row.action for row in play.rows(AuditRow)} >= {"bar", "lift_bar"}
    for row in play.rows(NoteRow):
        assert "piet" not in row.text.lower()
        assert "zus" not in row.text


def test_w17_what_was_lifted_is_not_put_on_again_by_the_same_address(play: Play) -> None:
    known(play.services, JAN, WORK)
    with play.services.sessions.begin() as session:
        session.query(Case).one().handler = "sem"
    (bar,) = play.rows(Bar)
    act(play.services, SEM_WHO_WORKS_TOO, LiftBar(play.number, bar.id, "Een naamgenoot."))
    person = next(one for one in play.rows(Party) if one.email == WORK)
    now = data_of(person)
    act(
        play.services,
        SEM_WHO_WORKS_TOO,
        CorrectParty(play.number, person.id, replace(now, phone="0612345678"), "Gebeld.", now.seen),
    )
    Browser(play.services, JAN).get(f"/werk/zaken/{play.number}")


def test_w17_who_shuts_out_somebody_must_work_on_the_case(play: Play) -> None:
    for one in (PIET, SEM_WHO_WORKS_TOO):
        with pytest.raises(NotAllowed, match="werkt"):
            act(play.services, one, BarColleague(play.number, "ada", "Zomaar."))


def test_w17_a_handler_who_has_a_part_in_the_case_gives_it_up(play: Play) -> None:
    noor = Browser(play.services, NOOR)
    noor.get(f"/werk/zaken/{play.number}/partijen")
    noor.post(f"/werk/zaken/{play.number}/buiten", **{"colleague-buiten": "noor", "reason-buiten": "Mijn buurman."})
    assert play.rows(Case)[0].handler is None
    noor.get(f"/werk/zaken/{play.number}", 404)


def test_w17_an_address_that_a_party_gives_at_the_portal_bars_who_has_it(play: Play) -> None:
    tess = citizen(play.services, TESS)
    with play.services.sessions.begin() as session:
        session.query(Party).filter(Party.email == WORK).update({Party.identity_index: tess.subject})
    act(play.services, tess, SaveProfile(HOME, "", news_by_mail=False, to_confirm=False))
    known(play.services, LATER, HOME)
    Browser(play.services, LATER).get(f"/werk/zaken/{play.number}", 404)
