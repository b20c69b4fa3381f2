"""A client of the tus protocol for tests, over the browser of a desk: one call for each request of the protocol."""

import json
import os
import shutil
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kit.browser import ORIGIN, Browser, TestClient

VERSION = {"Tus-Resumable": "1.0.0"}
PIECE = {"Content-Type": "application/offset+octet-stream"}


@dataclass
class Tus:
    """`at` is the address under which the files stand; `csrf` the token of the page."""

    client: TestClient
    at: str
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        return {**VERSION, **ORIGIN, "X-CSRF-Token": self.csrf}

    def announce(self, name: str, size: int, query: str = "", field: str = "", **more: str) -> Any:
        words = f"filename {b64encode(name.encode()).decode()}"
        words += f",field {b64encode(field.encode()).decode()}" if field else ""
        headers = {**self.headers, "Upload-Length": str(size), "Upload-Metadata": words, **more}
        return self.client.post(f"{self.at}{query}", headers=headers)

    def add(self, place: str, offset: int, body: bytes, **more: str) -> Any:
        headers = {**self.headers, **PIECE, "Upload-Offset": str(offset), **more}
        return self.client.request("PATCH", place, content=body, headers=headers)

    def ask(self, place: str) -> Any:
        return self.client.request("HEAD", place, headers=VERSION)

    def remove(self, place: str) -> Any:
        return self.client.request("DELETE", place, headers=self.headers)

    def whole(self, name: str, content: bytes, query: str = "", field: str = "") -> str:
        """Announce it and send it in one piece; its address."""
        answer = self.announce(name, len(content), query, field)
        assert answer.status_code == 201, answer.text
        place = str(answer.headers["location"])
        assert self.add(place, 0, content).status_code == 204
        return place


def tus_at(browser: Browser, face: str) -> Tus:
    """Of somebody who is signed in; `face` is `mijn` or `werk`."""
    return Tus(browser.client, f"/{face}/uploads", browser.csrf)


def for_form(form: str) -> str:
    """The query that names the form at this address."""
    return f"?form={quote(form)}"


def tus_of(office: Any) -> Tus:
    """Of the department of a desk."""
    return Tus(office.client, f"{office.address}/uploads", office.csrf)


ASSETS = Path(__file__).parents[2] / "portal" / "assets"
SCRIPT = Path(__file__).with_name("tus_client.mjs")
# that of the environment first: it is the one that our packages of npm were made for
NODE = next(filter(None, (shutil.which("node", path=str(Path(sys.executable).parent)), shutil.which("node"))))


def tus_js(**told: Any) -> dict[str, Any]:
    """tus-js-client itself, run by Node against a server; `told` as tests/kit/tus_client.mjs reads it."""
    done = subprocess.run(
        [NODE, str(SCRIPT), json.dumps({"packages": str(ASSETS), **told}, default=str)], check=True, capture_output=True, timeout=100,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(told.get("certificate", ""))},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found
