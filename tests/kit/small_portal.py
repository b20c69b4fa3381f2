"""A small portal for tests: the real application without faces, on SQLite, with a few pages that use every door."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import JSONResponse, Response

from kit.browser import ORIGIN, TestClient, hidden_fields
from kit.installation import installation
from portal.app import create_app
from portal.doors import Citizen, PlainForm, Staff, TheServices, UploadForm
from portal.downloads import send_document
from portal.pages import go_to
from portal.received import Received
from portal.security.guards import signed_in_staff
from portal.security.sessions import let_in
from portal.uploads import receive
from processes.base.actor import Actor
from processes.base.errors import Busy, CaseClosed, Invalid
from processes.storage.services import Services

Decider = Annotated[Actor, Depends(signed_in_staff("decider"))]
router = APIRouter(prefix="/proef")
ERRORS: dict[str, Exception] = {
    "dicht": CaseClosed(), "druk": Busy(), "velden": Invalid({"email": "Vul uw e-mailadres in."}),
    "stuk": ValueError("geheim 999993653"),
}  # fmt: skip


def told(received: Received) -> Response:
    files = {key: [[one.name, one.media_type, one.size, one.sha256, one.blob] for one in uploads]
             for key, uploads in received.files.items()}  # fmt: skip
    return JSONResponse({"fields": dict(received.fields), "files": files})


def guest(request: Request) -> Actor:
    """Somebody with a link: files are taken of nobody else."""
    return let_in(request, Actor("department", "department:1", "Parkeren", dossier=1))


Guest = Annotated[Actor, Depends(guest)]


async def tight(request: Request, services: TheServices) -> Received:
    return await receive(request, services, max_bytes=20_000, max_files=2, max_fields=5)


@router.post("/veld")
def plain(form: PlainForm) -> Response:
    return told(form)


@router.post("/bestand")
def with_files(visitor: Guest, form: UploadForm) -> Response:
    return told(form)


@router.post("/krap")
def with_limits(visitor: Guest, form: Annotated[Received, Depends(tight)]) -> Response:
    return told(form)


@router.post("/onbewaakt")
def with_files_and_no_guard(form: UploadForm) -> Response:
    return told(form)


@router.get("/wie")
def who(actor: Citizen) -> Response:
    return JSONResponse({"subject": actor.subject, "name": actor.name, "kind": actor.kind})


@router.post("/bericht")
def message(actor: Citizen, form: PlainForm) -> Response:
    return go_to("/proef/wie")


@router.post("/stukken")
def message_with_files(actor: Citizen, form: UploadForm) -> Response:
    return go_to("/proef/wie")


@router.post("/omgekeerd")
def message_form_first(form: PlainForm, actor: Citizen) -> Response:
    return go_to("/proef/wie")


@router.get("/staf")
def staff(actor: Staff) -> Response:
    return JSONResponse({"subject": actor.subject, "roles": sorted(actor.roles)})


@router.get("/beslisser")
def decider(actor: Decider) -> Response:
    return JSONResponse({"subject": actor.subject})


@router.get("/fout/{which}")
def trouble(which: str) -> Response:
    raise ERRORS[which]


@router.get("/getal/{number}")
def number(number: int) -> Response:
    return JSONResponse(number)


@router.get("/stuk")
def document(name: str) -> Response:
    return send_document([b"ab", b"c"], name, "application/pdf", 3)


@contextmanager
def portal(folder: Path, **settings: Any) -> Iterator[FastAPI]:
    """The application with the pages above; `settings` override those of the test."""
    with installation(folder, **{"faces": ("citizen", "workbench"), **settings}) as services:
        app = create_app(services)
        app.include_router(router)
        yield app


def services_of(client: TestClient) -> Services:
    services: Services = client.app.state.services
    return services


def csrf_without_session(client: TestClient, path: str) -> str:
    place = "/".join(path.split("/")[:3])
    return services_of(client).secrets.digest(f"csrf:{place}")


def sign_in(client: TestClient, person: str, way: str = "digid", back: str = "/proef/wie") -> Any:
    """Walk through the whole sign-in with the simulator; the last answer is the page that one comes back to."""
    start = "/inloggen/medewerker" if way == "staff" else f"/inloggen/start/{way}"
    page = client.get(start, params={"terug": back})
    assert page.status_code == 200, page.text
    hidden = hidden_fields(page.text)
    return client.post("/demo/aanmelden/authorize", data={**hidden, "person": person}, headers=ORIGIN)
