"""The workbench at /werk: for those who handle cases, decide and advise."""

from fastapi import APIRouter

from portal.workbench import (
    case_list,
    course,
    documents,
    letters,
    messages,
    parties,
    register,
    relations,
    requests,
    tabs,
    task,
    today,
)

router = APIRouter()
for room in (
    today,
    case_list,
    register,
    task,
    documents,
    course,
    relations,
    messages,
    requests,
    letters,
    parties,
    tabs,
):
    router.include_router(room.router, prefix="/werk")
