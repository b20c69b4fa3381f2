"""News of a member of staff: what colleagues and departments did, told to whom it concerns, read by each for oneself."""

import pytest
from kit.barring import barred_in
from kit.browser import Browser
from kit.cases import INTAKE, do, open_task, register_bezwaar, rows
from kit.people import NOOR, PIET, SEM, TESS, citizen, known
from workbench_kit import deliver

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.judging import Judgement
from processes.actions.messages import AddNote, SendMessage
from processes.actions.tasks import CompleteTask, TakeTask
from processes.storage.tables import DocumentRow, NewsRow, NoteRow, Party


@pytest.fixture
def number(services) -> str:
    known(services, PIET)
    made = register_bezwaar(services)
    act(services, NOOR, AssignHandler(made, "noor"))
    return made


def news_of(services, actor) -> list[tuple[str, bool]]:
    return [(row.kind, row.read_at is None) for row in rows(services, NewsRow) if row.staff == actor.subject]


def test_w4_a_note_of_a_colleague_is_news_for_the_handler_and_who_was_involved(
    services, browser, noor: Browser, number
):
    act(services, PIET, TakeTask(open_task(services, "Intake")))
    act(services, SEM, AddNote(number, "Tess belde over haar bezwaar."))
    assert news_of(services, NOOR) == news_of(services, PIET) == [("note", True)]
    assert news_of(services, SEM) == []
    page = noor.get("/werk")
    assert "Nieuws (1)" in page
    assert "Notitie van Sem Beslisser" in page
    assert "Tess belde over haar bezwaar." in page
    noor.get("/werk/nieuws")
    (mine,) = [row for row in rows(services, NewsRow) if row.staff == "noor"]
    page = noor.post(f"/werk/nieuws/{mine.id}/gelezen")
    assert "Nieuws (1)" not in page
    assert "Notitie van Sem Beslisser" in page  # what was read stays to be found
    assert "Nieuws (1)" in browser(PIET).get("/werk")  # the read state is of each


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kijk jij even, @Piet?", True),
        ("@piet behandelaar: dit is voor jou", True),
        ("Vraag het @piet", True),
        ("Mail naar post@piet.example", False),
        ("@Pieter weet het", False),
        ("Piet weet het", False),
    ],
)
def test_w4_who_is_named_in_a_note_hears_of_it(services, number, text, told):
    act(services, NOOR, AddNote(number, text))
    assert news_of(services, PIET) == ([("mention", True)] if told else [])


@pytest.mark.parametrize(
    ("text", "warned"),
    [("Kijk jij even, @Piet?", False), ("Mail naar post@piet.example", False), ("@Piet en @Ada, kijken jullie?", True)],
)
def test_w4_a_name_that_calls_nobody_is_said(services, noor: Browser, number, text, warned):
    noor.get(f"/werk/zaken/{number}/tijdlijn")
    page = noor.post(f"/werk/zaken/{number}/notitie", {"text-note": text})
    assert "De notitie is bewaard." in page
    assert ("Daar krijgt niemand bericht van." in page) is warned


def test_w4_a_name_of_two_people_calls_neither_of_them(services, number):
    known(services, PIET.__class__("staff", "p2", "Piet Anders", frozenset({"worker"})))
    act(services, NOOR, AddNote(number, "@Piet, kijk jij? En @Piet Anders?"))
    assert [row.staff for row in rows(services, NewsRow)] == ["p2"]


def test_w4_a_handover_tells_the_new_handler_with_the_note(services, browser, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}")
    noor.post(
        f"/werk/zaken/{number}/behandelaar", {"handler": "piet", "handover": "De brief ligt nog bij de afdeling."}
    )
    page = browser(PIET).get("/werk")
    assert "Noor Behandelaar draagt een zaak over" in page
    assert "De brief ligt nog bij de afdeling." in page
    assert news_of(services, NOOR) == []
    assert "De brief ligt nog bij de afdeling." in noor.get(f"/werk/zaken/{number}/tijdlijn")
    act(services, SEM, AssignHandler(number, "noor"))
    assert news_of(services, PIET) == [("handover", True), ("handover", True)]  # who lost it hears so as well
    page = noor.get(f"/werk/zaken/{number}")
    page = noor.post(f"/werk/zaken/{number}/behandelaar", {"handler": "noor", "handover": "Nog iets"}, status=422)
    assert "Nog iets" in page


