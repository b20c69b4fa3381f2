"""The studio in a real browser: an installation with case types in drafts, served by a process of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.cases import shipped
from kit.chromium import started
from kit.installation import installation
from kit.people import FENNA, NOOR, signed_in
from kit.web_process import web_process
from playwright.sync_api import Browser, Page

from browser.drawing_page import DrawingPage
from engine.edits import files_of
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.drafting import AdoptDrawing, ImportDraft
from processes.base.actor import Actor
from processes.reads.studio import new_case_type_files
from processes.storage import staff
from processes.storage.services import Services
from processes.studio.copying import NewNames

GERDA = Actor("staff", "gerda", "Gerda Beheer", frozenset({"admin"}))
EMPTY = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:case="urn:zaakspoor:bpmn:1.0" id="Definitions_leeg"
 targetNamespace="urn:zaakspoor:leeg">
  <bpmn:process id="leeg" name="Leeg" isExecutable="true" />
  <bpmndi:BPMNDiagram id="Diagram_leeg">
    <bpmndi:BPMNPlane id="Plane_leeg" bpmnElement="leeg" />
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


def furnish(services: Services) -> None:
    """Drafts only: what is checked while drawing needs nothing in use."""
    with services.sessions.begin() as session:
        staff.remember(session, GERDA)
    for name in ("stukkenverzoek", "bezwaar"):
        act(services, FENNA, ImportDraft(name, files_of(shipped(name))))
    act(services, FENNA, ImportDraft("leeg", {"leeg.bpmn": EMPTY}))
    names = NewNames("Melding", "melding", "MEL")
    begun = new_case_type_files(services, FENNA, names, "13.1", by_citizens=True)
    act(services, FENNA, AdoptDrawing(names, begun, ""))
    nazending = files_of(shipped("nazending"))
    noted = nazending["nazending.bpmn"].replace(b"<bpmn:process ", b"<!-- van Joost -->\n  <bpmn:process ", 1)
    act(services, FENNA, ImportDraft("nazending", {**nazending, "nazending.bpmn": noted}))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with installation(tmp_path_factory.mktemp("studio"), furnish) as opened:
        yield opened


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture(scope="module")
def draw(
    services: Services, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., DrawingPage]]:
    """Opens the drawing of a draft, as Fenna unless somebody else is named."""
    with web_process(services, tmp_path_factory.mktemp("web")) as web:

        def opened(name: str, who: Actor = FENNA) -> DrawingPage:
            context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
            cookie = signed_in(services, who).cookie
            context.add_cookies(
                [{"name": cookie_name(services.settings, who.kind), "value": cookie, "url": web.address}]
            )
            return DrawingPage(context.new_page(), services, web.address, name)

        yield opened


@pytest.fixture
def noor(services: Services, chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page of Noor on the installation of the test."""
    with web_process(services, tmp_path) as web:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL", base_url=web.address)
        cookie = signed_in(services, NOOR).cookie
        context.add_cookies([{"name": cookie_name(services.settings, NOOR.kind), "value": cookie, "url": web.address}])
        yield context.new_page()
