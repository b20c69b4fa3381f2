"""The questions of the pages of cases, made once: who may see what is for `processes.access.visibility` to say.

Under `subject` goes the person who looks, under `case` or `cases` ids of cases, under `parties` the ids of those from whose viewpoint.
"""

from collections.abc import Iterator
from functools import cache

from sqlalchemy import String, bindparam, select

from processes.access.visibility import (
    Viewpoint,
    cases_of,
    documents_from,
    notes_of,
    notices_of,
    open_tasks_in,
    related_cases,
    viewpoints_in,
)
from processes.execution.deciding_each import decisions_in
from processes.storage.among import Given, is_in
from processes.storage.asked_ahead import Question, as_objects
from processes.storage.base import BigId
from processes.storage.fast import PreparedQuery
from processes.storage.tables import (
    Case,
    DeadlineRow,
    Decision,
    DocumentRow,
    NoteRow,
    NoticeRow,
    Party,
    StatusRow,
    TaskRow,
)

SUBJECT = bindparam("subject", type_=String)
CASE = bindparam("case", type_=BigId)
CASES = Given("cases")
PARTIES = Given("parties")


@cache
def case_by_number() -> PreparedQuery:
    return as_objects(cases_of(SUBJECT).where(Case.number == bindparam("number")), Case)


@cache
def case_by_id() -> PreparedQuery:
    return as_objects(cases_of(SUBJECT).where(Case.id == CASE), Case)


@cache
def viewpoints_by_number() -> PreparedQuery:
    """In the case with a `number`."""
    return as_objects(viewpoints_in(SUBJECT, select(Case.id).where(Case.number == bindparam("number"))), Party)


@cache
def viewpoints_by_id() -> PreparedQuery:
    return as_objects(viewpoints_in(SUBJECT, select(Case.id).where(Case.id == CASE)), Party)


def way_in(subject: str, number: str) -> Iterator[Question]:
    """The case with this number and the parties through whom this person sees it."""
    for query in (case_by_number(), viewpoints_by_number()):
        yield query, {"subject": subject, "number": number}


@cache
def tasks() -> PreparedQuery:
    return as_objects(open_tasks_in(CASES), TaskRow)


@cache
def every_case() -> PreparedQuery:
    return as_objects(cases_of(SUBJECT), Case)


@cache
def viewpoints() -> PreparedQuery:
    return as_objects(viewpoints_in(SUBJECT, CASES), Party)


@cache
def statuses() -> PreparedQuery:
    """Cases and codes, as they were reached."""
    found = select(StatusRow.case_id, StatusRow.code).where(is_in(StatusRow.case_id, CASES))
    return PreparedQuery(found.order_by(StatusRow.id))


@cache
def deadlines() -> PreparedQuery:
    found = select(DeadlineRow).where(is_in(DeadlineRow.case_id, CASES))
    return as_objects(found.order_by(DeadlineRow.id), DeadlineRow)


@cache
def notices() -> PreparedQuery:
    return as_objects(notices_of(CASE, PARTIES), NoticeRow)


@cache
def notes() -> PreparedQuery:
    return as_objects(notes_of(CASE, PARTIES), NoteRow)


@cache
def documents(*, several: bool, published: bool) -> PreparedQuery:
    return as_objects(documents_from(Viewpoint(PARTIES, several, published), CASE), DocumentRow)


@cache
def decisions() -> PreparedQuery:
    return as_objects(decisions_in(CASE), Decision)


@cache
def related() -> PreparedQuery:
    return as_objects(related_cases(SUBJECT, CASE), Case)
