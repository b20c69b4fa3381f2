"""Work beside the drawing of a case (W13): tasks for colleagues and teams, and telephone notes."""

import re
from datetime import timedelta

import pytest
from kit.barring import barred_in
from kit.browser import Browser
from kit.cases import put_in_use, register_bezwaar, rows, shipped, today
from kit.complaint import complaint
from kit.documents import stored
from kit.people import NOOR, PIET, SEM, TESS, known

from engine import read_model
from processes.actions import act
from processes.actions.checklist import AddPoints, StrikePoint, TickPoint
from processes.actions.colleague_tasks import AskColleague, FinishColleagueTask, WithdrawColleagueTask
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.withdrawing import Withdraw
from processes.base.errors import AlreadyDone, Invalid, NotAllowed, NotFound, NotNow
from processes.storage.tables import Case, ChecklistItem, ColleagueTask, DocumentRow, NewsRow, NoteRow, Party

WHAT = "Zoek de bouwtekening van 1998 op"


@pytest.fixture
def number(services) -> str:
    known(services, PIET)
    return register_bezwaar(services, TESS)


def ask(noor: Browser, number: str, status: int = 200, **more: str) -> str:
    noor.get(f"/werk/zaken/{number}/collegataak")
    given = {"what": WHAT, "whom": "piet", "due": (today(noor.services) + timedelta(3)).isoformat(), **more}
    return noor.post(f"/werk/zaken/{number}/collegataak", given, status=status)


def added_points(services) -> list[ChecklistItem]:
    """Those that somebody wrote, beside what the case type brought."""
    return [row for row in rows(services, ChecklistItem) if row.added_by]


@pytest.mark.parametrize("case_type", ["bezwaar", "woo-verzoek", "klacht"])
def test_w13_the_shipped_case_types_bring_a_checklist_of_four_to_eight_points(case_type) -> None:
    points = [point.title for point in read_model(shipped(case_type).drawing).model.checklist.values()]
    assert 4 <= len(points) <= 8
    assert len(set(points)) == len(points)


def news_of(services, who: str) -> list[str]:
    return [row.kind for row in rows(services, NewsRow, staff=who)]


def test_w13_a_task_stands_with_the_colleague_and_is_done_in_one_press(
    services, browser, noor: Browser, number
) -> None:
    assert WHAT in ask(noor, number)
    assert news_of(services, "piet") == ["asked"]
    piet = browser(PIET)
    assert "Nieuwe taak van" in piet.get("/werk/nieuws")
    assert WHAT in piet.get("/werk")
    assert not re.search(
        r"/werk/nieuws/\d+/gelezen", piet.html
    )  # the task itself stands there, and not its news as well
    assert WHAT in piet.get("/werk/collegataken")
    assert WHAT not in noor.get("/werk/collegataken")
    assert WHAT in noor.get("/werk/collegataken?lijst=gevraagd")
    (row,) = rows(services, ColleagueTask)
    piet.get("/werk")
    page = piet.post(f"/werk/zaken/{number}/collegataken/{row.id}/gedaan", {"lijst": "mij", "remark": "Ligt bij u"})
    assert "De taak is gedaan" in page
    assert WHAT not in piet.get("/werk/collegataken")
    assert news_of(services, "noor") == ["task"]
    page = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "Taak gedaan: " in page
    assert "Ligt bij u" in page
    with pytest.raises(AlreadyDone):
        act(services, PIET, FinishColleagueTask(number, row.id))


def test_w13_a_task_that_comes_back_stands_with_who_asked_until_it_is_taken_back(
    services, browser, noor, number
) -> None:
    ask(noor, number)
    (row,) = rows(services, ColleagueTask)
    piet, place = browser(PIET), f"/werk/zaken/{number}/collegataken/{row.id}"
    piet.get(f"/werk/zaken/{number}")
    assert "Schrijf op waarom" in piet.post(f"{place}/terug", {"remark": ""}, status=422)
    piet.get(f"/werk/zaken/{number}")
    piet.post(f"{place}/terug", {"remark": "Ik ben er niet"})
    assert "Ik ben er niet" in noor.get("/werk/collegataken")
    with pytest.raises(NotAllowed):
        act(services, PIET, WithdrawColleagueTask(number, row.id))
    noor.get(f"/werk/zaken/{number}")
    assert "De taak is ingetrokken" in noor.post(f"{place}/intrekken")
    assert rows(services, ColleagueTask)[0].state == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value"), [("what", " "), ("whom", "niemand"), ("whom", "team:bestaat-niet"), ("due", "2020-01-01"), ("due", "x")]
)  # fmt: skip
def test_w13_a_task_says_what_for_whom_and_by_when(noor: Browser, number, field, value) -> None:
    ask(noor, number, 422, **{field: value})
    assert rows(noor.services, ColleagueTask) == []


def test_w13_no_task_in_a_case_about_oneself(services, number) -> None:
    with services.sessions.begin() as session:
        barred_in(session, "piet")
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, AskColleague(number, WHAT, "piet", today(services)))
    assert (
        "kan deze zaak niet behandelen" in refused.value.fields["whom"]
    )  # whom it is about only who works on it reads


