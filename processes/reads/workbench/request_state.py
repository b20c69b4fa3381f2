"""How a document request stands, in words, and the reminders that still come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Model
from processes.storage.tables import DocumentRequestRow, Instance, RequestReply
from processes.storage.words import InstancePhase


class RequestStanding(StrEnum):
    """Where a request stands: with the department, with the worker, or ended."""

    WAITING = "waiting"
    REPLY = "reply"
    JUDGE = "judge"
    STUCK = "stuck"
    ANSWERED = "answered"
    STOPPED = "stopped"


IN_WORDS: Final[Mapping[RequestStanding, tuple[str, str]]] = {  # the words, and the kind of badge
    RequestStanding.WAITING: ("bij de afdeling", "neutral"),
    RequestStanding.REPLY: ("te beslissen", "warning"),
    RequestStanding.JUDGE: ("te beoordelen", "warning"),
    RequestStanding.STUCK: ("staat stil door een storing", "error"),
    RequestStanding.ANSWERED: ("beantwoord", "ok"),
    RequestStanding.STOPPED: ("gestopt", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """A moment at which the drawing does something by itself; `name` is what it calls that moment."""

    name: str
    at: datetime


def standing_of(row: DocumentRequestRow, instance: Instance) -> RequestStanding:
    """Where this request stands. Another answer than documents goes before what is to be judged: it may be for another department."""
    if row.stopped_at is not None:
        return RequestStanding.STOPPED
    if instance.phase == InstancePhase.FINISHED:
        return RequestStanding.ANSWERED
    if instance.phase == InstancePhase.STUCK:
        return RequestStanding.STUCK
    if not row.quiet:
        return RequestStanding.REPLY
    return RequestStanding.JUDGE if row.to_judge else RequestStanding.WAITING


def waiting_kinds(session: Session, requests: Collection[int]) -> dict[int, str]:
    """By id of a request the kind of the oldest other answer on which nobody decided."""
    waits = (RequestReply.request_id.in_(requests), RequestReply.granted.is_(None))
    rows = session.execute(
        select(RequestReply.request_id, RequestReply.kind).where(*waits).order_by(RequestReply.id.desc())
    )
    return dict(rows.all()) if requests else {}


def reminders_of(instance: Instance, model: Model) -> tuple[Reminder, ...]:
    """The timers that wait in this process, the first one first."""
    dated = ((one["element"], datetime.fromisoformat(one["due"])) for one in instance.timers or () if one["due"])
    known = ((model.elements[element].name or element, at) for element, at in dated if element in model.elements)
    return tuple(sorted((Reminder(name, at) for name, at in known), key=lambda one: one.at))
