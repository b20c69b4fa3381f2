"""A scanner opens every link a hundred times, follows every link and submits every form as it stands: nothing final happens (B7)."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from kit.browser import ORIGIN
from kit.desk import Desk, desk
from kit.documents import PDF, stored
from kit.people import NOOR

from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.jobs.workers import drain
from processes.storage.tables import (
    Case,
    CaseValue,
    Delivery,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    FiledRow,
    Instance,
    LinkOpening,
    NoteRow,
    TaskRow,
)

# what says that something was delivered, answered, stopped or revoked
FINAL = (Case, CaseValue, Delivery, DocumentRequestRow, DocumentRow, Dossier, FiledRow, Instance, NoteRow, TaskRow)
PAGES = 60  # that it goes round at most


class Forms(HTMLParser):
    """The links of a page, and its forms with each field as it is shown and every button that can be pressed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self._select = ""
        self._area: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "form":
            self.forms.append({"action": given.get("action", ""), "method": given.get("method", "get"), "fields": {},
                               "buttons": [], "files": "multipart" in given.get("enctype", "")})  # fmt: skip
        elif self.forms:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag == "button":
            form["buttons"].append({name: given.get("value", "")} if name else {})
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in form["fields"]):
            form["fields"][self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area, form["fields"][name] = name, ""
        elif tag == "input" and _is_sent(given):
            form["fields"][name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1]["fields"][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None


def _is_sent(given: dict[str, str]) -> bool:
    kind = given.get("type")
    return kind not in {"file", "submit"} and (kind not in {"checkbox", "radio"} or "checked" in given)


def scan(office: Desk, start: str) -> list[str]:
    """Go round from one address: open each page, follow its links and press each button of each form. Every address that was met."""
    waiting, seen, pressed = [start], set[str](), set[str]()
    while waiting and len(seen) < PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        for method in ("HEAD", "GET"):
            answer = office.client.request(method, address)
        pages = [answer.text if "html" in answer.headers.get("content-type", "") else ""]
        for page in pages:
            found = Forms(page)
            waiting += [one for one in map(unescape, found.links) if one.startswith("/verzoek")]
            for form in found.forms:
                for button in form["buttons"] or [{}]:
                    what = f"{form['action']} {sorted(form['fields'].keys())} {button}"
                    if what in pressed or not form["action"].startswith("/verzoek"):
                        continue
                    pressed.add(what)
                    pages.append(send(office, form, button))
    return sorted(seen | pressed)


def send(office: Desk, form: dict[str, Any], button: dict[str, str]) -> str:
    data = {**form["fields"], **button}
    if form["method"].lower() == "get":
        return str(office.client.get(form["action"], params=data).text)
    files = {"files": ("", b"", "application/octet-stream")} if form["files"] else None
    return str(office.client.post(form["action"], data=data, files=files, headers=ORIGIN).text)


def final(office: Desk) -> dict[str, list[str]]:
    with office.services.sessions() as session:
        return {one.__tablename__: sorted(map(repr, session.execute(one.__table__.select()))) for one in FINAL}


@pytest.fixture
def scanned(tmp_path: Path) -> Iterator[Desk]:
    """A dossier with everything that a department can meet: a request, a delivery, a publication."""
    with desk(tmp_path) as office:
        office.deliver(("besluit.pdf", PDF))
        paper = NewDocument(stored(office.services, "verslag.pdf"), "report", "Verslag")
        act(office.services, NOOR, AddDocuments(office.number, (paper,)))
        act(office.services, NOOR, GiveToDepartment(office.handed_in()[-1].id, "parkeren"))
        drain(office.services)
        yield office


def test_b7_a_scanner_that_submits_every_form_without_typing_does_nothing_final(office: Desk) -> None:
    before = final(office)
    met = scan(office, office.address)
    assert any("aanleveren" in one for one in met)
    assert any("stap" in one for one in met)
    assert final(office) == before


def test_b7_also_after_a_delivery_and_a_publication(scanned: Desk) -> None:
    before = final(scanned)
    assert any("/ontvangst/" in one for one in scan(scanned, scanned.address))
    assert final(scanned) == before


def test_b7_a_scanner_opens_every_link_a_hundred_times(scanned: Desk) -> None:
    before, addresses = final(scanned), [one for one in scan(scanned, scanned.address) if " " not in one]
    for turn in range(100):
        scanned.client.request("HEAD" if turn % 3 else "GET", addresses[turn % len(addresses)])
    assert final(scanned) == before
    rows = scanned.rows(LinkOpening)
    assert rows
    assert all(row.unattended for row in rows)
    assert len(rows) < 10  # the same scanner is written down once in some minutes
    assert re.match("een programma", rows[0].device)


def test_b7_also_when_a_delivery_was_kept_and_not_sent(office: Desk) -> None:
    office.choose(("besluit.pdf", PDF), remark="Hierbij het besluit.")
    before = final(office)
    met = scan(office, office.address)
    assert any("versturen" in one for one in met)
    assert final(office) == before
