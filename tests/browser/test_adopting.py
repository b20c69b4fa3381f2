"""S7 in a real browser: a drawing of another modeller is adopted with its questions answered, rehearsed by hand, and taken into use."""

import re
from collections.abc import Iterator

import pytest
from kit.people import FENNA, signed_in
from kit.web_process import web_process
from playwright.sync_api import Browser, Page, expect

from portal.security.sessions import cookie_name
from processes.storage.services import Services

DRAFT = "/beheer/zaaktypen/standplaats/ontwerp"
WAIT = 120_000  # the first step of a rehearsal loads every page
# as a modeller with a workflow engine of its own writes it: odd ids, settings of its own, an empty timer, gateways without a name
FOREIGN = b"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn2:definitions xmlns:bpmn2="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:flux="http://fluxmodel.example/2.1"
 id="sid-doc-01" exporter="Fluxmodel" exporterVersion="2.1" targetNamespace="http://fluxmodel.example">
<bpmn2:collaboration id="sid-col"><bpmn2:participant id="sid-pool" name="Standplaats" processRef="sid-proc"/></bpmn2:collaboration>
<bpmn2:process id="sid-proc" name="Standplaats">
<bpmn2:extensionElements><flux:deployment engine="flux" retries="3"/></bpmn2:extensionElements>
<bpmn2:laneSet id="sid-lanes">
<bpmn2:lane id="sid-l1" name="Marktbureau"><bpmn2:flowNodeRef>sid-10</bpmn2:flowNodeRef><bpmn2:flowNodeRef>sid-40</bpmn2:flowNodeRef></bpmn2:lane>
<bpmn2:lane id="sid-l2" name="Teamleider"><bpmn2:flowNodeRef>sid-30</bpmn2:flowNodeRef></bpmn2:lane></bpmn2:laneSet>
<bpmn2:startEvent id="sid-00" name="Verzoek"><bpmn2:extensionElements><flux:form key="f1"/></bpmn2:extensionElements></bpmn2:startEvent>
<bpmn2:userTask id="sid-10" name="Verzoek bekijken" flux:assignee="${bureau}"/>
<bpmn2:exclusiveGateway id="sid-20"/>
<bpmn2:intermediateCatchEvent id="sid-25" name="Bedenktijd"><bpmn2:timerEventDefinition/></bpmn2:intermediateCatchEvent>
<bpmn2:userTask id="sid-30" name="Verzoek beoordelen"/>
<bpmn2:exclusiveGateway id="sid-35"/>
<bpmn2:userTask id="sid-40" name="Plaats aanwijzen"/>
<bpmn2:endEvent id="sid-90" name="Plaats toegewezen"/>
<bpmn2:sequenceFlow id="sid-f0" sourceRef="sid-00" targetRef="sid-10"/>
<bpmn2:sequenceFlow id="sid-f1" sourceRef="sid-10" targetRef="sid-20"/>
<bpmn2:sequenceFlow id="sid-f2" name="eenvoudig" sourceRef="sid-20" targetRef="sid-35"/>
<bpmn2:sequenceFlow id="sid-f3" name="lastig" sourceRef="sid-20" targetRef="sid-25"/>
<bpmn2:sequenceFlow id="sid-f4" sourceRef="sid-25" targetRef="sid-30"/>
<bpmn2:sequenceFlow id="sid-f5" sourceRef="sid-30" targetRef="sid-35"/>
<bpmn2:sequenceFlow id="sid-f6" sourceRef="sid-35" targetRef="sid-40"/>
<bpmn2:sequenceFlow id="sid-f7" sourceRef="sid-40" targetRef="sid-90"/>
</bpmn2:process></bpmn2:definitions>"""


@pytest.fixture
def page(services: Services, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with web_process(services, tmp_path_factory.mktemp("overname")) as web:
        context = chromium.new_context(base_url=web.address, viewport={"width": 1280, "height": 900}, locale="nl-NL")
        cookie = signed_in(services, FENNA).cookie
        context.add_cookies([{"name": cookie_name(services.settings, FENNA.kind), "value": cookie, "url": web.address}])
        opened = context.new_page()
        opened.set_default_timeout(WAIT)
        yield opened
        context.close()


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def test_s7_a_foreign_drawing_is_adopted_rehearsed_and_taken_into_use_in_the_browser(page: Page) -> None:
    page.goto("/beheer/zaaktypen")
    page.get_by_role("link", name="Tekening overnemen").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "standplaats.bpmn", "mimeType": "application/xml", "buffer": FOREIGN}
    )
    press(page, "Verder")
    page.get_by_label("Hoe lang wacht 'Bedenktijd'?").fill("P3D")
    page.get_by_label("Hoe lang worden deze zaken bewaard?").select_option(
        label="6.1 Verzoek toegewezen, ook deels (5 jaar)"
    )
    press(page, "Maak een ontwerp")
    page.goto(f"{DRAFT}/repetities/nieuw")
    page.get_by_label("Waar gaat het over?").fill("Een kraam met kaas")
    press(page, "Begin de repetitie")
    page.get_by_label("lastig").check()
    press(page, "Taak doen")
    press(page, re.compile("^Ga naar wat vanzelf gebeurt"))
    expect(page.get_by_role("heading", name="Taak: Verzoek beoordelen")).to_be_visible()
    press(page, "Taak doen")
    press(page, "Taak doen")
    expect(page.get_by_text("Niemand heeft iets te doen.")).to_be_visible()
    page.get_by_label("Wat laat deze repetitie zien?").fill("Een lastig verzoek")
    page.get_by_label("Naam van het bestand").fill("lastig")
    press(page, "Bewaar als repetitie")
    expect(page.get_by_text("Bewaard in het ontwerp").first).to_be_visible()
    page.goto(f"{DRAFT}/repetities")
    press(page, "Speel alle")
    expect(page.get_by_text("2 repetities gespeeld: ze gingen allemaal goed")).to_be_visible()
    page.get_by_role("link", name="In gebruik nemen").last.click()
    press(page, "Versie 1 in gebruik nemen")
    expect(page.get_by_text("Versie 1 is in gebruik")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("lastig.yaml")