def test_w13_a_call_is_written_down_and_what_was_agreed_becomes_a_task(
    services, browser, noor: Browser, number
) -> None:
    (party,) = rows(services, Party)
    place = f"/werk/zaken/{number}/telefoon"
    with services.sessions.begin() as session:
        session.get_one(Party, party.id).phone = "06 00000001"
    assert f"{TESS.name} (indiener), 06 00000001</option>" in noor.get(place)
    call = {"party": str(party.id), "phone": "06 12345678", "at": "2026-01-05T10:15", "said": "Zij komt niet"}
    page = noor.post(place, {**call, "whom": "sem", "agreed": ""}, status=422)
    assert "Schrijf op wat er moet gebeuren" in page
    due = today(services).isoformat()
    page = noor.post(place, {**call, "whom": "sem", "agreed": "Bel haar terug", "due": due})
    assert f"Telefoongesprek met {TESS.name}" in page
    assert "5 januari 2026 om 10.15 uur, 06 12345678" in page
    assert [row.what for row in rows(services, ColleagueTask)] == ["Bel haar terug"]
    assert news_of(services, SEM.subject) == ["asked"]


def test_w13_a_call_with_somebody_else_has_a_name(services, noor: Browser, number) -> None:
    place = f"/werk/zaken/{number}/telefoon"
    noor.get(place)
    page = noor.post(place, {"at": "2999-01-01T10:00", "said": "Iets"}, status=422)
    assert "Vul in met wie u belde" in page
    assert "tot en met nu" in page
    noor.post(place, {"at": "2026-01-05T10:15", "said": "Iets", "name": "Buurvrouw"})
    assert [row.text.splitlines()[0] for row in rows(services, NoteRow, kind="phone")] == [
        "5 januari 2026 om 10.15 uur, Buurvrouw"
    ]


def test_w13_points_of_a_checklist_are_ticked_in_one_press(services, noor: Browser, number) -> None:
    place = f"/werk/zaken/{number}"
    noor.get(place)
    assert "Schrijf een of meer punten op" in noor.post(f"{place}/controlelijst", {"points": " \n "}, status=422)
    page = noor.post(f"{place}/controlelijst", {"points": "Zijn de stukken er?\n\nKlopt het adres?"})
    assert "Klopt het adres?" in page
    first, second = added_points(services)
    page = noor.post(f"{place}/controlelijst/{first.id}", {"done": "ja"})
    assert [row.done_by for row in added_points(services)] == ["noor", None]
    noor.post(f"{place}/controlelijst/{first.id}", {"done": "nee"})
    assert [row.done_by for row in added_points(services)] == [None, None]
    with pytest.raises(NotFound):
        act(services, NOOR, TickPoint(register_bezwaar(services), second.id, done=True))


def test_w13_a_point_is_struck_with_a_reason_and_stands_on_the_timeline(services, noor: Browser, number) -> None:
    place = f"/werk/zaken/{number}"
    act(services, NOOR, AddPoints(number, "Klopt het adres?\nIs er een tolk nodig?"))
    first, second = added_points(services)
    noor.get(place)
    page = noor.post(f"{place}/controlelijst/{first.id}/doorstrepen", {f"reason-{first.id}": " "}, status=422)
    assert "Schrijf op waarom dit punt hier niet nodig is." in page
    page = noor.post(f"{place}/controlelijst/{first.id}/doorstrepen", {f"reason-{first.id}": "Er is geen adres."})
    assert "<s>Klopt het adres?</s>" in page
    assert "Niet nodig: Er is geen adres." in page
    assert f"0 van de {len(rows(services, ChecklistItem)) - 1} gedaan" in page
    act(services, NOOR, TickPoint(number, second.id, done=True))
    with pytest.raises(NotNow):
        act(services, NOOR, StrikePoint(number, second.id, "Toch niet"))
    timeline = noor.get(f"{place}/tijdlijn?soort=gedaan")
    for told in (
        "Doorgestreept op de controlelijst: Klopt het adres?",
        "Reden: Er is geen adres.",
        "Afgevinkt op de controlelijst: Is er",
    ):
        assert told in timeline
    with pytest.raises(Invalid):
        act(services, NOOR, AddPoints(number, "Is er een tolk nodig?"))
    act(services, NOOR, AddPoints(number, "Klopt het adres?"))
    assert len(added_points(services)) == 3


def test_w13_each_new_case_gets_the_checklist_of_its_case_type_and_open_points_are_found(
    services, noor: Browser, number
) -> None:
    for row in rows(services, ChecklistItem):
        act(services, NOOR, TickPoint(number, row.id, done=True))
    before = len(rows(services, ChecklistItem))
    put_in_use(services, "klacht")
    with_list = complaint(services).number
    points = rows(services, ChecklistItem)[before:]
    drawn = read_model(shipped("klacht").drawing).model.checklist.values()
    assert [(row.text, row.added_by) for row in points] == [(point.title, None) for point in drawn]
    assert len(points) > 2
    found = noor.get("/werk/zaken?alleen=controlelijst").partition("<tbody>")[2]
    assert with_list in found
    assert number not in found
    for row in points:
        act(services, NOOR, TickPoint(with_list, row.id, done=True))
    assert with_list not in noor.get("/werk/zaken?alleen=controlelijst")


def test_w14_a_document_after_the_end_has_a_reason_and_stays_inside(services, noor: Browser, number) -> None:
    act(services, NOOR, Withdraw(number, "Per brief ingetrokken"))
    late = NewDocument(stored(services), "report", "Verslag")
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, AddDocuments(number, (late,)))
    assert "na de afronding" in refused.value.fields["late_reason"]
    act(services, NOOR, AddDocuments(number, (late,), "De griffier vond het later."))
    (row,) = rows(services, DocumentRow, title="Verslag")
    assert (row.after_closing, row.on_portal) == (True, False)
    page = noor.get(f"/werk/zaken/{number}/documenten")
    assert "na sluiting" in page
    assert "Waarom komt dit document er nog bij?" in page
    assert "De griffier vond het later." in noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert rows(services, Case)[0].destroy_from is not None
