"""W20: whatever the pages of a closed case offer works, or asks for what is missing; what cannot be done any more is not offered."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from kit.browser import ORIGIN, Browser
from kit.cases import INTAKE, days_later, do, register_bezwaar, rows, today
from kit.documents import PDF, stored
from kit.people import NOOR, TESS, citizen
from lxml import html as pages
from workbench_kit import BRAM, deliver

from processes.actions import act
from processes.actions.checklist import AddPoints, StrikePoint, TickPoint
from processes.actions.colleague_tasks import AskColleague
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.messages import AddNote, SendMessage
from processes.actions.withdrawing import Withdraw
from processes.base.errors import CaseClosed
from processes.storage.services import Services
from processes.storage.tables import Case, ChecklistItem, Party

TYPED = {
    "text": "Omdat het zo is.",
    "search": "",
    "email": "iemand@voorbeeld.example",
    "tel": "0612345678",
    "number": "1",
    "time": "10:00",
}
REOPENS = "/heropenen"  # pressed last: then the case is closed no more


@pytest.fixture
def closed(services: Services) -> str:
    """A bezwaar of two people in which much happened before they withdrew it."""
    number = register_bezwaar(services, TESS, BRAM)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    deliver(services, "besluit.pdf")
    act(services, citizen(services, TESS), SendMessage(number, "Wanneer hoor ik iets?"))
    act(services, NOOR, AddNote(number, "Gebeld."))
    act(services, NOOR, AddPoints(number, "Kijk de machtiging na\nKijk de termijn na"))
    act(services, NOOR, AskColleague(number, "Lees mee.", "sem", today(services)))
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, "plan.pdf"), "internal", "Plan"),)))
    everybody = tuple(row.id for row in rows(services, Party) if row.filing)
    act(services, NOOR, Withdraw(number, parties=everybody))
    days_later(services, 1)
    assert rows(services, Case)[0].state == "closed"
    return number


def reachable(noor: Browser, number: str) -> dict[str, str]:
    """Every page of the case that a link of the case leads to, by its address. Each of them must be there."""
    here, found, wrong = f"/werk/zaken/{number}", dict[str, str](), list[tuple[str, int]]()
    wanted = [here]
    while wanted:
        address = wanted.pop()
        answer = noor.client.get(address)
        if answer.status_code != 200:
            wrong.append((address, answer.status_code))
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        found[address] = answer.text
        links = (urlsplit(one) for one in pages.fromstring(answer.text).xpath("//main//a/@href"))
        paths = {one.path + (f"?{one.query}" if one.query else "") for one in links if one.path.startswith(here)}
        wanted += sorted(paths - found.keys() - set(wanted))
    assert wrong == [], wrong
    return found


def forms_of(page: str) -> Iterator[tuple[str, dict[str, list[str]], list[str]]]:
    """Address, filled fields and names of file fields of each way to send each form that changes something."""
    for form in pages.fromstring(page).xpath("//main//form[@method='post']"):
        fields, files = filled(form)
        buttons = form.xpath(".//button[not(@type) or @type='submit']") or [None]
        for button in buttons:
            own = dict(fields)
            if button is not None and button.get("name"):
                own[button.get("name")] = [button.get("value", "")]
            yield (button is not None and button.get("formaction")) or form.get("action"), own, files


def said(page: str) -> str:
    """What a page that refuses says."""
    return " ".join(pages.fromstring(page).xpath("string(//main)").split())[:200]


def filled(form) -> tuple[dict[str, list[str]], list[str]]:
    fields, files = dict[str, list[str]](), list[str]()
    for one in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        kind, name = one.get("type", "text"), one.get("name")
        if one.tag == "select":
            chosen = one.xpath("./option[@selected]/@value") or [
                value for value in one.xpath(".//option/@value") if value
            ]
            fields[name] = chosen[:1]
        elif one.tag == "textarea":
            fields[name] = [one.text or TYPED["text"]]
        elif kind == "file":
            files.append(name)
        elif kind in {"checkbox", "radio"}:
            fields.setdefault(name, [one.get("value", "on")])
        elif kind == "date":
            fields[name] = [one.get("value") or "2026-06-02"]
        else:
            fields[name] = [one.get("value") or TYPED.get(kind, "")]
    return fields, files


def test_w20_each_press_of_a_closed_case_works(services: Services, noor: Browser, closed: str) -> None:
    pressed, wrong = list[str](), list[tuple[str, int, str]]()
    offered = [(page, at) for page, text in reachable(noor, closed).items() for at, _ in enumerate(forms_of(text))]
    for page, at in offered:
        again = noor.client.get(page)  # as it is now: what was pressed before may have taken this one away
        forms = list(forms_of(again.text)) if again.status_code == 200 else []
        if at >= len(forms) or forms[at][0].endswith(REOPENS):
            continue
        address, fields, files = forms[at]
        sent = [(name, ("nieuw.pdf", PDF, "application/pdf")) for name in files]
        answer = noor.client.post(address, data=fields, files=sent or None, headers=ORIGIN)
        pressed.append(address)
        if answer.status_code not in {200, 422}:
            wrong.append((address, answer.status_code, said(answer.text)))
    assert wrong == [], wrong
    assert len(pressed) > 10, pressed
    assert rows(services, Case)[0].state == "closed"


def test_w13_the_checklist_of_a_closed_case_is_read_and_changed_no_more(
    services: Services, noor: Browser, closed: str
) -> None:
    page = noor.get(f"/werk/zaken/{closed}")
    assert "Kijk de machtiging na" in page
    assert "/controlelijst" not in page
    (point, _) = [row for row in rows(services, ChecklistItem) if row.added_by == "noor"]
    for action in (
        TickPoint(closed, point.id, done=True),
        StrikePoint(closed, point.id, "Niet nodig."),
        AddPoints(closed, "Nog iets"),
    ):
        with pytest.raises(CaseClosed):
            act(services, NOOR, action)
