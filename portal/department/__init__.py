"""The department portal: one dossier behind one unguessable link, without accounts (O3, O5)."""

from fastapi import APIRouter, Depends

from portal.department import answering, beginning_again, delivering, dossier
from portal.department.door import nothing_here
from portal.department.first_use import from_known_network
from portal.department.networks import from_own_network

router = APIRouter(prefix="/verzoek", dependencies=[Depends(from_own_network), Depends(from_known_network)])
router.include_router(dossier.router)
router.include_router(delivering.router)
router.include_router(answering.router)
router.include_router(beginning_again.router)
# last: every other address under /verzoek looks the same as a link that does not work
router.add_api_route("/{rest:path}", nothing_here, methods=["GET", "HEAD"], response_model=None)
