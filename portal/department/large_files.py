"""Large files of a delivery: they come in by pieces behind the link, and the page that waits until each of them is one file."""

from contextlib import suppress

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal import resumable
from portal.department.door import DepartmentGuest
from portal.department.kept import form_of, page_of
from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from processes.base.errors import NotFound, NotNow
from processes.post.converting import convertible
from processes.reads.department import read_dossier
from processes.reads.drafts import read_large_files
from processes.storage import large_uploads

router = APIRouter()


@router.options("/{token}/uploads")
def options(token: str, guest: DepartmentGuest, services: TheServices) -> Response:  # noqa: ARG001
    return resumable.said(services, guest)


@router.post("/{token}/uploads")
async def announce(
    request: Request, token: str, guest: DepartmentGuest, services: TheServices, task: str = ""
) -> Response:
    """A new file for the request that this task is, or for a late supplement."""
    page = await run_in_threadpool(read_dossier, services, token)
    asked = page.request(task)
    if asked is None and (task or not page.may_send):
        return resumable.refusal(request, NotNow("Hierom wordt niet (meer) gevraagd. Laad de pagina opnieuw."))
    takes = resumable.taken_of(page.types, convertible(services))
    at = f"/verzoek/{token}/uploads"
    return await resumable.announce(request, guest, form_of(asked), at, takes.largest, takes.formats)


@router.head("/{token}/uploads/{upload}")
async def ask(request: Request, token: str, guest: DepartmentGuest, upload: str) -> Response:  # noqa: ARG001 - the guard's
    return await resumable.ask(request, guest, upload)


@router.patch("/{token}/uploads/{upload}")
async def add(request: Request, token: str, guest: DepartmentGuest, upload: str) -> Response:  # noqa: ARG001
    return await resumable.add(request, guest, upload)


@router.delete("/{token}/uploads/{upload}")
async def remove(request: Request, token: str, guest: DepartmentGuest, upload: str) -> Response:  # noqa: ARG001
    return await resumable.remove(request, guest, upload)


@router.get("/{token}/uploads/{upload}")
def state(request: Request, token: str, guest: DepartmentGuest, upload: str) -> Response:  # noqa: ARG001
    return resumable.state_of(request, guest, upload)


@router.api_route("/{token}/klaarzetten", methods=["GET", "HEAD"])
def waiting(request: Request, token: str, guest: DepartmentGuest, services: TheServices, task: str = "") -> Response:
    """The files that still come in; once none does, the page of the delivery, with all files in it."""
    page = read_dossier(services, token)
    asked = page.request(task)
    files = [file for file in read_large_files(services, guest, form_of(asked)) if file.coming]
    back = page_of(token, page, asked)
    if not files:
        return go_to(back)
    return render(
        request, "department/waiting.html", token=token, dossier=page, files=files, task=task, back=back,
        assembling=all(file.assembling for file in files),
    )  # fmt: skip


@router.post("/{token}/klaarzetten")
def take_away(token: str, guest: DepartmentGuest, form: PlainForm, services: TheServices) -> Response:
    """Take one file away, without a script."""
    with suppress(NotFound):  # it is gone already
        large_uploads.give_up(services, guest, form.one("upload"))
    return go_to(f"/verzoek/{token}/klaarzetten?task={form.one('task')}")
