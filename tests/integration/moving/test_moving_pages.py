"""S15: an administrator moves cases by pages without JavaScript: a dry run, renamed elements, the start, the way back."""

import html
import re

import pytest
from kit.browser import Browser
from kit.cases import rows
from kit.people import FENNA, NOOR
from kit.small_types import deploy
from test_moving import GERDA, NEXT, RENAMED, TWO_STEPS, cases_of, kept, moved, states, version_of

from processes.actions import act
from processes.actions.drafts import SaveDraft
from processes.jobs.workers import drain
from processes.reads.admin import move_trial
from processes.reads.drafts import read_draft
from processes.storage.drafts import DraftContent
from processes.storage.services import Services
from processes.storage.tables import ModelMove, TaskRow

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/eerste/verplaatsen"
GONE = "De zaak staat op 'Nog eens' (Again). Dit onderdeel bestaat niet meer."


class PlainBrowser(Browser):
    """Gives the words of a page, without what they are marked with."""

    def text_of(self, page: str) -> str:
        return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", page.partition("<main")[2]).split()))

    def further(self) -> list[str]:
        """The links to a next part on the last page."""
        return [html.unescape(one) for one in re.findall(r'href="([^"]*&amp;na=[^"]*)"', self.html)]


@pytest.fixture
def fenna(services: Services) -> PlainBrowser:
    return PlainBrowser(services, FENNA)


def test_s15_a_dry_run_counts_and_names_the_cases_and_writes_nothing(services: Services, fenna: PlainBrowser) -> None:
    numbers = cases_of(services, TWO_STEPS, 0, 1, 0, 1)
    before = [kept(services, one) for one in numbers]
    deploy(services, RENAMED, "eerste")
    assert "Lopende zaken verplaatsen" in fenna.get("/beheer/zaaktypen/eerste")
    assert "Probeer versie 2 uit" in fenna.get(HOME)
    page = fenna.get(f"{HOME}/proef?van=2")
    assert "Kan over 2 zaken" in page
    assert f"{GONE} 2 {numbers[1]}, {numbers[3]}" in page
    assert "Kan over: " + ", ".join((numbers[0], numbers[2])) in page
    page = fenna.get(f"{HOME}/proef?van=2&naar.Again=Last")
    assert "Kan over 4 zaken" in page
    assert "Deze zaken kunnen niet over" not in page
    assert (rows(services, ModelMove), states(services)) == ([], [])
    assert [kept(services, one) for one in numbers] == before


def test_s15_a_large_dry_run_goes_in_parts(
    services: Services, fenna: PlainBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = cases_of(services, TWO_STEPS, 0, 0, 0)
    deploy(services, NEXT, "eerste")
    monkeypatch.setattr(move_trial, "PART", 2)
    page = fenna.get(f"{HOME}/proef?van=2")
    assert "Er lopen 3 zaken op versie 2. Op deze pagina staan er 2." in page
    assert "Kan over: " + ", ".join(numbers[:2]) in page
    (further,) = fenna.further()
    page = fenna.get(further)
    assert "Kan over: " + numbers[2] in page
    assert fenna.further() == []


def test_s15_cases_move_stop_and_go_back_by_the_pages(services: Services, fenna: PlainBrowser) -> None:
    numbers = cases_of(services, TWO_STEPS, 0, 1, 1)
    deploy(services, RENAMED, "eerste")
    gerda = PlainBrowser(services, GERDA)
    for one in (fenna, gerda):
        one.get(f"{HOME}/proef?van=2")
    page = fenna.post(HOME)
    assert "Nog te doen: 3 zaken." in page
    assert "Er loopt al een verplaatsing" in gerda.post(HOME, status=409)
    drain(services)
    page = fenna.get(f"{HOME}/1")
    assert "Stand klaar" in page
    assert f"{GONE} 2 {numbers[1]}, {numbers[2]}" in page
    fenna.get(f"{HOME}/proef?van=2&naar.Again=Last")
    fenna.post(HOME)
    drain(services)
    page = fenna.get(f"{HOME}/2")
    assert "Andere naam gekregen: Again werd Last." in page
    assert [version_of(services, one) for one in numbers] == [3, 3, 3]
    page = fenna.post(f"{HOME}/2/terug/zaak", {"case": numbers[1]})
    assert f"Zaak {numbers[1]} loopt weer op versie 2" in page
    page = fenna.post(f"{HOME}/2/terug")
    assert "zaken gaan terug" in page
    page = fenna.post(f"{HOME}/2/stoppen")
    assert "Stand gestopt" in page
    fenna.post(f"{HOME}/2/terug")
    drain(services)
    assert "Stand teruggezet" in fenna.get(f"{HOME}/2")
    assert [version_of(services, one) for one in numbers] == [3, 2, 2]
    assert "Van versie 2 naar 3" in fenna.get(HOME)


def test_s15_what_is_typed_wrong_gets_a_sentence_and_others_may_not_come(
    services: Services, fenna: PlainBrowser
) -> None:
    cases_of(services, TWO_STEPS, 0)
    deploy(services, NEXT, "eerste")
    assert "bestaat niet" in fenna.get(f"{HOME}/proef?van=9", status=404)
    assert "bestaat niet" in fenna.post(HOME, {"van": "x"}, status=404)
    assert "staat niet in de nieuwe tekening" in fenna.post(HOME, {"van": "2", "naar.Again": "Weg"}, status=422)
    assert "Alle lopende zaken staan al op versie 1." in fenna.get("/beheer/zaaktypen/tweede/verplaatsen")
    fenna.post(HOME, {"van": "2"})
    drain(services)
    assert "Deze zaak is er niet." in fenna.post(f"{HOME}/1/terug/zaak", {"case": "'; x"}, status=404)
    assert "niet" in Browser(services, NOOR).get(HOME, status=403)


def test_s15_a_form_that_was_begun_before_the_move_is_kept_and_can_be_sent_after_it(services: Services) -> None:
    cases_of(services, TWO_STEPS, 1)
    (task,) = rows(services, TaskRow, state="open")
    form = f"/werk/taken/{task.id}"
    act(services, NOOR, SaveDraft(form, DraftContent({"amount": ["1234"]})))
    noor = Browser(services, NOOR)
    noor.get(form)
    deploy(services, RENAMED, "eerste")
    moved(services, {"Again": "Last"})
    found = read_draft(services, NOOR, form)
    assert found
    assert found.fields == {"amount": ["1234"]}
    noor.post(form, {"dictum": "klaar", "amount": "1234"})
    assert rows(services, TaskRow, state="open") == []
