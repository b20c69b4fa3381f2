"""The studio at /beheer/zaaktypen/<name>/ontwerp: a draft of a case type, its pages, and how it goes into use."""

from fastapi import APIRouter

from portal.admin.studio import (
    adopting,
    beginning,
    comments,
    comparing,
    copying,
    deploying,
    draft,
    drawing,
    element,
    elements,
    english,
    form_preview,
    forms,
    history,
    lacking,
    mails,
    mending,
    rehearsal_at,
    rehearsals,
    sentences,
    settings,
)

router = APIRouter(prefix="/zaaktypen")
for room in (
    comments,
    adopting,
    beginning,
    copying,
    draft,
    drawing,
    element,
    sentences,
    mending,
    history,
    mails,
    comparing,
    deploying,
    rehearsal_at,
    rehearsals,
    form_preview,
    forms,
    english,
    lacking,
    elements,
    settings,
):
    router.include_router(room.router)
