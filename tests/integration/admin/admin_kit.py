"""A municipality with one small case type in use, and staff who are signed in with a browser of their own."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from business_time import FixedClock
from portal_kit import BASE, ORIGIN, TestClient

from engine import Folder, read_folder
from portal.app import create_app
from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.settings import Settings
from processes.storage import web_sessions
from processes.storage.services import Services
from processes.storage.session import upgrade
from processes.wiring import open_services

BPMN = Path(__file__).parents[3] / "bpmn"
STAFF = {
    "fenna": Actor("staff", "fenna", "Fenna Beheer", frozenset({"admin"})),
    "arie": Actor("staff", "arie", "Arie Archief", frozenset({"archivist"})),
    "bo": Actor("staff", "bo", "Bo Bewaarder", frozenset({"archivist"})),
    "noor": Actor("staff", "noor", "Noor Behandelaar", frozenset({"worker"})),
    "sem": Actor("staff", "sem", "Sem Beslisser", frozenset({"decider"})),
    "ada": Actor("staff", "ada", "Ada Griffier", frozenset({"committee"})),
}
FENNA, NOOR = STAFF["fenna"], STAFF["noor"]
BEZWAAR = read_folder(BPMN / "bezwaar")


def open_admin_services(folder: Path) -> Services:
    address = f"sqlite:///{folder}/zaakspoor.db"
    upgrade(address)
    return open_services(Settings(database=address, files=f"{folder}/files", data=folder, public_url=BASE, secret="x" * 40,
                               faces=("admin",)), clock=FixedClock())  # fmt: skip


class Browser:
    """One staff member's browser; forms go out with the token of the session and a key of their own."""

    def __init__(self, services: Services, actor: Actor) -> None:
        self.client = TestClient(create_app(services))
        made = web_sessions.create(services, "staff", actor.subject, actor.name, roles=sorted(actor.roles))
        self.csrf = made.csrf
        self.keys = 0
        self.html = self.url = ""
        self.client.cookies.set(cookie_name(services.settings, "staff"), made.cookie)

    def get(self, path: str, status: int = 200) -> str:
        return self._seen(self.client.get(path), status)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, files: Any = None, status: int = 200) -> str:
        self.keys += 1
        data = {"csrf": self.csrf, "form_key": f"sleutel-{id(self)}-{self.keys}", **(fields or {})}
        return self._seen(self.client.post(path, data=data, files=files, headers=ORIGIN), status)

    def upload(self, name: str, content: bytes, status: int = 200) -> str:
        return self.post("/beheer/zaaktypen/nieuw", files={"file": (name, content)}, status=status)

    def forms(self) -> list[str]:
        """Where the forms of the last page go, without the one to sign out."""
        return [one for one in re.findall(r'<form method="post" action="([^"]*)"', self.html) if "uitloggen" not in one]

    def _seen(self, answer: Any, status: int) -> str:
        assert answer.status_code == status, answer.text
        self.html, self.url = answer.text, str(answer.url)
        return self.html


def register(services: Services) -> str:
    """A bezwaar; its number."""
    today = local_date(services.clock.now())
    party = NewParty("objector", "Tess Testeling", identity="bsn:999993653", channel="portal")
    decision = NewDecision("Parkeervergunning", "PV-1", _ago(today, 20), _ago(today, 18), "parkeren")
    return act(
        services, NOOR, RegisterCase("bezwaar", "letter", today, (party,), (decision,), {"grounds": "Niet eerlijk"})
    )


def _ago(today: date, days: int) -> date:
    return today - timedelta(days)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def files_of(folder: Folder, home: str = "bezwaar/") -> dict[str, bytes]:
    inside = {f"{home}{folder.name}.bpmn": folder.drawing}
    for kind in ("forms", "mails", "rehearsals"):
        inside |= {f"{home}{kind}/{name}": content for name, content in getattr(folder, kind).items()}
    return inside
