"""Pages for what can no longer be done: the sentence that says why, and the way back to the case."""

from fastapi import Request
from starlette.responses import Response

from portal.pages import render
from processes.base.errors import ZaakspoorError


def refusal(request: Request, error: ZaakspoorError, number: str = "") -> Response:
    """A page with status 409. `number` is the case to go back to."""
    return render(request, "citizen/refusal.html", error.status, sentence=str(error), number=number)
