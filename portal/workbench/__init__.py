"""The workbench at /werk: for those who handle cases, decide and advise."""

from fastapi import APIRouter, Depends

from portal.workbench import (
    access,
    case_list,
    cases_of_person,
    checklist,
    colleague_tasks,
    correcting,
    correcting_document,
    correcting_party,
    course,
    decisions,
    document_files,
    documents,
    drawing,
    keys,
    large_files,
    letter_agreeing,
    letter_drafts,
    letter_word,
    letters,
    many,
    messages,
    news,
    parties,
    penalty,
    phone,
    print_queue,
    register,
    relations,
    removal,
    reopening,
    replies,
    request_list,
    requests,
    stream,
    substitution,
    tabs,
    task,
    terms,
    today,
    views,
    waiting,
)
from portal.workbench.counters import counting
from portal.workbench.doors import only_of_this_case

router = APIRouter()
changing = (
    documents,
    removal,
    correcting_document,
    course,
    relations,
    messages,
    requests,
    replies,
    letters,
    letter_drafts,
    letter_agreeing,
    letter_word,
    parties,
    correcting,
    correcting_party,
    cases_of_person,
    decisions,
    terms,
    penalty,
    drawing,
    reopening,
    colleague_tasks,
    phone,
    checklist,
)
for room in (
    today,
    waiting,
    news,
    access,
    substitution,
    print_queue,
    keys,
    case_list,
    views,
    many,
    request_list,
    register,
    task,
    document_files,
    large_files,
):
    router.include_router(room.router, prefix="/werk", dependencies=[Depends(counting)])
router.include_router(colleague_tasks.lists, prefix="/werk", dependencies=[Depends(counting)])
for room in changing:
    router.include_router(room.router, prefix="/werk", dependencies=[Depends(counting), Depends(only_of_this_case)])
router.include_router(stream.router, prefix="/werk")
router.include_router(tabs.router, prefix="/werk", dependencies=[Depends(counting)])
