"""W8: who comes to a session, what a calendar is told of it, and the day itself: who was there, and a report for each case."""

from collections.abc import Callable, Iterator

import pytest
from icalendar import Calendar
from kit.browser import Browser
from kit.cases import days_later, open_task, prepare_file, rows, today
from kit.hearings import (
    COMMITTEE,
    EVA,
    JORIS,
    MINA,
    RUTH,
    THEO,
    furnish,
    open_elements,
    planned,
    session_on,
    the_session,
    waiting_case,
)
from kit.installation import installation
from kit.people import ADA, TESS, citizen

from processes.actions import act
from processes.actions.agenda import MoveItem, NotePresence, TakeOffAgenda
from processes.actions.hearing_seats import AnswerSeat, AskDeputy
from processes.actions.hearing_sessions import CancelSession, HoldSession
from processes.actions.tasks import CompleteTask
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import AlreadyDone, Invalid, NotFound, NotNow
from processes.storage import staff
from processes.storage.services import Services
from processes.storage.tables import AuditRow, HearingSeat, MailRow

LIST = "/werk/zittingen"


def seats(services: Services, session: int) -> dict[str, tuple[str, str | None, str | None]]:
    return {
        one.staff: (one.kind, one.instead_of, one.answer) for one in rows(services, HearingSeat, session_id=session)
    }


def test_w8_a_member_who_signs_off_makes_way_for_a_deputy_who_hears_of_it(
    services, browser: Callable[[Actor], Browser]
) -> None:
    with services.sessions.begin() as session:
        staff.remember(session, THEO, "theo@voorbeeldstad.example")
    session = session_on(services)
    here = f"{LIST}/{session}"
    mina = browser(MINA)
    mina.get(here)
    page = mina.post(f"{here}/komst", {"komst": "nee", "reason": ""}, status=422)
    assert "Schrijf waarom u niet kunt." in page
    page = mina.post(f"{here}/komst", {"komst": "nee", "reason": "Ik ben op reis."})
    assert "De secretaris ziet dat u niet kunt." in page
    assert mina.status(here) == 404
    assert seats(services, session)["mina"] == ("member", None, "away")
    assert seats(services, session)["theo"] == ("deputy", "mina", None)
    (mail,) = rows(services, MailRow, template="session", recipient="theo@voorbeeldstad.example")
    assert "U bent gevraagd om te komen" in mail.body
    assert "3 van 3, nodig 2" in browser(EVA).get(here)
    assert "Ik ben op reis." in browser(EVA).get(here)
    assert "Ik ben op reis." not in browser(JORIS).get(here)
    with pytest.raises(NotFound):
        act(services, ADA, AnswerSeat(session, comes=True))


def test_w8_the_secretary_asks_a_deputy_and_too_few_members_is_said(services, eva: Browser) -> None:
    session = session_on(services)
    seat = next(one for one in rows(services, HearingSeat) if one.staff == "mina")
    with pytest.raises(Invalid):
        act(services, EVA, AskDeputy(seat.id, "joris"))
    here = f"{LIST}/{session}"
    eva.get(here)
    assert "De plaatsvervanger is gevraagd." in eva.post(
        f"{here}/plaatsen/{seat.id}/vervanger", {f"deputy-{seat.id}": "theo"}
    )
    for member in ("ruth", "theo"):
        act(
            services,
            Actor("staff", member, member, frozenset({"committee"})),
            AnswerSeat(session, comes=False, reason="Ziek."),
        )
    assert "Te weinig leden: er zitten er 1, en er zijn er 2 nodig." in eva.get(here)


@pytest.fixture
def two_deputies(tmp_path, monkeypatch) -> Iterator[Services]:
    monkeypatch.setitem(COMMITTEE, "deputies", "theo sem")

    def with_two(services: Services) -> None:  # by its own name: what `furnish` makes is kept
        furnish(services)

    with installation(tmp_path, with_two, faces=("workbench",)) as opened:
        yield opened


def test_w8_one_place_has_one_deputy_however_often_it_is_said(two_deputies: Services) -> None:
    """The secretary asks, then the member says so as well, and once more; a member who comes after all fills no second place."""
    services = two_deputies
    session = session_on(services)
    seat = next(one for one in rows(services, HearingSeat) if one.staff == "mina")
    act(services, EVA, AskDeputy(seat.id, "theo"))
    act(services, MINA, AnswerSeat(session, False, "Ziek."))
    for actor, action in ((MINA, AnswerSeat(session, False, "Ziek.")), (EVA, AskDeputy(seat.id, "sem"))):
        with pytest.raises(AlreadyDone):
            act(services, actor, action)
    assert {one for one, found in seats(services, session).items() if found[0] == "deputy"} == {"theo"}
    act(services, MINA, AnswerSeat(session, True))
    assert "3 van 3, nodig 2" in Browser(services, EVA).get(f"{LIST}/{session}")
    act(services, MINA, AnswerSeat(session, False, "Toch ziek."))
    act(services, THEO, AnswerSeat(session, False, "Ook ziek."))
    assert seats(services, session)["sem"] == ("deputy", "mina", None)


def test_w8_the_calendar_file_of_a_session_keeps_its_uid_and_names_no_case(services, eva: Browser) -> None:
    session = session_on(services)
    number = waiting_case(services)
    planned(services, session, number)

    def event() -> dict[str, object]:
        found = Calendar.from_ical(eva.client.get(f"{LIST}/{session}/agenda.ics").content)
        return dict(found.walk("VEVENT")[0])

    first = event()
    assert first["DTSTART"].dt == the_session(services, session).begins_at
    assert "Tess" not in str(first)
    act(services, EVA, CancelSession(session, "Te weinig leden."))
    last = event()
    assert (last["UID"], last["STATUS"]) == (first["UID"], "CANCELLED")
    assert last["SEQUENCE"] > first["SEQUENCE"]


