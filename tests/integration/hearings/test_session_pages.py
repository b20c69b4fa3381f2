"""W8: the secretary plans a session on its pages, puts cases on it, tells the parties in one press and moves the whole day."""

from collections.abc import Callable

from kit.browser import Browser
from kit.cases import open_task, rows
from kit.hearings import MINA, ROOM, agenda, open_elements, planned, session_on, waiting_case, workday
from kit.people import ADA

from processes.base.actor import Actor
from processes.storage.services import Services
from processes.storage.tables import HearingSeat, HearingSession, NoticeRow

LIST = "/werk/zittingen"


def form_of(services: Services, **more: object) -> dict[str, object]:
    return {
        "chamber": "Kamer 2", "day": workday(services, 28).isoformat(), "begins": "13.00", "ends": "16.00", "room": ROOM, "video": "",
        "chair": "joris", "members": ["mina", "ruth"], "secretary": "eva", **more,
    }  # fmt: skip


def test_w8_a_secretary_plans_a_session_and_what_is_wrong_stands_at_its_field(services, eva: Browser) -> None:
    assert "Plan een zitting van de commissie bezwaarschriften" in eva.get(LIST)
    eva.get(f"{LIST}/nieuw?commissie=bezwaar")
    page = eva.post(f"{LIST}/nieuw", form_of(services, day="2020-01-06", room="", chair="mina"), status=422)
    for sentence in ("Deze dag of tijd is voorbij.", "Vul een kamer in", "De voorzitter zit er al."):
        assert sentence in page
    assert 'value="13.00"' in eva.html
    page = eva.post(f"{LIST}/nieuw", form_of(services))
    assert "De zitting is gepland." in page
    assert "3 van 3, nodig 2" in page
    assert {(seat.staff, seat.kind) for seat in rows(services, HearingSeat)} == {
        ("joris", "chair"), ("mina", "member"), ("ruth", "member"), ("eva", "secretary"),
    }  # fmt: skip


def test_w8_cases_that_wait_go_on_the_agenda_and_are_told_in_one_press(services, eva: Browser) -> None:
    first, second = waiting_case(services), waiting_case(services, subject="Kapvergunning")
    session = session_on(services)
    here = f"{LIST}/{session}"
    page = eva.get(here)
    assert "Zaken die wachten op een zitting" in page
    for number in (first, second):
        eva.get(here)
        assert "De zaak staat op de agenda." in eva.post(f"{here}/zaken", {"nummer": number})
    assert "2 niet uitgenodigd" in eva.get(here)
    page = eva.get(f"{here}/uitnodigingen")
    assert "Dit gebeurt er (2)" in page
    assert "1 brief: Tess Testeling" in page
    assert rows(services, NoticeRow, template="uitnodiging") == []
    assert "2 van de 2 zaken." in eva.post(f"{here}/uitnodigingen", {"stap": "doen"})
    assert len(rows(services, NoticeRow, template="uitnodiging")) == 2
    assert "Voor 2 zaken verandert er voor de partijen niets." in eva.get(f"{here}/uitnodigingen")


def test_w8_one_case_that_cannot_move_is_named_and_the_others_go(services, eva: Browser) -> None:
    numbers = [waiting_case(services, subject=subject) for subject in ("Dakopbouw", "Terras", "Kap")]
    first, second = session_on(services), session_on(services, 35)
    planned(services, first, *numbers)
    with services.sessions.begin() as session:
        from sqlalchemy import update

        from processes.storage.tables import Case

        session.execute(update(Case).where(Case.number == numbers[1]).values(state="closed"))
    here = f"{LIST}/{first}/verplaatsen"
    eva.get(here)
    typed = {"target": str(second), "reason": "De voorzitter is ziek."}
    page = eva.post(here, typed)
    assert "Dit gebeurt er (2)" in page
    assert "Deze zaak is afgerond. Haal haar van de agenda." in page
    page = eva.post(here, {**typed, "stap": "doen"})
    assert "2 van de 3 zaken." in page
    assert f"{numbers[1]}" in page
    assert len(agenda(services, second)) == 2


def test_w8_a_whole_day_moves_in_one_press_after_a_look_at_each_case(services, eva: Browser) -> None:
    session = session_on(services)
    planned(services, session, waiting_case(services), waiting_case(services, subject="Kap"))
    here = f"{LIST}/{session}/wijzigen"
    eva.get(here)
    typed = form_of(services, day=workday(services, 42).isoformat(), reason="")
    assert "Schrijf waarom de zitting verandert." in eva.post(here, typed, status=422)
    page = eva.post(here, {**typed, "reason": "De zaal is niet vrij."})
    assert "Dit gebeurt er (2)" in page
    assert rows(services, HearingSession)[0].changes == 0
    assert "2 van de 2 zaken." in eva.post(here, {**typed, "reason": "De zaal is niet vrij.", "stap": "doen"})
    assert len(rows(services, NoticeRow, template="uitnodiging")) == 4


