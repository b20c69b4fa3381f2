"""S12: where no recorded rehearsal passes, a way is searched for with other choices; and steps that nobody recorded are not lost."""

import re
from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.cases import put_in_use, rows
from kit.people import FENNA
from kit.small_types import FIRST, SECOND, folder

from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import ImportDraft
from processes.jobs import seeking
from processes.jobs.workers import drain
from processes.storage.services import Services
from processes.storage.tables import Case

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/eerste/ontwerp"
LIST = f"{HOME}/repetities"
BRANCHED = replace(
    FIRST,
    body="""
startEvent Begin :: <case:form schema="start.json"/><case:status code="begun" name="Begonnen" order="10"/>
userTask Work :: <case:form schema="work.json"/>
exclusiveGateway Which
userTask Later name="Later kijken" :: <case:form schema="later.json"/>
boundaryEvent Overdue attachedToRef="Later" ;; <bpmn:timerEventDefinition><bpmn:timeDuration>days(30)</bpmn:timeDuration></bpmn:timerEventDefinition>
boundaryEvent Early attachedToRef="Later" cancelActivity="false" ;; <bpmn:timerEventDefinition><bpmn:timeDuration>days(5)</bpmn:timeDuration></bpmn:timerEventDefinition>
boundaryEvent Again attachedToRef="Later" cancelActivity="false" ;; <bpmn:timerEventDefinition><bpmn:timeDuration>days(20)</bpmn:timeDuration></bpmn:timerEventDefinition>
endEvent Reminded
endEvent RemindedAgain
userTask Late name="Te laat" :: <case:form schema="later.json"/>
userTask Never name="Nooit" :: <case:form schema="later.json"/>
exclusiveGateway Together
endEvent Done :: <case:result value="dictum"/>
Begin > Work
Work > Which
Which > Later ? dictum == 'verder'
Which > Never ? amount == 7654
Which >> Together
Later > Together
Overdue > Late
Early > Reminded
Again > RemindedAgain
Late > Together
Never > Together
Together > Done
""",
    forms={**FIRST.forms, "later.json": '{"type": "default", "components": []}'},
)
RECORDED = b"""title: Meteen klaar
start: {"on": 2026-03-02, by: worker, values: {grounds: "De boom is oud"}}
steps:
  - complete: Work
    values: {dictum: klaar}
"""


@pytest.fixture
def fenna(services: Services) -> Browser:
    put_in_use(services, folder(SECOND, "tweede"), folder(FIRST, "eerste"))
    act(
        services, FENNA, ImportDraft("eerste", {**files_of(folder(BRANCHED, "eerste")), "rehearsals/klaar.yaml": RECORDED})
    )  # fmt: skip
    return Browser(services, FENNA)


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_s12_a_way_that_nobody_recorded_is_found_and_opened_as_a_rehearsal(fenna: Browser, services: Services) -> None:
    here = f"{LIST}/bij/Late"
    assert "Wij kennen er 0 van de 1." in fenna.get(here), "who only looks plays nothing"
    assert "Geen opgenomen repetitie komt langs 'Te laat'" in fenna.post(here)
    assert "Wij zoeken een weg" in fenna.post(here, {"r-do": "search"})
    drain(services)
    page = plain(fenna.get(here))
    assert "Dit is wat ieder ziet bij 'Te laat': een weg die wij zochten, na stap 4" in page, "past two reminders"
    assert "Dit nog niet opgenomen" not in page
    assert "Deze is nog niet opgenomen: bewaar haar als u haar wilt houden." in page
    assert "Taak: Te laat" in page
    page = plain(fenna.post(f"{LIST}/nieuw", {"r-do": "task", "r-task": "0"}))
    assert "ja, de zaak is afgerond" in page
    save = {"r-do": "save", "r-title": "Te laat", "r-name": "te-laat"}
    assert "Bewaard in het ontwerp" in plain(fenna.post(f"{LIST}/nieuw", save))
    assert "repetitie 'Te laat', na stap 4" in plain(fenna.post(here)), "recorded, it is one of the ways"
    assert rows(services, Case) == []


def test_s12_where_no_way_is_found_within_the_limits_the_page_says_what_to_do(
    fenna: Browser, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "MOST_TRIES", 3)
    here = f"{LIST}/bij/Never"
    fenna.get(here)
    fenna.post(here)
    fenna.post(here, {"r-do": "search"})
    drain(services)
    page = plain(fenna.get(here))
    assert "Wij vonden geen weg naar 'Nooit'" in page
    assert re.search(r"Wij speelden 3 zaken met andere keuzes, in \d+ seconden", page)
    assert "Zo vaak proberen wij het hoogstens." in page or "Er was geen keuze meer" in page
    assert "Het dichtst kwam een zaak bij taak zonder naam" in page
    assert "Daar probeerden wij: Work: gedaan door de behandelaar (Uitkomst: Klaar" in page
    assert "Kijk in de tekening of een zaak er kan komen" in page
    assert "Nieuwe repetitie" in page
    assert "Dit onderdeel staat niet" in fenna.get(f"{LIST}/bij/Nergens", status=404)


def test_s12_a_search_keeps_within_its_minute_and_says_that_the_time_was_over(
    fenna: Browser, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeking, "SECONDS", seeking.LEAST)
    here = f"{LIST}/bij/Never"
    fenna.get(here)
    fenna.post(here)
    fenna.post(here, {"r-do": "search"})
    drain(services)
    page = plain(fenna.get(here))
    assert "Wij speelden 0 zaken met andere keuzes, in 0 seconden" in page
    assert "De tijd was op: wij zoeken hoogstens een minuut." in page


def test_s12_steps_that_nobody_recorded_are_there_again_after_a_look_at_a_setting(fenna: Browser) -> None:
    fenna.get(f"{LIST}/nieuw")
    fenna.post(f"{LIST}/nieuw", {"r-do": "start", "r-on": "2026-03-02", "r-by": "worker", "grounds": "De boom is oud"})
    fenna.post(f"{LIST}/nieuw", {"r-do": "time", "r-days": "4"})
    (setting,) = re.findall(
        rf'href="({HOME}/rollen/onderdeel/Work\?van=nieuw&amp;stap=1&amp;stappen=[0-9a-f]+)"', fenna.html
    )
    assert (
        "opent in een nieuw tabblad"
        not in fenna.html.partition("Hoe het er nu voor staat")[2].partition("Termijnen")[0]
    )
    fenna.get(setting.replace("&amp;", "&"))
    (back,) = re.findall(rf'href="({LIST}/nieuw\?stap=1&amp;stappen=[0-9a-f]+)"', fenna.html)
    page = plain(fenna.get(back.replace("&amp;", "&")))
    assert "4 dagen wachten" in page
    assert "Vandaag is het vrijdag 6 maart 2026" in page
    page = plain(fenna.post(f"{LIST}/nieuw", {"r-do": "task", "r-task": "0", "dictum": "klaar"}))
    assert "ja, de zaak is afgerond" in page, "and it goes on from there"
    gone = plain(fenna.get(f"{LIST}/nieuw?stap=1&stappen={'0' * 64}", status=422))
    assert "Deze stappen zijn niet meer bewaard." in gone
