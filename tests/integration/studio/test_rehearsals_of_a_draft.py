"""A rehearsal of a draft in the browser: its list of steps, played anew at each press, recorded, and a guard of deployment."""

import re
import sys
from html import unescape

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows, shipped
from kit.people import FENNA, NOOR
from kit.small_types import FIRST, SECOND, folder

from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import ImportDraft
from processes.base import isolated_play
from processes.storage.services import Services
from processes.storage.tables import Case, ModelVersion

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/eerste/ontwerp"
LIST = f"{HOME}/repetities"
NEW = f"{LIST}/nieuw"
BEGIN = {"r-do": "start", "r-on": "2026-03-02", "r-by": "worker", "grounds": "De boom is oud"}
RECORDED = b"""title: Een zaak die klaar is
start:
  "on": 2026-03-02
  by: worker
  values: {grounds: "De boom is oud"}
steps:
  - wait: P3D             # eerst even niets
  - complete: Work
    values: {dictum: klaar}
    expect: {status: begun, tasks: [], result: klaar, finished: true}
"""


@pytest.fixture
def fenna(services: Services) -> Browser:
    put_in_use(services, folder(SECOND, "tweede"), folder(FIRST, "eerste"))
    files = {**files_of(folder(FIRST, "eerste")), "rehearsals/klaar.yaml": RECORDED}
    act(services, FENNA, ImportDraft("eerste", files))
    return Browser(services, FENNA)


def test_s10_played_as_citizen_department_and_worker(services: Services) -> None:
    called = ("stukkenverzoek", "nazending", "adviesreactie", "feitencheck", "hoorzitting-antwoord")
    put_in_use(services, *called)
    bezwaar = files_of(shipped("bezwaar"))
    text = bezwaar["rehearsals/commissie.yaml"].decode()
    begun = text[: text.index("  - wait: P5D")].encode()
    drawn = {name: content for name, content in bezwaar.items() if not name.startswith("rehearsals/")}
    act(services, FENNA, ImportDraft("bezwaar", {**drawn, "rehearsals/begin.yaml": begun}))
    fenna, here = Browser(services, FENNA), "/beheer/zaaktypen/bezwaar/ontwerp/repetities/begin"
    page = plain(fenna.get(here))
    assert "Deze repetitie gaat goed" in page
    assert "Beslissing op bezwaar donderdag 18 juni 2026 loopt" in page
    assert "Taak: Lever de stukken aan Door de afdeling." in page
    fenna.get(here)
    assert [one.partition(":")[0] for one in pages_in(fenna.html)] == ["Inwoner", "Achter de link", "Behandelaar"]
    page = plain(fenna.post(here, {"r-do": "task", "r-task": "0", "delivery": "besluit.pdf, kaart.pdf"}))
    seen = pages_in(fenna.html)
    assert "De afdeling levert besluit.pdf, kaart.pdf" in page
    assert "<mark>Wij vragen nu niets van u." in seen["Achter de link: Parkeren"]
    assert "<mark>Beoordeel de levering</mark>" in seen["Behandelaar"]
    assert "<mark>" not in seen["Inwoner: Tess Testeling"]
    assert "Beoordeel de levering in 'Stukken opvragen'" in page
    assert "Zijn de stukken goed?" in page
    page = plain(fenna.post(here, {"r-do": "task", "r-task": "0", "r-judge": "refused"}, status=422))
    assert "Vul in wat er niet goed is." in page
    page = plain(fenna.post(here, {"r-do": "task", "r-task": "0", "r-judge": "refused", "r-reason": "Te vaag."}))
    assert "De behandelaar keurt de stukken af: Te vaag." in page
    assert "per mail aan parkeren@voorbeeldstad.example" in page
    page = plain(fenna.post(here, {"r-do": "withdraw", "r-by": "citizen"}))
    assert "Ingetrokken door de indiener" in page


