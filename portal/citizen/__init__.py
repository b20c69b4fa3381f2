"""The citizen portal, /mijn: one small file per thing that a citizen does."""

from fastapi import APIRouter

from portal.citizen import (
    acting,
    bundles,
    cases,
    changing,
    defaulting,
    details,
    documents,
    drafts,
    filing,
    filing_along,
    large_files,
    linking,
    messages,
    tasks,
    visitors,
    withdrawing,
)

router = APIRouter()
for part in (
    cases,
    messages,
    documents,
    bundles,
    withdrawing,
    defaulting,
    tasks,
    changing,
    filing,
    filing_along,
    large_files,
    drafts,
    details,
    visitors,
    linking,
    acting,
):
    router.include_router(part.router)
router.include_router(filing.visitors)
