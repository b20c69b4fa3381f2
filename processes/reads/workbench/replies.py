"""Answers of departments on requests beside documents, for who decides on it (P4, P5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.storage.tables import Case, DepartmentRow, DocumentRequestRow, Dossier, Instance, RequestReply
from processes.storage.words import InstancePhase, ReplyKind

TITLES: Mapping[str, str] = {
    ReplyKind.NOT_OURS: "Niet van deze afdeling",
    ReplyKind.FORWARD: "Voor een andere afdeling",
    ReplyKind.MORE_TIME: "Vraagt meer tijd",
}


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """`open`: somebody must decide. `proposed` is the code of the department that it is for; `due` the term for the form: the day that
    was asked for, or that of the request. `decided` says in words what was decided.
    """

    id: int
    request: int
    department: str
    asks_time: bool
    title: str
    sent_at: datetime
    by: str
    remark: str
    proposed: str
    due: date
    open: bool
    decided: str
    note: str


def replies_of(session: Session, case: Case, today: date) -> tuple[ReplyLine, ...]:
    """All of a case, those to decide on first, then the newest."""
    query = (
        select(RequestReply, DocumentRequestRow, Instance.phase, Dossier.department)
        .join(DocumentRequestRow, DocumentRequestRow.id == RequestReply.request_id)
        .join(Instance, Instance.id == DocumentRequestRow.instance_id)
        .join(Dossier, Dossier.id == RequestReply.dossier_id)
        .where(RequestReply.case_id == case.id)
        .order_by(RequestReply.id.desc())
    )
    names = dict(session.execute(select(DepartmentRow.code, DepartmentRow.name)).all())
    rows = session.execute(query)
    found = [_line(reply, request, phase, names, code or "", today) for reply, request, phase, code in rows]
    return tuple(sorted(found, key=lambda one: not one.open))


def _line(
    reply: RequestReply, request: DocumentRequestRow, phase: str, names: Mapping[str, str], code: str, today: date
) -> ReplyLine:
    more_time = reply.kind == ReplyKind.MORE_TIME
    due = reply.until if more_time and reply.until else max(request.due, today)
    waits = reply.granted is None and phase == InstancePhase.RUNNING
    return ReplyLine(
        reply.id, reply.request_id, names.get(code, code), more_time, TITLES[reply.kind], reply.sent_at, reply.replied_by, reply.remark,
        reply.department or "", due, waits, _decided(reply, names), reply.note,
    )  # fmt: skip


def _decided(reply: RequestReply, names: Mapping[str, str]) -> str:
    if reply.granted is None:
        return "Niet meer nodig: het verzoek is klaar."
    if not reply.granted:
        return "Nee."
    return "Ja." if reply.kind == ReplyKind.MORE_TIME else f"Ja, gevraagd aan {names.get(reply.department or '', '')}."
