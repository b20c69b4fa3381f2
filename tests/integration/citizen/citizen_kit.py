"""Citizens by their identity, each with a browser, and the few steps that tests of their pages begin with."""

import re
from collections.abc import Mapping
from typing import Any

from kit import browser
from kit.browser import ORIGIN
from kit.cases import INTAKE, days_ago, do, register_bezwaar
from kit.documents import stored
from kit.people import ILSE_BSN, NOOR, TESS_BSN, TOGA_KVK, YASMINA_BSN
from sqlalchemy import select

from processes.actions import act
from processes.actions.documents import AddDocuments, ShowOnPortal
from processes.actions.filing import NewDocument
from processes.actions.registering import NewParty
from processes.storage.services import Services
from processes.storage.tables import DocumentRow

TESS, ILSE, YASMINA, TOGA = TESS_BSN, ILSE_BSN, YASMINA_BSN, TOGA_KVK
NAMES = {TESS: "Tess Testeling", ILSE: "Ilse Namaak", YASMINA: "Yasmina el Voorbeeld", TOGA: "mr. P. Toga"}


class Browser(browser.Browser):
    """One person's browser. A form goes out with what the last form of the page holds, and pages stay raw."""

    def __init__(self, services: Services, identity: str) -> None:
        super().__init__(services, objector(identity))

    def post(self, path: str, fields: Mapping[str, Any] | None = None, files: Any = None, status: int = 200) -> str:
        """Send a form as the last page would: with its token, and a key of its own unless one is given."""
        key = self.hidden("form_key") or f"k{id(fields)}{path}"[:60]
        data = {"csrf": self.csrf, "form_key": key, **(fields or {})}
        return self._seen(self.client.post(path, data=data, files=files, headers=ORIGIN), status)

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the last form on the page."""
        found = re.findall(rf'name="{name}" value="([^"]*)"', self.html)
        return found[-1] if found else ""

    def text_of(self, page: str) -> str:
        return page


def objector(identity: str) -> NewParty:
    return NewParty("objector", NAMES[identity], identity=identity, channel="portal")


def register(
    services: Services, *identities: str, subject: str = "Parkeervergunning", extra: tuple[NewParty, ...] = ()
) -> str:
    """A bezwaar by these objectors; its number."""
    return register_bezwaar(services, *map(objector, identities), *extra, subject=subject)


def intake(services: Services, *, complete: bool) -> None:
    """The worker's first task: with something missing the citizen gets a task."""
    do(services, "Intake", **{**INTAKE, "complete": complete, "route": "ambtelijk", "missing_items": "uw redenen"})


def add(services: Services, number: str, kind: str, title: str, *, shown: bool) -> str:
    """A document added by a worker; its id."""
    act(services, NOOR, AddDocuments(number, (NewDocument(stored(services, "stuk.pdf"), kind, title),)))
    with services.sessions() as session:
        document = session.scalars(select(DocumentRow.id).where(DocumentRow.title == title)).one()
    if shown:
        act(services, NOOR, ShowOnPortal(document, shown=True))
    return document


def filled(tess: Browser, **more: str) -> dict[str, str]:
    """What somebody fills in to object to a decision of ten days ago; `more` changes some of it."""
    return {
        "email": "tess@voorbeeld.example", "phone": "", "channel": "portal", "address": "",
        "decision-0-subject": "Weigering parkeervergunning", "decision-0-number": "PV-7",
        "decision-0-announced_on": days_ago(tess.services, 10).isoformat(), "grounds": "Ik woon hier al jaren",
    } | more  # fmt: skip


def change(services: Services, statement: object) -> None:
    with services.sessions.begin() as session:
        session.execute(statement)  # type: ignore[call-overload]
