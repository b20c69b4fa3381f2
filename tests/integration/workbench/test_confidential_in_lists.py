"""Lists of what waits name no confidential party, whoever looks: neither who wrote a message nor whom a notice is about (W9, D48)."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.people import NOOR, PIET, SEM, TESS, citizen, known

from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.messages import AddNote, SendMessage
from processes.base.actor import ON_BEHALF
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import NoteRow, Party

ROLE = "Indiener"


@pytest.fixture
def number(services: Services) -> str:
    """Tess is confidential; Piet handles the case. A message of hers, and a notice that names her."""
    known(services, PIET)
    made = register_bezwaar(services, TESS)
    act(services, NOOR, AssignHandler(made, "piet"))
    act(services, citizen(services, TESS), SendMessage(made, f"Bel mij. Groet, {TESS.name}"))
    act(services, SEM, AddNote(made, "Zij belde."))
    with transaction(services.sessions) as session:
        party = session.query(Party).one()
        party.confidential = True
        note = session.query(NoteRow).filter_by(text="Zij belde.").one()
        note.party_id, note.text, note.read_by_handler = party.id, f"Over {TESS.name}: zij belde.", False
    return made


@pytest.mark.parametrize("page", ["/werk?van=alles", "/werk/berichten?van=alles", "/werk/meldingen?van=alles"])
def test_w4_no_list_of_a_colleague_names_a_confidential_party(
    services: Services, noor: Browser, number: str, page: str
) -> None:
    shown = noor.get(page)
    assert number in shown
    assert TESS.name not in shown
    assert ROLE in shown


def test_w4_who_wrote_for_a_confidential_party_by_a_mandate_is_not_named_either(
    services: Services, noor: Browser, number: str
) -> None:
    with transaction(services.sessions) as session:
        session.query(NoteRow).filter_by(kind="message").one().author = f"Bram van Proefhuizen{ON_BEHALF}{TESS.name}"
    for page in ("/werk?van=alles", "/werk/berichten?van=alles"):
        shown = noor.get(page)
        assert f"iemand met een machtiging{ON_BEHALF}{ROLE}" in shown
        assert "Proefhuizen" not in shown


def test_w4_news_and_the_timeline_of_a_colleague_name_no_confidential_party(
    services: Services, noor: Browser, browser, number: str
) -> None:
    assert TESS.name not in browser(PIET).get("/werk/nieuws")
    colleague = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert TESS.name not in colleague
    assert f"Bericht van {ROLE}" in colleague
    handler = browser(PIET).get(f"/werk/zaken/{number}/tijdlijn")
    assert f"Groet, {TESS.name}" in handler
    assert len(rows(services, NoteRow)) >= 2
