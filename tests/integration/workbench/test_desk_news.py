"""News of a member of staff: what colleagues and departments did, told to whom it concerns, read by each for oneself."""

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, open_task, register_bezwaar, rows
from kit.people import NOOR, PIET, SEM, known
from workbench_kit import deliver

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.messages import AddNote
from processes.actions.tasks import TakeTask
from processes.storage.tables import NewsRow, Party


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


def test_w4_news_is_not_for_who_may_not_see_the_case(services, number):
    with services.sessions.begin() as session:
        session.query(Party).first().barred_as = "piet"
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
