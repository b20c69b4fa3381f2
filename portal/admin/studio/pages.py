"""The frame of every page of a draft: where it is, its parts, and the address of each."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from engine.edits import SettingPath, path_of
from portal.admin.studio.way_back import way_back
from portal.pages import get_services, render
from portal.security.sessions import sender_of
from processes.base.errors import NotFound
from processes.reads.studio import DRAWING_SLUG, REHEARSALS_SLUG, SLUGS, DraftCheck, DraftHead, unchecked_parts
from processes.reads.studio.reading_along import comments_at

OPEN_PARTS = frozenset({*SLUGS.values(), DRAWING_SLUG, REHEARSALS_SLUG})  # the parts that have a page


def home_of(name: str) -> str:
    """The address of the draft of this name."""
    return f"/beheer/zaaktypen/{name}/ontwerp"


def draft_page(
    request: Request,
    template: str,
    checked: DraftCheck,
    place: str = "",
    status: int = 200,
    *,
    said_at: str = "",
    **context: Any,
) -> Response:
    """A page of a draft, with what readers said of the text on it. `place` is the slug of its part; empty for the overview.
    `said_at`: the place of that text, when the address of the page does not tell.
    """
    return render(
        request, f"admin/studio/{template}", status, head=checked.head, checked=checked, parts=checked.parts,
        home=home_of(checked.head.name), place_in_draft=place, open_parts=OPEN_PARTS, way=way_back(request.query_params),
        **_said(request, checked.head.name, said_at), **context,
    )  # fmt: skip


def _said(request: Request, name: str, place: str = "") -> dict[str, Any]:
    """The open comments on the text at this place, or that this address changes, and how many are open in all. Pages of a draft are for administrators."""
    sender = sender_of(request)
    if sender is None:
        return {"said_here": (), "said": 0}
    here = place or request.url.path.removeprefix(f"{home_of(name)}/")
    comments, waiting = comments_at(get_services(request), sender, name, here)
    return {"said_here": comments, "said": waiting}


def setting_path(text: str) -> SettingPath:
    """The path of a setting in an address. Raises NotFound."""
    try:
        return path_of(text)
    except ValueError as error:
        raise NotFound from error


def plain_draft_page(
    request: Request, template: str, head: DraftHead, place: str, status: int = 200, **context: Any
) -> Response:
    """A page of a draft that needs no check of it, such as its saves: the menu has all parts, without what was found in them."""
    return render(
        request, f"admin/studio/{template}", status, head=head, checked=None, parts=unchecked_parts(), home=home_of(head.name),
        place_in_draft=place, open_parts=OPEN_PARTS, way=way_back(request.query_params), **_said(request, head.name),
        **context,
    )  # fmt: skip
