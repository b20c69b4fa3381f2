"""The public pages: decisions on Woo requests with what became public. Nobody signs in here and nobody is written down."""

from fastapi import APIRouter

from portal.public import pages, sitemap

router = APIRouter()
router.include_router(sitemap.router)  # first: its addresses are no public pages
router.include_router(pages.router)
