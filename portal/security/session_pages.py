"""Pages around a session: stay signed in, the warning without scripts, go on with what was typed, sign out."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from portal.doors import PlainForm, TheServices
from portal.drafts import drop_all, shows_itself
from portal.pages import go_to, render
from portal.security.guards import SignInNeeded, actor_of
from portal.security.places import own_path
from portal.security.sessions import (
    KEPT_COOKIE,
    cookie_name,
    cookie_of,
    drop_cookie,
    load_session,
    session_of,
)
from portal.sign_on.choose import kinds_of
from portal.sign_on.signing_out import RETURN, signed_out_by
from processes.actions import act
from processes.actions.drafts import DropDraft
from processes.base.security_log import SecurityEvent, security_event
from processes.reads.drafts import read_draft_by_id
from processes.storage import web_sessions
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

router = APIRouter()
START = {
    SessionKind.CITIZEN: "/mijn", SessionKind.STAFF: "/werk", SessionKind.DEPARTMENT: "/verzoek",
    SessionKind.VISITOR: "/indienen",
}  # fmt: skip
AGAIN = {
    SessionKind.CITIZEN: ("Opnieuw inloggen", "/inloggen"),
    SessionKind.STAFF: ("Opnieuw inloggen", "/inloggen/medewerker"),
    SessionKind.DEPARTMENT: ("Een nieuwe code vragen", "/verzoek"),
    SessionKind.VISITOR: ("Nog iets indienen", "/indienen"),
}


def asked_kind(
    request: Request, services: TheServices, soort: Annotated[SessionKind, Query()] = SessionKind.CITIZEN
) -> SessionKind:
    """Loads the sign-in of the asked kind, so that the form's token is compared with that one."""
    load_session(request, services, soort)
    return soort


AskedKind = Annotated[SessionKind, Depends(asked_kind)]


def living(request: Request, kind: AskedKind, services: TheServices) -> SignIn:
    session = load_session(request, services, kind)
    if session is None:
        raise SignInNeeded(kind)
    return session


Living = Annotated[SignIn, Depends(living)]


@router.post("/sessie/verleng")
def prolong(session: Living, form: PlainForm) -> Response:  # noqa: ARG001 - reading the form checks its token
    """Answer the page's script with the seconds left: every request prolongs the session, this one too."""
    left = session.expires_at - datetime.now(UTC)  # a length of time: the clock of the browser may be wrong
    return JSONResponse({"seconds": int(left.total_seconds()), "last": session.last_part})


@router.get("/sessie/verloopt")
def nearly_over(request: Request, kind: AskedKind, session: Living, terug: str = "", blijf: str = "") -> Response:
    """The page to which a page without scripts goes two minutes before the end. `blijf`: somebody asked to stay, beside a form; asking prolongs."""
    back = own_path(terug, START[kind])
    return render(
        request, "session/nearly_over.html", back=back, last=session.last_part, again=AGAIN[kind], stays=bool(blijf)
    )


@router.get("/sessie/verder")
def go_on(request: Request, kind: AskedKind, session: Living, services: TheServices, terug: str = "") -> Response:
    """After signing in again: what was typed, ready to be sent, or the page of the form when that shows its draft."""
    name = cookie_name(services.settings, KEPT_COOKIE)
    key, actor = request.cookies.get(name), actor_of(session)
    kept = read_draft_by_id(services, actor, key) if key else None
    if kept is None or not kept.address:
        # what somebody else typed waits for its own person
        return go_to(own_path(terug, START[kind]))
    if shows_itself(kept.form):
        back = own_path(terug, kept.form)  # the same part of the form
        answer: Response = go_to(back if back.partition("?")[0] == kept.form else kept.form)
    else:
        act(services, actor, DropDraft(kept.form))
        # the draft is gone now, and its page is the only place of what was typed: no link leads away from it
        address = own_path(kept.address, START[kind])
        answer = render(request, "session/go_on.html", address=address, fields=kept.fields, other_language="")
    drop_cookie(answer, services.settings, name)
    return answer


def idle_visit(request: Request, kind: AskedKind, services: TheServices) -> None:
    """Ends a visit without sign-in that was merely idle: somebody may stop after a pause as well, and then nobody goes on with it."""
    cookie = cookie_of(request, services, kind)
    if kind == SessionKind.VISITOR and cookie and session_of(request) is None:
        web_sessions.end(services, cookie)
        raise SignInNeeded(kind)


@router.post("/uitloggen", dependencies=[Depends(idle_visit)])
def sign_out(request: Request, kind: AskedKind, form: PlainForm, services: TheServices) -> Response:  # noqa: ARG001
    """Ends the session here; the browser then goes on to the provider, where that has a place to sign out."""
    cookie, session = cookie_of(request, services, kind), session_of(request)

    def end() -> None:
        if cookie:
            web_sessions.end(services, cookie)
        if session:
            if session.kind == SessionKind.VISITOR:
                drop_all(services, actor_of(session))
            security_event(SecurityEvent.SIGN_OUT, who=f"{session.kind}:{session.subject}")

    return signed_out_by(request, services, kind, end)


@router.get(RETURN)
def signed_out(
    request: Request, services: TheServices, soort: Annotated[SessionKind | None, Query()] = None, daar: str = ""
) -> Response:
    """`daar`: `nee` when the provider did not sign somebody out; who comes back from it brings neither."""
    here = kinds_of(services.settings)
    kind = soort or next(iter(here), SessionKind.CITIZEN)
    visitor = kind == SessionKind.VISITOR
    return render(request, "session/signed_out.html", again=AGAIN[kind], visitor=visitor, done=daar != "nee")
