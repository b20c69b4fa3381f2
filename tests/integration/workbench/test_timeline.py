"""The timeline of a case: one for everything, with filters and pages."""

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import INTAKE, do, register_bezwaar
from kit.documents import stored
from kit.people import TESS, citizen
from kit.statements import statements
from workbench_kit import deliver

from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote, SendMessage
from processes.reads.workbench.did import DID
from processes.storage.services import Services
from processes.storage.session import transaction
from processes.storage.tables import Case, NoteRow

ROOT = Path(__file__).parents[3]


@pytest.fixture
def number(services: Services, noor: Browser) -> str:
    number = register_bezwaar(services)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    deliver(services, "plan.pdf", remark="De kaart volgt nog.")
    act(services, citizen(services, TESS), SendMessage(number, "Wanneer hoor ik iets?"))
    act(services, noor.actor, AddNote(number, "Even nabellen"))
    act(services, noor.actor, AddDocuments(number, (NewDocument(stored(services), "report", "Verslag"),)))
    return number


def shown(page: str) -> list[str]:
    """The kinds of the entries of a page, from the top."""
    return re.findall(r"wb-event--(\w+)", page)


def many_notes(services: Services, number: str, how_many: int) -> None:
    with transaction(services.sessions) as session:
        case = session.query(Case).filter_by(number=number).one()
        session.add_all(
            NoteRow(case_id=case.id, kind="note", author="Noor", text=f"Notitie {place}",
                    at=case.registered_at - timedelta(minutes=place), read_by_handler=True)
            for place in range(how_many)
        )  # fmt: skip
        session.commit()


def _counted(services: Services, noor: Browser, address: str) -> int:
    with statements(services) as seen:
        noor.get(address)
    return len(seen)


@pytest.mark.parametrize(
    ("kind", "kinds", "words"),
    [
        ("statussen", {"status"}, "Status: Ontvangen"),
        ("berichten", {"message"}, "Wanneer hoor ik iets?"),
        ("notities", {"note"}, "Even nabellen"),
        ("brieven", {"notice", "mail"}, "Brief aan Tess Testeling"),
        ("documenten", {"document"}, "Document toegevoegd: Verslag"),
        ("aanleveringen", {"delivery"}, "De kaart volgt nog."),
        ("gedaan", {"task", "did"}, "door Noor Behandelaar"),
        ("keek", {"look"}, "Noor Behandelaar keek: Overzicht"),
    ],
)
def test_w11_each_filter_of_the_timeline_shows_its_own_and_says_how_many(
    services, noor: Browser, number, kind, kinds, words
):
    noor.get(f"/werk/zaken/{number}")
    page = noor.get(f"/werk/zaken/{number}/tijdlijn?soort={kind}")
    assert set(shown(page)) == kinds
    assert words in page
    chip = re.search(rf'soort={kind}" aria-current="page">[^<]*?(\d+)<', page)
    assert int(chip[1] if chip else 0) == len(shown(page))


def test_w11_the_timeline_says_who_changed_what_by_name(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}")
    noor.post(f"/werk/zaken/{number}/behandelaar", {"handler": "sem"})
    noor.post(f"/werk/zaken/{number}/knop/extend")
    page = noor.get(f"/werk/zaken/{number}/tijdlijn?soort=gedaan")
    for what in ("Zaak aan een andere behandelaar gegeven", "Knop gebruikt: Termijn verlengen"):
        assert "door Noor Behandelaar" in page.partition(what)[2][:100]


def test_w11_the_timeline_says_which_document_went_where_and_to_whom_a_case(services, noor: Browser, number):
    noor.get(f"/werk/zaken/{number}")
    noor.post(f"/werk/zaken/{number}/behandelaar", {"handler": "sem"})
    page = noor.get(f"/werk/zaken/{number}/tijdlijn?soort=gedaan")
    assert "Sem Beslisser" in page.partition("Zaak aan een andere behandelaar gegeven")[2][:200]
    given = page.partition("Document gegeven aan een afdeling")[2][:200]
    assert "Bezwaarschrift" in given
    assert "Parkeren" in given


def test_w11_every_change_that_the_timeline_names_is_one_of_the_trail():
    written = "".join(path.read_text() for path in (ROOT / "processes").rglob("*.py") if path.name != "did.py")
    assert [action for action in DID if f'"{action}"' not in written] == []


def test_w11_the_timeline_holds_everything_but_the_looks_newest_first(services, noor: Browser, number):
    page = noor.get(f"/werk/zaken/{number}/tijdlijn")
    assert {"status", "task", "delivery", "message", "note", "notice", "document"} <= set(shown(page))
    assert "look" not in shown(page)
    moments = re.findall(r'<time datetime="([^"]+)"', page)
    assert moments == sorted(moments, reverse=True)
    assert "Vandaag, " in page
    for odd in ("?soort=geheim", "?pagina=0", "?pagina=drie", "?pagina=999999999999"):
        assert shown(noor.get(f"/werk/zaken/{number}/tijdlijn{odd}")) == shown(page)


def test_w11_a_thousand_entries_stand_on_pages_and_cost_no_more_statements(services, noor: Browser, number):
    def count(address: str) -> int:
        """The fewest of three: the first look is written down, and once a minute the session is prolonged."""
        return min(_counted(services, noor, address) for _ in range(3))

    place = f"/werk/zaken/{number}/tijdlijn"
    few = count(place)
    many_notes(services, number, 1000)
    assert count(place) == count(f"{place}?soort=notities&pagina=7") == few
    pages = [noor.get(f"{place}?soort=notities&pagina={page}") for page in range(1, 22)]
    texts = Counter(text for page in pages for text in re.findall(r"(Notitie \d+|Even nabellen)</p>", page))
    assert len(texts) == sum(texts.values()) == 1001
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[20]