def pages_in(html: str) -> dict[str, str]:
    """The real pages that stand in frames, by whose they are."""
    frames = re.findall(r'<iframe class="[^"]*" sandbox title="Pagina van ([^"]*): [^"]*" srcdoc="([^"]*)"', html)
    return {whose: unescape(page) for whose, page in frames}


HANGS = "import processes.rehearsal.playing as p\np.SECONDS = 1\ndef play(*_):\n    while True: pass\np.play = play\np.main()"


def test_s10_a_draft_that_hangs_takes_only_its_child_down_and_says_so(
    fenna: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    isolated_play._stage.stop()
    monkeypatch.setattr(isolated_play, "COMMAND", (sys.executable, "-c", HANGS))
    page = plain(fenna.get(f"{LIST}/klaar"))
    assert "Het loopt vast Het spelen is gestopt: het duurde langer dan" in page
    assert "Work: gedaan door de behandelaar" in page
    monkeypatch.undo()
    isolated_play._stage.stop()
    assert "Deze repetitie gaat goed" in plain(fenna.get(f"{LIST}/klaar"))


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_s10_a_draft_is_rehearsed_step_by_step_and_nothing_of_it_stays(fenna: Browser, services: Services) -> None:
    fenna.get(NEW)
    page = plain(fenna.post(NEW, BEGIN))
    assert "De behandelaar maakt de zaak op 2 maart 2026" in page
    assert "Vandaag is het maandag 2 maart 2026" in page
    assert "Taak: Work" in page
    page = plain(fenna.post(NEW, {"r-do": "time", "r-days": "4"}))
    assert "4 dagen wachten" in page
    assert "Vandaag is het vrijdag 6 maart 2026" in page
    page = plain(fenna.post(NEW, {"r-do": "task", "r-task": "0", "dictum": "klaar", "amount": "1.250"}))
    assert "Work: gedaan door de behandelaar" in page
    assert "ja, de zaak is afgerond" in page
    assert "Bedrag 1250" in page
    page = plain(fenna.post(NEW, {"r-do": "drop"}))
    assert "Taak: Work" in page
    assert "gedaan door" not in page
    assert rows(services, Case) == []


def test_s10_a_step_that_cannot_be_done_is_not_kept_and_says_why(fenna: Browser) -> None:
    fenna.get(NEW)
    fenna.post(NEW, BEGIN)
    for wrong, sentence in (
        ({"r-do": "task", "r-task": "0", "amount": "veel"}, "Schrijf een getal"),
        ({"r-do": "time", "r-days": "0"}, "Vul een aantal dagen in"),
        ({"r-do": "time", "r-how": "until", "r-until": "2026-03-01"}, "terug in de tijd kan niet"),
        ({"r-do": "next"}, "Er staat niets te wachten op een dag."),
    ):
        page = plain(fenna.post(NEW, wrong, status=422))
        assert sentence in page
        assert "Taak: Work" in page
        assert "gedaan door" not in page


def test_s11_what_was_played_is_recorded_and_plays_again(fenna: Browser, services: Services) -> None:
    fenna.get(NEW)
    fenna.post(NEW, BEGIN)
    fenna.post(NEW, {"r-do": "task", "r-task": "0", "dictum": "klaar"})
    save = {"r-do": "save", "r-title": "Meteen klaar", "r-name": "meteen", "r-expect": "ja"}
    assert "'klaar' bestaat al" in plain(fenna.post(NEW, {**save, "r-name": "klaar"}, status=422))
    page = plain(fenna.post(NEW, save))
    assert "Bewaard in het ontwerp" in page
    assert "het resultaat Klaar" in page
    page = plain(fenna.post(LIST))
    assert "2 repetities gespeeld: ze gingen allemaal goed" in page


def test_s11_a_rehearsal_that_a_change_breaks_stops_deployment_and_names_the_step(
    fenna: Browser, services: Services
) -> None:
    act(services, FENNA, ImportDraft("eerste", {"rehearsals/klaar.yaml": RECORDED, **files_of(changed())}))
    page = plain(fenna.get(f"{HOME}/in-gebruik"))
    assert "Dit ontwerp kan in gebruik" not in page, "its rehearsals must be played first"
    page = plain(fenna.post(f"{HOME}/in-gebruik", status=422))
    assert "1 repetitie gaat anders" in page
    assert "Stap 2 (Work): De status is 'Begonnen', verwacht was 'begun'." in page
    assert len(rows(services, ModelVersion, process="eerste")) == 1
    page = plain(fenna.get(f"{LIST}/klaar"))
    assert "Stap 2 (Work): De status is 'Begonnen', verwacht was 'begun'." in page
    renewed = plain(fenna.post(f"{LIST}/klaar", {"r-do": "renew"}))
    assert "Bewaard in het ontwerp" in renewed
    assert "Het gaat anders dan opgenomen" not in renewed
    assert "goed" in plain(fenna.post(LIST))
    fenna.get(f"{HOME}/in-gebruik")
    act(services, FENNA, ImportDraft("eerste", files_of(changed())))
    fenna.get(f"{HOME}/in-gebruik")
    assert "versie 2" in plain(fenna.post(f"{HOME}/in-gebruik"))


def test_s12_the_pages_at_an_element_with_the_way_to_its_setting_and_back(fenna: Browser) -> None:
    fenna.get(f"{LIST}/bij/Work")
    page = plain(fenna.post(f"{LIST}/bij/Work"))
    assert "Dit is wat ieder ziet bij 'Work': repetitie 'Een zaak die klaar is', na stap 1" in page
    assert "gedaan door" not in page
    assert [one.partition(":")[0] for one in pages_in(fenna.html)] == ["Inwoner", "Behandelaar"]
    setting = f"{HOME}/rollen/onderdeel/Work"
    assert f'href="{setting}?van=klaar&amp;stap=1"' in fenna.html, (
        "in the same tab, since these steps can be shown again"
    )
    page = fenna.get(f"{setting}?van=klaar&stap=1")
    assert f'href="{LIST}/bij/Work"' in page
    assert f'href="{LIST}/klaar?stap=1"' in page


def test_b1_a_message_and_a_person_who_joins_are_steps_too(fenna: Browser) -> None:
    fenna.get(f"{LIST}/klaar")
    fenna.post(f"{LIST}/klaar", {"r-do": "drop"})
    page = plain(
        fenna.post(f"{LIST}/klaar", {"r-do": "message", "r-message": "Duurt het nog lang?", "r-pages": "none"})
    )
    assert "De indiener stuurt een bericht: Duurt het nog lang?" in page
    assert "Toon de pagina's van iedereen" in page
    assert pages_in(fenna.html) == {}
    page = plain(fenna.post(f"{LIST}/klaar", {"r-do": "message", "r-message": "", "r-pages": "none"}, status=422))
    assert "Vul in wat de indiener schrijft." in page


def changed() -> object:
    """The draft with another status at its beginning."""
    return folder(FIRST.changed("body", 'code="begun"', 'code="nieuw"'), "eerste")


def test_s11_a_saved_rehearsal_keeps_what_was_written_in_it(fenna: Browser, services: Services) -> None:
    fenna.get(f"{LIST}/klaar")
    fenna.post(f"{LIST}/klaar", {"r-do": "look"})
    fenna.post(f"{LIST}/klaar", {"r-do": "save", "r-title": "Een zaak die klaar is", "r-name": "klaar"})
    fenna.post(f"{LIST}/klaar", {"r-do": "drop"})
    fenna.post(f"{LIST}/klaar", {"r-do": "save", "r-title": "Een zaak die klaar is", "r-name": "klaar"})
    assert RECORDED.decode() in fenna.get(f"{LIST}/klaar")


def test_s10_only_an_administrator_rehearses(fenna: Browser, services: Services) -> None:
    noor = Browser(services, NOOR)
    assert {noor.status(page) for page in (LIST, NEW, f"{LIST}/klaar")} == {403}
