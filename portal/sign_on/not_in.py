"""The page of who did not come in: why, and the way back to signing in, which leads to the page that was asked for."""

from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from portal.beginning import beginning_for
from portal.pages import get_services, render
from portal.security.refusals import tell_refusal
from portal.security.session_pages import AGAIN, START
from portal.sign_on.choose import kinds_of
from portal.sign_on.errors import SignInFailed
from portal.sign_on.journey import Journey


def sign_in_failed(request: Request, error: SignInFailed) -> Response:
    """The page with why, and a button to sign in again: for the page that was asked for, as far as a sign-in was begun here."""
    tell_refusal(request, error)
    kinds = kinds_of(get_services(request).settings)
    journey: Journey | None = getattr(request.state, "journey", None)
    kind = journey.kind if journey else next(iter(kinds), None)
    again = f"{AGAIN[kind][1]}?terug={quote(journey.back if journey else START[kind])}" if kind in kinds else ""
    return render(
        request, "sign_on/failed.html", error.status, title=error.title, sentence=str(error), again=again,
        begin=beginning_for(request),
    )  # fmt: skip
