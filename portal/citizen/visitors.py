"""/indienen: filing without signing in, where the case type allows it (C9). A visit is a session of its own, which opens nothing else.

The form itself is that of `portal.citizen.filing`; what is kept on the way belongs to the visit, and nobody can open it afterwards.
"""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.citizen.addresses import CaseNumber
from portal.citizen.filing_guard import ON
from portal.doors import PlainForm, TheServices, Visitor
from portal.downloads import send_document
from portal.drafts import drop_all
from portal.pages import go_to, render
from portal.security.guards import VISITOR_NAME, actor_of
from portal.security.limits import allow_address
from portal.security.sessions import begin_visit, cookie_name, cookie_of, load_session, set_cookie
from processes.base.errors import NotFound
from processes.base.limit_kinds import LimitKind
from processes.post.pdf import PDF
from processes.reads.citizen import read_types_for_visitors, read_visitors_receipt, visitors_receipt_file
from processes.storage.web_sessions import SignIn
from processes.storage.words import SessionKind

router = APIRouter(prefix="/indienen")


def known_visit(request: Request, services: TheServices) -> SignIn | None:
    """The visit of this browser, loaded before the form, whose token belongs to it."""
    return load_session(request, services, SessionKind.VISITOR)


@router.get("", dependencies=[ON, Depends(known_visit)])
def types(request: Request, services: TheServices) -> Response:
    """The case types that may be filed so, and what it means not to sign in."""
    return render(request, "citizen/visitor_types.html", types=read_types_for_visitors(services))


@router.post("", dependencies=[ON, Depends(known_visit), Depends(allow_address(LimitKind.VISITOR))])
def begin(request: Request, form: PlainForm, services: TheServices) -> Response:
    """A new visit for this browser, where the one before ends: others may use the same computer. Raises NotFound for what cannot be filed
    without signing in.
    """
    code = form.one("zaaktype")
    if code not in {one.code for one in read_types_for_visitors(services) if not one.out}:
        raise NotFound
    answer = go_to(f"/indienen/{code}")
    if before := load_session(request, services, SessionKind.VISITOR):
        drop_all(services, actor_of(before))
    made = begin_visit(services, VISITOR_NAME, cookie_of(request, services, SessionKind.VISITOR))
    set_cookie(answer, services.settings, cookie_name(services.settings, SessionKind.VISITOR), made.cookie)
    return answer


@router.get("/ontvangen/{number}", dependencies=[Depends(allow_address(LimitKind.PUBLIC))])
def receipt(request: Request, number: CaseNumber, actor: Visitor, services: TheServices) -> Response:
    """The receipt, as long as the visit lasts. Raises NotFound for a case of anybody else."""
    return render(request, "citizen/visitor_receipt.html", receipt=read_visitors_receipt(services, actor, number))


@router.get("/ontvangen/{number}/bewijs.pdf", dependencies=[Depends(allow_address(LimitKind.VISITOR))])
def receipt_as_file(number: CaseNumber, actor: Visitor, services: TheServices) -> Response:
    """The same as a file to keep: made anew each time, which counts as a step of a form does."""
    file = visitors_receipt_file(services, actor, number)
    return send_document([file.content], file.name, PDF, len(file.content))
