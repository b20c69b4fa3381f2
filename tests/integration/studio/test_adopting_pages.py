"""A drawing of another tool becomes a draft, as an administrator does it without JavaScript."""

import re
import sys

import pytest
from kit.browser import Browser
from kit.cases import rows
from kit.people import FENNA, NOOR

from processes.base import isolated_check
from processes.storage.services import Services
from processes.storage.tables import ModelDraft, ModelDraftRevision, ModelVersion

HOME = "/beheer/zaaktypen/nieuw/overnemen"
DRAFT = "/beheer/zaaktypen/parkeren/ontwerp"
FOREIGN = b"""<semantic:definitions xmlns:semantic="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tool="urn:een-ander-programma" id="d">
<semantic:process id="P_1" name="Parkeren"><semantic:laneSet id="ls"><semantic:lane id="l1" name="Balie">
<semantic:flowNodeRef>a</semantic:flowNodeRef></semantic:lane></semantic:laneSet>
<semantic:startEvent id="s" name="Verzoek"/><semantic:task id="a" name="Bekijken"/>
<semantic:intermediateCatchEvent id="w" name="Even wachten"><semantic:timerEventDefinition/></semantic:intermediateCatchEvent>
<semantic:exclusiveGateway id="g" name="Akkoord?"/><semantic:scriptTask id="b" name="Uitvoeren" tool:x="1"/><semantic:endEvent id="e" name="Klaar"/>
<semantic:endEvent id="f" name="Afgewezen"/>
<semantic:sequenceFlow id="f1" sourceRef="s" targetRef="a"/><semantic:sequenceFlow id="f2" sourceRef="a" targetRef="w"/>
<semantic:sequenceFlow id="f3" sourceRef="w" targetRef="g"/><semantic:sequenceFlow id="f4" name="ja" sourceRef="g" targetRef="b"/>
<semantic:sequenceFlow id="f5" name="nee" sourceRef="g" targetRef="f"/><semantic:sequenceFlow id="f6" sourceRef="b" targetRef="e"/>
</semantic:process></semantic:definitions>"""
BOMB = b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
NESTED = b'<d xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">' + b"".join(
    b'<subProcess id="s%d"><task id="t%d"/>' % (at, at) for at in range(2_000)
)
HANGS = "import sys; asks = sys.stdin.buffer; asks.read(1); out = sys.stdout.buffer; out.write((1).to_bytes(8, 'big') + b'h'); out.flush()"
HOSTILE = (
    (BOMB, "geen proces met stappen"),
    (b"<d" * 100, "geen proces met stappen"),
    (b"<a>" * 60_000, "geen proces met stappen"),
    (NESTED, "deelprocessen dieper dan 12 in elkaar"),
    (b"<d>" + b"x" * (2 * 1024 * 1024) + b"</d>", "2 MB"),
    (b"\x00\x01\x02", "De inhoud van"),
)  # fmt: skip


@pytest.fixture
def fenna(services: Services) -> Browser:
    return Browser(services, FENNA)


def chosen(browser: Browser, content: bytes = FOREIGN, name: str = "parkeren.bpmn", status: int = 200) -> str:
    browser.get(HOME)
    return browser.post(HOME, files={"file": (name, content)}, status=status)


def action_on(page: str) -> str:
    return re.findall(r'action="([^"]*/overnemen/[^"]+)"', page)[0]


def field_of(page: str, sentence: str) -> str:
    """The name of the field of the question that begins so."""
    before = page[page.index(sentence) :]
    return re.findall(r'name="(q\d+)"', before)[0]


NAMES = {"title": "Parkeren voor bedrijven", "identification": "parkeren", "prefix": "pvb"}


