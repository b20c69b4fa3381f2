"""`page`: the citizen's list and case page, the worker's list and Vandaag, against a bare FastAPI and Jinja page over one query; and each
list of Vandaag and of cases, with every filter and count, in a small and a large database, with what its plans read.

All go through the real application, signed in, without a network in between: what is measured is the work of a page.
"""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from sqlalchemy import select

from bench.figures import Effort, Figure, alternate, at_most
from bench.ground import WORKER, Ground, ground
from bench.plans import read_by
from bench.postgres import PostgresServer
from bench.seed import seed
from bench.statements import counted
from portal.app import create_app
from portal.security.sessions import cookie_name
from processes.base.actor import Actor
from processes.reads.workbench import NOBODY, Filter, Whose, read_cases, read_today
from processes.storage import staff, web_sessions
from processes.storage.tables import Case

# production takes only what a proxy of ours says to have come by https
BY_PROXY = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}
OF_BARE = 0.25
AGAINST_SMALLEST = 1.3
OF_LISTS = 1.5
BARE = Environment(autoescape=True).from_string(
    "<!doctype html><html lang='nl'><title>{{ case.number }}</title><h1>{{ case.title }}</h1><p>{{ case.subject }}</p></html>"
)


@dataclass
class Visitor:
    """Somebody with a browser of their own and without a network."""

    browser: httpx.AsyncClient
    runner: asyncio.Runner

    @classmethod
    def of(cls, app: FastAPI, cookies: Mapping[str, str]) -> Self:
        transport = httpx.ASGITransport(app=app)
        client = httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8000", cookies=dict(cookies), headers=BY_PROXY
        )
        return cls(client, asyncio.Runner())

    def get(self, path: str) -> httpx.Response:
        answer = self.runner.run(self.browser.get(path))
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        return answer

    def close(self) -> None:
        self.runner.run(self.browser.aclose())
        self.runner.close()


@dataclass
class Pages:
    """The pages of one database, and the bare page beside them."""

    here: Ground
    bare: Visitor
    citizen: Visitor
    worker: Visitor
    number: str

    def close(self) -> None:
        for visitor in (self.bare, self.citizen, self.worker):
            visitor.close()

    def works(self) -> dict[str, Any]:
        return {
            "bare": lambda: self.bare.get("/1"),
            "citizen-list": lambda: self.citizen.get("/mijn"),
            "citizen-case": lambda: self.citizen.get(f"/mijn/zaken/{self.number}"),
            "worker-list": lambda: self.worker.get("/werk/zaken"),
            "worker-today": lambda: self.worker.get("/werk"),
        }


LISTS: Final[Mapping[str, Filter | Whose]] = {
    "today-all": "all", "today-mine": "mine", "today-nobody": "nobody",
    "cases": Filter(), "cases-last-page": Filter(page=20), "cases-closed": Filter(state="closed"), "cases-every": Filter(state=""),
    "cases-type": Filter(case_type="rondje"), "cases-status": Filter(status="received"),
    "cases-handler": Filter(handler="medewerker1"), "cases-nobody": Filter(handler=NOBODY),
    "cases-late": Filter(late=True), "cases-court": Filter(court=True), "cases-department": Filter(department="parkeren"),
}  # fmt: skip


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    """The pages, and then the lists of the worker one by one."""
    sizes = (effort.sizes[0], effort.sizes[-1])
    with ExitStack() as stack:
        grounds = {size: stack.enter_context(ground(server, f"page_{size}")) for size in sizes}
        pages = {size: stack.enter_context(closing(_prepare(grounds[size], size))) for size in sizes}
        works = {(size, name): work for size in sizes for name, work in pages[size].works().items()}
        for work in works.values():
            work()
        asked = {key: _statements(pages[key[0]].here, work) for key, work in works.items()}
        rounds = [alternate(list(works.values()), effort.times // 5) for _ in range(effort.rounds)]
        lists = list(_lists({size: pages[size].here for size in sizes}, effort))
    yield from lists
    found = [dict(zip(works, one, strict=True)) for one in rounds]
    for name in ("citizen-list", "citizen-case", "worker-list", "worker-today"):
        for size in sizes:
            shares = [one[size, "bare"] / one[size, name] for one in found]
            told = {"page_ms": found[-1][size, name], "bare_ms": found[-1][size, "bare"]}
            yield _share(f"page-{name}-{size}", shares, {**told, "statements": asked[size, name]})
        ratios = [one[sizes[1], name] / one[sizes[0], name] for one in found]
        yield at_most(f"page-{name}-{sizes[1]}-to-{sizes[0]}", ratios, AGAINST_SMALLEST, {})


def _lists(grounds: Mapping[int, Ground], effort: Effort) -> Iterator[Figure]:
    small, large = min(grounds), max(grounds)
    for name, wanted in LISTS.items():
        works = {size: partial(_read, grounds[size], wanted) for size in (small, large)}
        for work in works.values():
            work()
        rounds = [alternate(list(works.values()), effort.times // 5) for _ in range(effort.rounds)]
        told = {"ms": round(rounds[-1][-1], 2), "statements": _statements(grounds[large], works[large])}
        print(f"{name}: {', '.join(read_by(grounds[large].services, works[large]))}", file=sys.stderr)
        yield at_most(f"page-list-{name}-{large}-to-{small}", [one[-1] / one[0] for one in rounds], OF_LISTS, told)


def _read(here: Ground, wanted: Filter | Whose) -> object:
    if isinstance(wanted, Filter):
        return read_cases(here.services, WORKER, wanted)
    return read_today(here.services, WORKER, wanted)


def _share(name: str, shares: list[float], told: dict[str, float]) -> Figure:
    middle = sorted(shares)[len(shares) // 2]
    rounded = {key: round(value, 2) for key, value in told.items()}
    return Figure(name, round(middle, 3), "bare", OF_BARE, tuple(round(share, 3) for share in shares), rounded)


def _prepare(here: Ground, size: int) -> Pages:
    seed(here, size, trail=False, terms=True)
    number = here.register()
    here.complete(here.task_of(number, "Look"), route="verder")
    app = create_app(here.services)
    return Pages(
        here,
        Visitor.of(_bare(here), {}),
        Visitor.of(app, signed_in(here, "citizen", here.citizen)),
        Visitor.of(app, signed_in(here, "staff", WORKER)),
        number,
    )


def signed_in(here: Ground, kind: str, actor: Actor) -> dict[str, str]:
    """The cookies of somebody who signed in."""
    if kind == "staff":
        with here.services.sessions.begin() as session:
            staff.remember(session, actor)
    made = web_sessions.create(here.services, kind, actor.subject, actor.name, actor.roles)
    return {cookie_name(here.services.settings, kind): made.cookie}


def _bare(here: Ground) -> FastAPI:
    app, engine = FastAPI(), here.services.sessions.kw["bind"]
    wanted = select(Case.number, Case.title, Case.subject)

    @app.get("/{case_id}")
    def page(request: Request, case_id: int) -> HTMLResponse:
        del request
        with engine.connect() as connection:
            return HTMLResponse(BARE.render(case=connection.execute(wanted.where(Case.id == case_id)).one()))

    return app


def _statements(here: Ground, work: Any) -> int:
    with counted(here.services) as seen:
        work()
    return len(seen.statements)
