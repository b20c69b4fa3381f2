"""The department portal: one dossier behind one unguessable link, without accounts (O3, O5); all of them behind a code by mail (P6)."""

from fastapi import APIRouter, Depends

from portal.department import (
    answering,
    beginning_again,
    delivering,
    dossier,
    large_files,
    mailbox,
    replying,
    taking_back,
)
from portal.department.door import nothing_here
from portal.department.first_use import from_known_network
from portal.department.mailbox import known_mailbox
from portal.department.networks import from_own_network
from portal.department.openings import opening
from portal.readers import router as readers

inside = [Depends(from_own_network), Depends(known_mailbox)]
links = APIRouter(prefix="/verzoek", dependencies=[*inside, Depends(from_known_network), Depends(opening)])
links.include_router(dossier.router)
links.include_router(delivering.router)
links.include_router(large_files.router)
links.include_router(answering.router)
links.include_router(replying.router)
links.include_router(taking_back.router)
links.include_router(beginning_again.router)
# last: every other address under /verzoek looks the same as a link that does not work
links.add_api_route("/{rest:path}", nothing_here, methods=["GET", "HEAD"], response_model=None)

router = APIRouter()
router.include_router(mailbox.router)  # first: its addresses are words, and every other one may be a link
router.include_router(links)
router.include_router(readers)
