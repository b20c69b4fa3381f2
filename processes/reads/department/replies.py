"""Other answers of a department than documents: not ours, pass on, more time (P4, P5), and what was decided on them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.errors import LinkGone
from processes.base.written import TypedText
from processes.execution.forms import choosable_departments
from processes.reads.department.delivered import Tone
from processes.reads.department.door import inside
from processes.storage.services import Services
from processes.storage.tables import DepartmentRow, DocumentRequestRow, Dossier, Instance, RequestReply
from processes.storage.words import InstancePhase, ReplyKind

TITLES: Final = {
    ReplyKind.NOT_OURS: "Uw antwoord: niet van ons",
    ReplyKind.FORWARD: "Uw antwoord: doorgeven",
    ReplyKind.MORE_TIME: "Uw vraag om meer tijd",
}


@dataclass(frozen=True, slots=True)
class ReplyPage:
    """`department` is the name of the one that it is passed on to, `until` the day that was asked for or given; `granted` None while
    nobody decided.
    """

    id: int
    request: int
    kind: str
    title: str
    at: datetime
    by: TypedText
    remark: TypedText
    department: TypedText
    until: date | None
    state: str
    tone: Tone
    decided_at: datetime | None
    granted: bool | None
    note: TypedText

    @property
    def asks_time(self) -> bool:
        return self.kind == ReplyKind.MORE_TIME


def replies_to(session: Session, dossier: Dossier) -> list[RequestReply]:
    return list(
        session.scalars(select(RequestReply).where(RequestReply.dossier_id == dossier.id).order_by(RequestReply.id))
    )


def reply_title(row: RequestReply) -> str:
    return TITLES[ReplyKind(row.kind)]


def reply_state(session: Session, row: RequestReply) -> tuple[str, Tone]:
    """The outcome, in words and with a tone."""
    if row.granted is not None:
        return ("Ja", "ok") if row.granted else ("Nee", "error")
    return ("De behandelaar beslist", "neutral") if is_waiting(session, row) else ("Niet meer nodig", "neutral")


def is_waiting(session: Session, row: RequestReply) -> bool:
    """Whether somebody must still decide: nobody did, and the request runs."""
    phase = select(Instance.phase).join(DocumentRequestRow, DocumentRequestRow.instance_id == Instance.id)
    running = session.scalar(phase.where(DocumentRequestRow.id == row.request_id)) == InstancePhase.RUNNING
    return row.granted is None and running


def waiting_replies(session: Session, dossier: Dossier) -> tuple[ReplyPage, ...]:
    """Those on which nobody decided yet."""
    return tuple(_page(session, row) for row in replies_to(session, dossier) if is_waiting(session, row))


def read_reply(services: Services, token: str, reply: int) -> ReplyPage:
    """One answer of this dossier. Anything else is LinkGone."""
    with inside(services, token) as at:
        row = next((one for one in replies_to(at.session, at.dossier) if one.id == reply), None)
        if row is None:
            raise LinkGone
        return _page(at.session, row)


def departments_to_ask(services: Services, token: str) -> tuple[tuple[str, str], ...]:
    """Code and name of the other departments that can be asked. Raises LinkGone."""
    with inside(services, token) as at:
        return tuple(one for one in choosable_departments(at.session) if one[0] != at.dossier.department)


def _page(session: Session, row: RequestReply) -> ReplyPage:
    name = session.scalar(select(DepartmentRow.name).where(DepartmentRow.code == row.department))
    state, tone = reply_state(session, row)
    return ReplyPage(
        row.id, row.request_id, row.kind, reply_title(row), row.sent_at, row.replied_by, row.remark, name or "", row.until, state,
        tone, row.decided_at, row.granted, row.note,
    )  # fmt: skip
