"""The form that a page about trouble gives back: its texts, where a guard refused before the form was read, and the page where it stood.

Files are not taken. A form that is not from a page of ours gives nothing back: the button that sends it again must not send what another site wrote.
"""

from typing import Final

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Match

from portal.beginning import beginning_for
from portal.kept_forms import LONG_FIELDS
from portal.pages import get_services, render
from portal.received import Received
from portal.security.csrf import FIELD, KEY_FIELD, FormTooOld, check_token, masked_again, owner_of_form
from portal.security.sessions import kind_of, session_of
from portal.uploads import FORM_BYTES, MAX_FIELDS, receive
from processes.base.errors import ZaakspoorError
from processes.storage.words import SessionKind

DEEPEST: Final = (
    8  # slashes in the longest address of a page: who sends an address with thousands has no more of them looked for
)


async def texts_given_back(request: Request) -> Received:
    """The texts of the form of this request, as far as they came in; nothing when they are not this visitor's own."""
    services = get_services(request)
    most = LONG_FIELDS if kind_of(request.url.path) == SessionKind.STAFF else MAX_FIELDS
    try:
        received = await receive(
            request, services, max_bytes=FORM_BYTES, max_files=0, max_fields=most, check_csrf=False
        )
    except ZaakspoorError:
        received = getattr(request.state, "received", Received())
    try:
        await run_in_threadpool(check_token, request, services, received.one(FIELD))
    except FormTooOld:
        unknown = session_of(request) is None
        return received if unknown and _of_our_page(request, received) else Received()
    return received


def _of_our_page(request: Request, received: Received) -> bool:
    """Whether its token is one that we sealed for such a person: who sent it could not be recognised, because the database was busy."""
    owner = owner_of_form(get_services(request), received.one(FIELD))
    return owner is not None and owner.fresh and owner.kind == kind_of(request.url.path)


def page_to_send_again(request: Request, status: int, title: str, sentence: str, received: Received) -> Response:
    """The page with what was typed, to be read, and as hidden fields behind a button that sends it to the same address again."""
    fields = {name: values for name, values in received.fields.items() if name not in {FIELD, KEY_FIELD}}
    files = request.headers.get("content-type", "").startswith("multipart/form-data")
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    begin = beginning_for(request)
    token = (
        {} if session_of(request) else {"csrf_token": masked_again(received.one(FIELD))}
    )  # of who could not be recognised just now
    return render(
        request, "errors/too_often.html", status, title=title, sentence=sentence, begin=begin, address=address,
        fields=fields, files=files and bool(fields), texts=[text for texts in fields.values() for text in texts if _written(text)],
        back=page_of_form(request) if fields else "", **token,
    )  # fmt: skip


def _written(text: str) -> bool:
    """Whether somebody wrote this, so that it is shown as well as kept: a sentence, not a code or a sealed list."""
    return len(text.split()) > 2  # noqa: PLR2004


def page_of_form(request: Request) -> str:
    """The nearest address that can be opened: that of the request, else of the page where its button stood; nothing when there is none."""
    path = request.url.path.rstrip("/")
    parts = path.split("/")[: DEEPEST + 1]
    nearer = ("/".join(parts[:many]) for many in range(len(parts), 1, -1))
    return next((one for one in dict.fromkeys((path, *nearer)) if _opens(request, one)), "")


def _opens(request: Request, path: str) -> bool:
    wanted = {"type": "http", "method": "GET", "path": path, "root_path": "", "path_params": {}, "headers": []}
    return any(route.matches(dict(wanted))[0] == Match.FULL for route in request.app.router.routes)
