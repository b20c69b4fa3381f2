"""Staff with a browser of the administration, and case types as files to upload."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kit import browser
from kit.browser import ORIGIN
from kit.cases import shipped
from kit.people import ADA, ARIE, BO, FENNA, NOOR, SEM, VERA

from engine import Folder

STAFF = {actor.subject: actor for actor in (FENNA, ARIE, BO, NOOR, SEM, ADA, VERA)}
BEZWAAR = replace(shipped("bezwaar"), rehearsals={})  # what goes into use would play them each time


class Browser(browser.Browser):
    """One staff member's browser; forms go out with the token of the session and a key of their own, pages stay raw."""

    keys = 0

    def post(self, path: str, fields: Mapping[str, Any] | None = None, files: Any = None, status: int = 200) -> str:
        self.keys += 1
        data = {"csrf": self.csrf, "form_key": f"sleutel-{id(self)}-{self.keys}", **(fields or {})}
        return self._seen(self.client.post(path, data=data, files=files, headers=ORIGIN), status)

    def upload(self, name: str, content: bytes, status: int = 200) -> str:
        return self.post("/beheer/zaaktypen/nieuw", files={"file": (name, content)}, status=status)

    def forms(self) -> list[str]:
        """Where the forms of the last page go, without the one to sign out."""
        return [one for one in re.findall(r'<form method="post" action="([^"]*)"', self.html) if "uitloggen" not in one]

    def text_of(self, page: str) -> str:
        return page


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
