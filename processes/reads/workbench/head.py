"""The top of every page of a case: which case, of whom, how it stands, who handles it, and the legal date."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from engine import Model
from engine.words import ValueType
from processes.access.staff_scope import handles
from processes.base.actor import Actor
from processes.execution.terms import rows_of
from processes.execution.urgency import LEGAL
from processes.reads.in_words import values_in_words
from processes.reads.workbench.case_list import status_name
from processes.reads.workbench.legal import Due, legal_of
from processes.reads.workbench.words import CASE_CHANNELS, objectors
from processes.storage import staff
from processes.storage.root_instance import find_root
from processes.storage.services import Services
from processes.storage.tables import Case
from processes.storage.words import CaseState


@dataclass(frozen=True, slots=True)
class Head:
    """`handles`: the reader works on cases and may change this one; a committee member may only look and advise."""

    number: str
    title: str
    subject: str
    objector: str
    status: str
    running: bool
    handler: str | None
    handler_name: str
    legal: Due
    channel: str
    received_on: date
    postmark_on: date | None
    registered_at: datetime
    closed_at: datetime | None
    result: str | None
    result_explanation: str | None
    alarm: str | None
    published: bool
    handles: bool
    moments: tuple[tuple[str, str], ...] = ()  # title and moment of what was planned, such as a hearing


def head_of(session: Session, services: Services, actor: Actor, case: Case, now: datetime) -> Head:
    model = services.models.version(session, case.model_version_id).model
    names = staff.names_of(session, [case.handler])
    running = case.state == CaseState.RUNNING
    return Head(
        number=case.number, title=case.title, subject=case.subject, objector=objectors(session, [case.id]).get(case.id, ""),
        status=status_name(session, services, case), running=running, handler=case.handler,
        handler_name=names.get(case.handler or "", "nog niemand"),
        legal=_legal(session, case, now),
        channel=CASE_CHANNELS.get(case.channel, case.channel), received_on=case.received_on,
        postmark_on=case.postmark_on, registered_at=case.registered_at, closed_at=case.closed_at,
        result=_result(model, case.result), result_explanation=case.result_explanation, alarm=case.alarm,
        published=case.published_at is not None, handles=handles(actor), moments=_moments(session, case, model),
    )  # fmt: skip


def _moments(session: Session, case: Case, model: Model) -> tuple[tuple[str, str], ...]:
    planned = {
        code: one for code, one in model.values.items() if one.type == ValueType.DATETIME and not one.confidential
    }
    root = find_root(session, case.id) if planned else None
    return values_in_words(session, root.id, planned) if root else ()


def _legal(session: Session, case: Case, now: datetime) -> Due:
    """The first legal date that is not met; a term without a date stands still."""
    found = legal_of(case, now)
    if found.on or case.state != CaseState.RUNNING:
        return found
    waiting = [row for row in rows_of(session, case.id) if row.kind in LEGAL and not row.met_on]
    return replace(found, left="staat stil") if waiting else found


def _result(model: Model, code: str | None) -> str | None:
    if code is None:
        return None
    known = model.result_types.get(code)
    return known.description if known else code
