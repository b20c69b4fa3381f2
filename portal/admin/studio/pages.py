"""The frame of every page of a draft: where it is, its parts, and the address of each."""

from typing import Any

from fastapi import Request
from starlette.responses import Response

from portal.pages import render
from processes.reads.studio import DRAWING_SLUG, REHEARSALS_SLUG, SLUGS, DraftCheck, DraftHead

OPEN_PARTS = frozenset({*SLUGS.values(), DRAWING_SLUG, REHEARSALS_SLUG})  # the parts that have a page


def home_of(name: str) -> str:
    """The address of the draft of this name."""
    return f"/beheer/zaaktypen/{name}/ontwerp"


def draft_page(
    request: Request, template: str, checked: DraftCheck, place: str = "", status: int = 200, **context: Any
) -> Response:
    """A page of a draft. `place` is the slug of its part; empty for the overview."""
    return render(
        request, f"admin/studio/{template}", status, head=checked.head, checked=checked, parts=checked.parts,
        home=home_of(checked.head.name), place_in_draft=place, open_parts=OPEN_PARTS, **context,
    )  # fmt: skip


def plain_draft_page(
    request: Request, template: str, head: DraftHead, place: str, status: int = 200, **context: Any
) -> Response:
    """A page of a draft that needs no check of it, such as its saves."""
    return render(
        request, f"admin/studio/{template}", status, head=head, checked=None, parts=(), home=home_of(head.name),
        place_in_draft=place, open_parts=OPEN_PARTS, **context,
    )  # fmt: skip
