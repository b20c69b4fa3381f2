"""The pages of a citizen with a case, in a real browser: what the tests of widths, of speed and of keyboard and voice share."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from kit.business_time import MachineClock
from kit.cases import BEZWAAR, add_departments, put_in_use, register_bezwaar, rows
from kit.co_filers import ILSE_NAMED, code_for, file_together, named
from kit.documents import stored
from kit.installation import installation
from kit.people import ILSE, NOOR, TESS, citizen, signed_in
from kit.web_process import web_process
from playwright.sync_api import Browser, BrowserContext, Page

from portal.security.sessions import cookie_name
from processes.actions import act
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.base.actor import Actor
from processes.execution.co_filers import NamedPerson
from processes.storage.business_time import write_offset
from processes.storage.services import Services
from processes.storage.tables import Case, CoFiler, NoticeRow

SUBJECT: Final = "Weigering van een parkeervergunning voor bewoners van de Zandvoortselaan"


@dataclass(frozen=True)
class Visits:
    """A running portal, and browsers of Tess."""

    services: Services
    chromium: Browser
    address: str
    number: str

    @property
    def pages(self) -> Mapping[str, str]:
        """One page of each kind, by a name for messages."""
        return {
            "sign-in": "/inloggen", "cases": "/mijn", "case": self.case, "details": "/mijn/gegevens", "new": "/mijn/nieuw",
            "form": "/mijn/nieuw/bezwaar", "document": f"{self.case}/document", "not found": "/mijn/zaken/BZW-0000-99999",
            "public": "/openbaar", "time-out": "/sessie/verloopt",
        }  # fmt: skip

    @property
    def more_pages(self) -> Mapping[str, str]:
        """One page of each other kind."""
        letter = rows(self.services, NoticeRow)[0].id
        together, invitation = self._together()
        return {
            "filed together": f"/mijn/zaken/{together}", "one of them": f"/mijn/zaken/{together}/mede/{named(self.services, ILSE_NAMED.name).id}",
            "confirm": f"/mijn/meedoen/{invitation}", "of somebody else": f"/mijn/meedoen/{code_for(self.services, ILSE_NAMED.name)}",
            "letter": f"{self.case}/brieven/{letter}", "take along": f"{self.case}/meenemen", "withdraw": f"{self.case}/intrekken",
            "in parts": "/mijn/nieuw/bezwaar?deel=besluit", "story": "/mijn/nieuw/bezwaar?deel=verhaal", "files": "/mijn/nieuw/bezwaar?deel=bijlagen",
            "contact": "/mijn/nieuw/bezwaar?deel=gegevens", "whole form": "/mijn/nieuw/bezwaar?deel=alles", "privacy": "/over/privacy",
            "without sign-in": "/indienen", "code from a letter": "/mijn/koppelen",
        }  # fmt: skip

    def _together(self) -> tuple[str, str]:
        """A case that Tess files together with others, and the code by which she confirms one of Ilse."""
        mine = [row for row in rows(self.services, CoFiler) if row.name == ILSE_NAMED.name]
        if not mine:
            file_together(self.services, ILSE_NAMED, NamedPerson("Bram van Proefhuizen"))
            file_together(self.services, NamedPerson(TESS.name), who=ILSE)
        (case,) = rows(self.services, Case, id=named(self.services, ILSE_NAMED.name).case_id)
        return case.number, code_for(self.services, TESS.name)

    @property
    def case(self) -> str:
        return f"/mijn/zaken/{self.number}"

    @property
    def staff_pages(self) -> Mapping[str, str]:
        """What somebody at the desk has open most of the day."""
        return {
            "today": "/werk", "cases": "/werk/zaken", "case": f"/werk/zaken/{self.number}", "documents": f"/werk/zaken/{self.number}/documenten",
            "timeline": f"/werk/zaken/{self.number}/tijdlijn", "register": "/werk/nieuw/bezwaar", "post": "/werk/postkamer",
        }  # fmt: skip

    @property
    def admin_pages(self) -> Mapping[str, str]:
        return {
            "overview": "/beheer",
            "case types": "/beheer/zaaktypen",
            "style": "/beheer/huisstijl",
            "law": "/beheer/wettelijke-termijnen",
        }

    def browser(self, width: int = 1280, height: int = 900, who: Actor | None = None, **more: Any) -> BrowserContext:
        """A browser that was never here, signed in as Tess or as somebody of staff."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, locale="nl-NL", base_url=self.address, **more
        )
        known = who or citizen(self.services, TESS)
        identity = {} if who else {"bsn": "999993653", "level": "high"}
        cookie = signed_in(self.services, known, identity=identity).cookie
        context.add_cookies(
            [{"name": cookie_name(self.services.settings, known.kind), "value": cookie, "url": self.address}]
        )
        return context

    def page(self, width: int = 1280, height: int = 900, who: Actor | None = None, **more: Any) -> Page:
        return self.browser(width, height, who, **more).new_page()


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")


@contextmanager
def visits(folder: Path, chromium: Browser, day: datetime | None = None) -> Iterator[Visits]:
    """`day`: business time of the test and of the portal begins at this moment, so that pages say the same dates on each run."""
    with installation(folder, furnish, clock=MachineClock() if day else None) as services:
        if day:
            with services.sessions.begin() as session:
                write_offset(session, day - datetime.now(UTC))
        number = register_bezwaar(services, TESS, subject=SUBJECT)
        paper = NewDocument(stored(services, "besluit.pdf"), "underlying", "Het besluit waartegen u bezwaar maakt")
        act(services, NOOR, AddDocuments(number, (paper,)))
        with web_process(services, folder) as web:
            yield Visits(services, chromium, web.address, number)
