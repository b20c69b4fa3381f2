"""A department's dossier for tests: a bezwaar played on the shipped drawings up to the request for documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import Folder
from kit import cases
from kit.browser import ORIGIN, TestClient, hidden
from kit.business_time import FixedClock
from kit.cases import BEZWAAR, add_departments, put_in_use
from kit.documents import NO_FILE
from kit.installation import installation
from kit.people import NOOR
from portal.app import create_app
from processes.actions import act
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.clock import local_date
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, Dossier

WHO = "Ans de Aanleveraar"


@dataclass
class Desk:
    """One case with a request at the department Parkeren, and the browser of that department."""

    services: Services
    client: TestClient
    clock: FixedClock
    number: str

    @property
    def token(self) -> str:
        return self.token_for("parkeren")

    def token_for(self, department: str) -> str:
        with self.services.sessions() as session:
            dossier = session.scalars(select(Dossier).where(Dossier.department == department)).one()
            return self.services.secrets.link_token(dossier.salt)

    @property
    def address(self) -> str:
        return f"/verzoek/{self.token}"

    @property
    def today(self) -> date:
        return local_date(self.clock.now())

    def rows(self, table: Any) -> list[Any]:
        return cases.rows(self.services, table)

    def handed_in(self) -> list[Any]:
        return cases.handed_in(self.services)

    def count(self, table: Any = AuditRow) -> int:
        return cases.count(self.services, table)

    def change(self, table: Any, **values: Any) -> None:
        """Set columns of the only row of a table."""
        with self.services.sessions.begin() as session:
            row = session.scalars(select(table)).first()
            for name, value in values.items():
                setattr(row, name, value)

    def task(self, element: str) -> str:
        return cases.open_task(self.services, element)

    # -- what the department does ------------------------------------------------------------------------------

    def choose(self, *files: tuple[str, bytes], remark: str = "", task: str | None = None, **fields: str) -> Any:
        """The first step: choose files. The answer is the page to check."""
        page = self.client.get(self.address).text
        data = {"csrf": hidden(page, "csrf") or self.csrf, "form_key": "sleutel-0123456789", "remark": remark, "naam": WHO,
                "task": hidden(page, "task") if task is None else task, "stap": "controleren", **fields}  # fmt: skip
        sent = [("files", (name, content, "application/octet-stream")) for name, content in files]
        return self.client.post(f"{self.address}/aanleveren", data=data, files=sent or NO_FILE, headers=ORIGIN)

    def press(self, page: str, button: str = "versturen", files: Any = None, **fields: str) -> Any:
        """Send the form of a page to check as it stands, with other `fields` where given."""
        data = {**form_of(page), "stap": button, **fields}
        return self.client.post(f"{self.address}/aanleveren", data=data, files=files or NO_FILE, headers=ORIGIN)

    def deliver(self, *files: tuple[str, bytes], kind: str = "contested_decision", remark: str = "") -> Any:
        """All steps: the answer is the receipt."""
        page = self.choose(*files, remark=remark).text
        kinds = {name: kind for name in form_of(page) if name.startswith("type-")}
        return self.press(page, **kinds)

    @property
    def csrf(self) -> str:
        return self.services.secrets.digest(f"csrf:{self.address}")


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of a page to check: hidden fields, chosen types and the remark."""
    found = {name: hidden(page, name) for name in ("csrf", "form_key", "task", "held")}
    for part in page.split("<select ")[1:]:
        name = part.split('name="', 1)[1].split('"', 1)[0]
        chosen = part.split("</select>", 1)[0].split(" selected", 1)
        found[name] = chosen[0].rsplit('value="', 1)[1].split('"', 1)[0] if len(chosen) == 2 else ""
    if 'name="naam"' in page:
        found["naam"] = page.split('name="naam" value="', 1)[1].split('"', 1)[0]
    found["remark"] = page.split('name="remark"', 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    return found


@contextmanager
def desk(folder: Path, extra: tuple[Folder, ...] = (), **settings: Any) -> Iterator[Desk]:
    """A desk on SQLite. `extra` are more drawings; `settings` override those of the test."""
    clock = FixedClock()
    fill = (lambda services: asked(services, *extra)) if extra else asked
    with installation(folder, fill, clock=clock, **{"faces": ("department",), **settings}) as services:
        (case,) = cases.rows(services, Case)
        yield Desk(services, TestClient(create_app(services)), clock, case.number)


def asked(services: Services, *extra: Folder) -> None:
    """A case played on the shipped drawings, or on these `extra` ones, up to the request for documents."""
    put_in_use(services, *BEZWAAR, *extra)
    add_departments(services, "parkeren", "wonen")
    _register(services)
    cases.do(services, "Intake", **cases.INTAKE, route="commissie")


def _register(services: Services) -> None:
    today = local_date(services.clock.now())
    objector = NewParty(
        "objector", "Tess Testeling", identity="bsn:999993653", channel="portal", email="tess@voorbeeld.example",
        address="Dorpsstraat 1, Voorbeeldstad",
    )  # fmt: skip
    decision = NewDecision(
        "Intrekken parkeervergunning", number="PV-2026-17", taken_on=today - timedelta(20),
        announced_on=today - timedelta(18), department="parkeren",
    )  # fmt: skip
    act(services, NOOR, RegisterCase("bezwaar", "letter", today, (objector,), (decision,), {"grounds": "Niet eens"}))
