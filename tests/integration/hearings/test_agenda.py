"""W8: cases on the agenda of a session are planned by their own drawing, moved with invitations anew, and never in the past."""

import pytest
from kit.cases import rows
from kit.hearings import (
    EVA,
    ROOM,
    agenda,
    open_elements,
    planned,
    session_on,
    the_session,
    typed_session,
    waiting_case,
    workday,
)

from processes.actions import act
from processes.actions.agenda import (
    MoveItem,
    PlanOnSession,
    PutOnAgenda,
    SetItemTime,
    ShiftItem,
    TakeOffAgenda,
    TellHearing,
)
from processes.actions.hearing_sessions import ChangeSession
from processes.base.clock import AMSTERDAM
from processes.base.errors import AlreadyDone, Invalid, NotNow
from processes.storage.services import Services
from processes.storage.tables import CaseValue, NoticeRow, TaskRow


def times(services: Services, session: int) -> list[str]:
    return [f"{one.begins_at.astimezone(AMSTERDAM):%H.%M}" for one in agenda(services, session)]


def invitations(services: Services) -> list[str]:
    return [row.body for row in rows(services, NoticeRow, template="uitnodiging")]


@pytest.fixture
def number(services: Services) -> str:
    return waiting_case(services)


def test_w8_a_case_on_the_agenda_is_planned_by_its_drawing_with_day_place_and_chair(services, number) -> None:
    session = session_on(services)
    act(services, EVA, PutOnAgenda(session, number))
    assert (open_elements(services, number), invitations(services)) == ({"PlanHearing"}, [])
    (item,) = agenda(services, session)
    act(services, EVA, TellHearing(item.id))
    assert "PlanHearing" not in open_elements(services, number)
    (letter,) = invitations(services)
    assert f"Plaats: In het stadhuis, {ROOM}." in letter
    assert "om 13.00 uur" in letter
    assert "geleid door Joris Voorzitter" in letter
    assert "De andere leden zijn: Mina Lid en Ruth Lid." in letter
    with pytest.raises(AlreadyDone):
        act(services, EVA, TellHearing(item.id))


def test_w8_a_case_with_a_video_link_says_how_to_join(services, number) -> None:
    planned(services, session_on(services, room="", video="https://video.example/zitting"), number)
    assert "Online, via beeldbellen. Zo doet u online mee: https://video.example/zitting" in invitations(services)[0]


def test_w8_a_case_is_moved_to_another_session_with_a_new_invitation_and_the_reason(services, number) -> None:
    first, second = session_on(services), session_on(services, 35)
    (item,) = planned(services, first, number)
    with pytest.raises(Invalid, match="Schrijf waarom"):
        act(services, EVA, MoveItem(item, second))
    act(services, EVA, MoveItem(item, second, "De voorzitter is ziek."))
    assert (agenda(services, first), [one.id for one in agenda(services, second)]) == ([], [item])
    assert len(invitations(services)) == 2
    assert len(rows(services, NoticeRow, template="hoorzitting-verplaatst")) == 1
    (value,) = rows(services, CaseValue, code="hearing_on")
    assert value.value.startswith(workday(services, 35).isoformat())


def test_w8_a_session_that_moves_takes_its_cases_along_and_each_is_told(services, number) -> None:
    session = session_on(services)
    planned(services, session, number, waiting_case(services, subject="Kapvergunning"))
    row = the_session(services, session)
    later = typed_session(workday(services, 42), begins="9.30", ends="12.00")
    with pytest.raises(Invalid, match="Schrijf waarom"):
        act(services, EVA, ChangeSession(session, later, "", row.changes))
    act(services, EVA, ChangeSession(session, later, "De zaal is niet vrij.", row.changes))
    with pytest.raises(AlreadyDone):
        act(services, EVA, ChangeSession(session, later, "Nog eens.", row.changes))
    assert times(services, session) == ["09.30", "10.00"]
    for item in agenda(services, session):
        act(services, EVA, TellHearing(item.id, "De zaal is niet vrij."))
    assert len(invitations(services)) == 4


def test_w8_a_case_that_goes_off_the_agenda_waits_again_and_its_parties_hear(services, number) -> None:
    session = session_on(services)
    (item,) = planned(services, session, number)
    with pytest.raises(Invalid, match="Schrijf waarom"):
        act(services, EVA, TakeOffAgenda(item))
    act(services, EVA, TakeOffAgenda(item, "De indiener is op vakantie."))
    assert "PlanHearing" in open_elements(services, number)
    assert len(rows(services, NoticeRow, template="hoorzitting-verplaatst")) == 1
    act(services, EVA, PutOnAgenda(session, number))


def test_w8_times_follow_from_lengths_and_pauses_and_two_cases_change_places(services, number) -> None:
    session = session_on(services)
    for one in (number, waiting_case(services, subject="Kap"), waiting_case(services, subject="Bijstand")):
        act(services, EVA, PutOnAgenda(session, one))
    first, second, third = agenda(services, session)
    act(services, EVA, SetItemTime(first.id, "40", "10"))
    assert times(services, session) == ["13.00", "13.50", "14.20"]
    act(services, EVA, ShiftItem(third.id, "omhoog"))
    assert [one.id for one in agenda(services, session)] == [first.id, third.id, second.id]
    assert times(services, session) == ["13.00", "13.50", "14.20"]
    with pytest.raises(NotNow):
        act(services, EVA, ShiftItem(first.id, "omhoog"))
    with pytest.raises(Invalid):
        act(services, EVA, SetItemTime(first.id, "0", "x"))


def test_w8_nothing_is_planned_in_the_past_and_a_full_session_takes_no_case(services, number) -> None:
    with pytest.raises(Invalid, match="voorbij"):
        session_on(services, -3)
    session = session_on(services, ends="13.20")
    task = next(iter(_open_plans(services)))
    with pytest.raises(NotNow, match="geen tijd meer"):
        act(services, EVA, PlanOnSession(task, session))
    assert agenda(services, session) == []
    act(services, EVA, PlanOnSession(task, session_on(services, 35)))
    assert len(invitations(services)) == 1


def _open_plans(services: Services) -> list[str]:
    return [row.id for row in rows(services, TaskRow, element="PlanHearing", state="open")]
