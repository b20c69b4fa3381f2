"""The questions of the pages of cases, made once: who may see what is for `processes.access.visibility` to say.

Under `subject` goes the person who looks (`whose`), under `case` or `cases` ids of cases, under `parties` the ids of those from whose viewpoint.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, String, bindparam, exists, literal_column, select
from sqlalchemy.orm import aliased

from processes.access.visibility import (
    Other,
    Viewpoint,
    cases_of,
    documents_from,
    notes_of,
    notices_of,
    open_tasks_in,
    related_cases,
    viewpoints_in,
)
from processes.base.actor import Actor
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
    ModelVersion,
    NoteRow,
    NoticeRow,
    Party,
    StatusRow,
    TaskRow,
)

SUBJECT = bindparam("subject", type_=String)
WHOLE = Other(bindparam("other", type_=String))
OF_BRANCH = Other(bindparam("other", type_=String), bindparam("branch", type_=String))
OWN, OWN_BRANCH = replace(WHOLE, own=True), replace(OF_BRANCH, own=True)
CASE = bindparam("case", type_=BigId)
CASES = Given("cases")
PARTIES = Given("parties")


def other_of(actor: Actor) -> Other | None:
    """The one for whom somebody acts, as the questions here take it."""
    if actor.for_whom is None:
        return None
    if actor.for_whom.branch:
        return OWN_BRANCH if actor.for_whom.own else OF_BRANCH
    return OWN if actor.for_whom.own else WHOLE


def whose(actor: Actor) -> dict[str, Any]:
    """The one who looks, and for whom, as the questions name them."""
    other = actor.for_whom
    acts = {"other": other.subject} if other else {}
    return {"subject": actor.subject, **acts, **({"branch": other.branch} if other and other.branch else {})}


@cache
def case_by_number(other: Other | None) -> PreparedQuery:
    return as_objects(cases_of(SUBJECT, other).where(Case.number == bindparam("number")), Case)


@cache
def case_by_id(other: Other | None) -> PreparedQuery:
    return as_objects(cases_of(SUBJECT, other).where(Case.id == CASE), Case)


@cache
def viewpoints_by_number(other: Other | None) -> PreparedQuery:
    """In the case with a `number`."""
    case = select(Case.id).where(Case.number == bindparam("number"))
    return as_objects(viewpoints_in(SUBJECT, case, other), Party)


@cache
def viewpoints_by_id(other: Other | None) -> PreparedQuery:
    return as_objects(viewpoints_in(SUBJECT, select(Case.id).where(Case.id == CASE), other), Party)


@cache
def in_use_by_number() -> PreparedQuery:
    """The id of the newest version of the case type of the case with a `number`."""
    return _newest_of(Case.number == bindparam("number"))


@cache
def in_use_by_id() -> PreparedQuery:
    """The same of the case with an id."""
    return _newest_of(Case.id == CASE)


@cache
def in_use_of_each() -> PreparedQuery:
    """Process and id of its newest version, of each case type of many cases."""
    later = aliased(ModelVersion)
    newer = exists().where(later.process == ModelVersion.process, later.version > ModelVersion.version)
    found = select(ModelVersion.process, ModelVersion.id).where(
        ModelVersion.process.in_(_processes_of(is_in(Case.id, CASES))), ~newer
    )
    return PreparedQuery(found)


def _newest_of(case: ColumnElement[bool]) -> PreparedQuery:
    versions = select(ModelVersion.id).where(ModelVersion.process == _processes_of(case).scalar_subquery())
    return PreparedQuery(versions.order_by(ModelVersion.version.desc()).limit(literal_column("1")))


def _processes_of(cases: ColumnElement[bool]) -> Select[str]:
    under = aliased(ModelVersion)
    return select(under.process).join(Case, Case.model_version_id == under.id).where(cases)


def way_in(actor: Actor, number: str) -> Iterator[Question]:
    """The case with this number, the parties through whom this person sees it, and the newest version of its case type."""
    for query in (case_by_number, viewpoints_by_number):
        yield query(other_of(actor)), {**whose(actor), "number": number}
    yield in_use_by_number(), {"number": number}


@cache
def tasks() -> PreparedQuery:
    return as_objects(open_tasks_in(CASES), TaskRow)


@cache
def every_case(other: Other | None) -> PreparedQuery:
    return as_objects(cases_of(SUBJECT, other), Case)


@cache
def viewpoints(other: Other | None) -> PreparedQuery:
    return as_objects(viewpoints_in(SUBJECT, CASES, other), Party)


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
def related(other: Other | None) -> PreparedQuery:
    return as_objects(related_cases(SUBJECT, CASE, other), Case)
