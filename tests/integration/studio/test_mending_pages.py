"""A finding with one right mending has a button that mends it, and there is one for all: the edits of `zaakspoor lint --fix`."""

import re

import pytest
from kit.browser import Browser
from kit.cases import rows, shipped
from kit.people import FENNA

from engine.edits import files_of
from processes.actions import act
from processes.actions.drafting import ImportDraft
from processes.storage.services import Services
from processes.storage.tables import ModelDraftRevision
from processes.studio.revisions import contents

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
HOME = "/beheer/zaaktypen/klacht/ontwerp"
WHOLE = files_of(shipped("klacht"))
MAIL = "mails/ontvangstbevestiging.txt"


def broken() -> dict[str, bytes]:
    """klacht with three mistakes that have one right mending, and one that needs a person."""
    drawing = WHOLE["klacht.bpmn"].decode()
    drawing, defaults = re.subn(r' default="Flow_WhoHears_Hear"', "", drawing)
    drawing, executable = re.subn(r' isExecutable="true"', "", drawing)
    drawing, mail = re.subn(r'(<case:mail [^>]*)to="[^"]*"', r'\1to="niemand"', drawing, count=1)
    assert (defaults, executable, mail) == (1, 1, 1)
    letter = WHOLE[MAIL].replace(b"\n\n", b"\n", 1)
    assert letter != WHOLE[MAIL]
    return {**WHOLE, "klacht.bpmn": drawing.encode(), MAIL: letter}


def newest(services: Services) -> dict[str, bytes]:
    with services.sessions() as session:
        return dict(contents(session, max(rows(services, ModelDraftRevision), key=lambda row: row.number)))


def field(page: str, button: str, name: str) -> str:
    """A hidden field of the form in which a text stands."""
    form = page[: page.index(button)].rpartition("<form")[2]
    return re.findall(rf'name="{name}" value="([^"]*)"', form)[0]


def test_s5_a_finding_is_mended_by_its_button_and_all_of_them_by_another(services: Services) -> None:
    act(services, FENNA, ImportDraft("klacht", broken()))
    fenna = Browser(services, FENNA)
    page = fenna.get(f"{HOME}/in-gebruik")
    assert page.count("Herstel dit") == 3, "what needs a person has no button"
    assert "3 bevindingen hebben maar één oplossing." in page
    text = "De enige pijl zonder voorwaarde is nu de standaardpijl."
    sent = {name: field(fenna.html, text, name) for name in ("seen", "key", "back")}
    page = fenna.post(f"{HOME}/herstel", sent)
    assert fenna.url.endswith("/in-gebruik?hersteld=ja")
    assert "Hersteld" in page
    assert page.count("Herstel dit") == 2
    assert b'default="Flow_WhoHears_Hear"' in newest(services)["klacht.bpmn"]
    assert "Dit is al hersteld" in fenna.post(f"{HOME}/herstel", sent, status=404)
    fenna.get(HOME)
    page = fenna.post(
        f"{HOME}/herstel", {"seen": field(fenna.html, "Herstel alles", "seen"), "key": "", "back": "/elders"}
    )
    assert fenna.url.endswith(f"{HOME}?hersteld=ja")
    assert not re.findall(r"Dan geldt: [^<]*", page)
    mended = newest(services)
    assert mended[MAIL] == WHOLE[MAIL]
    assert b'isExecutable="true"' in mended["klacht.bpmn"]
    assert "Hersteld: " in fenna.get(f"{HOME}/bewaringen"), "a save as any other, which can be taken back"
