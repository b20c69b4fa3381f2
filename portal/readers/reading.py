"""The pages behind the link: the parts of the draft, and one part with a box for a comment at each text. Opening them changes nothing."""

from typing import Annotated, NoReturn

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.doors import PlainForm, TheServices
from portal.pages import go_to, render
from portal.received import Received
from portal.security.limits import allow, allow_address
from portal.security.sessions import let_in
from processes.access.draft_share import ReadingGone
from processes.actions import act
from processes.actions.draft_comments import CommentOnDraft, NewComment
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotNow
from processes.base.limit_kinds import LimitKind
from processes.reads.studio.reading_along import SharedDraft, enter_reading, read_shared
from processes.reads.studio.shared_texts import SharedPart

router = APIRouter(dependencies=[Depends(allow_address(LimitKind.PUBLIC))])
BOX = "bij-"  # before the number of a text on its page, in the name of the box


def by_link(request: Request, share: str, services: TheServices) -> Actor:
    """The reader behind the link. Raises ReadingGone, and TooOften for a link that sends without end."""
    guest = let_in(request, enter_reading(services, share))
    allow(request, guest)
    return guest


Reader = Annotated[Actor, Depends(by_link)]


@router.api_route("/{share}", methods=["GET", "HEAD"])
def overview(request: Request, share: str, services: TheServices) -> Response:
    return render(request, "readers/overview.html", draft=read_shared(services, share), home=f"/meelezen/{share}")


@router.api_route("/{share}/{slug}", methods=["GET", "HEAD"])
def part(request: Request, share: str, slug: str, services: TheServices, gedaan: str = "") -> Response:
    draft = read_shared(services, share)
    return _page(request, share, draft, draft.part(slug), Received(), done=gedaan == "ja")


@router.post("/{share}/{slug}")
def comment(request: Request, share: str, slug: str, guest: Reader, form: PlainForm, services: TheServices) -> Response:
    """Every box in which something was written becomes a comment on the text as it was read."""
    draft = read_shared(services, share, form.one("seen"))
    shown = draft.part(slug)
    written = tuple(
        NewComment(text.place, text.title, text.quote, form.text(f"{BOX}{at}"), f"{BOX}{at}")
        for at, text in enumerate(shown.texts)
        if form.text(f"{BOX}{at}")
    )
    try:
        act(services, guest, CommentOnDraft(share, form.one("reader"), written), once=form.form_key)
    except Invalid as error:
        return _page(request, share, draft, shown, form, error.fields, error.status)
    except NotNow as error:
        return _page(request, share, draft, shown, form, {"": str(error)}, error.status)
    return go_to(f"/meelezen/{share}/{slug}?gedaan=ja")


def nothing_here(rest: str) -> NoReturn:  # noqa: ARG001 - the address
    raise ReadingGone


def _page(
    request: Request, share: str, draft: SharedDraft, shown: SharedPart, typed: Received,
    errors: dict[str, str] | None = None, status: int = 200, *, done: bool = False,
) -> Response:  # fmt: skip
    return render(
        request, "readers/part.html", status, draft=draft, part=shown, home=f"/meelezen/{share}", typed=typed,
        errors=errors or {}, done=done, box=BOX,
    )  # fmt: skip
