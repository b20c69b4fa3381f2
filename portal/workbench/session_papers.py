"""/werk/zittingen/N/stukken: the papers of a session to take along, as one PDF or zip; and the private note about one of its cases."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.downloads import send_document
from portal.pages import render
from portal.received import Received
from portal.workbench.agenda import line_of
from portal.workbench.doors import DONE, Desk, carry_out
from portal.workbench.sessions import PLACE
from processes.actions.hearing_notes import LONGEST, KeepNote
from processes.actions.session_bundles import MakeSessionBundle, RemoveSessionBundle
from processes.base.actor import Actor
from processes.base.security_log import SecurityEvent, security_event
from processes.reads import workbench as reads
from processes.storage.looks import write_bundle_looks
from processes.storage.services import Services

router = APIRouter(prefix="/zittingen/{session}")


@router.get("/stukken")
def papers(request: Request, actor: Desk, services: TheServices, session: RowId, gedaan: str = "") -> Response:
    return _papers_page(request, services, actor, session, done=DONE.get(gedaan))


@router.post("/stukken")
def make(request: Request, actor: Desk, form: PlainForm, services: TheServices, session: RowId) -> Response:
    return carry_out(
        services, actor, MakeSessionBundle(session, form.one("form")), form,
        f"{_address(session)}?gedaan=dossier-gevraagd#gemaakt",
        lambda errors: _papers_page(request, services, actor, session, errors),
    )  # fmt: skip


@router.get("/stukken/{bundle}/bestand")
def fetch(actor: Desk, services: TheServices, session: RowId, bundle: str) -> Response:
    """The file. It is written down at each document in it who got it, before the first byte leaves."""
    file = reads.session_bundle_file(services, actor, session, bundle)
    chunks = services.files.read(file.blob, file.file_key)
    for case, documents in file.documents.items():
        write_bundle_looks(services, actor, case, documents)
    count = sum(len(documents) for documents in file.documents.values())
    security_event(SecurityEvent.BUNDLE_FETCHED, who=actor, about=bundle, session=session, documents=count)
    return send_document(chunks, file.name, file.media_type, file.size)


@router.post("/stukken/{bundle}/weg")
def remove(
    request: Request, actor: Desk, form: PlainForm, services: TheServices, session: RowId, bundle: str
) -> Response:
    return carry_out(
        services, actor, RemoveSessionBundle(bundle), form, f"{_address(session)}?gedaan=dossier-weg",
        lambda errors: _papers_page(request, services, actor, session, errors),
    )  # fmt: skip


@router.get("/zaken/{item}/notitie")
def note(request: Request, actor: Desk, services: TheServices, session: RowId, item: RowId) -> Response:
    text = reads.own_note(services, actor, session, item)
    return _note_page(request, services, actor, (session, item), Received({"text": [text]}), {})


@router.post("/zaken/{item}/notitie")
def keep(
    request: Request, actor: Desk, form: PlainForm, services: TheServices, session: RowId, item: RowId
) -> Response:
    return carry_out(
        services, actor, KeepNote(item, form.text("text")), form, f"/werk/zittingen/{session}?gedaan=notitie",
        lambda errors: _note_page(request, services, actor, (session, item), form, errors),
    )  # fmt: skip


def _papers_page(
    request: Request, services: Services, actor: Actor, session: int, errors: Mapping[str, str] | None = None,
    done: str | None = None,
) -> Response:  # fmt: skip
    page = reads.read_session(services, actor, session)
    return render(
        request, "workbench/session_papers.html", 422 if errors else 200, page=page, made=reads.read_session_bundles(services, actor, session),
        errors=errors or {}, done=done, own_address=_address(session), place=PLACE,
    )  # fmt: skip


def _note_page(
    request: Request, services: Services, actor: Actor, place: tuple[int, int], typed: Received,
    errors: Mapping[str, str],
) -> Response:  # fmt: skip
    session, item = place
    page = reads.read_session(services, actor, session)
    return render(
        request, "workbench/session_note.html", 422 if errors else 200, page=page, line=line_of(page, item), typed=typed,
        errors=errors, longest=LONGEST, place=PLACE,
    )  # fmt: skip


def _address(session: int) -> str:
    return f"/werk/zittingen/{session}/stukken"
