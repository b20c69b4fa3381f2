"""Renders pages of a played case: the whole application, asked in this process, behind the sign-in of each person."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx
from fastapi import FastAPI

from portal.app import create_app
from portal.pages import environment
from portal.played.inert import InertPage, changes, inert
from portal.security.limits import Limits
from portal.security.sessions import cookie_name
from processes.base.settings import Face
from processes.rehearsal.looking import PlayedPage, SignIns, pages_of
from processes.rehearsal.place import empty_place
from processes.rehearsal.played_case import PlayedCase
from processes.storage.services import Services

FACES: Final = (Face.CITIZEN, Face.DEPARTMENT, Face.WORKBENCH)
SHOWN: Final = 4  # lines that came, and that went, of one page; the marks in the page show all
# compiled before the first child is made, so that not each child does it anew
TEMPLATES: Final = (
    "base.html", "macros/", "forms/", "citizen/case.html", "citizen/frame.html", "citizen/parts.html", "citizen/task.html",
    "department/dossier.html", "department/layout.html", "department/parts.html", "workbench/base.html", "workbench/case/",
    "workbench/parts.html", "workbench/task.html", "errors/problem.html",
)  # fmt: skip
NOWHERE: Final = tuple(
    PlayedPage("", "", "", f"{face}/nergens/nergens/nergens/nergens") for face in ("/mijn", "/werk", "/verzoek")
)
Lines = dict[str, list[str]]


class RealPages:
    """The pages of the portal, for the process that plays (PageMaker of processes.rehearsal.playing)."""

    def __init__(self) -> None:
        self._app: FastAPI | None = None

    def get_ready(self, prepared: Path) -> None:
        """Build the application once, on an installation without a case."""
        if self._app is not None:
            return
        with empty_place(prepared) as services:
            self._app = create_app(_shown(services))
            asyncio.run(_asked(self._app, services, NOWHERE))  # the first look builds every route
        for name in environment().list_templates(filter_func=lambda one: one.startswith(TEMPLATES)):
            environment().get_template(name)

    def seen(self, played: PlayedCase, wanted: str) -> list[tuple[PlayedPage, str]]:
        """The pages that are asked for (see `pages_of`), each with its HTML."""
        if self._app is None:
            return []
        services = _shown(played.services)
        self._app.state.services, self._app.state.limits = services, Limits(services)
        pages = pages_of(played, wanted, SignIns(played))
        return list(zip(pages, asyncio.run(_asked(self._app, services, pages)), strict=True))

    def told(self, seen: Sequence[tuple[PlayedPage, str]], before: Lines | None) -> tuple[list[dict[str, Any]], Lines]:
        """The fields of ShownPage for each, with what is new since `before`; and the lines of each page, for the next time."""
        told, lines = list[dict[str, Any]](), Lines()
        for page, html in seen:
            made = inert(html, before.get(page.key, []) if before is not None else None)
            lines[page.key] = list(made.lines)
            told.append(_told(page, made, before))
        return told, lines

    def lines(self, seen: Sequence[tuple[PlayedPage, str]]) -> Lines:
        """The lines of each page."""
        return {page.key: list(inert(html).lines) for page, html in seen}


def _told(page: PlayedPage, made: InertPage, before: Mapping[str, list[str]] | None) -> dict[str, Any]:
    first = before is not None and page.key not in before
    came, went = changes(before[page.key], made.lines) if before is not None and not first else ([], [])
    return {
        "key": page.key, "side": page.side, "who": page.who, "title": made.title, "html": made.html,
        "came": came[:SHOWN], "went": went[:SHOWN], "more": len(came[SHOWN:]) + len(went[SHOWN:]), "first": first,
    }  # fmt: skip


def _shown(services: Services) -> Services:
    """The same installation as an ordinary one: without the bar of the demo."""
    return replace(services, settings=replace(services.settings, demo=False, faces=FACES))


async def _asked(app: FastAPI, services: Services, pages: Sequence[PlayedPage]) -> list[str]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=services.settings.public_url) as browser:
        return [(await browser.get(one.address, headers=_signed_in(services, one))).text for one in pages]


def _signed_in(services: Services, page: PlayedPage) -> dict[str, str]:
    return {"Cookie": f"{cookie_name(services.settings, page.kind)}={page.cookie}"} if page.kind else {}
