"""The workbench at /werk: for those who handle cases, decide and advise."""

from fastapi import APIRouter

from portal.workbench import (
    case_list,
    correcting,
    correcting_party,
    course,
    decisions,
    documents,
    letters,
    messages,
    parties,
    penalty,
    register,
    relations,
    removal,
    requests,
    tabs,
    task,
    terms,
    today,
)

router = APIRouter()
changing = (
    documents,
    removal,
    course,
    relations,
    messages,
    requests,
    letters,
    parties,
    correcting,
    correcting_party,
    decisions,
    terms,
    penalty,
)
for room in (today, case_list, register, task, *changing, tabs):
    router.include_router(room.router, prefix="/werk")
