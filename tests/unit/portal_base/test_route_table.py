"""The table of routes finds what the framework finds, for each kind of address and method."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from kit.browser import BASE, TestClient
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount

from portal.route_table import RouteTable, work_out


def noted(request: Request) -> None:
    request.state.guarded = True


def shown(request: Request) -> str:
    return f"{request.state.guarded} {request.scope['route'].name} {sorted(request.path_params.items())}"


def rooms() -> list[BaseRoute]:
    """Routers in routers, with words, numbers, whole rests of an address, and one that takes what is left."""
    face, room, rest = APIRouter(), APIRouter(prefix="/zaken"), APIRouter()

    @room.get("")
    def first(request: Request) -> str:
        return shown(request)

    @room.get("/nieuw")
    def word(request: Request) -> str:
        return shown(request)

    @room.get("/{number}")
    def one(request: Request, number: str) -> str:
        return shown(request) + number

    @room.post("/{number}")
    def change(request: Request, number: str) -> str:
        return shown(request) + number

    @room.get("/{number}/bestand/{path:path}")
    def file(request: Request, number: str, path: str) -> str:
        return shown(request) + number + path

    @room.get("/{number}/taak/{task:int}")
    def task(request: Request, number: str, task: int, page: Annotated[int, Depends(lambda: 1)]) -> str:
        return shown(request) + f"{number}{task}{page}"

    @rest.api_route("/{rest:path}", methods=["GET", "HEAD"])
    def left(request: Request, rest: str) -> Response:
        return PlainTextResponse(shown(request) + rest)

    face.include_router(room, prefix="/werk", dependencies=[Depends(noted)])
    face.include_router(rest, prefix="/verzoek", dependencies=[Depends(noted)])
    outer = APIRouter()
    outer.include_router(face)
    return outer.routes


def app_with(routes: list[BaseRoute]) -> TestClient:
    app = FastAPI(redirect_slashes=False)
    app.router.routes.extend(routes)
    return TestClient(app)


@pytest.fixture(scope="module")
def both() -> tuple[TestClient, TestClient]:
    routes = rooms()
    return app_with(routes), app_with([RouteTable(routes), *routes])


ADDRESSES = [
    "/werk/zaken", "/werk/zaken/", "/werk/zaken/nieuw", "/werk/zaken/BZW-1", "/werk/zaken/a%2Fb", "/werk/zaken/BZW-1/taak/12",
    "/werk/zaken/BZW-1/taak/x", "/werk/zaken/BZW-1/bestand/a/b/c", "/werk/zaken/BZW-1/bestand/", "/werk", "/", "//werk/zaken",
    "/werk/zaken%0A", "/verzoek/a/b", "/verzoek/", "/verzoek", "/elders",
]  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_table_answers_as_the_routes_do(both: tuple[TestClient, TestClient], address: str, method: str) -> None:
    plain, quick = (one.request(method, f"{BASE}{address}") for one in both)
    assert (quick.status_code, quick.text, quick.headers.get("allow")) == (plain.status_code, plain.text, plain.headers.get("allow"))  # fmt: skip


def test_the_table_takes_what_it_knows_and_leaves_what_stands_behind_something_else() -> None:
    routes = rooms()
    scope = {"type": "http", "method": "GET", "path": "/werk/zaken/nieuw", "root_path": "", "headers": []}
    assert RouteTable(routes).matches(dict(scope))[0].name == "FULL"
    assert RouteTable([Mount("/werk", app=APIRouter()), *routes]).matches(dict(scope))[0].name == "NONE"
    assert RouteTable(routes).matches({**scope, "method": "DELETE"})[0].name == "NONE"
    assert RouteTable(routes).matches({**scope, "root_path": "/elders"})[0].name == "NONE"
    assert RouteTable(routes).matches({"type": "websocket", "path": "/werk/zaken"})[0].name == "NONE"


def test_routes_are_worked_out_when_first_asked_for_or_before() -> None:
    routes = rooms()
    asleep, awake = RouteTable(routes), RouteTable(routes)
    work_out([awake, *routes])
    assert [len(vars(one).get("by_shape", ())) > 0 for one in (asleep, awake)] == [False, True]
