"""The studio at /beheer/zaaktypen/<name>/ontwerp: a draft of a case type, its pages, and how it goes into use."""

from fastapi import APIRouter

from portal.admin.studio import (
    adopting,
    copying,
    deploying,
    draft,
    drawing,
    element,
    elements,
    forms,
    history,
    mails,
    rehearsals,
    settings,
)

router = APIRouter(prefix="/zaaktypen")
for room in (
    adopting,
    copying,
    draft,
    drawing,
    element,
    history,
    mails,
    deploying,
    rehearsals,
    forms,
    elements,
    settings,
):
    router.include_router(room.router)