def test_w8_a_cancelled_session_sends_its_cases_back_to_wait(services, eva: Browser) -> None:
    session, number = session_on(services), waiting_case(services)
    planned(services, session, number)
    here = f"{LIST}/{session}/vervallen"
    eva.get(here)
    eva.post(here, {"reason": "Te weinig leden."})
    assert "1 van de 1 zaken." in eva.post(here, {"reason": "Te weinig leden.", "stap": "doen"})
    assert "PlanHearing" in open_elements(services, number)
    assert "Deze zitting gaat niet door" in eva.get(f"{LIST}/{session}")


def test_w8_the_task_that_plans_offers_sessions_with_a_free_place(services, eva: Browser) -> None:
    number = waiting_case(services)
    session_on(services, ends="13.10")
    session = session_on(services, 35)
    task = open_task(services, "PlanHearing")
    eva.get(f"/werk/taken/{task}")
    assert eva.html.count(f'<option value="{session}"') == 1
    assert eva.html.count("<option value=") == 2
    page = eva.post(f"/werk/taken/{task}/zitting", {"zitting": str(session)})
    assert "De zaak staat op de agenda van de zitting." in page
    assert [line.told_at is not None for line in agenda(services, session)] == [True]
    assert number in eva.get(f"{LIST}/{session}")


def test_w8_members_see_their_own_agenda_and_no_other(services, browser: Callable[[Actor], Browser]) -> None:
    mine, other = waiting_case(services), waiting_case(services, subject="Geheim terras")
    first = session_on(services)
    second = session_on(services, 35, chair="ruth", members=("theo",))
    planned(services, first, mine)
    planned(services, second, other)
    mina = browser(MINA)
    page = mina.get(f"{LIST}/{first}")
    assert mine in page
    assert "Omhoog" not in page
    assert mina.status(f"{LIST}/{second}") == 404
    assert mina.status(f"/werk/zaken/{mine}") == 200
    assert mina.status(f"/werk/zaken/{other}") == 404
    assert other not in mina.get("/werk/zaken")
    ada = browser(ADA)
    assert ada.status(f"/werk/zaken/{mine}") == 404


def test_w8_twelve_cases_go_on_the_agenda_in_one_press_and_no_more_than_fit(services, eva: Browser) -> None:
    numbers = [waiting_case(services, subject=f"Zaak {at}") for at in range(3)]
    session = session_on(services, ends="14.00")
    here = f"{LIST}/{session}"
    assert "Zet de eerste 2 zaken op de agenda" in eva.get(here)
    assert "De zaken staan op de agenda" in eva.post(f"{here}/vullen")
    assert len(agenda(services, session)) == 2
    assert "De zitting is vol." in eva.get(here)
    assert "0 zaken" not in eva.html
    assert sum(number in eva.html for number in numbers) == 3
    eva.post(f"{here}/vullen")
    assert len(agenda(services, session)) == 2


def test_w8_a_room_and_people_who_are_taken_are_refused_at_their_field_and_nothing_is_planned(
    services, eva: Browser
) -> None:
    session_on(services)
    eva.get(f"{LIST}/nieuw?commissie=bezwaar")
    page = eva.post(f"{LIST}/nieuw", form_of(services, begins="15.00", ends="17.00"), status=422)
    for sentence in (
        f"In {ROOM} is dan al een andere zitting. Kies een andere kamer of een andere tijd.",
        "Joris Voorzitter zit dan al in een andere zitting.",
        "Mina Lid en Ruth Lid zitten dan al in een andere zitting.",
        "Eva Secretaris zit dan al in een andere zitting.",
    ):
        assert sentence in page
    assert len(rows(services, HearingSession)) == 1
    later = form_of(services, begins="16.00", ends="17.00")
    assert "De zitting is gepland." in eva.post(f"{LIST}/nieuw", later)


def test_w8_another_chair_for_a_whole_day_in_one_change(services, eva: Browser) -> None:
    morning, noon = session_on(services, begins="9.00", ends="12.00"), session_on(services)
    elsewhere = session_on(services, 35)
    here = f"{LIST}/{noon}/wijzigen"
    assert "Ook de andere zittingen van deze voorzitter op deze dag" in eva.get(here)
    change = {"chair": "ruth", "members": ["mina"], "reason": "Joris is ziek.", "hele-dag": "ja", "gezien": "0"}
    typed = form_of(services, **change)
    assert "hele-dag" in eva.post(here, typed)
    page = eva.post(here, {**typed, "stap": "doen"})
    assert "Heeft de nieuwe voorzitter." in page
    chairs = {seat.session_id: seat.staff for seat in rows(services, HearingSeat, kind="chair")}
    assert chairs == {morning: "ruth", noon: "ruth", elsewhere: "joris"}
    assert "Ook de andere zittingen" not in eva.get(f"{LIST}/{elsewhere}/wijzigen")
