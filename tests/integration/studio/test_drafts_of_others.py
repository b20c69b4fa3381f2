"""A draft that cannot be trusted: a drawing that makes the reader hang, and packages that are made to do harm."""

import io
import sys
import zipfile
from collections.abc import Iterator

import pytest
from kit.browser import Browser
from kit.cases import rows, shipped
from kit.people import FENNA

from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import SaveDraftFiles, StartDraft
from processes.base import isolated_check
from processes.reads.studio import SLUGS
from processes.storage.services import Services
from processes.storage.tables import ModelDraft, ModelDraftRevision

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/klacht/ontwerp"
KLACHT = files_of(shipped("klacht"))
# reading this name takes for ever; all else is read as always
HANGS = """
import processes.base.checking as c
c.SECONDS = 1
check = c.check
def heavy(asked, library):
    while b"Eindeloos" in c.as_folder(asked["folder"]).drawing: pass
    return check(asked, library)
c.check = heavy
c.main()
"""


@pytest.fixture
def hangs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(isolated_check, "COMMAND", (sys.executable, "-c", HANGS))
    isolated_check._ask.cache_clear()
    isolated_check._checker.stop()
    yield
    isolated_check._ask.cache_clear()
    isolated_check._checker.stop()


def revision(services: Services) -> ModelDraftRevision:
    return max(rows(services, ModelDraftRevision), key=lambda row: row.number)


@pytest.mark.usefixtures("hangs")
def test_s6_of_a_drawing_that_hangs_only_the_child_dies_and_the_draft_is_kept(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    first = revision(services).id
    drawing = KLACHT["klacht.bpmn"].replace(b'name="Klacht"', b'name="Eindeloos"')
    act(services, FENNA, SaveDraftFiles("klacht", first, "Getekend.", {"klacht.bpmn": drawing}))
    fenna = Browser(services, FENNA)
    for page in ("", "/in-gebruik", *(f"/{slug}" for slug in SLUGS.values()), "/brieven/tekst/oordeel"):
        assert "De tekening van dit ontwerp is niet te lezen" in fenna.get(f"{HOME}{page}"), page
    assert "versie 1" in fenna.get("/beheer/zaaktypen/klacht")
    assert fenna.client.get(f"{HOME}/bestand/tekening").content == drawing
    fenna.get(f"{HOME}/in-gebruik")
    fenna.post(f"{HOME}/in-gebruik", {"seen": revision(services).id}, status=422)
    fenna.get(f"{HOME}/bewaringen")
    fenna.post(f"{HOME}/bewaringen/terugzetten", {"revision": first, "seen": revision(services).id})
    assert "gelijk aan versie 1" in fenna.get(HOME)


def packed(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


DRAWING = ("klacht/klacht.bpmn", KLACHT["klacht.bpmn"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((DRAWING, ("../../buiten.txt", b"x")), "wijst buiten het zipbestand"),
        ((DRAWING, ("klacht/mails/a.txt", b"x"), ("klacht/mails/a.txt", b"y")), "staat er twee keer in"),
        ((DRAWING, ("klacht/mails/groot.txt", b"0" * 3_000_000)), "uitgepakt groter dan 2 MB"),
        ((DRAWING, ("klacht/mails/zip.txt", packed(DRAWING))), "zelf weer een zipbestand"),
        ((DRAWING, ("klacht/mails/a.html", b"<script>")), "hoort niet in een zaaktype"),
        ((("klacht/mails/a.txt", b"x"),), "staat geen tekening"),
    ],
    ids=["out", "twice", "bomb", "zip in zip", "kind", "no drawing"],
)
def test_s17_a_hostile_package_becomes_no_draft(
    services: Services, files: tuple[tuple[str, bytes], ...], words: str
) -> None:
    fenna = Browser(services, FENNA)
    fenna.get("/beheer/zaaktypen/nieuw")
    page = fenna.post("/beheer/zaaktypen/nieuw", files={"file": ("klacht.zip", packed(*files))}, status=422)
    assert words in page
    assert "als-ontwerp" not in page
    assert rows(services, ModelDraft) == []


def test_s17_a_form_or_letter_with_script_is_shown_as_text(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    evil = b"Onderwerp: <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n"
    act(services, FENNA, SaveDraftFiles("klacht", revision(services).id, "<b>x</b>", {"mails/oordeel.txt": evil}))
    fenna = Browser(services, FENNA)
    for page in ("", "/bewaringen", "/brieven", "/brieven/tekst/oordeel", "/in-gebruik"):
        fenna.get(f"{HOME}{page}")
        assert "<script>alert" not in fenna.html
        assert "<img src=x" not in fenna.html
        assert "<b>x</b>" not in fenna.html


def test_s11_a_rehearsal_of_a_draft_says_at_which_step_it_broke(services: Services) -> None:
    act(services, FENNA, StartDraft("klacht"))
    broken = KLACHT["rehearsals/onbekend.yaml"].replace(b"tasks: [CallComplainant]", b"tasks: [Reaction]", 1)
    act(services, FENNA, SaveDraftFiles("klacht", revision(services).id, "x", {"rehearsals/onbekend.yaml": broken}))
    fenna = Browser(services, FENNA)
    fenna.get(f"{HOME}/repetities")
    page = fenna.post(f"{HOME}/repetities", {"rehearsal": "onbekend"})
    assert "1 repetitie gaat anders dan opgenomen" in page
    assert "Stap 1 (" in page
