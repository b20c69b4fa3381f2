"""W8, W17, Awb 7:2: a session is changed or cancelled by who may not see all of its cases, and the parties of each hear of it."""

import pytest
from kit.browser import Browser
from kit.cases import days_later, rows, today
from kit.hearings import (
    EVA,
    MINA,
    agenda,
    open_elements,
    planned,
    session_on,
    the_session,
    typed_session,
    waiting_case,
    workday,
)
from kit.people import NOOR

from processes.actions import act
from processes.actions.agenda import CannotFollow, FollowSession, MoveItem, TakeOffAgenda
from processes.actions.course import PressButton
from processes.actions.hearing_sessions import CancelSession, ChangeSession
from processes.base.actor import SYSTEM
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone, NotAllowed
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case, NoteRow, NoticeRow

LIST, WHY = "/werk/zittingen", "Te weinig leden."


@pytest.fixture
def two(services: Services) -> tuple[int, str, str]:
    """A session with an open case and one above the clearance of its secretary, both told; all post is out."""
    seen, hidden = waiting_case(services), waiting_case(services, subject="Geheime zaak")
    session = session_on(services)
    planned(services, session, seen, hidden)
    drain(services)
    with services.sessions.begin() as opened:
        opened.query(Case).filter_by(number=hidden).update({Case.confidentiality: "geheim", Case.handler: "sem"})
    return session, seen, hidden


def of_case(services: Services, table, number: str) -> list:
    (case,) = rows(services, Case, number=number)
    return rows(services, table, case_id=case.id)


def invitations(services: Services, number: str) -> list:
    return [row for row in of_case(services, NoticeRow, number) if row.template == "uitnodiging"]


def cancelled(eva: Browser, session: int) -> str:
    here = f"{LIST}/{session}/vervallen"
    eva.get(here)
    sure = eva.post(here, {"reason": WHY})
    assert "1 van de 1 zaken." in eva.post(here, {"reason": WHY, "stap": "doen"})
    return sure


def test_w8_a_cancelled_session_takes_its_hidden_cases_along_and_tells_their_handler(services, eva, two) -> None:
    session, seen, hidden = two
    sure = cancelled(eva, session)
    assert "Er staat nog 1 zaak op deze agenda die u niet mag zien." in sure
    assert hidden not in sure
    assert "1 nog op de agenda" in eva.get(LIST)
    assert "Zaakspoor vertelt het de partijen daarvan." in eva.get(f"{LIST}/{session}")
    drain(services)
    assert agenda(services, session) == []
    assert {"PlanHearing"} <= open_elements(services, seen) & open_elements(services, hidden)
    note = of_case(services, NoteRow, hidden)[-1]
    assert "gaat niet door" in note.text
    assert (note.author, note.read_by_handler) == (SYSTEM.name, False)
    assert "nog op de agenda" not in eva.get(LIST)


def test_w8_a_session_that_moves_tells_its_hidden_cases_too(services, eva, two) -> None:
    session, _, hidden = two
    letters = len(invitations(services, hidden))
    act(services, EVA, ChangeSession(session, typed_session(workday(services, 35)), "De zaal is niet vrij.", 0))
    drain(services)
    assert len(invitations(services, hidden)) == letters + 1
    note = of_case(services, NoteRow, hidden)[-1]
    assert "is verplaatst" in note.text
    assert not note.read_by_handler
    assert [item.told_at == item.begins_at for item in agenda(services, session)] == [
        False,
        True,
    ]  # the other by its own press


def test_w8_a_session_of_which_only_the_people_change_tells_no_parties(services, eva, two) -> None:
    session, _, hidden = two
    letters = len(invitations(services, hidden))
    act(services, EVA, ChangeSession(session, typed_session(workday(services, 28), members=("ruth", "theo")), WHY, 0))
    drain(services)
    assert len(invitations(services, hidden)) == letters


def test_w8_the_handler_hears_when_a_hidden_case_cannot_go_along(services, two) -> None:
    """As when the hearing was to be today already: that is not planned anew."""
    session, _, hidden = two
    days_later(services, (local_date(the_session(services, session).begins_at) - today(services)).days + 1)
    act(services, EVA, CancelSession(session, WHY))
    drain(services)
    note = of_case(services, NoteRow, hidden)[-1]
    assert note.text.endswith("gaat niet door. Dat weten de partijen nog niet. Deze hoorzitting is al geweest.")
    assert not note.read_by_handler
    assert len(agenda(services, session)) == 2


@pytest.mark.parametrize("action", [FollowSession, lambda item: CannotFollow(item, "x")])
def test_w8_only_the_system_follows_for_hidden_cases(services, two, action) -> None:
    item = agenda(services, two[0])[0].id
    for actor in (EVA, MINA):
        with pytest.raises(NotAllowed):
            act(services, actor, action(item))


def test_w8_a_case_that_stayed_behind_is_taken_off_a_cancelled_session_from_its_page(services, eva: Browser) -> None:
    """As when a colleague had it open during the press."""
    session, number = session_on(services), waiting_case(services)
    (item,) = planned(services, session, number)
    act(services, EVA, CancelSession(session, WHY))
    page = eva.get(f"{LIST}/{session}")
    assert "1 zaak staat nog op deze agenda." in page
    assert "Wijzig" in page
    here = f"{LIST}/{session}/zaken/{item}"
    assert "Haal de zaak van de agenda" in eva.get(here)
    assert "Pas de tijden aan" not in eva.html
    eva.post(f"{here}/eraf", {"off": WHY})
    assert "PlanHearing" in open_elements(services, number)
    assert agenda(services, session) == []


def test_w8_a_case_of_a_cancelled_session_moves_to_another_one(services) -> None:
    session, other, number = session_on(services), session_on(services, 35), waiting_case(services)
    (item,) = planned(services, session, number)
    act(services, EVA, CancelSession(session, WHY))
    act(services, EVA, MoveItem(item, other, WHY))
    (moved,) = agenda(services, other)
    assert moved.told_at == moved.begins_at == the_session(services, other).begins_at


def test_w8_a_case_that_another_session_hears_by_now_only_leaves_the_cancelled_one(services) -> None:
    """Its new hearing stands: nobody is told that the day changes again."""
    session, other, number = session_on(services), session_on(services, 35), waiting_case(services)
    (left,) = planned(services, session, number)
    act(services, EVA, CancelSession(session, WHY))
    act(services, NOOR, PressButton(number, "move_hearing"))
    planned(services, other, number)
    with pytest.raises(AlreadyDone):
        act(services, EVA, MoveItem(left, other, WHY))
    act(services, EVA, TakeOffAgenda(left, WHY))
    assert agenda(services, session) == []
    assert [item.told_at == item.begins_at for item in agenda(services, other)] == [True]
    assert "PlanHearing" not in open_elements(services, number)
