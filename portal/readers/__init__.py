"""Meelezen: somebody without a role reads the texts of a draft of a case type by a link, and comments on them. No case is in it."""

from fastapi import APIRouter

from portal.readers import reading

router = APIRouter(prefix="/meelezen")
router.include_router(reading.router)
# last: every other address under /meelezen looks the same as a link that does not work
router.add_api_route("/{rest:path}", reading.nothing_here, methods=["GET", "HEAD"], response_model=None)
