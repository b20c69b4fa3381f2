"""The answer to who does something too often: 429, when it is allowed again, and the form as it was typed.

A guard refuses before the form is read; only here its texts are read, to be given back. Files are not.
"""

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from portal.given_back import page_to_send_again, texts_given_back
from portal.received import Received
from portal.security.limits import READS, TooOften, count_failure
from portal.sign_on.errors import SignInFailed, SignInStopped
from processes.base.errors import Busy, LinkGone, NoRoom
from processes.base.limit_kinds import LimitKind

TITLE = "Even wachten"
FAILURES: dict[type[Exception], LimitKind] = {
    SignInFailed: LimitKind.FAILED_SIGN_IN,
    LinkGone: LimitKind.WRONG_LINK,
}


async def too_often_page(request: Request, error: TooOften, received: Received | None = None) -> Response:
    """The page with what was typed, as hidden fields behind a button that sends it again. `received`: the form, where it was read already."""
    if received is None:
        received = Received() if request.method in READS else await texts_given_back(request)
    page = page_to_send_again(request, error.status, TITLE, str(error), received)
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
