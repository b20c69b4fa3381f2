"""`paint`: when somebody with a slow telephone first sees something of a page, on a first visit, and how much moves after that (C18).

A real Chromium without anything in its cache, over a line as slow 4G is at its worst: 400 ms there and back, 400 kbit/s each way (the network
conditions of the Chrome DevTools Protocol, which counts them per request). The floor is a page of one heading over the same line: one request,
with nothing to style. The first contentful paint is a ratio against it, page and floor in turn; a figure for what moves is the cumulative layout
shift of that visit.
"""

import shutil
import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Final

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from bench.figures import Effort, Figure, at_most
from bench.ground import Ground, ground
from bench.postgres import PostgresServer
from bench.rabbit import free_port
from bench.scenarios.page import BY_PROXY, signed_in
from portal.serving import server_config

ROUND_TRIP: Final = 400  # milliseconds
BYTES: Final = 400_000 / 8  # per second
LINE: Final = {"offline": False, "latency": ROUND_TRIP, "downloadThroughput": BYTES, "uploadThroughput": BYTES}
TELEPHONE: Final[ViewportSize] = {"width": 390, "height": 844}
QUIET: Final = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]
OF_BARE: Final = 4.0  # the page, and its style sheets beside each other: two trips and what comes down meanwhile
MOST_SHIFT: Final = 0.02
STARTS: Final = 30  # seconds
HOST: Final = "127.0.0.1"
BARE: Final = "<!doctype html><html lang='nl'><title>Zaak</title><h1>Een zaak</h1></html>"
WATCH: Final = """
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { window.shifted += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
"""
PAINTED: Final = "performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ExitStack() as stack:
        here = stack.enter_context(ground(server, "paint"))
        number = here.register()
        pages = {"sign-in": "/inloggen", "cases": "/mijn", "case": f"/mijn/zaken/{number}"}
        port = free_port()
        own = replace(here.services.settings, public_url=f"http://{HOST}:{port}")  # no other name is answered
        address = stack.enter_context(served(server_config(replace(here.services, settings=own), HOST, port)))
        bare = stack.enter_context(served(uvicorn.Config(_bare(), host=HOST, port=free_port(), log_level="warning")))
        program = stack.enter_context(sync_playwright())
        chromium = program.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"), args=QUIET
        )
        stack.callback(chromium.close)
        visits = {"bare": bare, **{name: address + path for name, path in pages.items()}}
        rounds = [_round(chromium, here, visits) for _ in range(effort.rounds)]
    floor = statistics.median(one["bare"][0] for one in rounds)
    for name in pages:
        told = {"page_ms": statistics.median(one[name][0] for one in rounds), "bare_ms": floor}
        yield at_most(f"paint-{name}", [one[name][0] / one["bare"][0] for one in rounds], OF_BARE, told)
        moved = [one[name][1] for one in rounds]
        yield Figure(f"paint-shift-{name}", max(moved), "shift", MOST_SHIFT, tuple(moved), at_most=True)


def _round(chromium: Browser, here: Ground, visits: Mapping[str, str]) -> Mapping[str, tuple[float, float]]:
    """Of each address the milliseconds to its first paint and what moved, each by a browser that was never there."""
    cookies = signed_in(here, "citizen", here.citizen)
    return {name: _visit(chromium, address, cookies) for name, address in visits.items()}


def _visit(chromium: Browser, address: str, cookies: Mapping[str, str]) -> tuple[float, float]:
    context = chromium.new_context(viewport=TELEPHONE, locale="nl-NL", extra_http_headers=BY_PROXY)
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    page.add_init_script(WATCH)
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{address} answers {answer and answer.status}")
    (painted,) = page.evaluate(PAINTED)
    moved = page.evaluate("window.shifted")
    context.close()
    return float(painted), round(float(moved), 4)


def _bare() -> FastAPI:
    app = FastAPI()

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(BARE)

    return app


@contextmanager
def served(config: uvicorn.Config) -> Iterator[str]:
    """The address of a server in a thread of this process."""
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        end = time.monotonic() + STARTS
        while not server.started:
            if not thread.is_alive() or time.monotonic() > end:
                raise RuntimeError("the server does not start")
            time.sleep(0.02)
        yield f"http://{config.host}:{config.port}"
    finally:
        server.should_exit = True
        thread.join(STARTS)
