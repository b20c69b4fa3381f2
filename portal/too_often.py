"""The answer to who does something too often: 429, when it is allowed again, and the form as it was typed.

A guard refuses before the form is read; only here its texts are read, to be given back. Files are not.
"""

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.beginning import beginning_of
from portal.kept_forms import LONG_FIELDS
from portal.pages import get_services, render
from portal.received import Received
from portal.security.csrf import FIELD, KEY_FIELD, FormTooOld, check_token
from portal.security.limits import READS, TooOften, count_failure
from portal.sign_on.errors import SignInFailed, SignInStopped
from portal.uploads import FORM_BYTES, receive
from processes.base.errors import Busy, LinkGone, NoRoom, ZaakspoorError
from processes.base.limit_kinds import LimitKind

TITLE = "Even wachten"
FAILURES: dict[type[Exception], LimitKind] = {
    SignInFailed: LimitKind.FAILED_SIGN_IN,
    LinkGone: LimitKind.WRONG_LINK,
}


async def too_often_page(request: Request, error: TooOften) -> Response:
    """The page with what was typed, as hidden fields behind a button that sends it again."""
    fields = {} if request.method in READS else await _typed(request)
    files = request.headers.get("content-type", "").startswith("multipart/form-data")
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    begin = beginning_of(get_services(request).settings)
    page = render(
        request, "errors/too_often.html", error.status, title=TITLE, sentence=str(error), begin=begin, address=address,
        fields=fields, files=files and bool(fields), texts=[text for texts in fields.values() for text in texts if _written(text)],
    )  # fmt: skip
    page.headers["Retry-After"] = str(error.seconds)
    return page


async def failed_too_often(request: Request, error: Exception) -> TooOften | None:
    """Count a failure at a door that everybody may try; the refusal when there were too many from this address."""
    kind = next((kind for failure, kind in FAILURES.items() if isinstance(error, failure)), None)
    if kind is None or isinstance(error, SignInStopped):  # who stops in the middle did nothing wrong
        return None
    try:
        await run_in_threadpool(count_failure, request, kind)
    except TooOften as refused:
        return refused
    except (Busy, NoRoom):  # the answer that was ready says more than that counting did not work
        return None
    return None


async def _typed(request: Request) -> dict[str, list[str]]:
    """The texts of the form, as far as they came in; none of a form that is not this person's own."""
    services = get_services(request)
    try:
        received = await receive(
            request, services, max_bytes=FORM_BYTES, max_files=0, max_fields=LONG_FIELDS, check_csrf=False
        )
    except ZaakspoorError:
        received = getattr(request.state, "received", Received())
    try:
        check_token(request, services, received.one(FIELD))
    except FormTooOld:
        return {}
    return {name: values for name, values in received.fields.items() if name not in {FIELD, KEY_FIELD}}


def _written(text: str) -> bool:
    """Whether somebody wrote this, so that it is shown as well as kept: a sentence, not a code or a sealed list."""
    return len(text.split()) > 2  # noqa: PLR2004