def test_w8_on_the_day_the_secretary_notes_who_was_there_and_the_report_is_written_from_the_session(
    services, browser
) -> None:
    session, number = session_on(services), waiting_case(services)
    (item,) = planned(services, session, number)
    prepare_file(services)
    with pytest.raises(NotNow):
        act(services, EVA, NotePresence(item, "Tess Testeling"))
    with pytest.raises(NotNow):
        act(services, EVA, HoldSession(session))
    days_later(services, (local_date(the_session(services, session).begins_at) - today(services)).days)
    assert "Hearing" in open_elements(services, number)
    eva = browser(EVA)
    here = f"{LIST}/{session}"
    eva.get(f"{here}/zaken/{item}")
    eva.post(f"{here}/zaken/{item}/aanwezig", {"present": "Tess Testeling, met haar zus."})
    eva.get(here)
    page = eva.post(f"{here}/gehouden", {"there-held": ["joris", "mina", "ruth"]})
    assert "De zitting is gehouden." in page
    joris = browser(JORIS)
    page = joris.get(here)
    assert "Houd de hoorzitting" in page
    task = joris.html.partition("/werk/taken/")[2].partition('"')[0]
    assert "Tess Testeling, met haar zus." in joris.get(f"/werk/taken/{task}")
    joris.post(
        f"/werk/taken/{task}", {"hearing_outcome": "gehouden", "hearing_present": "Tess Testeling, met haar zus."}
    )
    assert "Advice" in open_elements(services, number)
    assert "Tess Testeling, met haar zus." in joris.get(f"{here}/blad")


def test_w8_a_wrong_tick_at_who_was_there_is_corrected_for_a_reason(services, browser) -> None:
    session, number = session_on(services), waiting_case(services)
    planned(services, session, number)
    days_later(services, (local_date(the_session(services, session).begins_at) - today(services)).days)
    eva, mina, here = browser(EVA), browser(MINA), f"{LIST}/{session}"
    eva.get(here)
    eva.post(f"{here}/gehouden", {"there-held": ["joris", "ruth"]})
    assert mina.status(here) == 404
    page = eva.post(f"{here}/gehouden", {"there-held": ["joris", "mina"], "reason-held": ""}, status=422)
    assert "Schrijf waarom u verbetert wie er waren." in page
    assert mina.status(here) == 404
    why = "Mina was er, Ruth niet."
    page = eva.post(f"{here}/gehouden", {"there-held": ["joris", "mina"], "reason-held": why})
    assert "Wie er waren, is verbeterd." in page
    assert f"Laatst veranderd omdat: {why}" in page
    assert (mina.status(here), browser(RUTH).status(here)) == (200, 404)
    trail = [one.action for one in rows(services, AuditRow) if one.detail.get("session") == session]
    assert trail[-2:] == ["session_held", "session_presence_corrected"]


def test_w8_a_session_that_does_not_take_place_is_not_held(services) -> None:
    session = session_on(services)
    act(services, EVA, CancelSession(session, "Te weinig leden."))
    days_later(services, (local_date(the_session(services, session).begins_at) - today(services)).days)
    with pytest.raises(NotNow, match="gaat niet door"):
        act(services, EVA, HoldSession(session, ("joris", "mina"), "Toch wel."))


def test_c3_the_hearing_is_on_the_page_of_the_citizen_with_a_calendar_file_that_follows(services, eva: Browser) -> None:
    first, second, number = session_on(services), session_on(services, 35), waiting_case(services)
    tess = Browser(services, TESS)

    def hearing() -> dict[str, object]:
        found = Calendar.from_ical(tess.client.get(f"/mijn/zaken/{number}/agenda.ics").content).walk("VEVENT")
        return {key: str(value) for one in found if "Hoorzitting" in one["SUMMARY"] for key, value in one.items()}

    assert "Uw hoorzitting" not in tess.get(f"/mijn/zaken/{number}")
    (item,) = planned(services, first, number)
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Uw hoorzitting" in page
    assert "In het stadhuis, Stadhuis, kamer 2.14" in page
    told = hearing()
    act(services, EVA, MoveItem(item, second, "De voorzitter is ziek."))
    moved = hearing()
    assert (moved["UID"], moved["STATUS"]) == (told["UID"], "CONFIRMED")
    act(services, EVA, TakeOffAgenda(item, "De indiener is ziek."))
    gone = hearing()
    assert (gone["UID"], gone["STATUS"]) == (told["UID"], "CANCELLED")
    assert int(told["SEQUENCE"]) < int(moved["SEQUENCE"]) < int(gone["SEQUENCE"])
    assert "De hoorzitting krijgt een andere dag." in tess.get(f"/mijn/zaken/{number}")


def test_w8_what_a_party_needs_stands_in_bold_in_the_row_and_on_the_sheet(services, eva: Browser) -> None:
    session, number = session_on(services), waiting_case(services)
    planned(services, session, number)
    task = open_task(services, "AnswerInvitation", number)
    said = {
        "coming": True,
        "coming_persons": 2,
        "interpreter_wanted": "Turks",
        "hearing_needs": ["ringleiding", "rolstoel"],
    }
    act(services, citizen(services, TESS), CompleteTask(task, said))
    bold = "<strong>Tess Testeling: gewenste tolk: Turks, ringleiding, toegang met een rolstoel</strong>"
    for page in ("", "/blad"):
        assert bold in eva.get(f"{LIST}/{session}{page}")
    assert "Tess Testeling komt" in eva.get(f"{LIST}/{session}")
