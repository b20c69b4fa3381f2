"""The lists of what waits: the newest message first, apart from what the system says, every one on some page, counted on every page."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.people import NOOR, TESS, citizen
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.messages import SendMessage
from processes.storage.tables import Case, NoteRow, NoticeRow


@pytest.fixture
def number(services) -> str:
    made = register_bezwaar(services)
    act(services, NOOR, AssignHandler(made, "noor"))
    return made


def copies(services, row, many: int, **changed) -> None:
    """That many rows like this one, each a minute older than the one before."""
    values = {one.key: getattr(row, one.key) for one in row.__table__.columns if one.key != "id"}
    with services.sessions.begin() as session:
        for n in range(many):
            own = {key: value(n) for key, value in changed.items()}
            session.add(type(row)(**{**values, **own}))


def old_messages(services, number: str, many: int) -> None:
    act(services, citizen(services, TESS), SendMessage(number, "Vers"))
    row = rows(services, NoteRow, kind="message")[-1]
    copies(services, row, many, at=lambda n: row.at - timedelta(minutes=n + 1), text=lambda n: f"Oud {n}.")


def test_w2_a_message_of_a_minute_ago_stands_on_top_whatever_waits(services, noor: Browser, number):
    old_messages(services, number, 60)
    with services.sessions.begin() as session:
        case = session.query(Case).one()
        session.add_all(
            NoteRow(case_id=case.id, kind="note", author="Zaakspoor", text=f"Melding {n}", at=case.registered_at)
            for n in range(30)
        )
    page = noor.get("/werk")
    assert "Ongelezen berichten (61)" in page
    assert page.index("Vers") < page.index("Oud 0.")
    assert "Ongelezen meldingen (30)" in page
    first, second = noor.get("/werk/berichten"), noor.get("/werk/berichten?van=mij&pagina=2")
    assert first.index("Vers") < first.index("Oud 48.")
    assert "Oud 49." not in first
    assert "Oud 49." in second
    assert "Oud 59." in second
    assert "Melding 3" in noor.get("/werk/meldingen")


def test_w2_a_counter_on_every_page_tells_of_messages_in_the_own_cases(services, noor: Browser, number):
    act(services, citizen(services, TESS), SendMessage(number, "Wanneer hoor ik iets?"))
    for page in ("/werk", "/werk/zaken", f"/werk/zaken/{number}/partijen", "/werk/nieuws"):
        assert "Berichten (1)" in noor.get(page)
    act(services, NOOR, AssignHandler(number, "sem"))
    assert "Berichten (1)" not in noor.get("/werk/zaken")


def test_w2_a_message_is_read_in_the_list_and_leaves_the_others(services, noor: Browser, number):
    old_messages(services, number, 1)
    note = rows(services, NoteRow, kind="message")[0]
    noor.get("/werk/berichten")
    page = noor.post(f"/werk/zaken/{number}/berichten/{note.id}/gelezen")
    assert "Ongelezen berichten (1)" in page
    assert "Vers" not in page
    assert "Oud 0." in page


def test_w2_every_list_of_what_waits_has_a_second_page(services, noor: Browser):
    register_bezwaar(services, BRAM)
    copies(services, rows(services, NoticeRow)[0], 61, subject=lambda n: f"Brief {n}.")
    page = noor.get("/werk")
    assert "Brieven printen en verzenden (62)" in page
    assert 'href="/werk/brieven' in noor.html
    assert "Brief 60." in noor.get("/werk/brieven?pagina=2")
    reasons = {"reasons": ["Er ontbreekt een datum."], "instance": 1, "to": "parties", "enclose": []}
    copies(services, rows(services, NoticeRow)[0], 61, subject=lambda n: f"Vast {n}.", held=lambda _: reasons)
    assert "Vast 60." in noor.get("/werk/vastgehouden?van=alles&pagina=2")
    assert "Alle e-mails zijn aangekomen" in noor.get("/werk/mails")
    assert "geen dwangsom" in noor.get("/werk/dwangsommen")
