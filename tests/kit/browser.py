"""Browsers of tests: a client of the real application, and one of somebody who is signed in."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import httpx
from fastapi import FastAPI

from kit.installation import BASE
from kit.people import citizen, signed_in
from portal.app import create_app
from portal.security.masks import masked, unmasked
from portal.security.sessions import cookie_name
from portal.sign_on.identity import NAMED
from processes.actions.registering import NewParty
from processes.base.actor import UNKNOWN_NAME, Actor
from processes.storage.citizens import for_whom_in, identity_of
from processes.storage.services import Services

ORIGIN = {"Origin": BASE}
TOKEN = re.compile(r"m\.[\w=-]{40,}")


def without_masks(page: str) -> str:
    """A page to compare with another one: the token of its forms is masked anew each time that it is shown."""
    return TOKEN.sub(lambda found: unmasked(found[0]), page)


class TestClient:
    """A browser for tests: keeps cookies, follows redirects, runs one request at a time."""

    __test__ = False

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._begin(httpx.ASGITransport(app=app, raise_app_exceptions=False))

    def comes_from(self, address: str) -> None:
        """From here on a browser at this address, without the cookies of before."""
        self._begin(httpx.ASGITransport(app=self.app, raise_app_exceptions=False, client=(address, 40000)))

    def request(self, method: str, address: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._http.request(method, address, **more))

    def get(self, address: str, **more: Any) -> httpx.Response:
        return self.request("GET", address, **more)

    def post(self, address: str, **more: Any) -> httpx.Response:
        return self.request("POST", address, **more)

    def send(
        self, address: str, body: bytes, content_type: str, *, chunk: int = 1000, **headers: str
    ) -> httpx.Response:
        """Post raw bytes in chunks, without telling the length beforehand."""

        async def chunks() -> AsyncIterator[bytes]:
            for start in range(0, len(body), chunk):
                yield body[start : start + chunk]

        return self.post(address, content=chunks(), headers={**ORIGIN, "Content-Type": content_type, **headers})

    def _begin(self, transport: httpx.ASGITransport) -> None:
        self._http = httpx.AsyncClient(transport=transport, base_url=BASE, follow_redirects=True)
        self.cookies = self._http.cookies


class Browser:
    """The browser of one employee or citizen; of nobody it is one that is signed in nowhere.

    It remembers the last page: `html` as it came, `url`, `csrf` as its forms carry it; `get` and `post` give its text with the
    references resolved.
    """

    def __init__(
        self,
        services: Services,
        who: Actor | NewParty | None = None,
        told: Mapping[str, str] = MappingProxyType({}),
        named: bool = True,
    ) -> None:
        """`told`: what sign-in tells beside the number of a party, such as `for` and `branch` of a mandate.

        `named`: whether sign-in tells the name of a party itself; DigiD does not.
        """
        self.services, self.client = services, TestClient(create_app(services))
        self.html = self.url = self.csrf = ""
        self.actor = citizen(services, who) if isinstance(who, NewParty) else who
        if isinstance(who, NewParty):
            kind, value = (who.identity or "").split(":")
            by_name = {NAMED: "yes"} if named and who.name != UNKNOWN_NAME else {}
            identity = {kind: value, "level": "high", **by_name, **told}
            subject = services.secrets.index(identity_of(identity) or "")
            self.actor = replace(self.actor, subject=subject, for_whom=for_whom_in(services, identity))
            self._sign_in(self.actor, identity=identity)
        elif who is not None:
            self._sign_in(who)

    def get(self, path: str, status: int = 200) -> str:
        return self._seen(self.client.get(path), status)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, files: Any = None, status: int = 200) -> str:
        """Send the form for this address that stands on the last page, with `fields` typed in it."""
        data = {**({"csrf": self.csrf} if self.csrf else {}), **self.held(path), **(fields or {})}
        return self._seen(self.client.post(path, data=data, files=files, headers=ORIGIN), status)

    def held(self, path: str) -> dict[str, str]:
        """The hidden fields of the form for this address on the last page."""
        return hidden_fields(self.html.partition(f'action="{path}"')[2].partition("</form>")[0])

    def status(self, path: str) -> int:
        return self.client.get(path).status_code

    def _sign_in(self, actor: Actor, **more: Any) -> None:
        made = signed_in(self.services, actor, **more)
        self.csrf = masked(made.csrf)
        self.client.cookies.set(cookie_name(self.services.settings, actor.kind), made.cookie)

    def _seen(self, answer: httpx.Response, status: int) -> str:
        assert answer.status_code == status, answer.text
        self.html, self.url = answer.text, str(answer.url)
        shown = hidden(self.html, "csrf")
        if unmasked(shown) == unmasked(self.csrf):  # a sign-in page carries one that is not of this person
            self.csrf = shown
        return self.text_of(self.html)

    def text_of(self, page: str) -> str:
        return html.unescape(page)


def token_of(page: str) -> str:
    """The synchroniser token in a page."""
    return page.split('name="csrf" value="', 1)[1].split('"', 1)[0]


def hidden_fields(page: str) -> dict[str, str]:
    """Every hidden field of a page with its value."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field of this name; nothing when it is not on the page."""
    mark = f'name="{name}" value="'
    return page.split(mark, 1)[1].split('"', 1)[0] if mark in page else ""