def test_s7_a_drawing_of_another_tool_becomes_a_draft_with_every_proposal(fenna: Browser, services: Services) -> None:
    assert "Tekening overnemen" in fenna.get("/beheer/zaaktypen")
    page = chosen(fenna)
    assert "Wie doet de taken in baan 'Balie'?" in page
    assert "Hoe lang wacht 'Even wachten'?" in page
    assert 'value="Parkeren"' in page
    assert "De tekening in woorden" in page
    drawing = re.findall(r'data-drawing="([^"]+)"', page)[0]
    assert b"Uitvoeren" in fenna.client.get(drawing).content
    page = fenna.post(action_on(page), {**NAMES, "step": "make"})
    assert "Er zijn geen fouten." in page
    assert [row.title for row in rows(services, ModelDraft)] == ["Parkeren voor bedrijven"]
    fenna.get(f"{DRAFT}/in-gebruik")
    assert "versie 1" in fenna.post(f"{DRAFT}/in-gebruik")
    [version] = rows(services, ModelVersion, process="parkeren")
    assert b"overname" not in version.folder


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s7_an_answer_can_be_given_differently_later_and_the_draft_is_rehearsed(
    fenna: Browser, services: Services
) -> None:
    page = chosen(fenna)
    timer = field_of(page, "Hoe lang wacht")
    page = fenna.post(action_on(page), {**NAMES, timer: "ooit", "step": "make"}, status=422)
    assert "Schrijf een duur" in page
    page = fenna.post(action_on(page), {**NAMES, timer: "P3D", "step": "show"})
    assert "opnieuw gemaakt met uw antwoorden" in page
    assert 'value="P3D"' in page
    fenna.post(action_on(page), {**NAMES, "step": "make"})
    page = fenna.get(f"{DRAFT}/overname")
    assert 'value="P3D"' in page
    page = fenna.post(f"{DRAFT}/overname", {field_of(page, "Hoe lang wacht"): "P5D"})
    assert "opnieuw gemaakt met uw antwoorden" in page
    drawing = fenna.client.get(f"{DRAFT}/bestand/tekening").content
    assert (b"P5D" in drawing, b"P3D" in drawing, b'prefix="PVB"' in drawing) == (True, False, True)
    first, last = rows(services, ModelDraftRevision)
    assert first.files["parkeren.bpmn"] != last.files["parkeren.bpmn"]
    assert b"overname" not in fenna.client.get(f"{DRAFT}/zip").content
    fenna.get(f"{DRAFT}/repetities")
    assert "1 repetitie gespeeld: die ging goed" in fenna.post(f"{DRAFT}/repetities")
    assert "De eerste weg, gemaakt bij het overnemen" in fenna.get(f"{DRAFT}/repetities/eerste-weg")


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s7_a_hostile_file_gets_a_sentence_and_makes_nothing(fenna: Browser, services: Services) -> None:
    for content, sentence in HOSTILE:
        assert sentence in chosen(fenna, content, status=422)
    assert rows(services, ModelDraft) == []


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s7_a_file_that_makes_the_reader_hang_takes_only_the_child_down(
    fenna: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolated_check, "COMMAND", (sys.executable, "-c", HANGS))
    isolated_check._checker.stop()
    page = chosen(fenna, FOREIGN + b"<!-- hangt -->", status=422)
    isolated_check._checker.stop()
    isolated_check._ask.cache_clear()
    assert "duurt langer dan 10 seconden of vraagt te veel geheugen" in page


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s7_names_that_cannot_be_are_said_and_nothing_typed_is_lost(fenna: Browser, services: Services) -> None:
    page = chosen(fenna)
    timer = field_of(page, "Hoe lang wacht")
    wrong = {"title": "Parkeren", "identification": "klacht", "prefix": "KLA", timer: "P9D", "step": "make"}
    page = fenna.post(action_on(page), wrong, status=422)
    assert "'klacht' bestaat al" in page
    assert "'KLA' is al van 'Klacht'" in page
    assert 'value="P9D"' in page
    assert rows(services, ModelDraft) == []


@pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
def test_s7_only_administrators_take_over_and_only_their_own_upload(fenna: Browser, services: Services) -> None:
    page = chosen(fenna)
    noor = Browser(services, NOOR)
    assert noor.status(HOME) == 403
    assert noor.status(action_on(page)) == 403
