"""/werk/documenten/<document>: a document to read in the browser, and its file, for everybody who may see it."""

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from portal.doors import TheServices
from portal.downloads import in_own_frame, send_document, show_document
from portal.pages import render
from portal.security.looking import fetched, saw
from portal.workbench.doors import Desk
from portal.workbench.tabs import lift_alarm
from processes.base.actor import Actor
from processes.base.readable_text import ReadableText, readable_text
from processes.post.converting import NotConverted, readable_copy
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/documenten/{document}")
PDF = "application/pdf"
TASK_LENGTH = 32  # of the id of a task
UNREADABLE = "De tekst van dit bestand is niet te lezen. Haal het op."


@router.get("")
def read(
    request: Request, actor: Desk, services: TheServices, document: str, taak: str = "", naast: str = ""
) -> Response:
    """`taak`: the task from which somebody reads, to go back to; `naast`: in a frame beside it, without the rest of a page."""
    page = reads.read_reading(services, actor, document)
    saw(request, page.head.number, "document")
    text = _text(request, actor, services, document, page) if page.shown == reads.ShownAs.TEXT else None
    why = UNREADABLE if page.shown == reads.ShownAs.TEXT and text is None else page.why
    task = taak if taak.isalnum() and len(taak) <= TASK_LENGTH else ""
    answer = render(
        request, "workbench/reading.html", page=page, head=page.head, text=text, why=why, task=task, beside=bool(naast),
        place="cases", asked=_asked(task, beside=bool(naast)),
    )  # fmt: skip
    lift_alarm(request, page.head)
    return in_own_frame(answer, services.settings) if naast else answer


def _asked(task: str, *, beside: bool) -> str:
    """The part behind the address of the next document, so that it is read from the same place."""
    told = [*([f"taak={task}"] if task else []), *(["naast=ja"] if beside else [])]
    return f"?{'&'.join(told)}" if told else ""


def _text(
    request: Request, actor: Actor, services: Services, document: str, page: reads.ReadingPage
) -> ReadableText | None:
    fetched(request, actor, document, page.head.number)
    return readable_text(page.file.name, b"".join(services.files.read(page.file.blob, page.file.file_key)))


@router.get("/bestand")
def fetch(request: Request, actor: Desk, services: TheServices, document: str) -> Response:
    """The file of any document that this reader may see, in whatever state."""
    file = reads.document_for(services, actor, document)
    fetched(request, actor, document, file.case)
    return send_document(services.files.read(file.blob, file.file_key), file.name, file.media_type, file.size)


@router.get("/inzien")
def look_inside(request: Request, actor: Desk, services: TheServices, document: str) -> Response:
    """The file as a page of the workbench shows it."""
    file = reads.document_for(services, actor, document)
    fetched(request, actor, document, file.case)
    return show_document(services.files.read(file.blob, file.file_key), file.name, file.media_type, file.size)


@router.get("/kopie")
def copy(request: Request, actor: Desk, services: TheServices, document: str) -> Response:
    """A PDF that is made of a text file or photo for this reader. Why it cannot be made is said in plain text: a script shows it."""
    page = reads.read_reading(services, actor, document)
    fetched(request, actor, document, page.head.number)
    try:
        made = readable_copy(services, page.upload)
    except NotConverted as error:
        return PlainTextResponse(str(error), error.status)
    return show_document([made], f"{page.document.reference}.pdf", PDF, len(made))