def test_w4_a_delivery_is_news_for_the_handler(services, noor: Browser, number):
    do(services, "Intake", **INTAKE, route="ambtelijk")
    deliver(services, "besluit.pdf", remark="De rest volgt")
    page = noor.get("/werk/nieuws")
    assert "Aanlevering van Parkeren" in page
    assert "De rest volgt" in page
    noor.post("/werk/nieuws/gelezen", {"tot": "0"})
    assert news_of(services, NOOR) == [("delivery", True)]
    noor.get("/werk/nieuws")
    assert "ongelezen" not in noor.post("/werk/nieuws/gelezen")
    assert news_of(services, NOOR) == [("delivery", False)]


def test_w4_who_judges_a_delivery_has_read_that_it_came(services, number):
    do(services, "Intake", **INTAKE, route="ambtelijk")
    act(services, SEM, AssignHandler(number, "piet"))
    deliver(services, "besluit.pdf")
    assert ("delivery", True) in news_of(services, PIET)
    assert news_of(services, NOOR)[-1] == ("delivery", True)
    documents = [row.id for row in rows(services, DocumentRow, state="offered")]
    judged = {one: Judgement(accepted=True) for one in documents}
    act(services, NOOR, CompleteTask(open_task(services, "JudgeDelivery"), judgements=judged))
    assert news_of(services, NOOR)[-1] == ("delivery", False)
    assert ("delivery", True) in news_of(services, PIET)  # who did not judge still hears of it


def test_w2_an_answer_reads_what_this_party_wrote_and_stood_on_the_page(services, noor: Browser, number):
    act(services, citizen(services, TESS), SendMessage(number, "Mag mijn zus mee?"))
    page = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert "1 ongelezen bericht." in page
    act(services, citizen(services, TESS), SendMessage(number, "En mijn broer?"))  # while the page stands open
    (party,) = [row.id for row in rows(services, Party) if row.filing]
    noor.post(f"/werk/zaken/{number}/antwoord", {"party-reply": str(party), "text-reply": "Dat mag."})
    unread = [row.text for row in rows(services, NoteRow) if not row.read_by_handler]
    assert unread == ["En mijn broer?"]


def test_w2_everything_is_read_is_no_more_than_what_stood_on_the_page(services, noor: Browser, number):
    act(services, citizen(services, TESS), SendMessage(number, "Mag mijn zus mee?"))
    act(services, SEM, AddNote(number, "Even kijken"))
    noor.get(f"/werk/zaken/{number}/tijdlijn")
    act(services, citizen(services, TESS), SendMessage(number, "En mijn broer?"))
    act(services, SEM, AddNote(number, "Nog iets"))
    noor.post(f"/werk/zaken/{number}/gelezen")
    assert [row.text for row in rows(services, NoteRow) if not row.read_by_handler] == ["En mijn broer?"]
    assert news_of(services, NOOR) == [("note", False), ("note", True)]


def test_w4_news_is_not_for_who_may_not_see_the_case(services, number):
    with services.sessions.begin() as session:
        barred_in(session, "piet")
    act(services, NOOR, AddNote(number, "@Piet"))
    assert rows(services, NewsRow) == []


def test_w4_everything_read_on_the_timeline_is_read_news(services, noor: Browser, number):
    act(services, SEM, AddNote(number, "Even kijken"))
    noor.get(f"/werk/zaken/{number}/tijdlijn")
    noor.post(f"/werk/zaken/{number}/gelezen")
    assert news_of(services, NOOR) == [("note", False)]


@pytest.mark.parametrize("upto", ["9" * 5000, "9" * 30, "-1", "x", "²"])
def test_t1_a_number_that_is_none_reads_no_news_and_breaks_nothing(services, noor: Browser, upto) -> None:
    noor.get("/werk/nieuws")
    assert "Nieuws" in noor.post("/werk/nieuws/gelezen", {"tot": upto})
